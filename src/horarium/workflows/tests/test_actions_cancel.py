"""Cancelling: the time is free at once, and the money is what the preview said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.booking.actions_changes import mark_booking
from horarium.modules.booking.errors import IllegalTransition, OrderNotFound
from horarium.modules.booking.models import BookingState, Cancellation, CancelledBy, Order
from horarium.modules.booking.queries import list_bookings
from horarium.modules.payments.models import Refund
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.order_view import OrderView, get_order_view
from horarium.workflows.take_cash import take_cash
from tests.factories import make_offering, make_resource

from . import scene
from .rows import audited, bookings_of, counts, taken_by, told
from .stage import GUEST, NOW, STAFF, at, book, item, make_place, offered, order

pytestmark = pytest.mark.django_db
IN_TIME = NOW
TOO_LATE = at("09:30")


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def paid_order(*clocks: str, paid: int = 3000, **fields: Any) -> Order:
    """Bookings of 3000 each on one person, paid in cash, free to cancel until two hours before."""
    place = make_place()
    cut = make_offering(
        place, needs=[[make_resource(place)]], price=3000, **{"cancel_free_hours": 2, **fields}
    )
    placed = order(*[item(cut, clock) for clock in clocks], of=cut)
    if paid:
        take_cash(place.business_id, placed.public_id, eur(paid), actor=STAFF, now=NOW)
    return placed


def view(placed: Order, now: Any = NOW) -> OrderView:
    return get_order_view(placed.business_id, placed.public_id, now)


def cancel(
    placed: Order, *numbers: int, by: CancelledBy = CancelledBy.GUEST, now: Any = NOW, **wish: Any
) -> OrderView:
    ids = tuple(bookings_of(placed)[number].public_id for number in numbers)
    actor = GUEST if by == CancelledBy.GUEST else STAFF
    return cancel_order(
        placed.business_id, placed.public_id, CancellationWish(ids, **wish), by=by, actor=actor, now=now
    )


def previewed(placed: Order, *numbers: int, now: Any = NOW, **wish: Any) -> tuple[int, int]:
    ids = tuple(bookings_of(placed)[number].public_id for number in numbers)
    terms = preview_cancellation(view(placed, now), CancellationWish(ids, **wish))
    return terms.fee.minor, terms.refund.minor


def noted(placed: Order) -> list[tuple[str, int]]:
    with scope(business=placed.business_id):
        return [(one.by, one.refunded_minor) for one in Cancellation.objects.order_by("id")]


def test_a_cancelled_time_is_free_at_once() -> None:
    place = make_place("10:00-11:00")
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000)
    placed = book(cut, "10:00")
    assert offered(cut) == []
    after = cancel(placed, reason="Ill")
    assert after.status == "cancelled"
    assert offered(cut) == ["10:00"]
    [booking] = bookings_of(placed)
    assert (booking.state, booking.sequence, taken_by(booking)) == ("cancelled", 1, [])
    assert audited(place.business_id) == ["order.placed", "booking.cancelled"]
    assert told(place.business_id).count("BookingCancelled") == 1
    book(cut, "10:00")


@pytest.mark.parametrize(
    ("now", "paid", "expected"),
    [
        (at("08:00"), 3000, (0, 3000)),
        (at("08:00") + timedelta(microseconds=1), 3000, (3000, 0)),
        (at("08:00"), 1000, (0, 1000)),
        (at("09:00"), 1000, (1000, 0)),
        (at("09:00"), 0, (0, 0)),
    ],
)
def test_what_is_kept_and_given_back_is_what_the_preview_said(
    now: Any, paid: int, expected: tuple[int, int]
) -> None:
    placed = paid_order("10:00", paid=paid)
    assert previewed(placed, now=now) == expected
    cancel(placed, now=now)
    assert noted(placed) == [("guest", expected[1])]
    assert "order.refund_by_hand" in audited(placed.business_id) or not expected[1]


def test_staff_may_waive_what_is_late() -> None:
    placed = paid_order("10:00")
    assert previewed(placed, now=TOO_LATE) == (3000, 0)
    assert previewed(placed, now=TOO_LATE, waive_fee=True) == (0, 3000)
    with pytest.raises(InvalidInput, match="why"):
        cancel(placed, by=CancelledBy.STAFF, now=TOO_LATE, waive_fee=True)
    cancel(placed, by=CancelledBy.STAFF, now=TOO_LATE, waive_fee=True, reason="A storm")
    assert noted(placed) == [("staff", 3000)]


def test_a_guest_cannot_cancel_what_has_begun_and_staff_can() -> None:
    placed = paid_order("10:00")
    assert view(placed, at("10:00") - timedelta(microseconds=1)).can_cancel
    assert not view(placed, at("10:00")).can_cancel
    before = counts()
    with pytest.raises(IllegalTransition):
        cancel(placed, now=at("10:00"))
    assert counts() == before
    assert cancel(placed, by=CancelledBy.STAFF, now=at("10:00")).status == "cancelled"


def test_nothing_is_cancelled_twice() -> None:
    placed = paid_order("10:00")
    cancel(placed)
    before = counts()
    with pytest.raises(IllegalTransition):
        cancel(placed)
    assert counts() == before
    assert previewed(placed) == (0, 0)


def test_bookings_of_another_order_and_lapsed_holds_are_nothing_to_cancel() -> None:
    placed, other = paid_order("10:00"), paid_order("10:00")
    foreign = CancellationWish((bookings_of(other)[0].public_id,))
    with pytest.raises(IllegalTransition):
        cancel_order(
            placed.business_id, placed.public_id, foreign, by=CancelledBy.STAFF, actor=STAFF, now=NOW
        )
    with pytest.raises(OrderNotFound):
        cancel_order(
            placed.business_id,
            other.public_id,
            CancellationWish(),
            by=CancelledBy.STAFF,
            actor=STAFF,
            now=NOW,
        )
    held = paid_order("12:00", paid=0, prepayment="full", hold_minutes=15)
    with pytest.raises(IllegalTransition):
        cancel(held, now=NOW + timedelta(minutes=15))


def test_one_booking_of_two_goes_and_the_other_stays_paid() -> None:
    placed = paid_order("10:00", "12:00", paid=6000)
    after = cancel(placed, 0)
    assert (after.status, after.total, [one.state for one in after.bookings]) == (
        "confirmed",
        eur(3000),
        ["cancelled", "confirmed"],
    )
    assert noted(placed) == [("guest", 3000)]
    assert taken_by(bookings_of(placed)[1]) != []


def test_a_half_paid_order_keeps_the_money_for_the_booking_that_stays() -> None:
    placed = paid_order("10:00", "12:00", paid=3000)
    assert previewed(placed, 0) == (0, 0)
    after = cancel(placed, 0)
    assert (after.payment_state, after.due_now) == ("paid", eur(0))


def test_a_fee_that_was_kept_is_not_given_back_with_the_next_booking() -> None:
    """T-60: the first is cancelled late and costs its price, the second in time and gives back its own."""
    placed = paid_order("10:00", "15:00", paid=6000)
    assert previewed(placed, 0, now=TOO_LATE) == (3000, 0)
    after = cancel(placed, 0, now=TOO_LATE)
    assert (after.total, after.paid, after.held) == (eur(3000), eur(6000), eur(3000))
    assert after.payment_state == "paid", "a kept fee makes no overpaid order (T-61)"
    assert previewed(placed, 1, now=TOO_LATE) == (0, 3000)
    cancel(placed, 1, now=TOO_LATE)
    assert noted(placed) == [("guest", 0), ("guest", 3000)]


def test_a_list_of_bookings_calls_no_order_overpaid_for_a_kept_fee() -> None:
    """T-61."""
    placed = paid_order("10:00", "15:00", paid=6000)
    cancel(placed, 0, now=TOO_LATE)
    with scope(business=placed.business_id), CaptureQueriesContext(connection) as queries:
        rows = list_bookings(placed.business_id).rows
    assert [(row.state, row.order_total, row.paid, row.payment_state) for row in rows] == [
        ("confirmed", eur(3000), eur(6000), "paid"),
        ("cancelled", eur(3000), eur(6000), "paid"),
    ]
    assert len(queries) <= 4


def test_money_that_is_promised_back_is_not_promised_again() -> None:
    """By hand (cash) and by the gateway, before the first refund has gone."""
    placed = paid_order("10:00", "12:00", paid=6000)
    cancel(placed, 0)
    assert previewed(placed, 1) == (0, 3000)
    cancel(placed, 1)
    assert noted(placed) == [("guest", 3000), ("guest", 3000)]


def test_a_gateway_gives_back_each_booking_once() -> None:
    shop = scene.make_shop()
    held = scene.hold(shop)
    scene.settle(held, scene.ask(held))
    assert previewed(held, now=scene.SOON) == (0, 3000)
    after = cancel(held, now=scene.SOON)
    assert (after.held, after.payment_state) == (eur(0), "refunded")
    with scope(business=shop.id):
        assert [one.amount_minor for one in Refund.objects.all()] == [3000]


def test_what_was_delivered_is_not_refunded_with_what_is_cancelled() -> None:
    placed = paid_order("10:00", "15:00", paid=6000)
    with scope(business=placed.business_id):
        mark_booking(bookings_of(placed)[0], BookingState.COMPLETED, STAFF, NOW)
    now = at("12:00")
    assert previewed(placed, now=now) == (0, 3000)
    after = cancel(placed, now=now)
    assert [one.state for one in after.bookings] == ["completed", "cancelled"]
    assert noted(placed) == [("guest", 3000)]


def test_a_hold_can_be_given_up_and_its_time_is_free() -> None:
    place = make_place("10:00-11:00")
    cut = make_offering(place, needs=[[make_resource(place)]], price=3000, prepayment="full")
    placed = book(cut, "10:00")
    assert cancel(placed).status == "cancelled"
    assert offered(cut) == ["10:00"]
