"""Time that is taken, held, blocked or closed: seen by listing and booking alike, from the first second to the last."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.actions import approve_booking
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking, Order
from horarium.modules.catalog.models import Offering
from horarium.modules.pricing.actions import PriceDraft, set_prices
from horarium.modules.resources.actions import DatedHours, add_exception
from horarium.platform.audit.actor import Actor
from horarium.platform.events.queries import list_events
from horarium.platform.tenancy.actions import update_location
from horarium.platform.tenancy.models import Location
from horarium.platform.tenancy.scope import business_scope
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import WishInput, explain_start, list_days
from horarium.workflows.order_view import get_order_view
from tests.factories import make_business, make_location, make_offering, make_pool, make_resource

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)
SYSTEM = Actor.system()
# Tests that commit start the keys of rows anew, and the memory of catalogues knows a business by its key.
_revisions = count(500_000_000, 1000)


def at(hour: int, minute: int = 0) -> datetime:
    """Tuesday in Lisbon, which has the time of UTC in winter."""
    return datetime(2026, 12, 1, hour, minute, tzinfo=UTC)


def place_of(hours: str, zone: str = "Europe/Lisbon") -> Location:
    business = make_business(catalog_revision=next(_revisions))
    return make_location(business, hours=hours, time_zone=zone)


def offer(hours: str, *, resources: int = 1, **fields: Any) -> Offering:
    place = place_of(hours)
    pool = make_pool([make_resource(place) for _ in range(resources)])
    return make_offering(place, needs=[[pool]], price=5000, lead_minutes=0, **fields)


def book(offering: Offering, start: datetime, now: datetime = NOW) -> Order:
    checkout = Checkout(Contact("Guest", "guest@example.org"), (SlotItem(offering.public_id, start),))
    return place_order(offering.business.slug, checkout, Actor.guest("api"), now)


def starts(offering: Offering, day: date = TUESDAY, now: datetime = NOW) -> list[str]:
    slug, key = offering.business.slug, offering.public_id
    listing = list_days(slug, key, first_on=day, last_on=day, wish=WishInput(), now=now)
    return [slot.start.strftime("%H:%M") for slot in listing.days[0].slots]


def why_not(offering: Offering, start: datetime, now: datetime = NOW) -> Reason | None:
    slug, key = offering.business.slug, offering.public_id
    return explain_start(slug, key, start, wish=WishInput(), now=now).reason


def test_an_expired_hold_does_not_take_the_time() -> None:
    """T-51: nobody sweeps here; the second guest pushes the lapsed hold aside."""
    offering = offer("10:00-11:00", prepayment="full", hold_minutes=15)
    held = book(offering, at(10))
    assert held.expires_at == NOW + timedelta(minutes=15)
    just_before, then = NOW + timedelta(minutes=14, seconds=59), NOW + timedelta(minutes=15)
    assert starts(offering, now=just_before) == []
    with pytest.raises(NotFree):
        book(offering, at(10), just_before)
    assert starts(offering, now=then) == ["10:00"]
    second = book(offering, at(10), then)
    assert second.public_id != held.public_id
    assert get_order_view(held.business_id, held.public_id, then).status == "expired"


def test_a_booking_that_waits_for_approval_takes_its_time_and_is_approved_once() -> None:
    """T-02, T-19: what is pending cannot be sold again, and two colleagues confirm it once."""
    offering = offer("10:00-11:00", needs_approval=True)
    order = book(offering, at(10))
    assert starts(offering) == []
    with pytest.raises(NotFree):
        book(offering, at(10))
    with business_scope(order.business_id):
        mine, theirs = Booking.objects.get(order=order), Booking.objects.get(order=order)
        assert mine.state == "pending"
        approve_booking(mine, SYSTEM, NOW)
        with pytest.raises(IllegalTransition):
            approve_booking(theirs, SYSTEM, NOW)
    told = [event.type for event in list_events(order.business_id)]
    assert told.count("BookingConfirmed") == 1


def test_buffers_of_neighbours_add_up_and_reach_outside_of_the_hours() -> None:
    """T-05: ten minutes before and fifteen after keep any two bookings twenty-five minutes apart."""
    offering = offer("10:00-16:00", buffer_before=10, buffer_after=15, grid_minutes=5)
    book(offering, at(12))
    free = starts(offering)
    assert free[0] == "10:00"
    assert free[-1] == "15:00"
    around = [start for start in free if "10:30" <= start <= "13:30"]
    assert around == ["10:30", "10:35", "13:25", "13:30"]
    assert why_not(offering, at(10, 40)) is Reason.TAKEN
    assert why_not(offering, at(13, 20)) is Reason.TAKEN


def test_the_grid_stands_on_the_clock_and_not_on_the_last_booking() -> None:
    """T-07: an hour and a half, or a buffer, moves no later start off the full hour."""
    offering = offer("09:30-15:00", durations=[60, 90], grid_minutes=60, buffer_after=5)
    slug = offering.business.slug
    item = SlotItem(offering.public_id, at(10), duration=90)
    place_order(slug, Checkout(Contact("G", "g@example.org"), (item,)), Actor.guest("api"), NOW)
    assert starts(offering) == ["12:00", "13:00", "14:00"]
    assert why_not(offering, at(11, 35)) is Reason.OFF_GRID


def test_no_number_of_places_is_too_large_to_be_offered() -> None:
    """T-18: what is there is offered, and no more."""
    offering = offer("10:00-11:00", resources=20)
    slug = offering.business.slug
    day = list_days(slug, offering.public_id, first_on=TUESDAY, last_on=TUESDAY, wish=WishInput(), now=NOW)
    assert [slot.places for slot in day.days[0].slots] == [20]
    for _ in range(20):
        book(offering, at(10))
    assert starts(offering) == []
    with pytest.raises(NotFree):
        book(offering, at(10))


def test_lead_time_counts_from_now_to_the_start_and_to_the_second() -> None:
    """T-27: at two o'clock, with an hour's notice, three o'clock is offered; a second later it is not."""
    offering = offer("10:00-18:00", grid_minutes=60)
    offering.lead_minutes = 60
    offering.save(update_fields=["lead_minutes"])
    assert starts(offering, now=at(14)) == ["15:00", "16:00", "17:00"]
    assert starts(offering, now=at(14) + timedelta(seconds=1)) == ["16:00", "17:00"]
    assert why_not(offering, at(15), at(14, 1)) is Reason.LEAD_TIME


