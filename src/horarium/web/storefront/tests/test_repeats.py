"""Several dates of one booking, on plain links and forms."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from horarium.modules.booking.models import Booking, Order, Series
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.factories import make_offering, make_resource, make_session, make_ticket_type

from .shops import Shop, make_shop

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def shop(db: None) -> Shop:
    """The massage may be booked for four dates at once."""
    shop = make_shop()
    with scopes_disabled():
        type(shop.offering).objects.update(repeats_up_to=4)
    bump_catalog_revision(shop.business.pk)
    return shop


def show(client: Client, shop: Shop, **fields: Any) -> Any:
    values = {"start": shop.start.isoformat(), "every": "week", "times": 3, **fields}
    return client.get(f"{shop.url}repeat/", values)


def links(page: str, start: str) -> list[str]:
    """The addresses that begin so."""
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', page) if unescape(one).startswith(start)]


def bookings() -> list[Booking]:
    with scopes_disabled():
        return list(Booking.objects.order_by("starts_at").exclude(order__contact_name="Another"))


def test_the_form_of_the_details_leads_to_several_dates(client: Client, shop: Shop) -> None:
    page = client.get(f"{shop.url}book/", {"start": shop.start.isoformat()}).content.decode()
    (found,) = links(page, f"{shop.url}repeat/")
    assert client.get(found).status_code == 200


def test_what_the_business_does_not_repeat_has_no_such_page(client: Client, shop: Shop) -> None:
    with scopes_disabled():
        type(shop.offering).objects.update(repeats_up_to=1)
    bump_catalog_revision(shop.business.pk)
    assert show(client, shop).status_code == 404
    page = client.get(f"{shop.url}book/", {"start": shop.start.isoformat()}).content.decode()
    assert links(page, f"{shop.url}repeat/") == []


def test_every_date_is_shown_with_its_price_and_the_sum(client: Client, shop: Shop) -> None:
    answer = show(client, shop)
    assert [row.one.start for row in answer.context["dates"]] == [shop.start + WEEK * n for n in range(3)]
    assert {row.one.price.minor for row in answer.context["dates"]} == {4000}
    assert answer.context["plan"].total.minor == 12000
    assert "Book 3 dates" in answer.content.decode()


@pytest.mark.parametrize(("times", "shown"), [("99", 4), ("0", 4), ("1", 2), ("x", 4), ("", 4)])
def test_numbers_are_kept_within_what_is_allowed(client: Client, shop: Shop, times: str, shown: int) -> None:
    """T-04"""
    assert len(show(client, shop, times=times).context["dates"]) == shown


def test_a_date_that_clashes_is_decided_by_one_link(client: Client, shop: Shop) -> None:
    shop.take(shop.start + WEEK)
    answer = show(client, shop)
    page = answer.content.decode()
    assert "1 date is not free" in page
    assert "Book 3 dates" not in page
    row = answer.context["dates"][1]
    assert row.near[0].url in links(page, f"{shop.url}repeat/")
    chosen = client.get(row.near[0].url)
    assert "Book 3 dates" in chosen.content.decode()
    assert chosen.context["dates"][1].one.start != shop.start + WEEK
    left = client.get(row.skip_url)
    assert "Book 2 dates" in left.content.decode()
    assert "1 date is not free" in client.get(left.context["dates"][1].back_url).content.decode()


def test_somebody_else_may_serve_a_date_at_the_same_time(client: Client, shop: Shop) -> None:
    bela = make_resource(shop.offering.location, name="Bela")
    with scopes_disabled():
        need = shop.offering.requirements.get()
        need.choices.create(business_id=shop.business.pk, resource=bela)
        need.is_choosable = True
        need.save()
    bump_catalog_revision(shop.business.pk)
    item = SlotItem(shop.offering.public_id, shop.start + WEEK, resource=bela.public_id)
    checkout = Checkout(Contact("Another", "another@example.org"), (item,))
    place_order("lakeside", checkout, Actor.system(), datetime.now(UTC))
    near = show(client, shop, resource=bela.public_id).context["dates"][1].near[0]
    assert near.text.endswith(" · Any specialist")
    chosen = client.get(near.url)
    assert chosen.context["clashes"] == 0
    client.post(f"{shop.url}repeat/book/", {**dict(chosen.context["repeat"].pairs()), **shop.details})
    with scopes_disabled():
        served = [one.assignments.get().resource.name for one in bookings()]
    assert served == ["Bela", "Ana", "Bela"]


def test_all_that_clash_are_decided_by_one_link(client: Client, shop: Shop) -> None:
    shop.take(shop.start)
    shop.take(shop.start + WEEK)
    answer = show(client, shop)
    nearest = client.get(answer.context["nearest_url"])
    assert (nearest.context["clashes"], nearest.context["plan"].count) == (0, 3)
    skipped = client.get(answer.context["skip_all_url"])
    assert (skipped.context["clashes"], skipped.context["plan"].count) == (0, 1)


def test_all_dates_become_one_order(client: Client, shop: Shop) -> None:
    answer = show(client, shop, **{"date-1": "skip"})
    form = client.get(answer.context["book_url"])
    fields = {**dict(form.context["pairs"]), **shop.details}
    placed = client.post(f"{shop.url}repeat/book/", fields)
    assert placed.status_code == 302
    assert "/my/" in placed.headers["Location"]
    assert [one.starts_at for one in bookings()] == [shop.start, shop.start + 2 * WEEK]
    with scopes_disabled():
        assert (Order.objects.count(), Series.objects.count()) == (1, 1)
    again = client.post(f"{shop.url}repeat/book/", fields)
    assert again.headers["Location"] == placed.headers["Location"]
    assert len(bookings()) == 2


def test_who_was_slower_keeps_what_is_typed_and_chooses_again(client: Client, shop: Shop) -> None:
    fields = {**shop.details, "every": "week", "times": "3"}
    shop.take(shop.start + WEEK)
    refused = client.post(f"{shop.url}repeat/book/", fields)
    page = refused.content.decode()
    assert (refused.status_code, bookings()) == (409, [])
    assert "1 date is not free" in page
    assert 'value="Maria Silva"' in page
    value = unescape(re.findall(r'name="instead" value="([^"]+)"', page)[0])
    chosen = client.post(f"{shop.url}repeat/book/", {**fields, "instead": value})
    assert chosen.status_code == 200
    again = {**dict(chosen.context["pairs"]), **shop.details}
    assert client.post(f"{shop.url}repeat/book/", again).status_code == 302
    assert len(bookings()) == 3


def test_what_is_missing_stands_at_its_field(client: Client, shop: Shop) -> None:
    fields = {**shop.details, "every": "week", "times": "2", "email": ""}
    refused = client.post(f"{shop.url}repeat/book/", fields)
    assert refused.status_code == 422
    assert "Enter your e-mail" in refused.content.decode()
    assert bookings() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"start": ""},
        {"start": "soon"},
        {"date-0": "x"},
        {"date-x": "skip"},
        {"date-99": "skip"},
        {"date-0": "2026-12-01T10:00"},
        {"every": "hour"},
        {"resource": "res_nobody"},
        {"extra": "ext_nothing"},
    ],
)
def test_nonsense_in_the_address_is_no_error(client: Client, shop: Shop, fields: dict[str, str]) -> None:
    """T-04"""
    assert show(client, shop, **fields).status_code in (200, 302)
    form = client.get(f"{shop.url}repeat/book/", {"start": shop.start.isoformat(), **fields})
    assert form.status_code in (200, 302)


def test_all_left_out_is_nothing_to_book(client: Client, shop: Shop) -> None:
    answer = show(client, shop, times=2, **{"date-0": "skip", "date-1": "skip"})
    assert "All dates are left out" in answer.content.decode()
    sent = {**shop.details, "every": "week", "times": "2", "date-0": "skip", "date-1": "skip"}
    assert client.post(f"{shop.url}repeat/book/", sent).status_code == 302
    assert bookings() == []


def test_several_dates_of_a_class_are_one_order_by_way_of_the_cart(client: Client, shop: Shop) -> None:
    """A schedule makes its sessions, so nothing repeats there: each date is added to the order."""
    yoga = make_offering(shop.offering.location, mode="session", slug="yoga", party_max=10)
    ticket = make_ticket_type(yoga, 1200)
    for session in (make_session(yoga, shop.start + WEEK * number) for number in range(3)):
        added = {"offering": yoga.public_id, "session": session.public_id, f"ticket-{ticket.public_id}": "1"}
        assert client.post("/b/lakeside/-/cart/add/", added).status_code == 302
    assert client.post("/b/lakeside/-/cart/book/", shop.details).status_code == 302
    assert [one.starts_at for one in bookings()] == [shop.start + WEEK * number for number in range(3)]
    with scopes_disabled():
        assert Order.objects.get().total_minor == 3600
