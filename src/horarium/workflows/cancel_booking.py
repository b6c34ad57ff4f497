"""Cancelling by guest or staff: the same terms are shown before and applied after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_changes import (
    Overridden,
    cancel_bookings,
    cancel_lines,
    note_override,
    note_refund,
)
from horarium.modules.booking.errors import DeadlinePassed, IllegalTransition
from horarium.modules.booking.models import CancelledBy, Order
from horarium.modules.booking.rules import CancellationTerms, cancellation_terms
from horarium.modules.ledger.actions import keep_fee
from horarium.platform.audit.actor import Actor

from .order_view import BookingView, OrderView, ProductView, get_order_view, view_of
from .refund_payment import refund_order


@dataclass(frozen=True, slots=True)
class CancellationWish:
    """Which bookings and goods, by public id (none named: all that is active).

    Only staff may `waive_fee` or ask for a `fee` of their own (minor units, for all of them together), and must
    say why.
    """

    booking_ids: tuple[str, ...] = ()
    reason: str = ""
    waive_fee: bool = False
    fee: int | None = None

    @property
    def is_override(self) -> bool:
        return self.waive_fee or self.fee is not None


def preview_cancellation(view: OrderView, wish: CancellationWish) -> CancellationTerms:
    """Fee and refund, exactly as cancelling now would apply them."""
    going, goods = going_of(view, wish.booking_ids), goods_of(view, wish.booking_ids)
    zero = Money.zero(view.total.currency)
    pairs = [
        *((one.stake, fee) for one, fee in zip(going, _asked(going, wish), strict=True)),
        *((one.stake, zero) for one in goods),
    ]
    staying = [
        *(one.stake for one in view.bookings if one.counts and one not in going),
        *(one.stake for one in view.products if one.counts and one not in goods),
    ]
    return cancellation_terms(view.held, going=pairs, staying=staying)


def cancel_order(
    business_id: int, order_id: str, wish: CancellationWish, *, by: CancelledBy, actor: Actor, now: datetime
) -> OrderView:
    """Cancel, give back the time, and ask the gateway for the refund after commit.

    Raises OrderNotFound; IllegalTransition when nothing of it can be cancelled any more; DeadlinePassed when the
    terms do not let the guest; InvalidInput(reason) for an override without a reason.
    """
    with scope(business=business_id), transaction.atomic():
        order = lock_order(business_id, order_id)
        view = view_of(order, now)
        going, goods = going_of(view, wish.booking_ids), goods_of(view, wish.booking_ids)
        _check(view, going, goods, wish, by)
        terms = preview_cancellation(view, wish)
        rows = {one.public_id: one for one in order.bookings.filter(public_id__in=[one.id for one in going])}
        cancel_bookings(
            order,
            [rows[one.id] for one in sorted(going, key=lambda one: rows[one.id].pk)],
            by=by,
            actor=actor,
            reason=wish.reason,
            now=now,
        )
        of_goods = dict(zip([one.id for one in goods], terms.refunds[len(going) :], strict=True))
        cancel_lines(order, of_goods, actor, wish.reason)
        for one, fee in zip(going, terms.fees, strict=False):
            keep_fee(business_id, booking_id=one.id, order_id=order_id, fee=fee, occurred_at=now)
        if wish.is_override:
            _note_override(order, view, wish, terms, actor)
        if terms.refund:
            refund_order(order, terms.refund, reason=f"cancelled_by_{by}", actor=actor, now=now)
            if going:
                note_refund(rows[going[0].id], sum(terms.refunds[: len(going)], Money.zero(order.currency)))
    return get_order_view(business_id, order_id, now)


def going_of(view: OrderView, booking_ids: Collection[str]) -> list[BookingView]:
    """The active bookings of an order that are meant."""
    return [one for one in view.bookings if one.is_active and (not booking_ids or one.id in booking_ids)]


def goods_of(view: OrderView, ids: Collection[str]) -> list[ProductView]:
    """The goods of an order that are meant and have not been handed over."""
    return [one for one in view.products if one.is_active and (not ids or one.id in ids)]


def _check(
    view: OrderView,
    going: Sequence[BookingView],
    goods: Sequence[ProductView],
    wish: CancellationWish,
    by: CancelledBy,
) -> None:
    if not going and not goods:
        raise IllegalTransition("nothing to cancel", params={"state": view.status})
    if by == CancelledBy.GUEST:
        if any(one.has_begun for one in going):
            raise IllegalTransition("has begun", params={"state": view.status})
        if not all(one.can_cancel for one in going):
            raise DeadlinePassed("cannot be cancelled by the guest", params={"action": "cancel"})
        if wish.is_override:
            raise InvalidInput("not a guest's to decide", field="waive_fee", params={"reason": "not_allowed"})
    if wish.is_override and not wish.reason:
        raise InvalidInput("why is missing", field="reason", params={"reason": "required"})


def _asked(going: Sequence[BookingView], wish: CancellationWish) -> list[Money]:
    """The fee that is asked for each booking: by its terms, or as staff decided."""
    if wish.waive_fee:
        return [Money.zero(one.price.currency) for one in going]
    if wish.fee is not None and going:
        fee = Money(max(wish.fee, 0), going[0].price.currency)
        prices = [one.price.minor for one in going]
        return fee.allocate(prices) if any(prices) else fee.split(len(going))
    return [one.cancelling.fee(one.price) for one in going]


def _note_override(
    order: Order, view: OrderView, wish: CancellationWish, terms: CancellationTerms, actor: Actor
) -> None:
    usual = preview_cancellation(view, CancellationWish(wish.booking_ids))
    facts = {"action": "cancel", "fee_minor": terms.fee.minor, "usual_fee_minor": usual.fee.minor}
    note_override(order.business_id, Overridden(wish.reason, facts), actor, subject=order.public_id)
