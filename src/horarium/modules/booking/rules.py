"""States of a booking, what may follow what, and what an order's bookings make of the order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from horarium.kit.money import Money
from horarium.modules.catalog.rules import Terms, Tier, terms_of_json, usual_terms

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
AMENDABLE = MOVABLE | {"checked_in"}
"""Its contents may change; of one that has begun the start stays."""
VOID = frozenset({"cancelled", "expired", "no_show"})
"""Their price is not asked for: what was kept of it is a fee."""
LINK_LIVES = timedelta(days=90)


def may_become(state: str, new: str) -> bool:
    return new in TRANSITIONS[state]


def effective_state(
    state: str, expires_at: datetime | None, now: datetime, approve_by: datetime | None = None
) -> str:
    """A hold that has passed its time is expired, whether or not anybody has written that down; so is a request about
    which staff had to decide until `approve_by`.
    """
    if state not in ("held", "pending"):
        return state
    until = expires_at if state == "held" else approve_by
    return "expired" if until is not None and until <= now else state


def order_status(states: Iterable[str]) -> str:
    """The status of an order from the effective states of its bookings: the one that needs attention first."""
    present = set(states)
    for status in ("held", "pending", "confirmed", "checked_in", "completed", "no_show", "expired"):
        if status in present:
            return status
    return "cancelled"


def link_is_open(last_end: datetime, now: datetime) -> bool:
    """Links to the customer's page live until ninety days after the last booking."""
    return now < last_end + LINK_LIVES


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on with a booking: the policy, and what had to be paid before it was one.

    `carried_minor`: the carried fee, which had come due before the booking was moved. It is the least that is kept.
    """

    policy: Terms
    deposit_minor: int = 0
    carried_minor: int = 0

    def as_json(self) -> dict[str, Any]:
        carried = {"carried_minor": self.carried_minor} if self.carried_minor else {}
        return {**self.policy.as_json(), "deposit_minor": self.deposit_minor, **carried}

    def terms_at(self, price: Money) -> Terms:
        """The policy as it binds at this price, with what is carried."""
        return self.policy.at_least(min(Money(self.carried_minor, price.currency), price), price)


def agreed_of_json(kept: Mapping[str, Any]) -> Agreed:
    """The opposite of `Agreed.as_json`. Where nothing was agreed on, cancelling is free until the start."""
    if not kept:
        return Agreed(usual_terms(0))
    return Agreed(terms_of_json(kept), kept.get("deposit_minor", 0), kept.get("carried_minor", 0))


def cancelling_tier(policy: Terms, starts_at: datetime, now: datetime) -> Tier:
    """What cancelling costs now; beyond the last tier as much as not showing up."""
    return policy.cancelling(starts_at, now) or policy.no_show


def free_until(policy: Terms, starts_at: datetime) -> datetime | None:
    """The last instant at which cancelling costs nothing; None: it always costs."""
    last = next((tier for tier in reversed(policy.cancellation) if tier.is_free), None)
    return None if last is None else starts_at - timedelta(minutes=last.minutes)


@dataclass(frozen=True, slots=True)
class Stake:
    """A booking that stands, in the money of its order. `deposit` is what had to be paid for it before."""

    price: Money
    deposit: Money
    is_delivered: bool = False


def held_for(money: Money, stakes: Sequence[Stake]) -> list[Money]:
    """What of the money of an order is there for which of its bookings.

    First for what was delivered, then for the deposits, then for the rest of the prices, each time in proportion.
    Money beyond all prices is there for none.
    """
    shares = [Money.zero(money.currency) for _ in stakes]
    for wanted in (
        [one.price if one.is_delivered else None for one in stakes],
        [min(one.deposit, one.price) for one in stakes],
        [one.price for one in stakes],
    ):
        open_minor = [
            0 if want is None else max(want.minor - share.minor, 0)
            for want, share in zip(wanted, shares, strict=True)
        ]
        part = min(money - sum(shares, Money.zero(money.currency)), Money(sum(open_minor), money.currency))
        if part.minor > 0:
            shares = [share + got for share, got in zip(shares, part.allocate(open_minor), strict=True)]
    return shares


@dataclass(frozen=True, slots=True)
class CancellationTerms:
    """What cancelling costs and gives back: the fee of each part that goes, and what is then still to be paid.

    `refunds`: how much of the refund comes from each of them.
    """

    fees: tuple[Money, ...]
    refund: Money
    due: Money
    refunds: tuple[Money, ...] = ()

    @property
    def fee(self) -> Money:
        return sum(self.fees, Money.zero(self.refund.currency))

    @property
    def is_free(self) -> bool:
        return not self.fee


def cancellation_terms(
    held: Money, *, going: Sequence[tuple[Stake, Money]], staying: Sequence[Stake]
) -> CancellationTerms:
    """Fees and refund of cancelling some bookings of an order; the same function previews and applies.

    `going`: each booking with the fee that is asked for it. `held` is what is here for all these bookings: fees
    kept earlier and money promised back are no part of it. A fee is kept of the money that is there for its
    booking and never billed beyond it; what the bookings that stay still need is not given back.
    """
    zero = Money.zero(held.currency)
    shares = held_for(held, [*(stake for stake, _ in going), *staying])
    fees = tuple(
        max(min(asked, stake.price, share), zero)
        for (stake, asked), share in zip(going, shares[: len(going)], strict=True)
    )
    needed = sum((one.price for one in staying), zero)
    left = held - sum(fees, zero)
    refund = max(left - needed, zero)
    brought = [share - fee for share, fee in zip(shares, fees, strict=False)]
    return CancellationTerms(fees, refund, max(needed - left, zero), _apportion(refund, brought))


def _apportion(refund: Money, brought: Sequence[Money]) -> tuple[Money, ...]:
    """In proportion to what each has brought; where none has brought anything it all counts for the first."""
    weights = [one.minor for one in brought]
    if weights and not any(weights):
        weights[0] = 1
    return tuple(refund.allocate(weights)) if weights else ()


@dataclass(frozen=True, slots=True)
class ChangeTerms:
    """What a change of one booking means in money. `due`: what of the order is then still to be paid. `carried`: what
    cancelling it afterwards costs at least.
    """

    before: Money
    after: Money
    fee: Money
    held: Money
    refund: Money
    due: Money
    carried: Money

    @property
    def difference(self) -> Money:
        """What the change costs (or saves, below zero), its fee included."""
        return self.after - self.before + self.fee


@dataclass(frozen=True, slots=True)
class ChangeFee:
    """What a change asks for now, and what is `carried` on to a later cancellation."""

    asked: Money
    carried: Money


def change_fee(
    before: Money,
    after: Money,
    *,
    moving: Tier | None = None,
    cancelling: Tier | None = None,
    come_due: Money | None = None,
) -> ChangeFee:
    """The fee of rescheduling (`moving`, where the time is another one), and for contents that are given up
    (`cancelling`) the share of the price that cancelling would keep of that part.

    `come_due`: what cancelling would keep now of a booking that is moved, or what it carries already. It does not
    vanish: what the new price cannot cover is asked for with the change, the rest is carried.
    """
    zero = Money.zero(before.currency)
    come_due = come_due or zero
    given_up = zero
    if cancelling is not None and after < before:
        given_up = (before - after).percent(cancelling.percent)
    given_up = max(given_up, come_due - after)
    asked = given_up if moving is None else given_up + moving.fee(before)
    return ChangeFee(asked, max(come_due - given_up, zero))


def change_terms(
    held: Money, *, stake: Stake, after: Money, fee: ChangeFee, others: Sequence[Stake]
) -> ChangeTerms:
    """Fee, refund and rest of a booking that will cost `after`; the same function previews and applies.

    Like every fee, that of the change is kept of the money that is there for the booking.
    """
    zero = Money.zero(held.currency)
    share = held_for(held, [stake, *others])[0]
    kept = max(min(fee.asked, stake.price, share), zero)
    needed = sum((one.price for one in others), after)
    left = held - kept
    return ChangeTerms(
        stake.price,
        after,
        kept,
        held,
        refund=max(left - needed, zero),
        due=max(needed - left, zero),
        carried=fee.carried,
    )


def may_change_rooms(mode: str, state: str, *, is_kept: bool, has_begun: bool) -> bool:
    """Whether a booking is a stay that may still be given another room, so that its guest should not be told of this
    one. `is_kept`: staff have pinned the room, or somebody chose it.
    """
    return mode == "stay" and not is_kept and not has_begun and state in ("held", "pending", "confirmed")
