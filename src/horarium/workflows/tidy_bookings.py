"""What the clock does to bookings: lapsed holds are written down, past bookings are completed.

Nothing depends on it for correctness of free time; it tidies, tells, and recognises revenue.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.availability.actions_stock import hand_over
from horarium.modules.booking.actions import expire_order, lock_order
from horarium.modules.booking.actions_changes import mark_booking
from horarium.modules.booking.models import BookingState
from horarium.modules.booking.queries_orders import get_booking, list_ended_bookings, list_lapsed_orders
from horarium.modules.ledger.actions import recognise_revenue
from horarium.platform.audit.actor import Actor

from .no_show import forgive_no_show

GRACE = timedelta(minutes=30)
"""After its end a booking stays open so long for staff to mark a no-show."""


def expire_lapsed_orders(now: datetime) -> int:
    """Write down every hold that has passed its time. Returns how many orders."""
    count = 0
    for business_id, order_id in list_lapsed_orders(now, limit=200):
        with scope(business=business_id), transaction.atomic():
            count += expire_order(lock_order(business_id, order_id), now)
    return count


def complete_past_bookings(now: datetime, limit: int = 500) -> int:
    """Complete confirmed bookings that have ended, and recognise their revenue. Returns how many."""
    past = list_ended_bookings(now - GRACE, limit)
    for business_id, booking_id in past:
        complete_booking(business_id, booking_id, Actor.system(), now)
    return len(past)


def complete_booking(business_id: int, booking_id: str, actor: Actor, now: datetime) -> None:
    """Completed: the guest has had what was sold, so the money is earned."""
    with scope(business=business_id), transaction.atomic():
        booking = get_booking(business_id, booking_id)
        order = lock_order(business_id, booking.order.public_id)
        booking.refresh_from_db(fields=["state"])
        if booking.state == BookingState.COMPLETED:
            return
        forgive_no_show(booking, now)
        if booking.extra_lines.filter(extra__product__isnull=False).exists():
            hand_over(business_id, booking_ids=[booking.pk], subject=order.public_id, actor=actor, now=now)
        mark_booking(booking, BookingState.COMPLETED, actor, now)
        recognise_revenue(
            business_id,
            booking_id=booking.public_id,
            order_id=order.public_id,
            price=Money(booking.total_minor, order.currency),
            occurred_at=now,
        )
