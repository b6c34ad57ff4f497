"""The booking page without a browser: what it answers, and at what cost."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client, override_settings
from django_scopes import scopes_disabled
from pytest_django.fixtures import DjangoAssertNumQueries

from horarium.modules.booking.models import Booking, Order
from horarium.platform.throttle import limits

from .shops import Shop, make_shop, ten_o_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop()


def orders() -> int:
    with scopes_disabled():
        return Order.objects.count()


def test_the_front_of_the_installation_lists_open_businesses(client: Client, shop: Shop) -> None:
    page = client.get("/").content.decode()
    assert "/b/lakeside/" in page


def test_the_front_of_a_business_says_what_can_be_booked_and_for_how_much(client: Client, shop: Shop) -> None:
    page = client.get("/b/lakeside/").content.decode()
    assert shop.url in page
    assert "€40" in page


def test_pages_cost_a_bounded_number_of_queries(
    client: Client, shop: Shop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(1):
        client.get("/")
    with django_assert_max_num_queries(3):
        client.get("/b/lakeside/")
    with django_assert_max_num_queries(6):
        client.get(f"{shop.url}?day={shop.start:%Y-%m-%d}")
    with django_assert_max_num_queries(4):
        client.get(f"{shop.url}book/?start={shop.start:%Y-%m-%dT%H:%M}Z")


@pytest.mark.parametrize("path", ["/b/nobody/", "/b/lakeside/nothing/", "/b/lakeside/nothing/book/"])
def test_what_is_unknown_has_no_page(client: Client, shop: Shop, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_each_day_says_its_weekday_and_how_many_times_are_free(client: Client, shop: Shop) -> None:
    """T-31"""
    answer = client.get(f"{shop.url}?day={shop.start:%Y-%m-%d}")
    assert f"{shop.start:%A, %B} {shop.start.day}: 29 times free" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "day=1999-01-01",
        "day=9999-12-31",
        "month=0000-13",
        "month=2999-01",
        "day=yesterday",
        "duration=7",
        "party=99999999",
        "resource=res_of_somebody",
        "extra=ext_unknown&extra=ext_unknown",
    ],
)
def test_nonsense_in_the_address_shows_the_calendar_all_the_same(
    client: Client, shop: Shop, query: str
) -> None:
    """T-04"""
    answer = client.get(f"{shop.url}?{query}")
    assert answer.status_code == 200
    assert "data-month-grid" in answer.content.decode()


@pytest.mark.parametrize("start", ["", "soon", "2026-12-01T10:00", "9999-01-01T10:00:00+00:00"])
def test_details_of_no_possible_time_lead_back_to_the_times(client: Client, shop: Shop, start: str) -> None:
    """T-04"""
    answer = client.get(f"{shop.url}book/", {"start": start})
    assert answer.status_code == 302
    assert answer["Location"].startswith(shop.url)


@pytest.mark.parametrize(("minutes", "says"), [(7, "cannot start"), (-60 * 3, "closed")])
def test_a_time_that_is_not_offered_cannot_be_booked_by_changing_the_form(
    client: Client, shop: Shop, minutes: int, says: str
) -> None:
    """T-04"""
    from datetime import timedelta

    start = shop.start + timedelta(minutes=minutes)
    answer = client.post(f"{shop.url}book/", shop.details | {"start": start.isoformat()})
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert orders() == 0


def test_a_booking_without_prepayment_is_confirmed_at_once(client: Client, shop: Shop) -> None:
    answer = client.post(f"{shop.url}book/", shop.details)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/my/ord_")
    with scopes_disabled():
        assert [one.state for one in Booking.objects.all()] == ["confirmed"]
        assert Order.objects.get().channel == "page"
    assert "You are booked" in client.get(answer["Location"]).content.decode()


def test_a_form_sent_twice_makes_one_order(client: Client, shop: Shop) -> None:
    """T-34"""
    first = client.post(f"{shop.url}book/", shop.details)
    second = client.post(f"{shop.url}book/", shop.details)
    assert second["Location"] == first["Location"]
    assert orders() == 1


def test_the_same_attempt_with_another_time_is_another_order(client: Client, shop: Shop) -> None:
    client.post(f"{shop.url}book/", shop.details)
    other = client.post(f"{shop.url}book/", shop.details | {"start": ten_o_clock(3).isoformat()})
    assert other.status_code == 302
    assert orders() == 2


def test_what_is_missing_stands_at_its_field_and_nothing_is_lost(client: Client, shop: Shop) -> None:
    answer = client.post(f"{shop.url}book/", shop.details | {"email": "maria", "notes": "By the window"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Check the e-mail address" in page
    assert 'id="id_email_error"' in page
    assert 'href="#id_email"' in page
    assert "Maria Silva" in page
    assert "By the window" in page
    assert orders() == 0


def test_a_time_taken_meanwhile_offers_the_nearest_and_keeps_what_was_typed(
    client: Client, shop: Shop
) -> None:
    shop.take(shop.start)
    answer = client.post(f"{shop.url}book/", shop.details | {"notes": "By the window"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This time has just been taken." in page
    assert page.count('name="instead"') == 3
    assert "Maria Silva" in page
    assert "By the window" in page
    assert orders() == 1


def test_one_click_on_an_alternative_shows_its_price_and_keeps_what_was_typed(
    client: Client, shop: Shop
) -> None:
    instead = ten_o_clock(3).isoformat()
    page = client.post(f"{shop.url}book/", shop.details | {"instead": instead}).content.decode()
    assert "The new time" in page
    assert f'name="start" value="{instead}"' in page
    assert "Maria Silva" in page
    assert orders() == 0


def test_fields_that_are_not_in_the_form_change_nothing(client: Client, shop: Shop) -> None:
    client.post(f"{shop.url}book/", shop.details | {"price": "1", "status": "completed", "total_minor": "1"})
    with scopes_disabled():
        assert Order.objects.get().total_minor == 4000
        assert Booking.objects.get().state == "confirmed"


def test_htmx_gets_only_the_part_that_changes(client: Client, shop: Shop) -> None:
    headers: dict[str, Any] = {"HX-Request": "true"}
    answer = client.get(shop.url, {"day": f"{shop.start:%Y-%m-%d}"}, headers=headers)
    page = answer.content.decode()
    assert "<html" not in page
    assert 'id="summary" hx-swap-oob="true"' in page
    assert "data-focus" in page
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(
    ("language", "says"), [("en", "Your details"), ("ru", "Ваши данные"), ("es", "Tus datos")]
)
def test_the_guest_s_language_decides_and_not_the_business_s(
    client: Client, shop: Shop, language: str, says: str
) -> None:
    page = client.get(
        f"{shop.url}book/", {"start": shop.start.isoformat()}, headers={"accept-language": language}
    )
    assert says in page.content.decode()
    assert f'<html lang="{language}"' in page.content.decode()


def test_a_business_s_text_is_shown_as_text(client: Client, shop: Shop) -> None:
    """T-123."""
    from horarium.platform.tenancy.actions import bump_catalog_revision

    with scopes_disabled():
        shop.offering.name = "<script>alert(1)</script>"
        shop.offering.save()
    bump_catalog_revision(shop.business.pk)
    assert "<script>alert(1)" not in client.get(shop.url).content.decode()


@override_settings(RATE_LIMIT_ORDERS=30)
def test_the_form_is_not_sent_without_end(
    client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits.forget_all()
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    statuses = [client.post(f"{shop.url}book/", shop.details).status_code for _ in range(31)]
    limits.forget_all()
    assert statuses == [302] * 30 + [429]
    assert orders() == 1
