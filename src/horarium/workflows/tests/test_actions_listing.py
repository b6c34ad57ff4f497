"""Listings by the one engine."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import Listing, WishInput, explain_start, list_days
from tests.factories import make_business, make_location, make_offering, make_resource

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)


def clock_times(listing: Listing, number: int = 0) -> list[str]:
    return [slot.start.strftime("%H:%M") for slot in listing.days[number].slots]


def test_every_quarter_of_an_hour_is_offered_until_the_last_that_ends_by_closing() -> None:
    business = make_business()
    place = make_location(business, hours="10:00-12:00")
    make_offering(place, needs=[[make_resource(place)]], slug="cut", price=3000)
    listing = list_days(business.slug, "cut", first_on=TUESDAY, last_on=TUESDAY, wish=WishInput(), now=NOW)
    assert clock_times(listing) == ["10:00", "10:15", "10:30", "10:45", "11:00"]
    assert listing.days[0].status is DayStatus.AVAILABLE
    assert [slot.price.minor for slot in listing.days[0].slots] == [3000] * 5
    assert [slot.places for slot in listing.days[0].slots] == [1] * 5


def test_a_booked_hour_disappears_with_its_buffer_and_a_second_person_keeps_it() -> None:
    """T-25."""
    business = make_business()
    place = make_location(business, hours="10:00-13:00")
    anna, boris = make_resource(place), make_resource(place)
    offering = make_offering(place, needs=[[anna]], slug="cut", buffer_after=15)
    make_offering(place, needs=[[anna, boris]], slug="any")
    start = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    checkout = Checkout(Contact("Guest", "guest@example.org"), (SlotItem(offering.public_id, start),))
    place_order(business.slug, checkout, Actor.guest("api"), NOW)
    listing = list_days(business.slug, "cut", first_on=TUESDAY, last_on=TUESDAY, wish=WishInput(), now=NOW)
    assert clock_times(listing) == ["11:15", "11:30", "11:45", "12:00"]
    both = list_days(business.slug, "any", first_on=TUESDAY, last_on=TUESDAY, wish=WishInput(), now=NOW)
    assert clock_times(both)[0] == "10:00"
    assert {slot.start.strftime("%H:%M"): slot.places for slot in both.days[0].slots}["11:15"] == 2
    why = explain_start(business.slug, "cut", start, wish=WishInput(), now=NOW)
    assert why.reason is Reason.TAKEN
    assert [slot.start.strftime("%H:%M") for slot in why.alternatives] == ["11:15", "11:30", "11:45"]
