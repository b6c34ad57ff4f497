"""The customer's page without a browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, override_settings
from django_scopes import scopes_disabled
from pytest_django.fixtures import DjangoAssertNumQueries

from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.tokens import order_token
from horarium.modules.payments.models import Payment
from horarium.platform.audit.actor import Actor
from horarium.platform.throttle import limits
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.factories import make_business, make_location, make_offering, make_resource

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """A hold for the day after tomorrow, with 40 euros to pay now."""
    return hold(days=2)


def hold(*, days: int, **terms: Any) -> Order:
    business = make_business()
    location = make_location(business, hours="00:00-24:00", city="Lisbon", address="Rua 1")
    offering = make_offering(
        location, needs=[[make_resource(location)]], price=4000, **({"prepayment": "full"} | terms)
    )
    now = datetime.now(UTC)
    start = (
        (now + timedelta(days=days))
        .astimezone(ZoneInfo("Europe/Lisbon"))
        .replace(minute=0, second=0, microsecond=0)
    )
    checkout = Checkout(Contact("Maria Silva", "maria@example.org"), (SlotItem(offering.public_id, start),))
    return place_order(business.slug, checkout, Actor.system(), now)


def page_of(order: Order) -> str:
    return f"/my/{order_token(order)}/"


def states() -> list[str]:
    with scopes_disabled():
        return [str(one.state) for one in Booking.objects.all()]


def test_a_hold_shows_what_is_due_and_until_when(client: Client, order: Order) -> None:
    page = client.get(page_of(order)).content.decode()
    assert "Your time is held" in page
    assert "Pay €40" in page
    assert "data-countdown" in page


def test_a_hold_that_has_passed_its_time_can_be_booked_again(client: Client, order: Order) -> None:
    with scopes_disabled():
        Order.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    page = client.get(page_of(order)).content.decode()
    assert "The hold has run out" in page
    assert "Book again" in page
    assert "Pay €40" not in page


@pytest.mark.parametrize("change", ["x", "short", "revoked"])
def test_a_wrong_link_has_no_page_whatever_is_wrong(client: Client, order: Order, change: str) -> None:
    path = page_of(order)
    if change == "x":
        path = f"{path[:-2]}{'A' if path[-2] != 'A' else 'B'}/"
    elif change == "short":
        path = f"/my/{order.public_id}/"
    else:
        with scopes_disabled():
            Order.objects.update(token_version=2)
    for inner in ("", "status/", "cancel/", "calendar.ics"):
        assert client.get(path + inner).status_code == 404
    assert client.post(f"{path}cancel/").status_code == 404
    assert states() == ["held"]


def test_the_page_is_neither_indexed_nor_kept_nor_told_to_other_sites(client: Client, order: Order) -> None:
    """T-121."""
    answer = client.get(page_of(order))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    links = [part.split('"')[0] for part in answer.content.decode().split('href="http')[1:]]
    assert not [link for link in links if order_token(order) in link]


def test_a_page_that_waits_hears_only_of_changes(client: Client, order: Order) -> None:
    page = client.get(page_of(order)).content.decode()
    poll = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(poll).status_code == 204
    with scopes_disabled():
        Booking.objects.update(state="confirmed")
    changed = client.get(poll)
    assert changed.status_code == 200
    assert "You are booked" in changed.content.decode()


def test_the_consequence_stands_before_the_cancellation(client: Client) -> None:
    order = hold(days=3, prepayment="none")
    path = f"{page_of(order)}cancel/"
    assert "Nothing has been paid, nothing is owed." in client.get(path).content.decode()
    assert states() == ["confirmed"]
    assert client.post(path).status_code == 302
    assert states() == ["cancelled"]
    assert "This booking is cancelled" in client.get(page_of(order)).content.decode()
    assert client.get(path).status_code == 302


def test_the_calendar_file_has_the_booking(client: Client) -> None:
    order = hold(days=3, prepayment="none")
    answer = client.get(f"{page_of(order)}calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VEVENT" in answer.content


def test_the_page_costs_a_bounded_number_of_queries(
    client: Client, order: Order, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = page_of(order)
    client.get(path)
    with django_assert_max_num_queries(8):
        client.get(path)


@override_settings(RATE_LIMIT_ORDERS=30)
@pytest.mark.parametrize("deed", ["pay/", "cancel/", "signin"])
def test_what_is_sent_too_often_is_asked_to_wait(
    client: Client, order: Order, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/signin/guess" if deed == "signin" else page_of(order) + deed
    limits.forget_all()
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))
    statuses = [client.post(path).status_code for _ in range(30)]
    refused = client.post(path)
    limits.forget_all()
    assert 429 not in statuses
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Too many attempts" in refused.content.decode()
    assert client.get(page_of(order)).status_code == 200


def test_paying_leads_over_a_page_that_leaves_by_itself(client: Client, order: Order) -> None:
    answer = client.post(f"{page_of(order)}pay/")
    assert answer.status_code == 302
    way = answer["Location"]
    assert way.startswith(f"{page_of(order)}pay/pay_")
    page = client.get(way)
    with scopes_disabled():
        address = Payment.objects.get().confirmation_url
    assert f'<meta http-equiv="refresh" content="0;url={address}">' in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert client.get(f"{page_of(order)}pay/pay_unknown/")["Location"] == page_of(order)
    with scopes_disabled():
        Payment.objects.update(state="paid")
    assert client.get(way)["Location"] == page_of(order)


def test_the_payment_of_another_order_has_no_page_here(client: Client, order: Order) -> None:
    other = hold(days=3)
    way = client.post(f"{page_of(other)}pay/")["Location"]
    payment = way.rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"{page_of(order)}pay/{payment}/")["Location"] == page_of(order)
