"""Payments of the demo and their entries, by the ledger's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import Final

from horarium.kit.ids import new_id
from horarium.kit.money import Money
from horarium.modules.booking.rules import Stake, cancellation_terms, cancelling_tier
from horarium.modules.ledger import rules as ledger
from horarium.modules.ledger.models import Account, Entry, Posting
from horarium.modules.ledger.rules import EntryKind, Post
from horarium.modules.payments.models import Payment, Refund

from .drafts import OrderDraft
from .tables import Table

GATEWAY: Final = "test"


def instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


class MoneyWriter:
    """Follows one order after the other through its money."""

    def __init__(self, business_id: int, currency: str, *, now: int, random: Random) -> None:
        self.business_id = business_id
        self.currency = currency
        self.now = now
        self.random = random
        self.payments, self.refunds = Table(Payment), Table(Refund)
        self.entries, self.postings = Table(Entry), Table(Posting)
        self._accounts: dict[str, int] = {}

    def tables(self) -> tuple[Table, ...]:
        return (self.payments, self.refunds, self.entries, self.postings)

    def settle(
        self, order: OrderDraft, order_id: str, booking_ids: list[str], line_ids: Sequence[str] = ()
    ) -> int:
        """Everything that was paid, earned and given back. Returns what was refunded, in minor units."""
        zero = Money.zero(self.currency)
        state = order.bookings[0].state
        paid = zero
        if order.due and order.channel != "backoffice" and state not in ("held", "expired"):
            paid = order.due
        if order.cancelled_at is not None:
            return self._cancelled(order, order.cancelled_at, order_id, booking_ids, paid)
        if state == "no_show":
            return self._missed(order, order_id, booking_ids, paid)
        if paid:
            self._pay(order, order_id, paid, refunded=zero)
        sold = [
            (f"booking:{public_id}:completed", one.state, one.quote.total, one.ends)
            for public_id, one in zip(booking_ids, order.bookings, strict=True)
        ] + [
            (f"booking:{public_id}:completed", one.state, one.total, order.bookings[0].ends)
            for public_id, one in zip(line_ids, order.lines, strict=True)
        ]
        deferred = paid
        for key, its_state, price, at in sold:
            if its_state == "completed" and price:
                posts = ledger.booking_completed(price, subject=order_id, deferred=deferred)
                deferred = max(deferred - price, zero)
                self._post(key, EntryKind.COMPLETION, posts, at)
        rest = order.total - paid
        if all(its_state == "completed" for _, its_state, _, _ in sold) and rest.minor > 0:
            self._pay_rest(order, order_id, rest)
        return 0

    def _missed(self, order: OrderDraft, order_id: str, booking_ids: list[str], paid: Money) -> int:
        going = [(one.stake, one.agreed.policy.no_show.fee(one.quote.total)) for one in order.bookings]
        return self._given_back(order, order_id, booking_ids, paid, going=going, at=order.ends, why="no_show")

    def _cancelled(
        self, order: OrderDraft, second: int, order_id: str, booking_ids: list[str], paid: Money
    ) -> int:
        at = instant(second)
        zero = Money.zero(self.currency)
        going = [
            (
                one.stake,
                cancelling_tier(one.agreed.policy, instant(one.starts), at).fee(one.quote.total)
                if order.cancelled_by == "guest"
                else zero,
            )
            for one in order.bookings
        ]
        going += [(Stake(one.total, one.total), zero) for one in order.lines]
        why = f"cancelled_by_{order.cancelled_by}"
        return self._given_back(order, order_id, booking_ids, paid, going=going, at=second, why=why)

    def _given_back(
        self,
        order: OrderDraft,
        order_id: str,
        booking_ids: list[str],
        paid: Money,
        *,
        going: Sequence[tuple[Stake, Money]],
        at: int,
        why: str,
    ) -> int:
        """Fees stay here, the rest goes back."""
        if not paid:
            return 0
        terms = cancellation_terms(paid, going=going, staying=())
        payment_id = self._pay(order, order_id, paid, refunded=terms.refund)
        for booking_id, fee in zip(booking_ids, terms.fees, strict=False):
            self._keep_fee(order, order_id, booking_id, fee)
        if terms.refund:
            self._refund(why, at, order_id, payment_id, terms.refund)
        return terms.refund.minor

    def _pay(self, order: OrderDraft, order_id: str, amount: Money, *, refunded: Money) -> int:
        created = order.created + self.random.randrange(15, 90)
        paid_at = created + self.random.randrange(30, 300)
        state = "paid"
        if refunded:
            state = "refunded" if refunded == amount else "partially_refunded"
        public_id = new_id("pay")
        posts = ledger.payment_received(
            ledger.gateway_account(GATEWAY), amount, subject=order_id, receivable=Money.zero(self.currency)
        )
        self._post(f"payment:{public_id}:paid", EntryKind.PAYMENT, posts, paid_at)
        return self.payments.add(
            business_id=self.business_id,
            public_id=public_id,
            subject=order_id,
            gateway=GATEWAY,
            amount_minor=amount.minor,
            currency=self.currency,
            refunded_minor=refunded.minor,
            state=state,
            gateway_ref=f"tg_{public_id[4:]}",
            created_at=instant(created),
            paid_at=instant(paid_at),
        )

    def _refund(self, reason: str, at: int, order_id: str, payment_id: int, amount: Money) -> None:
        public_id = new_id("ref")
        done = min(at + self.random.randrange(5, 60), self.now)
        self.refunds.add(
            business_id=self.business_id,
            public_id=public_id,
            payment_id=payment_id,
            key=f"{order_id}:cancelled",
            amount_minor=amount.minor,
            state="done",
            reason=reason,
            gateway_ref=f"tg_{public_id[4:]}",
            created_at=instant(at),
            done_at=instant(done),
        )
        posts = ledger.refund_made(ledger.gateway_account(GATEWAY), amount, subject=order_id, deferred=amount)
        self._post(f"refund:{public_id}:done", EntryKind.REFUND, posts, done)

    def _pay_rest(self, order: OrderDraft, order_id: str, rest: Money) -> None:
        """At the visit, in cash; a few leave without paying and owe it."""
        if self.random.random() < 0.008:
            return
        posts = ledger.payment_received(ledger.CASH, rest, subject=order_id, receivable=rest)
        self._post(f"cash:{order_id}:1", EntryKind.PAYMENT, posts, min(order.ends + 240, self.now))

    def _keep_fee(self, order: OrderDraft, order_id: str, booking_id: str, fee: Money) -> None:
        if fee:
            at = order.cancelled_at or order.ends
            self._post(
                f"booking:{booking_id}:fee", EntryKind.FEE_KEPT, ledger.fee_kept(fee, subject=order_id), at
            )

    def _post(self, key: str, kind: EntryKind, posts: tuple[Post, ...], at: int) -> None:
        entry_id = self.entries.add(
            business_id=self.business_id, key=key, kind=str(kind), occurred_at=instant(at)
        )
        for post in posts:
            self.postings.add(
                business_id=self.business_id,
                entry_id=entry_id,
                account_id=self._account(post.account),
                minor=post.amount.minor,
                subject=post.subject,
            )

    def _account(self, code: str) -> int:
        if code not in self._accounts:
            self._accounts[code] = Account.objects.create(
                business_id=self.business_id, code=code, currency=self.currency, kind=ledger.kind_of(code)
            ).pk
        return self._accounts[code]
