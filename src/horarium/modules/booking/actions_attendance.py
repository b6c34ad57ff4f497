"""Bookings of sessions that are moved: they go along with their session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from . import events
from .models import Booking


def follow_session(bookings: Sequence[Booking], starts_at: datetime, ends_at: datetime, actor: Actor) -> None:
    """The time of their session is the time of these bookings now; guests' calendars are told."""
    for booking in bookings:
        if (booking.starts_at, booking.ends_at) == (starts_at, ends_at):
            continue
        before = {"starts_at": booking.starts_at.isoformat(), "ends_at": booking.ends_at.isoformat()}
        booking.starts_at, booking.ends_at, booking.sequence = starts_at, ends_at, booking.sequence + 1
        booking.save(update_fields=["starts_at", "ends_at", "sequence"])
        after = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
        record(booking.business_id, actor, "booking.moved", booking.public_id, before=before, after=after)
        publish(
            events.BookingMoved(
                business_id=booking.business_id,
                booking_id=booking.public_id,
                order_id=booking.order.public_id,
            )
        )
