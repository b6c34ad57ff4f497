"""Balances, each by one query over the postings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, Sum

from horarium.kit.money import Money
from horarium.platform.database.prepared import prepared_cursor

from .models import Entry, Posting
from .rules import DEFERRED_REVENUE, RECEIVABLE, REFUNDS_PAYABLE, EntryKind

# The reversal of a refund is a refund that did not happen, not money received. Plain SQL because every list
# and every page of an order asks this.
_KIND = "coalesce(undone.kind, e.kind)"
_IS_MONEY = f"a.code NOT IN ('{DEFERRED_REVENUE}', '{REFUNDS_PAYABLE}')"
_SUMS = f"""
coalesce(sum(p.minor) FILTER (WHERE {_IS_MONEY} AND {_KIND} <> '{EntryKind.REFUND.value}'), 0),
-coalesce(sum(p.minor) FILTER (WHERE {_IS_MONEY} AND {_KIND} = '{EntryKind.REFUND.value}'), 0),
coalesce(sum(p.minor) FILTER (WHERE a.code = '{DEFERRED_REVENUE}' AND {_KIND} = '{EntryKind.FEE_KEPT.value}'), 0),
-coalesce(sum(p.minor) FILTER (WHERE a.code = '{REFUNDS_PAYABLE}'), 0)
"""
_MONEY = f"""
FROM ledger_posting p
JOIN ledger_account a ON a.business_id = p.business_id AND a.id = p.account_id
JOIN ledger_entry e ON e.business_id = p.business_id AND e.id = p.entry_id
LEFT JOIN ledger_entry undone ON undone.business_id = e.business_id AND undone.id = e.reverses_id
WHERE (a.code IN ('cash', 'bank', '{DEFERRED_REVENUE}', '{REFUNDS_PAYABLE}') OR a.code LIKE 'gateway:%%')
"""
_FLOWS_SQL = f"""
SELECT p.subject, {_SUMS} {_MONEY}
    AND p.business_id = %(business)s AND p.subject = ANY(%(subjects)s) GROUP BY p.subject
"""


class Flow(NamedTuple):
    """Money of one subject in minor units; corrections are taken out.

    What came in, what was given back, what of it was kept as fees, and what is promised back by hand.
    """

    received: int = 0
    refunded: int = 0
    fees: int = 0
    promised: int = 0

    @property
    def paid(self) -> int:
        """What the business holds now."""
        return self.received - self.refunded


def flows_of(business_id: int, subjects: Collection[str]) -> dict[str, Flow]:
    """Money in and out of each subject, zero for one without entries. One query."""
    found = {subject: Flow() for subject in subjects}
    if not found:
        return found
    with prepared_cursor() as cursor:
        cursor.execute(_FLOWS_SQL, {"business": business_id, "subjects": list(found)})
        for subject, *sums in cursor.fetchall():
            found[subject] = Flow(*map(int, sums))
    return found


def flow_sql(*, business: str, subject: str) -> str:
    """A column for the lists of others, read with `flow_of_row`: the flow of the subject of each row.

    `business` and `subject` are columns of the asking statement, never values.
    """
    return (
        f"(SELECT ARRAY[{_SUMS}]::bigint[] {_MONEY} AND p.business_id = {business} AND p.subject = {subject})"
    )


def flow_of_row(column: Sequence[int]) -> Flow:
    """What `flow_sql` has brought."""
    return Flow(*column)


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """Money that came into an account (positive) or left it."""

    at: datetime
    account: str
    amount: Money


def list_money_moves(business_id: int, subject: str, limit: int = 100) -> list[MoneyMove]:
    """What came in and went back for a subject, oldest first. One query."""
    is_money = Q(account__code__in=["cash", "bank"]) | Q(account__code__startswith="gateway:")
    postings = Posting.objects.filter(is_money, business_id=business_id, subject=subject)
    rows = postings.order_by("entry__occurred_at", "id").values_list(
        "entry__occurred_at", "account__code", "account__currency", "minor"
    )[:limit]
    return [MoneyMove(at, code, Money(minor, currency)) for at, code, currency, minor in rows]


def paid_of(business_id: int, subjects: Collection[str]) -> dict[str, int]:
    """Net money received for each subject, in minor units. One query."""
    return {subject: flow.paid for subject, flow in flows_of(business_id, subjects).items()}


def fees_of(business_id: int, subjects: Collection[str]) -> dict[str, int]:
    """Minor units kept of each subject's money as fees. One query."""
    return {subject: flow.fees for subject, flow in flows_of(business_id, subjects).items()}


def balance(business_id: int, account: str, currency: str, *, subject: str | None = None) -> Money:
    """The balance of an account (debit positive), as a whole or for one subject."""
    postings = Posting.objects.filter(
        business_id=business_id, account__code=account, account__currency=currency
    )
    if subject is not None:
        postings = postings.filter(subject=subject)
    return Money(int(postings.aggregate(sum=Sum("minor"))["sum"] or 0), currency)


def held_ahead(business_id: int, currency: str, *, subject: str) -> Money:
    """What the subject has paid for bookings that are still to come."""
    return -balance(business_id, DEFERRED_REVENUE, currency, subject=subject)


def owed(business_id: int, currency: str, *, subject: str) -> Money:
    """What the subject owes for bookings that were delivered."""
    return balance(business_id, RECEIVABLE, currency, subject=subject)


def promised_back(business_id: int, currency: str, *, subject: str) -> Money:
    """What is owed to the payer of the subject and must be returned by hand."""
    return -balance(business_id, REFUNDS_PAYABLE, currency, subject=subject)


def find_entry(business_id: int, key: str) -> Entry | None:
    return Entry.objects.filter(business_id=business_id, key=key).first()
