"""Cancelling by guest or staff: the same terms are shown before and applied after."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.booking.actions import cancel_bookings, lock_order, note_refund
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import CancelledBy
from horarium.modules.booking.rules import CancellationTerms, cancellation_terms
from horarium.modules.ledger.actions import keep_fee
from horarium.platform.audit.actor import Actor

from .order_view import OrderView, get_order_view, view_of
from .refund_payment import refund_order


@dataclass(frozen=True, slots=True)
class CancellationWish:
    """Which bookings (none named: all active ones), and whether late terms are waived by staff."""

    booking_ids: tuple[str, ...] = ()
    reason: str = ""
    waive_fee: bool = False


def preview_cancellation(view: OrderView, wish: CancellationWish) -> CancellationTerms:
    """Fee and refund, exactly as cancelling now would apply them."""
    going = _going(view, wish.booking_ids)
    counted = [one for one in view.bookings if one.counts]
    zero = Money.zero(view.total.currency)
    return cancellation_terms(
        paid=view.held,
        going=[
            (one.price, wish.waive_fee or one.is_free_to_cancel) for one in view.bookings if one.id in going
        ],
        staying=sum((one.price for one in counted if one.id not in going), zero),
        order_total=sum((one.price for one in counted), zero),
    )


def cancel_order(
    business_id: int, order_id: str, wish: CancellationWish, *, by: CancelledBy, actor: Actor, now: datetime
) -> OrderView:
    """Cancel, give back the time, and ask the gateway for the refund after commit.

    Raises OrderNotFound; IllegalTransition when nothing of it can be cancelled any more.
    """
    with scope(business=business_id), transaction.atomic():
        order = lock_order(business_id, order_id)
        view = view_of(order, now)
        going = _going(view, wish.booking_ids)
        started = by == CancelledBy.GUEST and any(
            one.start <= now for one in view.bookings if one.id in going
        )
        if not going or started:
            raise IllegalTransition("nothing to cancel", params={"state": view.status})
        terms = preview_cancellation(view, wish)
        bookings = list(order.bookings.filter(public_id__in=going).order_by("id"))
        cancelled = cancel_bookings(order, bookings, by=by, actor=actor, reason=wish.reason, now=now)
        if terms.fee:
            keep_fee(
                business_id,
                booking_id=cancelled[0].public_id,
                order_id=order_id,
                fee=terms.fee,
                occurred_at=now,
            )
        if terms.refund:
            refund_order(order, terms.refund, reason=f"cancelled_by_{by}", actor=actor, now=now)
            note_refund(cancelled[0], terms.refund)
    return get_order_view(business_id, order_id, now)


def _going(view: OrderView, booking_ids: Collection[str]) -> set[str]:
    active = {one.id for one in view.bookings if one.is_active}
    return active & set(booking_ids) if booking_ids else active
