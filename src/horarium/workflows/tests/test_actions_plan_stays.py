"""Stays from the wish to the row: times, rooms, extras, several in one order, and guests who change rooms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled

from horarium.modules.availability.actions import lock_resources
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Allocation
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.models import Booking
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.audit.models import AuditEntry
from horarium.workflows.checkout import Checkout, place_order
from horarium.workflows.items import Guests, SessionItem, StayItem
from horarium.workflows.plan_stays import inquire_stay, plan_stay
from horarium.workflows.planned import NOTHING, Besides
from tests.factories import (
    make_location,
    make_need,
    make_offering,
    make_price,
    make_resource,
    make_ticket_type,
)

from .hotel import Hotel, dec, make_hotel
from .stage import ANNA_WRITES, GUEST, NOW

pytestmark = pytest.mark.django_db


def taken(booking: Booking) -> list[tuple[datetime, datetime]]:
    with scopes_disabled():
        rows = Allocation.objects.filter(owner_kind="booking", owner_id=booking.pk).exclude(state="released")
        return [(one.during.lower, one.during.upper) for one in rows]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_a_stay_is_written_with_its_guests_plan_times_and_cleaning() -> None:
    hotel = make_hotel(buffer_after=120, buffer_before=30, price=None)
    saver = hotel.plan("Saver", 9000)
    booking = hotel.book(5, 8, guests=Guests(2, (4,)), rate_plan=saver.public_id)
    assert (booking.starts_at, booking.ends_at) == (at(5, 15), at(8, 12))
    assert taken(booking) == [(at(5, 14, 30), at(8, 14))]
    assert (booking.party, booking.guests) == (3, {"adults": 2, "child_ages": [4]})
    assert booking.rate_plan_id == saver.pk
    assert booking.total_minor == 27_000
    assert booking.price["lines"] == [
        {"label": "", "minor": 27_000, "extra": "", "minutes": None, "quantity": None, "nights": 3}
    ]


def test_nobody_named_a_plan_so_the_cheapest_that_allows_the_stay_is_sold() -> None:
    hotel = make_hotel(price=None)
    flexible, saver = hotel.plan("Flexible", 12_000), hotel.plan("Saver", 9000, position=1)
    hotel.restrict(1, 31, rate_plan=saver, min_nights=3)
    assert hotel.book(5, 8).rate_plan_id == saver.pk
    assert hotel.book(5, 7).rate_plan_id == flexible.pk
    assert hotel.refusal(20, 21, rate_plan=saver.public_id).reason is Reason.MIN_STAY


def test_early_arrival_and_late_departure_are_paid_and_take_the_time() -> None:
    """The guest of the 8th leaves at 18:00 and nobody can come at 15:00 of that day, but can of the next."""
    hotel = make_hotel(rooms=1)
    late = hotel.add_extra("Late departure", 500, extends_after=120, max_quantity=3)
    early = hotel.add_extra("Early arrival", 3000, extends_before=180)
    booking = hotel.book(5, 8, extras=(late.public_id,) * 3)
    assert (booking.starts_at, booking.ends_at) == (at(5, 15), at(8, 18))
    assert booking.total_minor == 31_500
    assert hotel.refusal(8, 9).reason is Reason.TAKEN
    assert hotel.refusal(3, 5, extras=(late.public_id,) * 3).reason is Reason.TAKEN
    assert hotel.book(3, 5, extras=(late.public_id, early.public_id)).starts_at == at(3, 12)
    assert hotel.book(9, 10, extras=(early.public_id,)).starts_at == at(9, 12)


def test_an_extra_brings_its_own_resources_as_many_times_as_it_is_taken() -> None:
    hotel = make_hotel(rooms=3)
    bed = hotel.add_extra("Extra bed", 2000, "per_night", max_quantity=2)
    beds = [make_resource(hotel.offering.location, kind="equipment") for _ in range(3)]
    make_need(hotel.offering, beds, extra=bed, position=1)
    booking = hotel.book(5, 7, extras=(bed.public_id,) * 2)
    assert len(taken(booking)) == 3
    assert booking.total_minor == 20_000 + 2 * 2 * 2000
    assert hotel.refusal(6, 7, extras=(bed.public_id,) * 2).reason is Reason.TAKEN
    assert len(taken(hotel.book(6, 7, extras=(bed.public_id,)))) == 2
    assert len(taken(hotel.book(6, 7))) == 1


def test_the_room_is_chosen_by_the_guest_or_leaves_the_smallest_hole() -> None:
    hotel = make_hotel(rooms=3)
    hotel.let_guests_choose()
    hotel.put(1, 1, 5)
    hotel.put(1, 7, 9)
    assert hotel.room_of(hotel.book(5, 7)) == 1
    chosen = hotel.book(5, 7, room=2)
    assert hotel.room_of(chosen) == 2
    assert chosen.is_resource_chosen
    assert hotel.refusal(6, 8, room=2).reason is Reason.RESOURCE_UNAVAILABLE


def test_staff_keeps_neither_lead_time_nor_restrictions_but_the_rooms() -> None:
    hotel = make_hotel(rooms=1, lead_minutes=48 * 60, prepayment="full")
    hotel.restrict(1, 31, min_nights=5, closed_to_arrival=True)
    assert hotel.refusal(1, 2).reason is Reason.LEAD_TIME
    assert hotel.refusal(5, 6).reason is Reason.CLOSED_TO_ARRIVAL
    booking = hotel.book(1, 2, staff=True)
    assert booking.state == "confirmed"
    with pytest.raises(NotFree):
        hotel.book(1, 2, staff=True)


def test_every_stay_of_an_order_sees_what_the_earlier_ones_take() -> None:
    hotel = make_hotel(rooms=2)
    two = Checkout(ANNA_WRITES, (hotel.item(5, 7), hotel.item(6, 8), hotel.item(6, 7)))
    with pytest.raises(NotFree) as refused:
        place_order(hotel.slug, two, GUEST, NOW)
    assert (refused.value.reason, refused.value.item) == (Reason.TAKEN, 2)
    with scopes_disabled():
        assert not Allocation.objects.filter(business=hotel.offering.business).exists()


def fragmented(**first: Any) -> tuple[Hotel, Booking, Booking]:
    """Room 0 is taken first and room 1 then: each night has a free room, and no room all nights."""
    hotel = make_hotel(rooms=2)
    return hotel, hotel.put(0, 5, 7, **first), hotel.put(1, 7, 9)


def test_a_stay_that_only_fits_when_another_changes_rooms_is_sold() -> None:
    hotel, first, second = fragmented()
    [night] = hotel.nights(5, 5, nights=4)
    assert night.stay is not None
    assert (night.stay.reason, night.longest) == (None, 2)
    booking = hotel.book(5, 9)
    rooms = {hotel.room_of(first), hotel.room_of(second)}
    assert len(rooms) == 1
    assert hotel.room_of(booking) not in rooms
    with scopes_disabled():
        entry = AuditEntry.objects.get(business=hotel.offering.business, action="booking.reseated")
        live = Allocation.objects.filter(business=hotel.offering.business).exclude(state="released")
        assert live.count() == 3
    assert entry.subject_id in (first.public_id, second.public_id)


def test_rooms_that_change_are_locked_together_with_what_a_shared_slot_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever locks resources twice in one order must not find new ones the second time: others lock upwards."""
    hotel, *_ = fragmented()
    place = make_location(hotel.offering.business, hours="08:00-18:00", time_zone="UTC")
    group = make_offering(
        place, mode="session", durations=[60], is_shared=True, capacity=4, needs=[[make_resource(place)]]
    )
    kind = make_ticket_type(group, 1000)
    locked: list[set[int]] = []

    def lock(business_id: int, resource_ids: Collection[int]) -> None:
        locked.append(set(resource_ids))
        lock_resources(business_id, resource_ids)

    for module in ("actions_shared_slots", "actions_reseats"):
        monkeypatch.setattr(f"horarium.modules.availability.{module}.lock_resources", lock)
    tickets = SessionItem(((kind.public_id, 1),), offering=group.public_id, start=at(6, 10))
    place_order(hotel.slug, Checkout(ANNA_WRITES, (tickets, hotel.item(5, 9))), GUEST, NOW)
    first, *later = locked
    assert len(later) == 1
    assert {room.pk for room in hotel.rooms} <= first
    assert later[0] <= first