@pytest.mark.parametrize(
    ("zone", "change"), [("Europe/Berlin", date(2026, 3, 29)), ("Europe/Berlin", date(2026, 10, 25))]
)
def test_the_last_day_of_the_horizon_is_whole_on_the_day_of_a_change(zone: str, change: date) -> None:
    """T-14: the horizon is a local date; the day after it is out, whoever looks from wherever."""
    place = place_of("00:00-24:00", zone)
    offering = make_offering(
        place, needs=[[make_resource(place)]], lead_minutes=0, horizon_days=2, grid_minutes=60
    )
    now = datetime(change.year, change.month, change.day, 12, tzinfo=UTC) - timedelta(days=2)
    offered = starts(offering, change, now)
    night = (
        ["00:00", "01:00", "02:00", "03:00"] if change.month == 10 else ["00:00", "01:00", "03:00", "04:00"]
    )
    assert offered[:4] == night
    assert offered[-1] == "23:00"
    assert starts(offering, change + timedelta(days=1), now) == []


def test_a_day_off_is_the_day_of_the_location() -> None:
    """T-15: closed from midnight to midnight in Santiago, four hours behind UTC, and not a minute around it."""
    place = place_of("00:00-24:00", "America/Santiago")
    person = make_resource(place)
    offering = make_offering(place, needs=[[person]], lead_minutes=0, durations=[30], grid_minutes=30)
    add_exception(place.business_id, person.public_id, DatedHours(TUESDAY, TUESDAY), SYSTEM)
    monday, wednesday = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1)
    now = NOW - timedelta(days=2)
    assert starts(offering, monday, now)[-1] == "23:30"
    assert starts(offering, TUESDAY, now) == []
    assert starts(offering, wednesday, now)[0] == "00:00"


def test_a_new_time_zone_of_the_location_moves_no_booking() -> None:
    """T-16: the instant stays and keeps its time taken; only the hours of the location mean another clock."""
    offering = offer("10:00-14:00")
    order = book(offering, at(12))
    update_location(offering.business_id, offering.location.public_id, SYSTEM, time_zone="Europe/Madrid")
    view = get_order_view(order.business_id, order.public_id, NOW)
    assert view.bookings[0].start == at(12)
    assert view.bookings[0].start.strftime("%H:%M") == "13:00"
    assert starts(offering) == [
        "10:00",
        "10:15",
        "10:30",
        "10:45",
        "11:00",
        "11:15",
        "11:30",
        "11:45",
        "12:00",
    ]
    assert why_not(offering, at(12)) is Reason.TAKEN


def test_a_held_price_stays_when_the_price_list_changes() -> None:
    """T-62: the guest pays what was shown, whoever changes prices meanwhile; the next guest pays the new one."""
    offering = offer("10:00-12:00", prepayment="full")
    held = book(offering, at(10))
    set_prices(offering.business_id, offering.public_id, [PriceDraft("flat", 9000)], SYSTEM)
    view = get_order_view(held.business_id, held.public_id, NOW)
    assert (view.total.minor, view.due_now.minor) == (5000, 5000)
    assert book(offering, at(11)).total_minor == 9000
