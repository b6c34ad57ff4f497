"""The page on which guests change the dates of a series."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.rules import Agreed
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.rules import Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.order_view import get_order_view
from horarium.workflows.place_series_guests import order_lines
from horarium.workflows.recurrence import guests_rule
from horarium.workflows.recurrence_items import SeriesWish
from horarium.workflows.take_cash import take_cash
from tests.factories import make_business, make_location, make_offering, make_resource

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
WEEK = timedelta(weeks=1)
HOUR = timedelta(hours=1)
START = (NOW + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def offering(db: None) -> Offering:
    """An hour for 40 EUR with one person, round the clock, that may be repeated four times."""
    location = make_location(make_business(), hours="00:00-24:00", time_zone="UTC")
    person = make_resource(location)
    return make_offering(location, needs=[[person]], price=4000, repeats_up_to=4)


@pytest.fixture
def order(offering: Offering) -> Order:
    wish = SeriesWish(SlotItem(offering.public_id, START), guests_rule("week", 3))
    checkout = Checkout(Contact("Maria Silva", "maria@example.org"), ())
    return order_lines(offering.business.slug, [wish], checkout, Actor.guest("page"), NOW)


def bookings(order: Order) -> list[Booking]:
    with scopes_disabled():
        return list(order.bookings.order_by("starts_at"))


def starts(order: Order) -> list[datetime]:
    return [one.starts_at for one in bookings(order)]


def url(order: Order, number: int = 0) -> str:
    return f"/my/{order_token(order)}/series/{bookings(order)[number].public_id}/"


def choice(start: datetime, reach: str = "following") -> dict[str, str]:
    return {"reach": reach, "on": f"{start:%Y-%m-%d}", "at": f"{start:%H:%M}"}


def agree(order: Order, terms: Terms, *numbers: int) -> None:
    with scopes_disabled():
        for number in numbers:
            booking = bookings(order)[number]
            booking.terms = Agreed(terms).as_json()
            booking.save(update_fields=["terms"])


def test_the_page_of_the_order_leads_to_the_dates_of_a_series_only(client: Client, order: Order) -> None:
    page = client.get(f"/my/{order_token(order)}/").content.decode()
    assert page.count("Change several dates") == 3
    assert client.get(url(order)).status_code == 200


def test_a_booking_of_no_series_has_no_such_page(client: Client, offering: Offering) -> None:
    checkout = Checkout(Contact("Ana", "ana@example.org"), (SlotItem(offering.public_id, START),))
    order = place_order(offering.business.slug, checkout, Actor.guest("page"), NOW)
    assert client.get(url(order)).status_code == 404
    assert "Change several dates" not in client.get(f"/my/{order_token(order)}/").content.decode()


@pytest.mark.parametrize(
    ("reach", "expected"),
    [("following", [0 * HOUR, WEEK + HOUR, 2 * WEEK + HOUR]), ("all", [HOUR, WEEK + HOUR, 2 * WEEK + HOUR])],
)
def test_the_dates_that_are_meant_move_together(
    client: Client, order: Order, reach: str, expected: list[timedelta]
) -> None:
    wanted = choice(START + WEEK + HOUR, reach)
    shown = client.get(url(order, 1), wanted)
    assert len(shown.context["preview"].occurrences) == len([one for one in expected if one != 0 * HOUR])
    assert starts(order) == [START, START + WEEK, START + 2 * WEEK]
    assert client.post(url(order, 1), wanted).status_code == 302
    assert [one - START for one in starts(order)] == expected


def test_a_clash_changes_nothing_and_is_named(client: Client, offering: Offering, order: Order) -> None:
    taken = SlotItem(offering.public_id, START + 2 * WEEK + HOUR)
    checkout = Checkout(Contact("Other", "other@example.org"), (taken,))
    place_order(offering.business.slug, checkout, Actor.system(), NOW)
    refused = client.post(url(order), choice(START + HOUR, "all"))
    assert refused.status_code == 409
    assert [one.start for one, _ in refused.context["clashes"]] == [START + 2 * WEEK + HOUR]
    assert starts(order) == [START, START + WEEK, START + 2 * WEEK]


def test_the_fee_of_every_date_is_shown_before_it_is_taken(client: Client, order: Order) -> None:
    agree(order, Terms((Tier(0),), (Tier(0, 50),), Tier(0, 100)), 0, 1, 2)
    take_cash(order.business_id, order.public_id, Money(12000, "EUR"), actor=Actor.system(), now=NOW)
    wanted = choice(START + HOUR, "all")
    money = client.get(url(order), wanted).context["preview"].money
    assert (money.before, money.after, money.fee) == tuple(Money(one, "EUR") for one in (12000, 12000, 6000))
    assert client.post(url(order), wanted).status_code == 302
    view = get_order_view(order.business_id, order.public_id, NOW)
    assert view.due_now == money.due


def test_dates_that_may_not_be_moved_any_more_stay_where_they_are(client: Client, order: Order) -> None:
    """T-28"""
    agree(order, Terms((Tier(0),), (), Tier(0, 100)), 0)
    assert client.get(url(order, 0)).status_code == 302
    assert client.post(url(order, 1), choice(START + WEEK + HOUR, "all")).status_code == 302
    assert [one - START for one in starts(order)] == [0 * HOUR, WEEK + HOUR, 2 * WEEK + HOUR]


def test_the_dates_are_ticked_on_the_page_of_cancelling(client: Client, order: Order) -> None:
    context = client.get(url(order, 1)).context
    page = client.get(context["cancel_following_url"])
    assert page.context["chosen"] == tuple(one.public_id for one in bookings(order)[1:])
    sent: dict[str, Any] = {"lines": "1", "line": list(page.context["chosen"])}
    client.post(f"/my/{order_token(order)}/cancel/", sent)
    assert [one.state for one in bookings(order)] == ["confirmed", "cancelled", "cancelled"]


@pytest.mark.parametrize("data", [{}, {"on": "soon"}, {"reach": "x", "on": "2026-13-01", "at": "99:99"}])
def test_nonsense_changes_nothing(client: Client, order: Order, data: dict[str, str]) -> None:
    """T-04"""
    assert client.get(url(order), data).status_code == 200
    assert client.post(url(order), data).status_code in (200, 409)
    assert starts(order) == [START, START + WEEK, START + 2 * WEEK]
