"""What a report of a gateway may change: states move forward only, and only when everything agrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from horarium.kit.money import Money

OPEN: Final = frozenset({"created", "pending", "authorized"})
"""Money may still come."""

SETTLED: Final = frozenset({"paid", "partially_refunded", "refunded"})
"""Money has come, whatever became of it."""

_RANK: Final = {
    "created": 0,
    "pending": 0,
    "authorized": 1,
    "paid": 2,
    "partially_refunded": 3,
    "refunded": 4,
}
_ENDS: Final = frozenset({"failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Intent:
    """What was asked: which gateway to take how much, under which reference of its own, for which order."""

    gateway: str
    gateway_ref: str
    order_id: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Report:
    """What a gateway says about one payment; the same fields, and the state it has there."""

    gateway: str
    gateway_ref: str
    order_id: str
    amount: Money
    state: str


def next_state(current: str, reported: str) -> str:
    """The state after a report; the current one when the report is old news.

    `failed` and `cancelled` replace only what is still open; `authorized` and `paid` replace them in turn,
    because a payer who was declined may try again on the same page.
    """
    if reported in _ENDS:
        return reported if current in OPEN else current
    if current in _ENDS:
        return reported if _RANK[reported] >= _RANK["authorized"] else current
    if current == "created" and reported == "pending":
        return reported
    return reported if _RANK[reported] > _RANK[current] else current


def mismatch(intent: Intent, report: Report) -> str:
    """What of a report contradicts what was asked: `gateway`, `reference`, `order`, `currency`, `amount` or ''.

    A reference that is not known yet agrees with any: the callback may outrun the answer that brings it.
    """
    if intent.gateway != report.gateway:
        return "gateway"
    if intent.gateway_ref and intent.gateway_ref != report.gateway_ref:
        return "reference"
    if intent.order_id != report.order_id:
        return "order"
    if intent.amount.currency != report.amount.currency:
        return "currency"
    return "" if intent.amount == report.amount else "amount"


def state_after_refunds(amount: int, refunded: int) -> str:
    """Told by the sum that went back, in minor units, not by anybody's word."""
    if refunded <= 0:
        return "paid"
    return "refunded" if refunded >= amount else "partially_refunded"
