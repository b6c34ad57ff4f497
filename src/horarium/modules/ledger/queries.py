"""Balances, each by one query over the postings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Coalesce

from horarium.kit.money import Money

from .models import Entry, Posting
from .rules import DEFERRED_REVENUE, RECEIVABLE, EntryKind

_MONEY = Q(account__code__in=["cash", "bank"]) | Q(account__code__startswith="gateway:")


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
    # The reversal of a refund is a refund that did not happen, not money received.
    is_refund = Case(
        When(entry__reverses__isnull=False, then=F("entry__reverses__kind")), default=F("entry__kind")
    )
    rows = (
        Posting.objects.filter(_MONEY, business_id=business_id, subject__in=list(found))
        .annotate(fact=is_refund)
        .values("subject")
        .annotate(
            received=Coalesce(Sum("minor", filter=~Q(fact=EntryKind.REFUND)), 0),
            refunded=Coalesce(Sum("minor", filter=Q(fact=EntryKind.REFUND)), 0),
        )
    )
    for row in rows:
        found[row["subject"]] = Flow(received=int(row["received"]), refunded=-int(row["refunded"]))
    return found


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """Money that came into an account (positive) or left it."""

    at: datetime
    account: str
    amount: Money


def list_money_moves(business_id: int, subject: str, limit: int = 100) -> list[MoneyMove]:
    """What came in and went back for a subject, oldest first. One query."""
    postings = Posting.objects.filter(_MONEY, business_id=business_id, subject=subject)
    rows = postings.order_by("entry__occurred_at", "id").values_list(
        "entry__occurred_at", "account__code", "account__currency", "minor"
    )[:limit]
    return [MoneyMove(at, code, Money(minor, currency)) for at, code, currency, minor in rows]


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
