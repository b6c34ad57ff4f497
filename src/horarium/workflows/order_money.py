"""The money of an order: what of it is here for its bookings, what is asked for now, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.booking.models import Order
from horarium.modules.booking.rules import VOID
from horarium.modules.ledger.queries import Flow
from horarium.modules.ledger.rules import payment_state
from horarium.modules.payments.queries import returning_of


def due_now(order: Order, status: str, total: Money, held: Money) -> Money:
    zero = Money.zero(order.currency)
    if status == "held":
        return max(Money(order.due_minor, order.currency) - held, zero)
    if status in VOID:
        return zero
    return max(total - held, zero)


@dataclass(frozen=True, slots=True)
class Purse:
    """Money of an order that is here and not for its bookings: promised back, or kept as fees."""

    held: Money
    returning: int = 0
    fees: int = 0


def purse_of(order: Order, flow: Flow) -> Purse:
    if not flow.received:
        return Purse(Money.zero(order.currency))
    subjects = [order.public_id]
    with scope(business=order.business_id):
        returning = returning_of(order.business_id, subjects)[order.public_id]
    returning += flow.promised
    held = max(flow.paid - returning - flow.fees, 0)
    return Purse(Money(held, order.currency), returning, flow.fees)


def standing(status: str, total: Money, flow: Flow, purse: Purse) -> str:
    """Money that is promised back, or kept for a cancelled booking, makes no overpaid order (T-61)."""
    price = (purse.fees or total.minor) if status in VOID else total.minor + purse.fees
    return str(payment_state(price, flow.paid, refunded=flow.refunded, returning=purse.returning))
