"""A sick specialist: proposals that can all be accepted, moves one by one, and a block on what is left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from horarium.modules.availability.queries import list_blocks
from horarium.modules.booking.models import Booking, Order
from horarium.modules.catalog.models import Offering
from horarium.modules.resources.models import Resource
from horarium.workflows.checkout import Checkout, place_order
from horarium.workflows.items import StayItem
from horarium.workflows.replace_specialist import (
    Absence,
    Accepted,
    Replacement,
    apply_replacements,
    propose_replacements,
)
from tests.factories import make_need, make_offering, make_resource, open_week

from .rows import bookings_of, served_by, told
from .stage import ANNA_WRITES, NOW, STAFF, TUESDAY, at, book, make_place, refusal

pytestmark = pytest.mark.django_db


def salon(*hours: str) -> tuple[Offering, list[Resource]]:
    """A haircut by anybody; each of these people works the given hours of every day."""
    place = make_place("10:00-14:00")
    people = [make_resource(place) for _ in hours]
    for person, own in zip(people, hours, strict=True):
        open_week(person, own)
    cut = make_offering(place, price=3000)
    make_need(cut, people, is_choosable=True)
    return cut, people


def away(person: Resource) -> Absence:
    return Absence(person.public_id, at("00:00"), at("00:00", TUESDAY + timedelta(days=1)))


def propose(person: Resource) -> Replacement:
    return propose_replacements(person.business_id, away(person), NOW)


def shown(found: Replacement) -> list[tuple[str, str, str]]:
    return [
        (one.kind, f"{one.start:%d %H:%M}" if one.start else one.reason, one.instead)
        for one in found.proposals
    ]


def accept(found: Replacement) -> list[Accepted]:
    return [Accepted(one.booking.id, one.start, one.instead) for one in found.proposals if one.start]


def with_anna(cut: Offering, anna: Resource, clock: str) -> Order:
    return book(cut, clock, resource=anna.public_id)


def only(order: Order) -> Booking:
    return bookings_of(order)[0]


def test_a_free_colleague_comes_first_then_the_nearest_time_and_proposals_see_one_another() -> None:
    cut, [anna, boris] = salon("10:00-14:00", "10:00-13:00")
    for clock in ("10:00", "11:00", "13:00"):
        with_anna(cut, anna, clock)
    book(cut, "11:00", resource=boris.public_id)
    assert shown(propose(anna)) == [
        ("colleague", "01 10:00", boris.public_id),
        ("time", "01 12:00", boris.public_id),
        ("time", "02 10:00", ""),
    ]


def test_what_is_accepted_is_moved_and_the_rest_of_the_day_is_blocked() -> None:
    cut, [anna, boris] = salon("10:00-14:00", "10:00-14:00")
    first, second = with_anna(cut, anna, "10:00"), with_anna(cut, anna, "12:00")
    found = propose(anna)
    done = apply_replacements(
        anna.business_id, away(anna), accept(found)[:1], reason="Ill", actor=STAFF, now=NOW
    )
    assert [(one.booking, one.reason) for one in done.outcomes] == [(only(first).public_id, None)]
    assert (served_by(first), served_by(second)) == ([[boris.pk]], [[anna.pk]])
    assert only(first).starts_at == at("10:00")
    assert [one.id for one in done.left] == [only(second).public_id]
    rows = list_blocks(anna.business_id, at("00:00"), at("23:00"))
    assert [(f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}", one.reason) for one in rows] == [
        ("00:00", "12:00", "Ill"),
        ("13:00", "00:00", "Ill"),
    ]
    assert told(anna.business_id).count("BookingMoved") == 1
    refusal(cut, "10:30", resource=anna.public_id)


def test_one_that_clashes_by_now_stays_and_the_others_go_on() -> None:
    cut, [anna, boris] = salon("10:00-14:00", "10:00-14:00")
    first, second = with_anna(cut, anna, "10:00"), with_anna(cut, anna, "12:00")
    found = propose(anna)
    book(cut, "10:00", resource=boris.public_id)
    done = apply_replacements(anna.business_id, away(anna), accept(found), reason=None, actor=STAFF, now=NOW)
    assert [one.reason for one in done.outcomes] == ["taken", None]
    assert (served_by(first), served_by(second)) == ([[anna.pk]], [[boris.pk]])
    assert done.blocks == ()


def test_the_others_of_a_joint_booking_stay_with_it() -> None:
    place = make_place("10:00-14:00")
    anna, boris, vera = (make_resource(place) for _ in range(3))
    rooms = [make_resource(place, kind="room") for _ in range(3)]
    four_hands = make_offering(place, price=100)
    make_need(four_hands, [anna, boris, vera], quantity=2)
    make_need(four_hands, rooms, position=1)
    placed = book(four_hands, "11:00")
    [before] = served_by(placed)
    gone = next(one for one in (anna, boris, vera) if one.pk in before)
    spare = next(one for one in (anna, boris, vera) if one.pk not in before)
    found = propose(gone)
    assert shown(found) == [("colleague", "01 11:00", spare.public_id)]
    apply_replacements(gone.business_id, away(gone), accept(found), reason="Ill", actor=STAFF, now=NOW)
    assert served_by(placed) == [sorted({*before, spare.pk} - {gone.pk})]


def test_who_was_chosen_serves_at_the_new_time_when_they_are_back() -> None:
    cut, [anna] = salon("10:00-14:00")
    placed = with_anna(cut, anna, "12:00")
    found = propose(anna)
    assert shown(found) == [("time", "02 10:00", "")]
    apply_replacements(anna.business_id, away(anna), accept(found), reason="Ill", actor=STAFF, now=NOW)
    assert served_by(placed) == [[anna.pk]]
    assert only(placed).starts_at == at("10:00", TUESDAY + timedelta(days=1))


def test_where_nobody_is_left_there_is_no_proposal() -> None:
    cut, [anna] = salon("10:00-14:00")
    with_anna(cut, anna, "10:00")
    span = Absence(anna.public_id, NOW, at("00:00", TUESDAY + timedelta(days=30)))
    found = propose_replacements(anna.business_id, span, NOW)
    assert shown(found) == [("none", "taken", "")]


def test_a_stay_gets_another_room_for_the_same_nights() -> None:
    place = make_place("08:00-22:00")
    first, second = (make_resource(place, kind="room") for _ in range(2))
    double = make_offering(
        place, needs=[[first, second]], mode="stay", durations=[1440], price=9000, basis="per_night"
    )
    nights = StayItem(double.public_id, TUESDAY, TUESDAY + timedelta(days=2), resource=first.public_id)
    checkout = Checkout(ANNA_WRITES, (nights,))
    placed = place_order(place.business.slug, checkout, STAFF, NOW, staff=True)
    absence = Absence(first.public_id, at("00:00"), at("00:00", TUESDAY + timedelta(days=1)))
    found = propose_replacements(place.business_id, absence, NOW)
    assert shown(found) == [("colleague", "01 15:00", second.public_id)]
    done = apply_replacements(place.business_id, absence, accept(found), reason="Leak", actor=STAFF, now=NOW)
    assert [one.reason for one in done.outcomes] == [None]
    assert served_by(placed) == [[second.pk]]
