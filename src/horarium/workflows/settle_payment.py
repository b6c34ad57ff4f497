"""Settlement: every report of a gateway ends in exactly one outcome, whenever and however often it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from horarium.kit.errors import HorariumError
from horarium.kit.money import Money
from horarium.modules.booking.actions import WAITING, expire_order, lock_order
from horarium.modules.booking.models import Booking, Order, ProductLine
from horarium.modules.booking.rules import VOID
from horarium.modules.ledger.queries import fees_of, flows_of
from horarium.modules.payments import rules
from horarium.modules.payments.actions import advance, flag_payment, lock_payment, request_refund
from horarium.modules.payments.events import LateMoneyRefunded
from horarium.modules.payments.models import Payment, PaymentState
from horarium.modules.payments.queries import amount_of, find_reported, intent_of, returning_of
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish
from horarium.platform.tenancy.scope import business_scope

from .retake_order import retake_order


class Outcome(StrEnum):
    CONFIRMED = "confirmed"
    LATE_CONFIRMED = "late_confirmed"
    LATE_REFUNDED = "late_refunded"
    APPLIED = "applied"
    PART_PAID = "part_paid"
    EXCESS_REFUNDED = "excess_refunded"
    NOTED = "noted"
    UNCHANGED = "unchanged"
    MISMATCH = "mismatch"
    UNKNOWN_PAYMENT = "unknown_payment"


def settle_payment(business_id: int, payment_id: str, report: rules.Report, now: datetime) -> Outcome:
    """Apply a verified report of a gateway, all in one transaction; only the refund's call waits for its commit.

    The order is locked first, so reports of one order follow one another. A report that contradicts what was
    asked confirms nothing and flags the payment for staff.
    """
    with business_scope(business_id), transaction.atomic():
        found = find_reported(business_id, payment_id, report)
        if found is None:
            return Outcome.UNKNOWN_PAYMENT
        order = lock_order(business_id, found.subject)
        payment = lock_payment(business_id, found.public_id)
        if wrong := rules.mismatch(intent_of(payment), report):
            flag_payment(payment, f"{wrong}_mismatch")
            return Outcome.MISMATCH
        state = rules.next_state(payment.state, report.state)
        if state == payment.state:
            return Outcome.UNCHANGED
        advance(payment, state, now, gateway_ref=report.gateway_ref)
        if state != PaymentState.PAID:
            return Outcome.NOTED
        outcome = _use_money(order, payment, now)
        _tell(payment, outcome)
        return outcome


def _use_money(order: Order, payment: Payment, now: datetime) -> Outcome:
    """What becomes of money that has just come in for a locked order."""
    bookings = list(order.bookings.order_by("id"))
    if not is_waiting(order, bookings):
        return _refund_excess(order, payment, now) or Outcome.APPLIED
    is_late = order.expires_at is not None and order.expires_at <= now
    covers = held_money(order) >= order.due_minor
    if not covers and not is_late:
        return Outcome.PART_PAID
    has_begun = is_late and any(one.starts_at <= now for one in bookings)
    if covers and not has_begun and take_time(order, now):
        _refund_excess(order, payment, now)
        return Outcome.LATE_CONFIRMED if is_late else Outcome.CONFIRMED
    return _refund_late(order, payment, now)


def take_time(order: Order, now: datetime) -> bool:
    """Confirm a locked order's time, or take it again. False, with nothing changed, when it is not to be had.

    An offering that has been closed or changed since refuses in its own words; for money that is one answer.
    """
    try:
        with transaction.atomic():
            return retake_order(order, now)
    except HorariumError:
        return False


def held_money(order: Order) -> int:
    """Minor units that are here for the order and not promised back."""
    subjects = [order.public_id]
    flow = flows_of(order.business_id, subjects)[order.public_id]
    return flow.paid - flow.promised - returning_of(order.business_id, subjects)[order.public_id]


def price_of(order: Order) -> int:
    """Minor units of the bookings and goods of an order that stand."""
    parts: list[Booking | ProductLine] = [*order.bookings.all(), *order.product_lines.all()]
    return sum(one.total_minor for one in parts if one.state not in VOID)


def is_waiting(order: Order, bookings: Sequence[Booking]) -> bool:
    """Whether something of it is a hold, lapsed or not."""
    return (
        any(one.state in WAITING for one in bookings)
        or order.product_lines.filter(state__in=WAITING).exists()
    )


def _refund_late(order: Order, payment: Payment, now: datetime) -> Outcome:
    expire_order(order, now)
    request_refund(
        payment,
        amount_of(payment),
        key=f"{payment.public_id}:late",
        reason="late",
        actor=Actor.system(),
        now=now,
    )
    publish(
        LateMoneyRefunded(
            business_id=order.business_id, payment_id=payment.public_id, subject=order.public_id
        )
    )
    return Outcome.LATE_REFUNDED


def _refund_excess(order: Order, payment: Payment, now: datetime) -> Outcome | None:
    """Give back what this payment brought beyond the price of what stands and the fees of what was cancelled."""
    fees = fees_of(order.business_id, [order.public_id])[order.public_id]
    excess = min(held_money(order) - price_of(order) - fees, payment.amount_minor)
    if excess <= 0:
        return None
    request_refund(
        payment,
        Money(excess, payment.currency),
        key=f"{payment.public_id}:excess",
        reason="excess",
        actor=Actor.system(),
        now=now,
    )
    return Outcome.EXCESS_REFUNDED


def _tell(payment: Payment, outcome: Outcome) -> None:
    record(
        payment.business_id,
        Actor.system(),
        "payment.settled",
        payment.public_id,
        after={"order": payment.subject, "amount_minor": payment.amount_minor, "outcome": str(outcome)},
    )
    if outcome in (Outcome.LATE_REFUNDED, Outcome.EXCESS_REFUNDED):
        flag_payment(payment, str(outcome))
