"""A double-entry ledger: entries of postings that sum to zero, never edited, only reversed.

The database keeps both rules: a deferred trigger checks the sum at commit, another refuses UPDATE and DELETE.
"""

from __future__ import annotations

from django.db import models

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class AccountKind(models.TextChoices):
    ASSET = "asset"
    LIABILITY = "liability"
    REVENUE = "revenue"
    EXPENSE = "expense"


class Account(BusinessOwned):
    """`code` names the account within a business and currency, e.g. `cash`, `gateway:test`, `deferred_revenue`."""

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=AccountKind.choices)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "code", "currency"], name="account_code"),
        ]


class Entry(BusinessOwned):
    """`key` is the unique business key of the fact (`payment:pay_…:paid`): writing it twice changes nothing."""

    public_id = PublicIdField(prefix="ent")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    occurred_at = models.DateTimeField()
    memo = models.CharField(max_length=200, blank=True)
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reversals")

    class Meta:
        indexes = [models.Index(fields=["business", "-occurred_at"], name="entry_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="entry_public_id"),
            models.UniqueConstraint(fields=["business", "key"], name="entry_key"),
        ]


class Posting(BusinessOwned):
    """One side of an entry: `minor` > 0 is a debit, < 0 a credit, in minor units of the account's currency.

    `subject` names what the money is about (`ord_…`), so that balances by order are one query.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    minor = models.BigIntegerField()
    subject = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["business", "subject"], name="posting_by_subject"),
            models.Index(fields=["business", "account", "entry"], name="posting_by_account"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(minor=0), name="posting_is_not_zero"),
        ]
