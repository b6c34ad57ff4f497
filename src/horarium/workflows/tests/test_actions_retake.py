"""Late money: the time of a lapsed order is taken again, whole or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scope

from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.models import Order
from horarium.modules.catalog.models import Offering
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.retake_order import retake_order
from horarium.workflows.tidy_bookings import expire_lapsed_orders
from tests.factories import make_need, make_offering, make_resource

from .rows import bookings_of, counts, name_of, served_by, taken_by, told
from .stage import NOW, book, item, make_place, offered, order

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=20)


def salon(
    people: int, *, hours: str = "10:00-11:00", is_choosable: bool = False
) -> tuple[Offering, Offering, list[int]]:
    """An offering that is held fifteen minutes for its payment, one that is confirmed at once, and who serves both."""
    place = make_place(hours)
    staff = [make_resource(place) for _ in range(people)]
    paid = make_offering(place, price=3000, prepayment="full", hold_minutes=15)
    make_need(paid, staff, is_choosable=is_choosable)
    free = make_offering(place)
    make_need(free, staff, is_choosable=True)
    return paid, free, [one.pk for one in staff]


def retake(placed: Order) -> bool:
    with scope(business=placed.business_id):
        return retake_order(lock_order(placed.business_id, placed.public_id), LATER)


def states(placed: Order) -> list[str]:
    return [str(one.state) for one in bookings_of(placed)]


def test_a_lapsed_hold_that_nobody_took_is_confirmed_on_its_own_resource() -> None:
    paid, _, [anna] = salon(1)
    placed = book(paid, "10:00")
    expire_lapsed_orders(LATER)
    assert retake(placed)
    assert states(placed) == ["confirmed"]
    assert taken_by(bookings_of(placed)[0]) == [(anna, "taken", "10:00-11:00")]
    assert told(paid.business_id)[-1] == "BookingConfirmed"
    assert offered(paid, now=LATER) == []


def test_another_resource_serves_when_the_own_one_was_taken() -> None:
    paid, free, staff = salon(2)
    placed = book(paid, "10:00")
    [[first]] = served_by(placed)
    public_id = name_of(first)
    book(free, "10:00", resource=public_id, now=LATER)
    assert retake(placed)
    assert served_by(placed) == [[one for one in staff if one != first]]
    assert states(placed) == ["confirmed"]


def test_a_chosen_person_is_not_replaced() -> None:
    paid, free, [anna, _] = salon(2, is_choosable=True)
    public_id = name_of(anna)
    placed = book(paid, "10:00", resource=public_id)
    book(free, "10:00", resource=public_id, now=LATER)
    before = counts()
    assert not retake(placed)
    assert counts() == before
    assert states(placed) == ["held"]
    assert served_by(placed) == [[anna]]


def test_what_is_gone_is_refused_and_nothing_changes() -> None:
    paid, free, _ = salon(1)
    placed = book(paid, "10:00")
    book(free, "10:00", now=LATER)
    before = counts()
    assert not retake(placed)
    assert counts() == before
    assert states(placed) == ["held"]
    assert taken_by(bookings_of(placed)[0]) == []


def test_a_part_that_is_gone_keeps_the_whole_order_from_coming_back() -> None:
    """The other line is still held, and stays free for others."""
    paid, free, _ = salon(1, hours="10:00-12:00")
    placed = order(item(paid, "10:00"), item(paid, "11:00"), of=paid)
    book(free, "11:00", now=LATER)
    assert not retake(placed)
    assert [one[0][1] if one else None for one in map(taken_by, bookings_of(placed))] == ["held", None]
    assert offered(
        paid,
        now=LATER,
    ) == ["10:00"]
    book(free, "10:00", now=LATER)


def test_a_line_that_lost_its_resource_does_not_push_the_other_from_its_own() -> None:
    """Two lines at one time; the resource of one was taken, a third one is free: both are served."""
    paid, free, staff = salon(3)
    placed = order(item(paid, "10:00"), item(paid, "10:00"), of=paid)
    [[first], [second]] = served_by(placed)
    book(free, "10:00", resource=name_of(first), now=LATER)
    assert retake(placed)
    [third] = set(staff) - {first, second}
    assert served_by(placed) == [[third], [second]]
    assert states(placed) == ["confirmed", "confirmed"]


def test_an_offering_that_changed_since_is_taken_again_as_it_was_agreed() -> None:
    paid, free, staff = salon(2)
    placed = book(paid, "10:00")
    [[first]] = served_by(placed)
    public_id = name_of(first)
    book(free, "10:00", resource=public_id, now=LATER)
    with scope(business=paid.business_id):
        Offering.objects.filter(pk=paid.pk).update(durations=[30], is_active=False)
    bump_catalog_revision(paid.business_id)
    assert retake(placed)
    [booking] = bookings_of(placed)
    assert taken_by(booking) == [(next(one for one in staff if one != first), "taken", "10:00-11:00")]
