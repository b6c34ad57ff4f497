"""The chart of accounts, and the postings that each fact of money makes.

A debit is positive, a credit negative; every set of postings sums to zero in each currency. Money taken for a
booking that is still to come is a debt to the guest (`deferred_revenue`); it becomes `revenue` on completion.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from horarium.kit.money import Money

CASH: Final = "cash"
BANK: Final = "bank"
RECEIVABLE: Final = "receivable"
DEFERRED_REVENUE: Final = "deferred_revenue"
REFUNDS_PAYABLE: Final = "refunds_payable"
REVENUE: Final = "revenue"
FEES: Final = "fees"
_GATEWAY: Final = "gateway:"

_KINDS: Final = {
    CASH: "asset",
    BANK: "asset",
    RECEIVABLE: "asset",
    DEFERRED_REVENUE: "liability",
    REFUNDS_PAYABLE: "liability",
    REVENUE: "revenue",
    FEES: "expense",
}


class EntryKind(StrEnum):
    PAYMENT = "payment"
    REFUND = "refund"
    REFUND_PROMISED = "refund_promised"
    COMPLETION = "completion"
    FEE_KEPT = "fee_kept"
    REVERSAL = "reversal"


class PaymentStanding(StrEnum):
    """Where an order stands with its money; derived, never stored."""

    UNPAID = "unpaid"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Post:
    """One side of an entry. `subject` is what the money is about (`ord_…`)."""

    account: str
    amount: Money
    subject: str = ""


def gateway_account(gateway: str) -> str:
    """What a gateway holds for the business until it pays out."""
    return f"{_GATEWAY}{gateway}"


def is_money(account: str) -> bool:
    """Whether the account holds money itself, not a claim or a debt."""
    return account in (CASH, BANK) or account.startswith(_GATEWAY)


def kind_of(account: str) -> str:
    """`asset`, `liability`, `revenue` or `expense`; an account outside the chart is a `ValueError`."""
    if account.startswith(_GATEWAY) and len(account) > len(_GATEWAY):
        return "asset"
    try:
        return _KINDS[account]
    except KeyError:
        raise ValueError(f"no such account in the chart: {account!r}") from None


def payment_received(into: str, amount: Money, *, subject: str, receivable: Money) -> tuple[Post, ...]:
    """Money came in: it settles what is owed for delivered bookings first, the rest is for those to come.

    `receivable` is the present balance of that account for the subject.
    """
    _require_positive(amount)
    settled = _part(amount, receivable)
    return _posts(
        Post(into, amount, subject),
        Post(RECEIVABLE, -settled, subject),
        Post(DEFERRED_REVENUE, settled - amount, subject),
    )


def booking_completed(price: Money, *, subject: str, deferred: Money) -> tuple[Post, ...]:
    """The booking was delivered: what was paid ahead becomes revenue, what was not is owed from now on.

    `deferred` is what the business holds ahead for the subject (the credit balance with its sign turned).
    """
    covered = _part(price, deferred)
    return _posts(
        Post(DEFERRED_REVENUE, covered, subject),
        Post(RECEIVABLE, price - covered, subject),
        Post(REVENUE, -price, subject),
    )


def fee_kept(fee: Money, *, subject: str) -> tuple[Post, ...]:
    """A cancelled booking's fee is kept of the money paid ahead."""
    return _posts(Post(DEFERRED_REVENUE, fee, subject), Post(REVENUE, -fee, subject))


def refund_made(out_of: str, amount: Money, *, subject: str, deferred: Money) -> tuple[Post, ...]:
    """Money went back: first what was paid ahead; beyond it, revenue is given up."""
    _require_positive(amount)
    ahead = _part(amount, deferred)
    return _posts(
        Post(DEFERRED_REVENUE, ahead, subject),
        Post(REVENUE, amount - ahead, subject),
        Post(out_of, -amount, subject),
    )


def refund_promised(amount: Money, *, subject: str, deferred: Money) -> tuple[Post, ...]:
    """Money that came by hand is to go back by hand: a debt until it does."""
    _require_positive(amount)
    ahead = _part(amount, deferred)
    return _posts(
        Post(DEFERRED_REVENUE, ahead, subject),
        Post(REVENUE, amount - ahead, subject),
        Post(REFUNDS_PAYABLE, -amount, subject),
    )


def refund_by_hand(
    out_of: str, amount: Money, *, subject: str, promised: Money, deferred: Money
) -> tuple[Post, ...]:
    """Money went back by hand: first what was promised, beyond it as any refund."""
    _require_positive(amount)
    debt = _part(amount, promised)
    ahead = _part(amount - debt, deferred)
    return _posts(
        Post(REFUNDS_PAYABLE, debt, subject),
        Post(DEFERRED_REVENUE, ahead, subject),
        Post(REVENUE, amount - debt - ahead, subject),
        Post(out_of, -amount, subject),
    )


def reversal(posts: Iterable[Post]) -> tuple[Post, ...]:
    """The opposite of an entry, which cancels it in every balance."""
    return tuple(Post(post.account, -post.amount, post.subject) for post in posts)


def is_balanced(posts: Iterable[Post]) -> bool:
    sums: dict[str, int] = {}
    for post in posts:
        sums[post.amount.currency] = sums.get(post.amount.currency, 0) + post.amount.minor
    return not any(sums.values())


def payment_state(total: int, paid: int, *, refunded: int = 0, returning: int = 0) -> PaymentStanding:
    """Where an order of `total` stands, all in minor units of its currency.

    `paid` is the money held now (received less given back), `refunded` what was given back, `returning` what
    has been promised back and is on its way: that does not count as held, so a second payment that is being
    returned never looks like an overpaid order.
    """
    held = paid - returning
    if held <= 0 and refunded + returning > 0:
        return PaymentStanding.REFUNDED
    if held == total:
        return PaymentStanding.PAID
    if held > total:
        return PaymentStanding.OVERPAID
    return PaymentStanding.PART_PAID if held > 0 else PaymentStanding.UNPAID


def _part(amount: Money, available: Money) -> Money:
    """As much of the amount as is available; nothing when the balance is on the other side."""
    return max(min(amount, available), Money.zero(amount.currency))


def _posts(*posts: Post) -> tuple[Post, ...]:
    return tuple(post for post in posts if post.amount)


def _require_positive(amount: Money) -> None:
    if amount.minor <= 0:
        raise ValueError(f"an amount that moves must be positive, not {amount.as_text()}")
