"""Several change their bookings at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django_scopes import scope

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.availability.models import Allocation
from horarium.modules.booking.models import Booking, CancelledBy, Order
from horarium.modules.ledger.queries import fees_of
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.change_booking import ChangeWish, apply_change
from horarium.workflows.order_view import get_order_view
from horarium.workflows.plan_again import Change
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tests.stage import GUEST, NOW, STAFF, at, book, make_place
from tests.factories import make_offering, make_resource

from .test_settlement import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def moved(order: Order, booking_id: str, clock: str) -> str:
    try:
        apply_change(order.business_id, booking_id, ChangeWish(Change(start=at(clock))), GUEST, NOW)
    except HorariumError as refusal:
        return refusal.code
    return "moved"


def bookings(order: Order) -> list[Booking]:
    with scope(business=order.business_id):
        return list(Booking.objects.filter(business_id=order.business_id).order_by("id"))


def test_of_eight_who_want_the_same_free_time_one_gets_it_and_the_others_keep_theirs() -> None:
    place = make_place("08:00-20:00")
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000)
    orders = [book(cut, f"{hour:02}:00") for hour in range(10, 18)]
    ids = [one.public_id for one in bookings(orders[0])]
    answers = at_once(
        [partial(moved, order, booking, "19:00") for order, booking in zip(orders, ids, strict=True)]
    )
    assert sorted(answers) == ["availability.slot_taken"] * 7 + ["moved"]
    after = bookings(orders[0])
    assert sum(one.starts_at == at("19:00") for one in after) == 1
    stayed = [one for one in after if one.starts_at != at("19:00")]
    assert [one.sequence for one in stayed] == [0] * 7
    with scope(business=place.business_id):
        assert Allocation.objects.filter(state="taken").count() == 8


def test_two_changes_and_a_cancellation_of_one_booking_follow_one_another() -> None:
    place = make_place("08:00-20:00")
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000)
    order = book(cut, "10:00")
    take_cash(place.business_id, order.public_id, Money(3000, "EUR"), actor=STAFF, now=NOW)
    [booking] = bookings(order)

    def cancelled() -> str:
        cancel_order(
            place.business_id, order.public_id, CancellationWish(), by=CancelledBy.GUEST, actor=GUEST, now=NOW
        )
        return "cancelled"

    tasks: list[Callable[[], str]] = [
        partial(moved, order, booking.public_id, "12:00"),
        cancelled,
        partial(moved, order, booking.public_id, "14:00"),
    ]
    answers = at_once(tasks)
    assert "cancelled" in answers
    assert set(answers) <= {"cancelled", "moved", "booking.state"}
    view = get_order_view(place.business_id, order.public_id, NOW)
    assert (view.status, view.held, view.returning) == ("cancelled", Money(0, "EUR"), Money(3000, "EUR"))
    with scope(business=place.business_id):
        assert fees_of(place.business_id, [order.public_id])[order.public_id] == 0
        assert not Allocation.objects.filter(state="taken").exists()
