"""What becomes of sessions with their guests: moved, cancelled, decided; and what the clock does to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit import clock
from horarium.modules.availability.actions import lock_resources
from horarium.modules.availability.actions_sessions import (
    change_session,
    decide_session,
    list_sessions_to_decide,
    lock_session,
    resources_taken_by,
    shift_time,
)
from horarium.modules.availability.actions_shared_slots import close_session, list_empty_sessions
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.events import SessionCancelled
from horarium.modules.availability.models import OwnerKind, Session
from horarium.modules.availability.queries_schedules import list_schedules_to_fill
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.availability.rules.session_drafts import SessionChange
from horarium.modules.availability.rules.sessions import resources_of
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_attendance import follow_session
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.events import BookingCancelled
from horarium.modules.booking.models import CancelledBy
from horarium.modules.booking.queries_orders import find_booking
from horarium.modules.booking.queries_tickets import bookings_of_session
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.audit.actor import Actor
from horarium.platform.jobs.queue import defer_many

from .cancel_booking import CancellationWish, cancel_order

CANCEL_GUESTS = "sessions.cancel_guests"
"""The job that cancels one order's bookings of a cancelled session and gives the money back."""
FILL_SCHEDULE = "sessions.fill_schedule"
"""The job that makes the sessions of one schedule up to the horizon."""


def move_session(
    business_id: int, session_id: str, change: SessionChange, actor: Actor, now: datetime
) -> Session:
    """Change a session, and where its time changes move its bookings and what their extras take, all or nothing.

    Raises as `change_session`. Guests hear of it through `BookingMoved` of their bookings.
    """
    with scope(business=business_id), transaction.atomic():
        facts = get_session_facts(business_id, session_id, now)
        keys = _lock_guests(business_id, session_id)
        lock_session(business_id, session_id)
        besides = resources_taken_by(business_id, OwnerKind.BOOKING, keys)
        if besides:
            offering = get_current_catalog(business_id).offering_of_key(facts.offering_id)
            lock_resources(business_id, besides | set(facts.resources) | resources_of(offering))
        session = change_session(business_id, session_id, change, actor, now)
        # Its places are locked now, so that whoever bought while this waited is seen and nobody else can buy.
        bookings = bookings_of_session(business_id, session_id)
        for was in {one.starts_at for one in bookings}:
            along = [one.pk for one in bookings if one.starts_at == was]
            shift_time(business_id, OwnerKind.BOOKING, along, session.starts_at - was, now)
        follow_session(bookings, session.starts_at, session.ends_at, actor)
    return session


def cancel_guests(event: SessionCancelled) -> None:
    """Hears of a cancelled session: one job for each order with places in it."""
    found = bookings_of_session(event.business_id, event.session_id)
    orders = {one.order.public_id for one in found}
    defer_many(
        CANCEL_GUESTS,
        [
            {"business_id": event.business_id, "session_id": event.session_id, "order_id": one}
            for one in sorted(orders)
        ],
    )


def cancel_guests_of_order(business_id: int, session_id: str, order_id: str, now: datetime) -> bool:
    """Cancel an order's bookings of a cancelled session without any fee. Twice is once: False when nothing was left."""
    facts = get_session_facts(business_id, session_id, now)
    if facts.is_scheduled:
        return False
    found = bookings_of_session(business_id, session_id)
    mine = tuple(one.public_id for one in found if one.order.public_id == order_id)
    if not mine:
        return False
    wish = CancellationWish(mine, reason=facts.cancel_reason or "session_cancelled", waive_fee=True)
    try:
        cancel_order(business_id, order_id, wish, by=CancelledBy.SYSTEM, actor=Actor.system(), now=now)
    except IllegalTransition:
        return False
    return True


def leave_session(event: BookingCancelled) -> None:
    """Hears of a cancelled booking: a shared slot that nobody is left in frees its time."""
    booking = find_booking(event.business_id, event.booking_id)
    if booking is None or booking.session is None or not booking.session.is_shared:
        return
    close_session(event.business_id, booking.session.public_id, clock.now())


def fill_schedules() -> int:
    """One job for each schedule, so that none waits for another. Returns how many."""
    found = list_schedules_to_fill()
    defer_many(
        FILL_SCHEDULE,
        [{"business_id": business_id, "schedule_id": schedule_id} for business_id, schedule_id in found],
    )
    return len(found)


def decide_sessions(now: datetime) -> int:
    """Whether sessions with a minimum run, when their hour of decision has come. Returns how many were decided."""
    return sum(
        _decide(business_id, session_id, now) for business_id, session_id in list_sessions_to_decide(now)
    )


def close_empty_sessions(now: datetime) -> int:
    """Shared slots whose guests' holds have lapsed, or who have left. Returns how many. Tidies only."""
    empty = list_empty_sessions(now)
    return sum(close_session(business_id, session_id, now) for business_id, session_id in empty)


def _decide(business_id: int, session_id: str, now: datetime) -> bool:
    try:
        return decide_session(business_id, session_id, now) is not None
    except NotFree:
        # Cancelled by staff since it was listed.
        return False


def _lock_guests(business_id: int, session_id: str) -> list[int]:
    """Lock the orders with places in a session, in the order of their keys: orders are locked first. Their bookings."""
    found = bookings_of_session(business_id, session_id)
    for order_id in dict.fromkeys(one.order.public_id for one in found):
        lock_order(business_id, order_id)
    return [one.pk for one in found]
