"""Money back: through the gateway it came by, or by hand where it came by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from horarium.kit.errors import InvalidInput
from horarium.kit.ids import new_id
from horarium.kit.money import Money
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.models import Order
from horarium.modules.ledger.actions import promise_money, return_by_hand
from horarium.modules.ledger.queries import balance
from horarium.modules.ledger.rules import BANK, CASH
from horarium.modules.payments.actions import lock_payment, request_refund
from horarium.modules.payments.errors import TooMuch
from horarium.modules.payments.models import Refund
from horarium.modules.payments.queries import get_payment, payments_of, refundable
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """`by_gateway` is on its way back; `by_hand` was paid in cash or by transfer, and staff must return it."""

    by_gateway: Money
    by_hand: Money


def refund_order(order: Order, amount: Money, *, reason: str, actor: Actor, now: datetime) -> RefundPlan:
    """Give back part of what a locked order has paid, newest payments first. Runs in the caller's transaction."""
    left = amount
    for payment in payments_of(order.business_id, order.public_id):
        locked = lock_payment(order.business_id, payment.public_id)
        part = min(left, refundable(locked))
        if part.minor > 0:
            request_refund(locked, part, key=new_id("ref"), reason=reason, actor=actor, now=now)
            left -= part
    if left:
        promise_money(
            order.business_id,
            key=f"order:{order.public_id}:promise:{new_id('ent')}",
            amount=left,
            subject=order.public_id,
            occurred_at=now,
        )
        record(
            order.business_id,
            actor,
            "order.refund_by_hand",
            order.public_id,
            after={"amount_minor": left.minor, "reason": reason},
        )
    return RefundPlan(by_gateway=amount - left, by_hand=left)


def refund_payment(
    business_id: int, payment_id: str, amount: Money, *, reason: str, actor: Actor, now: datetime
) -> Refund:
    """Staff gives back a payment or a part of it. Raises PaymentNotFound, TooMuch."""
    with business_scope(business_id), transaction.atomic():
        lock_order(business_id, get_payment(business_id, payment_id).subject)
        payment = lock_payment(business_id, payment_id)
        return request_refund(payment, amount, key=new_id("ref"), reason=reason, actor=actor, now=now)


def return_cash(
    business_id: int, order_id: str, amount: Money, *, account: str, actor: Actor, now: datetime
) -> None:
    """Staff has handed money back out of `cash` or `bank`. Raises TooMuch beyond what the order paid into it."""
    if account not in (CASH, BANK):
        raise InvalidInput("no such account", field="account", params={"reason": "account"})
    with business_scope(business_id), transaction.atomic():
        lock_order(business_id, order_id)
        held = balance(business_id, account, amount.currency, subject=order_id)
        if not 0 < amount.minor <= held.minor:
            raise TooMuch("more than was paid", field="amount", params={"left": held.as_json()})
        return_by_hand(
            business_id,
            key=f"{account}:{new_id('ent')}",
            out_of=account,
            amount=amount,
            subject=order_id,
            occurred_at=now,
        )
        record(
            business_id,
            actor,
            "cash.returned",
            order_id,
            after={"amount_minor": amount.minor, "account": account},
        )
