"""Approval: staff say yes or no to a pending booking in time, else it is over by itself.

While it waits it takes the time as a hold: from `approve_by` on the time is free in every read and in the constraint's
path, whether or not anybody has written the end down. A request that was never agreed on costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.booking.actions import approve_booking, lock_order
from horarium.modules.booking.actions_changes import cancel_bookings, note_refund
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking, BookingState, CancelledBy, Order
from horarium.modules.booking.queries_approval import list_overdue_requests
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.rules import cancellation_terms
from horarium.platform.audit.actor import Actor

from .order_view import OrderView, get_order_view, view_of
from .refund_payment import refund_order

NOT_ANSWERED = "not answered in time"


def approve(business_id: int, booking_id: str, actor: Actor, now: datetime) -> OrderView:
    """Staff say yes; of two who click at once one does it.

    Raises OrderNotFound; IllegalTransition when it does not wait any more; ApprovalExpired when it is too late.
    """
    with scope(business=business_id), transaction.atomic():
        order, booking = _locked(business_id, booking_id)
        approve_booking(booking, actor, now)
    return get_order_view(business_id, order.public_id, now)


def decline(business_id: int, booking_id: str, reason: str, actor: Actor, now: datetime) -> OrderView:
    """Staff say no and why; the time is free, and all that was paid for it goes back.

    Raises OrderNotFound, IllegalTransition, InvalidInput(reason).
    """
    if not reason.strip():
        raise InvalidInput("why is missing", field="reason", params={"reason": "required"})
    with scope(business=business_id), transaction.atomic():
        order, booking = _locked(business_id, booking_id)
        if booking.state != BookingState.PENDING:
            raise IllegalTransition("not pending", params={"state": booking.state})
        _refuse(order, [booking], CancelledBy.STAFF, reason.strip()[:200], actor, now)
    return get_order_view(business_id, order.public_id, now)


def expire_requests(now: datetime, limit: int = 200) -> int:
    """Cancel every request about which nobody has decided in time, with a full refund. Returns how many bookings."""
    count = 0
    for business_id, order_id in list_overdue_requests(now, limit):
        with scope(business=business_id), transaction.atomic():
            order = lock_order(business_id, order_id)
            overdue = order.bookings.filter(state=BookingState.PENDING, approve_by__lte=now)
            bookings = list(overdue.order_by("id"))
            if bookings:
                _refuse(order, bookings, CancelledBy.SYSTEM, NOT_ANSWERED, Actor.system(), now)
            count += len(bookings)
    return count


def _locked(business_id: int, booking_id: str) -> tuple[Order, Booking]:
    order = lock_order(business_id, get_booking(business_id, booking_id).order.public_id)
    return order, get_booking(business_id, booking_id)


def _refuse(
    order: Order, bookings: Sequence[Booking], by: CancelledBy, reason: str, actor: Actor, now: datetime
) -> None:
    view = view_of(order, now)
    refused = {one.public_id for one in bookings}
    zero = Money.zero(order.currency)
    terms = cancellation_terms(
        view.held,
        going=[(one.stake, zero) for one in view.bookings if one.id in refused],
        staying=[
            *(one.stake for one in view.bookings if one.counts and one.id not in refused),
            *(one.stake for one in view.products if one.counts),
        ],
    )
    cancel_bookings(order, bookings, by=by, actor=actor, reason=reason, now=now)
    if terms.refund:
        refund_order(order, terms.refund, reason=f"declined_by_{by}", actor=actor, now=now)
        note_refund(bookings[0], terms.refund)
