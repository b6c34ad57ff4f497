"""A fee that has come due does not vanish by moving the booking far ahead: it is what cancelling costs at least.

Free until 48 hours before, half until 24, then all; rescheduling is free until the start. The booking is on Tuesday
at 12:00 for 9 999; the evening costs 13 333, the morning 3 333.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, CancelledBy, Order
from horarium.modules.booking.rules import Agreed, agreed_of_json
from horarium.modules.catalog.rules import Terms, Tier
from horarium.modules.ledger.queries import fees_of
from horarium.platform.audit.models import AuditEntry
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.change_booking import Changed, ChangeWish, apply_change, move_booking, preview_change
from horarium.workflows.no_show import preview_no_show
from horarium.workflows.order_view import OrderView, get_order_view
from horarium.workflows.plan_again import Change
from horarium.workflows.take_cash import take_cash
from tests.factories import make_offering, make_price, make_resource

from .rows import audited, bookings_of
from .stage import GUEST, NOW, STAFF, at, item, make_place, order

pytestmark = pytest.mark.django_db
TIERED = Terms(
    cancellation=(Tier(48 * 60), Tier(24 * 60, percent=50), Tier(0, percent=100)),
    rescheduling=(Tier(0),),
    no_show=Tier(0, percent=20),
)
TICK = timedelta(microseconds=1)
EDGE = at("12:00") - timedelta(hours=48)
LATE = at("12:00") - timedelta(hours=24)
FAR = at("12:00") + timedelta(days=20)
HALF = 5_000


def booked(currency: str = "EUR", *, paid: int | None = 9_999, price: int = 9_999) -> Order:
    place = make_place("08:00-22:00", currency=currency)
    cut = make_offering(place, needs=[[make_resource(place)]], price=price, lead_minutes=0)
    make_price(cut, 13_333, priority=10, from_minute=18 * 60, until_minute=24 * 60)
    make_price(cut, 3_333, priority=10, from_minute=0, until_minute=10 * 60)
    placed = order(item(cut, "12:00"), of=cut, staff=True, now=NOW - timedelta(days=9))
    with scope(business=place.business_id):
        Booking.objects.update(terms=Agreed(TIERED, 1_000).as_json())
    if paid:
        take_cash(place.business_id, placed.public_id, Money(paid, currency), actor=STAFF, now=NOW)
    return placed


def move(
    placed: Order, start: datetime, now: datetime, *, staff: bool = False, **fields: Any
) -> tuple[int, int, int]:
    """Preview and do it: both must say the same. The fee, what comes back and what is carried."""
    wish = ChangeWish(Change(start=start), **fields)
    booking_id = bookings_of(placed)[0].public_id
    shown = preview_change(placed.business_id, booking_id, wish, now, staff=staff)
    actor = STAFF if staff else GUEST
    done: Changed = apply_change(placed.business_id, booking_id, wish, actor, now, staff=staff)
    assert done.money == shown.money
    return done.money.fee.minor, done.money.refund.minor, done.money.carried.minor


def view(placed: Order, now: datetime) -> OrderView:
    return get_order_view(placed.business_id, placed.public_id, now)


def cancel(placed: Order, now: datetime) -> tuple[int, int]:
    """What is kept and what comes back, as it was shown before."""
    terms = preview_cancellation(view(placed, now), CancellationWish())
    cancel_order(
        placed.business_id, placed.public_id, CancellationWish(), by=CancelledBy.GUEST, actor=GUEST, now=now
    )
    with scope(business=placed.business_id):
        kept = fees_of(placed.business_id, [placed.public_id])[placed.public_id]
    assert kept == terms.fee.minor
    return terms.fee.minor, terms.refund.minor


@pytest.mark.parametrize("currency", ["RUB", "EUR", "CLP"])
@pytest.mark.parametrize(
    ("now", "fee"),
    [(EDGE, 0), (EDGE + TICK, HALF), (LATE, HALF), (LATE + TICK, 9_999), (at("12:00") - TICK, 9_999)],
)
def test_who_moves_far_ahead_and_cancels_pays_what_had_come_due(
    currency: str, now: datetime, fee: int
) -> None:
    """T-60: half of 9 999 is 5 000; in time nothing has come due and nothing is carried."""
    placed = booked(currency)
    assert move(placed, FAR, now) == (0, 0, fee)
    assert view(placed, now).bookings[0].is_free_to_cancel == (fee == 0)
    assert cancel(placed, now) == (fee, 9_999 - fee)


def test_where_the_tiers_ask_for_more_than_is_carried_they_count() -> None:
    placed = booked()
    move(placed, FAR, LATE)
    assert cancel(placed, FAR - timedelta(hours=24)) == (HALF, 4_999)
    placed = booked()
    move(placed, FAR, LATE)
    assert cancel(placed, FAR - timedelta(hours=24) + TICK) == (9_999, 0)


def test_not_coming_costs_what_is_carried_too() -> None:
    placed = booked()
    booking_id = bookings_of(placed)[0].public_id
    assert preview_no_show(view(placed, at("13:00")), booking_id).fee.minor == 2_000
    move(placed, FAR, LATE)
    assert preview_no_show(view(placed, FAR + TICK), booking_id).fee.minor == HALF


def test_what_is_carried_stays_through_further_moves_and_grows_with_what_comes_due() -> None:
    placed = booked()
    move(placed, FAR, LATE)
    assert move(placed, FAR + timedelta(days=1), LATE) == (0, 0, HALF)
    assert move(placed, FAR + timedelta(days=3), FAR + timedelta(hours=1)) == (0, 0, 9_999)
    assert agreed_of_json(bookings_of(placed)[0].terms) == Agreed(TIERED, 1_000, 9_999)


def test_a_cheaper_time_gives_back_no_more_than_cancelling_would_have() -> None:
    """All of 9 999 had come due; the morning costs 3 333: the rest is kept with the change."""
    placed = booked()
    morning = FAR.replace(hour=8)
    assert move(placed, morning, LATE + TICK) == (6_666, 0, 3_333)
    assert preview_cancellation(view(placed, LATE + TICK), CancellationWish()).refund.minor == 0
    placed = booked()
    assert move(placed, morning, LATE) == (1_667, 4_999, 3_333)
    placed = booked()
    assert move(placed, FAR.replace(hour=18), LATE) == (0, 0, HALF)


def test_of_what_was_never_paid_nothing_had_come_due() -> None:
    placed = booked(paid=None)
    assert move(placed, FAR, LATE) == (0, 0, 0)
    placed = booked(paid=2_000)
    assert move(placed, FAR, LATE) == (0, 0, 2_000)
    take_cash(placed.business_id, placed.public_id, Money(7_999, "EUR"), actor=STAFF, now=LATE)
    assert cancel(placed, LATE) == (2_000, 7_999)


def test_staff_waives_what_would_be_carried_and_a_move_at_the_desk_carries_nothing_new() -> None:
    placed = booked()
    assert move(placed, FAR, LATE, staff=True) == (0, 0, HALF)
    placed = booked()
    assert move(placed, FAR, LATE, staff=True, waive_fee=True, reason="Ill") == (0, 0, 0)
    move(placed, FAR + timedelta(days=1), FAR - timedelta(hours=30))
    booking_id = bookings_of(placed)[0].public_id
    move_booking(placed.business_id, booking_id, Change(start=FAR + timedelta(days=2)), STAFF, FAR)
    assert bookings_of(placed)[0].terms["carried_minor"] == HALF
    waived = CancellationWish(waive_fee=True, reason="A regular guest")
    assert preview_cancellation(view(placed, FAR), waived).fee.minor == 0


def test_the_audit_log_tells_what_is_carried() -> None:
    placed = booked()
    move(placed, FAR, LATE)
    assert audited(placed.business_id)[-1] == "booking.moved"
    with scope(business=placed.business_id):
        entry = AuditEntry.objects.get(action="booking.moved")
    before, after = entry.before or {}, entry.after or {}
    assert (before["carried_minor"], after["carried_minor"]) == (0, HALF)
