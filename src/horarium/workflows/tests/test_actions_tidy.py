"""What the clock does: lapsed holds are written down once, past bookings are completed once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking, Order
from horarium.modules.ledger.queries import balance, held_ahead, owed
from horarium.platform.audit.actor import Actor
from horarium.workflows.take_cash import take_cash
from horarium.workflows.tidy_bookings import (
    GRACE,
    complete_booking,
    complete_past_bookings,
    expire_lapsed_orders,
)
from tests.factories import make_offering, make_resource

from .rows import audited, bookings_of, counts, told
from .stage import NOW, STAFF, at, book, make_place

pytestmark = pytest.mark.django_db
LAPSE = NOW + timedelta(minutes=15)


def placed_order(**fields: Any) -> Order:
    place = make_place()
    return book(make_offering(place, needs=[[make_resource(place)]], price=3000, **fields), "10:00")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_lapsed_hold_is_written_down_once() -> None:
    """T-51."""
    placed = placed_order(prepayment="full", hold_minutes=15)
    assert expire_lapsed_orders(LAPSE - timedelta(microseconds=1)) == 0
    assert [one.state for one in bookings_of(placed)] == ["held"]
    assert expire_lapsed_orders(LAPSE) == 1
    assert [one.state for one in bookings_of(placed)] == ["expired"]
    before = counts()
    assert expire_lapsed_orders(LAPSE + timedelta(days=1)) == 0
    assert counts() == before
    assert audited(placed.business_id) == ["order.placed", "order.expired"]
    assert told(placed.business_id) == ["OrderHeld", "OrderExpired"]


def test_what_is_confirmed_does_not_lapse() -> None:
    placed = placed_order(prepayment="full", hold_minutes=15)
    take_cash(placed.business_id, placed.public_id, eur(3000), actor=STAFF, now=NOW)
    assert expire_lapsed_orders(LAPSE) == 0
    assert [one.state for one in bookings_of(placed)] == ["confirmed"]


def test_a_booking_is_completed_after_its_grace_and_its_revenue_is_recognised_once() -> None:
    placed = placed_order()
    take_cash(placed.business_id, placed.public_id, eur(1000), actor=STAFF, now=NOW)
    end = at("11:00")
    assert complete_past_bookings(end + GRACE - timedelta(microseconds=1)) == 0
    assert complete_past_bookings(end + GRACE) == 1
    assert complete_past_bookings(end + GRACE) == 0
    [booking] = bookings_of(placed)
    complete_booking(placed.business_id, booking.public_id, STAFF, end + GRACE)
    assert booking.state == "completed"
    with scope(business=placed.business_id):
        assert balance(placed.business_id, "revenue", "EUR") == eur(-3000)
        assert held_ahead(placed.business_id, "EUR", subject=placed.public_id) == eur(0)
        assert owed(placed.business_id, "EUR", subject=placed.public_id) == eur(2000)
    assert audited(placed.business_id).count("booking.completed") == 1
    assert told(placed.business_id).count("BookingCompleted") == 1


@pytest.mark.parametrize("state", ["pending", "held", "cancelled", "expired", "no_show"])
def test_only_what_was_agreed_is_completed_by_the_clock(state: str) -> None:
    placed = placed_order()
    with scope(business=placed.business_id):
        Booking.objects.update(state=state)
    assert complete_past_bookings(at("20:00")) == 0
    assert [one.state for one in bookings_of(placed)] == [state]


def test_what_was_cancelled_is_not_completed_by_staff() -> None:
    placed = placed_order()
    with scope(business=placed.business_id):
        Booking.objects.update(state="cancelled")
    before = counts()
    with pytest.raises(IllegalTransition):
        complete_booking(placed.business_id, bookings_of(placed)[0].public_id, Actor.system(), at("12:00"))
    assert counts() == before
