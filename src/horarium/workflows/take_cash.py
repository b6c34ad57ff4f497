"""Staff takes money at the desk: into the ledger, and the booking is confirmed when it covers what is due."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from horarium.kit.errors import InvalidInput
from horarium.kit.ids import new_id
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.errors import IllegalTransition, OrderExpired
from horarium.modules.booking.models import Order
from horarium.modules.ledger.actions import receive_money
from horarium.modules.ledger.rules import BANK, CASH
from horarium.modules.payments.errors import TooMuch
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from .order_view import OrderView, view_of
from .settle_payment import held_money, take_time


def take_cash(
    business_id: int, order_id: str, amount: Money, *, account: str = CASH, actor: Actor, now: datetime
) -> OrderView:
    """Record money taken into `cash` or `bank`.

    Raises OrderNotFound; InvalidInput for an amount that is none; TooMuch beyond the unpaid rest;
    IllegalTransition for a cancelled order; OrderExpired or NotFree when the hold has run out and the money is
    too little or the time is gone. Whatever is raised, nothing is recorded.
    """
    if account not in (CASH, BANK):
        raise InvalidInput("no such account", field="account", params={"reason": "account"})
    with business_scope(business_id), transaction.atomic():
        order = lock_order(business_id, order_id)
        view = view_of(order, now)
        _check(view, amount)
        receive_money(
            business_id,
            key=f"{account}:{new_id('ent')}",
            into=account,
            amount=amount,
            subject=order_id,
            occurred_at=now,
        )
        record(
            business_id,
            actor,
            "cash.taken",
            order_id,
            after={"amount_minor": amount.minor, "account": account},
        )
        if view.status in ("held", "expired"):
            _confirm(order, view.status, now)
    return view_of(order, now)


def _check(view: OrderView, amount: Money) -> None:
    if amount.minor <= 0 or amount.currency != view.total.currency:
        raise InvalidInput("not an amount", field="amount", params={"reason": "amount"})
    if view.status == "cancelled":
        raise IllegalTransition("the order is cancelled", params={"state": view.status})
    if amount > view.rest:
        raise TooMuch("more than is due", field="amount", params={"left": view.rest.as_json()})


def _confirm(order: Order, status: str, now: datetime) -> None:
    if held_money(order) < order.due_minor:
        if status == "expired":
            raise OrderExpired("the hold has run out", params={"order": order.public_id})
        return
    if not take_time(order, now):
        raise NotFree(Reason.TAKEN)
