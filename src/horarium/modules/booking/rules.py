"""States of a booking, what may follow what, and what an order's bookings make of the order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from horarium.kit.money import Money

TRANSITIONS: dict[str, frozenset[str]] = {
    "held": frozenset({"pending", "confirmed", "cancelled", "expired"}),
    "pending": frozenset({"confirmed", "cancelled", "expired"}),
    "confirmed": frozenset({"checked_in", "completed", "cancelled", "no_show"}),
    "checked_in": frozenset({"completed", "cancelled"}),
    "completed": frozenset(),
    "cancelled": frozenset(),
    "expired": frozenset({"pending", "confirmed"}),
    "no_show": frozenset({"checked_in", "completed"}),
}
"""`expired` may come back: late money whose time is still free."""

TAKES_TIME = frozenset({"held", "pending", "confirmed", "checked_in", "completed", "no_show"})
ACTIVE = frozenset({"held", "pending", "confirmed", "checked_in"})
MOVABLE = frozenset({"pending", "confirmed"})
LINK_LIVES = timedelta(days=90)


def may_become(state: str, new: str) -> bool:
    return new in TRANSITIONS[state]


def effective_state(state: str, expires_at: datetime | None, now: datetime) -> str:
    """A hold that has passed its time is expired, whether or not anybody has written that down."""
    if state == "held" and expires_at is not None and expires_at <= now:
        return "expired"
    return state


def order_status(states: Iterable[str]) -> str:
    """The status of an order from the effective states of its bookings: the one that needs attention first."""
    present = set(states)
    for status in ("held", "pending", "confirmed", "checked_in", "completed", "no_show", "expired"):
        if status in present:
            return status
    return "cancelled"


def is_free_to_cancel(starts_at: datetime, free_hours: int, now: datetime) -> bool:
    """Whether a guest may still cancel without loss: up to `free_hours` before the start, that instant included."""
    return now <= starts_at - timedelta(hours=free_hours)


def link_is_open(last_end: datetime, now: datetime) -> bool:
    """Links to the customer's page live until ninety days after the last booking."""
    return now < last_end + LINK_LIVES


@dataclass(frozen=True, slots=True)
class CancellationTerms:
    """What cancelling costs and gives back."""

    fee: Money
    refund: Money

    @property
    def is_free(self) -> bool:
        return not self.fee


def cancellation_terms(
    *, paid: Money, going: Sequence[tuple[Money, bool]], staying: Money, order_total: Money
) -> CancellationTerms:
    """Fee and refund of cancelling some bookings of an order; the same function previews and applies.

    `going`: price and whether it is free to cancel, for each booking cancelled. `staying`: the sum of the others.
    `paid` is what is held for these bookings: fees kept earlier and money promised back are no part of it.
    A late cancellation keeps the share of the money paid that belongs to that booking; money that is needed for
    the bookings that stay is not given back.
    """
    zero = Money.zero(paid.currency)
    covered = min(paid, order_total)
    fee = sum(
        (
            covered.times(Fraction(price.minor, order_total.minor))
            for price, is_free in going
            if price and not is_free
        ),
        zero,
    )
    free = max(paid - staying, zero)
    fee = min(fee, free)
    return CancellationTerms(fee, free - fee)
