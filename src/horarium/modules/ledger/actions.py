"""Writing to the ledger. Nothing here edits: a second call with the same key changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from horarium.kit.ids import new_id
from horarium.kit.money import Money

from . import queries, rules
from .models import Account, Entry, Posting
from .rules import EntryKind, Post

_INSERT = """
WITH entry AS (
    INSERT INTO ledger_entry (business_id, public_id, key, kind, occurred_at, memo, reverses_id)
    VALUES (%(business)s, %(public_id)s, %(key)s, %(kind)s, %(occurred_at)s, %(memo)s, %(reverses)s)
    ON CONFLICT (business_id, key) DO NOTHING RETURNING id
)
INSERT INTO ledger_posting (business_id, entry_id, account_id, minor, subject)
SELECT %(business)s, entry.id, side.account_id, side.minor, side.subject
FROM entry, unnest(%(accounts)s::bigint[], %(minors)s::bigint[], %(subjects)s::text[])
    AS side (account_id, minor, subject)
"""

# Two facts of one subject follow one another, for each is split by the balances that the other leaves.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('ledger:' || %s::text || ':' || %s, 0))"


@transaction.atomic
def post_entry(
    business_id: int,
    *,
    key: str,
    kind: EntryKind,
    postings: Sequence[Post],
    occurred_at: datetime,
    memo: str = "",
) -> Entry:
    """Write the entry of a fact, or give the one that is already there under its `key`.

    Two writers of one key meet at the unique key: the second waits for the first and then writes nothing.
    Postings that do not sum to zero are a `ValueError`, here before the database says so at commit.
    """
    return _write(
        Entry(business_id=business_id, key=key, kind=kind, occurred_at=occurred_at, memo=memo), postings
    )


@transaction.atomic
def reverse_entry(business_id: int, key: str, *, occurred_at: datetime, memo: str = "") -> Entry:
    """Cancel the entry with this key by its opposite, once. Raises `Entry.DoesNotExist`."""
    entry = Entry.objects.get(business_id=business_id, key=key)
    sides = Posting.objects.filter(business_id=business_id, entry=entry).select_related("account")
    posts = [
        Post(side.account.code, Money(side.minor, side.account.currency), side.subject) for side in sides
    ]
    opposite = Entry(
        business_id=business_id,
        key=f"{key}:reversed",
        kind=EntryKind.REVERSAL,
        occurred_at=occurred_at,
        memo=memo,
        reverses=entry,
    )
    return _write(opposite, rules.reversal(posts))


@transaction.atomic
def receive_money(
    business_id: int, *, key: str, into: str, amount: Money, subject: str, occurred_at: datetime
) -> Entry:
    """Money came into an account for a subject: it settles what is owed, the rest is held ahead."""
    _lock(business_id, subject)
    return post_entry(
        business_id,
        key=key,
        kind=EntryKind.PAYMENT,
        postings=rules.payment_received(
            into,
            amount,
            subject=subject,
            receivable=queries.owed(business_id, amount.currency, subject=subject),
        ),
        occurred_at=occurred_at,
    )


@transaction.atomic
def return_money(
    business_id: int, *, key: str, out_of: str, amount: Money, subject: str, occurred_at: datetime
) -> Entry:
    """Money went back from an account for a subject."""
    _lock(business_id, subject)
    return post_entry(
        business_id,
        key=key,
        kind=EntryKind.REFUND,
        postings=rules.refund_made(
            out_of,
            amount,
            subject=subject,
            deferred=queries.held_ahead(business_id, amount.currency, subject=subject),
        ),
        occurred_at=occurred_at,
    )


@transaction.atomic
def promise_money(business_id: int, *, key: str, amount: Money, subject: str, occurred_at: datetime) -> Entry:
    """Money that must go back to the payer by hand is owed from now on."""
    _lock(business_id, subject)
    return post_entry(
        business_id,
        key=key,
        kind=EntryKind.REFUND_PROMISED,
        postings=rules.refund_promised(
            amount,
            subject=subject,
            deferred=queries.held_ahead(business_id, amount.currency, subject=subject),
        ),
        occurred_at=occurred_at,
    )


@transaction.atomic
def return_by_hand(
    business_id: int, *, key: str, out_of: str, amount: Money, subject: str, occurred_at: datetime
) -> Entry:
    """Money was handed back out of `cash` or `bank`: what was promised first."""
    _lock(business_id, subject)
    return post_entry(
        business_id,
        key=key,
        kind=EntryKind.REFUND,
        postings=rules.refund_by_hand(
            out_of,
            amount,
            subject=subject,
            promised=queries.promised_back(business_id, amount.currency, subject=subject),
            deferred=queries.held_ahead(business_id, amount.currency, subject=subject),
        ),
        occurred_at=occurred_at,
    )


@transaction.atomic
def recognise_revenue(
    business_id: int, *, booking_id: str, order_id: str, price: Money, occurred_at: datetime
) -> Entry | None:
    """A booking of the order was delivered. None for one without a price."""
    if not price:
        return None
    _lock(business_id, order_id)
    return post_entry(
        business_id,
        key=f"booking:{booking_id}:completed",
        kind=EntryKind.COMPLETION,
        postings=rules.booking_completed(
            price,
            subject=order_id,
            deferred=queries.held_ahead(business_id, price.currency, subject=order_id),
        ),
        occurred_at=occurred_at,
    )


@transaction.atomic
def keep_fee(
    business_id: int, *, booking_id: str, order_id: str, fee: Money, occurred_at: datetime, mark: str = ""
) -> Entry | None:
    """The fee of a booking is kept of what the order has paid ahead. None for no fee.

    `mark` tells the fees of one booking apart: it is cancelled once, but changed as often as the terms allow.
    """
    if not fee:
        return None
    _lock(business_id, order_id)
    return post_entry(
        business_id,
        key=fee_key(booking_id, mark),
        kind=EntryKind.FEE_KEPT,
        postings=rules.fee_kept(fee, subject=order_id),
        occurred_at=occurred_at,
    )


def fee_key(booking_id: str, mark: str = "") -> str:
    return f"booking:{booking_id}:fee:{mark}" if mark else f"booking:{booking_id}:fee"


def _write(entry: Entry, postings: Sequence[Post]) -> Entry:
    if not postings or not rules.is_balanced(postings):
        raise ValueError(f"the postings of {entry.key} do not sum to zero")
    accounts = _account_ids(entry.business_id, postings)
    entry.public_id = new_id("ent")
    values: dict[str, Any] = {
        "business": entry.business_id,
        "public_id": entry.public_id,
        "key": entry.key,
        "kind": str(entry.kind),
        "occurred_at": entry.occurred_at,
        "memo": entry.memo,
        "reverses": entry.reverses_id,
        "accounts": [accounts[post.account, post.amount.currency] for post in postings],
        "minors": [post.amount.minor for post in postings],
        "subjects": [post.subject for post in postings],
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
    return Entry.objects.get(business_id=entry.business_id, key=entry.key)


def _lock(business_id: int, subject: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [business_id, subject])


def _account_ids(business_id: int, postings: Sequence[Post]) -> dict[tuple[str, str], int]:
    wanted = {(post.account, post.amount.currency) for post in postings}
    found = _find_accounts(business_id, wanted)
    if missing := wanted - found.keys():
        Account.objects.bulk_create(
            [
                Account(business_id=business_id, code=code, currency=currency, kind=rules.kind_of(code))
                for code, currency in sorted(missing)
            ],
            ignore_conflicts=True,
        )
        found = _find_accounts(business_id, wanted)
    return found


def _find_accounts(business_id: int, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rows = Account.objects.filter(business_id=business_id, code__in={code for code, _ in wanted}).values_list(
        "code", "currency", "id"
    )
    return {(code, currency): key for code, currency, key in rows}