@pytest.mark.parametrize("pin", [{"is_pinned": True}, {"is_resource_chosen": True}, {"state": "checked_in"}])
def test_who_is_pinned_chose_the_room_or_has_arrived_does_not_move(pin: dict[str, Any]) -> None:
    """The other of the two may; with both tied nobody can help."""
    hotel, first, second = fragmented(**pin)
    assert hotel.explain(5, 9).reason is None
    with scopes_disabled():
        Booking.objects.filter(pk=second.pk).update(**pin)
    assert hotel.explain(5, 9).reason is Reason.TAKEN
    assert hotel.refusal(5, 9).reason is Reason.TAKEN
    assert (hotel.room_of(first), hotel.room_of(second)) == (0, 1)


def test_a_stay_that_has_begun_stays_where_it_is() -> None:
    hotel, first, _ = fragmented()
    arrived = at(5, 15)
    assert hotel.explain(6, 9, now=arrived).reason is None
    with scopes_disabled():
        Booking.objects.exclude(pk=first.pk).update(is_pinned=True)
    assert hotel.explain(6, 9, now=arrived - timedelta(seconds=1)).reason is None
    assert hotel.explain(6, 9, now=arrived).reason is Reason.TAKEN


def test_a_guest_of_another_offering_moves_only_to_rooms_of_that_offering() -> None:
    """The suite is sold by itself, too: whoever booked it is not moved to a plain room."""
    hotel = make_hotel(rooms=2)
    suite = make_offering(
        hotel.offering.location,
        needs=[[hotel.rooms[0]]],
        price=20_000,
        basis="per_night",
        mode="stay",
        durations=[],
        party_max=4,
    )
    other = Hotel(suite, hotel.rooms)
    in_suite = other.book(5, 7)
    plain = hotel.put(1, 7, 9)
    booking = hotel.book(5, 9)
    assert (hotel.room_of(in_suite), hotel.room_of(plain), hotel.room_of(booking)) == (0, 0, 1)


