"""Numbered tickets of booked sessions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from .models import Booking, Ticket


def issue_tickets(booking: Booking, kinds: Sequence[tuple[int, int]], *, last_number: int) -> list[Ticket]:
    """A ticket for each `(ticket type, price in minor units)`, numbered up to `last_number`."""
    first = last_number - len(kinds) + 1
    return Ticket.objects.bulk_create(
        Ticket(
            business_id=booking.business_id,
            booking=booking,
            session_id=booking.session_id or 0,
            ticket_type_id=ticket_type_id,
            number=number,
            code=secrets.token_urlsafe(15),
            price_minor=price_minor,
        )
        for number, (ticket_type_id, price_minor) in enumerate(kinds, first)
    )


def void_tickets(bookings: Iterable[Booking], now: datetime) -> int:
    """Nobody enters with tickets of these bookings any more. Returns how many were good before."""
    keys = [one.pk for one in bookings if one.session_id is not None]
    return Ticket.objects.filter(booking_id__in=keys, voided_at=None).update(voided_at=now) if keys else 0
