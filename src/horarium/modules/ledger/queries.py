"""Balances, each by one query over the postings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from horarium.kit.money import Money

from .models import Entry, Posting
from .rules import DEFERRED_REVENUE, RECEIVABLE, EntryKind

# The reversal of a refund is a refund that did not happen, not money received. Plain SQL because every list
# and every page of an order asks this.
_FLOWS_SQL = """
SELECT p.subject,
    coalesce(sum(p.minor) FILTER (WHERE coalesce(undone.kind, e.kind) <> %(refund)s), 0),
    coalesce(sum(p.minor) FILTER (WHERE coalesce(undone.kind, e.kind) = %(refund)s), 0)
FROM ledger_posting p
JOIN ledger_account a ON a.business_id = p.business_id AND a.id = p.account_id
JOIN ledger_entry e ON e.business_id = p.business_id AND e.id = p.entry_id
LEFT JOIN ledger_entry undone ON undone.business_id = e.business_id AND undone.id = e.reverses_id
WHERE p.business_id = %(business)s AND p.subject = ANY(%(subjects)s)
    AND (a.code IN ('cash', 'bank') OR a.code LIKE 'gateway:%%')
GROUP BY p.subject
"""


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of one subject in minor units: what came in, what was given back; corrections are taken out."""

    received: int = 0
    refunded: int = 0

    @property
    def paid(self) -> int:
        """What the business holds now."""
        return self.received - self.refunded


def flows_of(business_id: int, subjects: Collection[str]) -> dict[str, Flow]:
    """Money in and out of each subject, zero for one without entries. One query."""
    found = {subject: Flow() for subject in subjects}
    if not found:
        return found
    with connection.cursor() as cursor:
        cursor.execute(
            _FLOWS_SQL, {"business": business_id, "subjects": list(found), "refund": EntryKind.REFUND.value}
        )
        for subject, received, refunded in cursor.fetchall():
            found[subject] = Flow(received=int(received), refunded=-int(refunded))
    return found


def paid_of(business_id: int, subjects: Collection[str]) -> dict[str, int]:
    """Net money received for each subject, in minor units. One query."""
    return {subject: flow.paid for subject, flow in flows_of(business_id, subjects).items()}


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


def find_entry(business_id: int, key: str) -> Entry | None:
    return Entry.objects.filter(business_id=business_id, key=key).first()
