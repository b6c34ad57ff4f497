"""Stays that keep their room, and stays that change it."""

from datetime import UTC, datetime, timedelta

import pytest

from horarium.modules.availability.actions_taking import Taking, take
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Allocation, OwnerKind
from horarium.modules.booking.actions_reseats import NewReseat, pin_booking, reseat_bookings
from horarium.modules.booking.models import Booking
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.models import Location
from horarium.platform.tenancy.scope import business_scope
from tests.factories import (
    make_booking,
    make_business,
    make_location,
    make_offering,
    make_order,
    make_resource,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ARRIVES = datetime(2026, 12, 4, 15, tzinfo=UTC)
LEAVES = ARRIVES + timedelta(hours=21)
SYSTEM = Actor.system()


@pytest.fixture
def place() -> Location:
    return make_location(make_business(), time_zone="UTC")


def make_stay(place: Location, room: Resource) -> Booking:
    offering = make_offering(place, mode="stay", durations=[], needs=[[room]])
    booking = make_booking(make_order(place.business), offering, ARRIVES, ends_at=LEAVES, resources=[room])
    with business_scope(place.business_id):
        taking = Taking(room.pk, int(ARRIVES.timestamp()), int(LEAVES.timestamp()), booking.pk)
        take(place.business_id, [taking], owner_kind=OwnerKind.BOOKING, now=NOW)
    return booking


def moved(booking: Booking, leaves: Resource, gets: Resource) -> NewReseat:
    starts, ends = int(ARRIVES.timestamp()), int(LEAVES.timestamp())
    return NewReseat(booking.pk, leaves.pk, gets.pk, starts, ends, leaves.name, gets.name)


def room_of(booking: Booking) -> int:
    with business_scope(booking.business_id):
        taken = Allocation.objects.get(owner_id=booking.pk, state="taken")
        assert taken.resource_id == booking.assignments.get().resource_id
        return taken.resource_id


def test_two_stays_swap_their_rooms(place: Location) -> None:
    one, two = make_resource(place, kind="room"), make_resource(place, kind="room")
    first, second = make_stay(place, one), make_stay(place, two)
    with business_scope(place.business_id):
        moves = [moved(first, one, two), moved(second, two, one)]
        reseat_bookings(place.business_id, moves, also=(), actor=SYSTEM, now=NOW)
    assert (room_of(first), room_of(second)) == (two.pk, one.pk)


def test_a_change_of_rooms_is_in_the_log_of_the_booking(place: Location) -> None:
    one, two = make_resource(place, kind="room", name="7"), make_resource(place, kind="room", name="8")
    stay = make_stay(place, one)
    with business_scope(place.business_id):
        reseat_bookings(place.business_id, [moved(stay, one, two)], also=(), actor=SYSTEM, now=NOW)
        entry = AuditEntry.objects.get(action="booking.reseated")
    assert (entry.subject_id, entry.before, entry.after) == (
        stay.public_id,
        {"resource": "7"},
        {"resource": "8"},
    )


def test_a_pinned_stay_keeps_its_room(place: Location) -> None:
    one, two = make_resource(place, kind="room"), make_resource(place, kind="room")
    stay = make_stay(place, one)
    with business_scope(place.business_id):
        pin_booking(place.business_id, stay.public_id, is_pinned=True, actor=SYSTEM)
        with pytest.raises(NotFree):
            reseat_bookings(place.business_id, [moved(stay, one, two)], also=(), actor=SYSTEM, now=NOW)


def test_pinning_makes_what_was_computed_about_the_room_old(place: Location) -> None:
    room = make_resource(place, kind="room")
    stay = make_stay(place, room)
    with business_scope(place.business_id):
        before = Resource.objects.get(pk=room.pk).calendar_revision
        pin_booking(place.business_id, stay.public_id, is_pinned=True, actor=SYSTEM)
        assert Resource.objects.get(pk=room.pk).calendar_revision > before


def test_a_stay_that_was_moved_since_the_plan_is_not_moved_again(place: Location) -> None:
    one, two = make_resource(place, kind="room"), make_resource(place, kind="room")
    stay = make_stay(place, one)
    wrong = moved(stay, two, one)
    with business_scope(place.business_id), pytest.raises(NotFree):
        reseat_bookings(place.business_id, [wrong], also=(), actor=SYSTEM, now=NOW)


def test_a_room_that_is_taken_receives_nobody(place: Location) -> None:
    one, two = make_resource(place, kind="room"), make_resource(place, kind="room")
    stay = make_stay(place, one)
    make_stay(place, two)
    with business_scope(place.business_id), pytest.raises(NotFree):
        reseat_bookings(place.business_id, [moved(stay, one, two)], also=(), actor=SYSTEM, now=NOW)
