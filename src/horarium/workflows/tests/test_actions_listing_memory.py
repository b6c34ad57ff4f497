"""A listing that is kept is given again while it is true, and never longer (ADR 1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.modules.availability.actions_blocks import place_block, remove_blocks
from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.modules.booking.models import CancelledBy
from horarium.modules.catalog.models import Offering
from horarium.modules.pricing.actions import PriceDraft, set_prices
from horarium.modules.resources.actions import DatedHours, add_exception, remove_exception
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.change_booking import move_booking
from horarium.workflows.list_availability import Listing
from horarium.workflows.plan_again import Change
from tests.factories import make_offering, make_resource

from .rows import bookings_of, name_of, served_by
from .stage import NOW, STAFF, TUESDAY, at, book, listed, make_place, offered

pytestmark = pytest.mark.django_db


def make_cut(hours: str = "10:00-12:00", people: int = 1, **fields: Any) -> Offering:
    place = make_place(hours)
    return make_offering(
        place, needs=[[make_resource(place) for _ in range(people)]], price=3000, grid_minutes=60, **fields
    )


def test_an_answer_is_the_same_object_while_nothing_changes() -> None:
    cut = make_cut()
    first = listed(cut)
    assert listed(cut, now=NOW + timedelta(hours=5)) is first
    assert listed(cut, party=1) is not first


def test_every_change_of_what_is_taken_is_seen_at_once() -> None:
    cut = make_cut()
    assert offered(cut) == ["10:00", "11:00"]
    placed = book(cut, "10:00")
    assert offered(cut) == ["11:00"]
    move_booking(cut.business_id, bookings_of(placed)[0].public_id, Change(start=at("11:00")), STAFF, NOW)
    assert offered(cut) == ["10:00"]
    cancel_order(
        cut.business_id, placed.public_id, CancellationWish(), by=CancelledBy.STAFF, actor=STAFF, now=NOW
    )
    assert offered(cut) == ["10:00", "11:00"]
    [[anna]] = served_by(placed)
    block = place_block(cut.business_id, [anna], at("10:00"), at("11:00"), reason="", actor=STAFF, now=NOW)
    assert offered(cut) == ["11:00"]
    remove_blocks(cut.business_id, block.public_id, actor=STAFF, now=NOW)
    assert offered(cut) == ["10:00", "11:00"]


def test_every_change_of_openings_and_prices_is_seen_at_once() -> None:
    cut = make_cut()
    first = listed(cut)
    closed = add_exception(cut.business_id, name_of(_anna(cut)), DatedHours(TUESDAY, TUESDAY), STAFF)
    assert offered(cut) == []
    remove_exception(cut.business_id, closed.public_id, STAFF)
    assert listed(cut) == first
    assert listed(cut) is not first
    set_prices(cut.business_id, cut.public_id, [PriceDraft("flat", 4500)], STAFF)
    assert [slot.price.minor for slot in listed(cut).days[0].slots] == [4500, 4500]


def _anna(offering: Offering) -> int:
    with scope(business=offering.business_id):
        return int(offering.requirements.get().choices.get().resource_id)  # type: ignore[arg-type]  # not a pool


def test_somebody_else_s_booking_of_other_resources_changes_nothing() -> None:
    cut = make_cut()
    with scope(business=cut.business_id):
        other = make_offering(cut.location, needs=[[make_resource(cut.location)]])
    first = listed(cut)
    book(other, "10:00")
    assert listed(cut) is first


def test_an_answer_ends_with_the_first_hold_in_it() -> None:
    """T-51."""
    cut = make_cut(prepayment="full", hold_minutes=15)
    book(cut, "10:00")
    lapse = NOW + timedelta(minutes=15)
    held = listed(cut)
    assert listed(cut, now=lapse - timedelta(microseconds=1)) is held
    assert offered(cut, now=lapse) == ["10:00", "11:00"]


def test_an_answer_ends_when_lead_time_passes_its_next_start() -> None:
    """T-27."""
    cut = make_cut(lead_minutes=60)
    assert offered(cut, now=at("08:30")) == ["10:00", "11:00"]
    assert offered(cut, now=at("09:00")) == ["10:00", "11:00"]
    assert offered(cut, now=at("09:00") + timedelta(seconds=1)) == ["11:00"]
    assert offered(cut, now=at("10:00") + timedelta(microseconds=1)) == []


def test_a_day_without_free_starts_says_so_truly_as_time_goes_by() -> None:
    """Sold out in the morning, over in the evening, though nothing was written in between."""
    cut = make_cut(lead_minutes=60)
    book(cut, "10:00")
    book(cut, "11:00")
    assert told(listed(cut, now=at("08:30"))) == (DayStatus.SOLD_OUT, Reason.TAKEN)
    assert told(listed(cut, now=at("10:30"))) == (DayStatus.CLOSED, Reason.LEAD_TIME)


def told(listing: Listing) -> tuple[DayStatus, Reason | None]:
    return listing.days[0].status, listing.days[0].reason


def test_an_answer_ends_at_local_midnight_with_its_horizon() -> None:
    """T-14: the horizon is a date of the place, not a number of hours."""
    place = make_place("10:00-11:00", zone="America/Santiago")
    cut = make_offering(place, needs=[[make_resource(place)]], horizon_days=1, lead_minutes=0)
    wednesday = date(2026, 12, 2)
    midnight = at("03:00")
    too_far = listed(cut, day=wednesday, now=midnight - timedelta(seconds=1))
    assert told(too_far) == (DayStatus.CLOSED, Reason.HORIZON)
    assert told(listed(cut, day=wednesday, now=midnight)) == (DayStatus.AVAILABLE, None)


@pytest.mark.parametrize(
    ("status", "booked"),
    [(DayStatus.AVAILABLE, 2), (DayStatus.AVAILABLE, 6), (DayStatus.LIMITED, 7), (DayStatus.SOLD_OUT, 8)],
)
def test_a_day_is_limited_when_less_than_a_quarter_of_its_starts_is_left(
    status: DayStatus, booked: int
) -> None:
    cut = make_cut("10:00-18:00")
    for hour in range(booked):
        book(cut, f"{10 + hour}:00")
    assert listed(cut).days[0].status is status


def test_a_rendering_is_kept_beside_the_listing() -> None:
    from horarium.workflows.list_availability import WishInput, list_days_as

    cut = make_cut()

    def ask(render: Callable[[Listing], list[str]]) -> list[str]:
        slug, key = cut.business.slug, cut.public_id
        return list_days_as(
            slug, key, first_on=TUESDAY, last_on=TUESDAY, wish=WishInput(), now=NOW, render=render
        )

    first = ask(_clocks)
    assert first == ["10:00", "11:00"]
    assert ask(_clocks) is first
    book(cut, "10:00")
    assert ask(_clocks) == ["11:00"]


def _clocks(listing: Listing) -> list[str]:
    return [slot.start.strftime("%H:%M") for day in listing.days for slot in day.slots]