def test_two_stays_of_one_order_never_move_the_same_guest_twice() -> None:
    hotel, first, second = fragmented()
    catalog = get_current_catalog(hotel.offering.business_id)
    one, other = hotel.item(5, 9), hotel.item(9, 10)
    planned = plan_stay(inquire_stay(catalog, one), one, 0, NOW)
    assert len(planned.reseats) == 1
    later = plan_stay(inquire_stay(catalog, other), other, 1, NOW, NOTHING.after([planned]))
    assert later.reseats == ()
    moved = hotel.item(6, 8)
    with pytest.raises(NotFree):
        plan_stay(inquire_stay(catalog, moved), moved, 1, NOW, NOTHING.after([planned]))
    assert {first.pk, second.pk} >= {planned.reseats[0].booking_id}


def test_a_booking_that_is_moved_finds_its_own_room_free() -> None:
    hotel = make_hotel(rooms=1)
    booking = hotel.put(0, 5, 8)
    item = hotel.item(6, 9)
    inquiry = inquire_stay(get_current_catalog(hotel.offering.business_id), item)
    planned = plan_stay(inquiry, item, 0, NOW, Besides((("booking", booking.pk),)))
    assert planned.starts_at == at(6, 15)
    assert planned.claims[0].resource_id == hotel.rooms[0].pk


def test_a_night_of_the_clock_change_is_a_night() -> None:
    """Lisbon goes to summer time on 28 March 2027: 20 hours from check-in to check-out."""
    hotel = make_hotel(rooms=1, horizon_days=200)
    offering: Offering = hotel.offering
    make_price(offering, 500, basis="per_night", valid_from=dec(31), priority=1)
    item = StayItem(offering.public_id, date(2027, 3, 27), date(2027, 3, 28))
    planned = plan_stay(inquire_stay(get_current_catalog(offering.business_id), item), item, 0, NOW)
    assert planned.starts_at == datetime(2027, 3, 27, 15, tzinfo=UTC)
    assert planned.ends_at == datetime(2027, 3, 28, 11, tzinfo=UTC)
    assert planned.quote.total.minor == 500
