"""Numbered tickets of booked sessions."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from .models import Booking, Ticket


def issue_tickets(booking: Booking, kinds: Sequence[tuple[int, int]], *, last_number: int) -> list[Ticket]:
    """A ticket for each `(ticket type, price in minor units)`, numbered up to `last_number`."""
    first = last_number - len(kinds) + 1
    return Ticket.objects.bulk_create(
        Ticket(
            business_id=booking.business_id,
            booking=booking,
            session=booking.session,
            ticket_type_id=ticket_type_id,
            number=number,
            code=secrets.token_urlsafe(15),
            price_minor=price_minor,
        )
        for number, (ticket_type_id, price_minor) in enumerate(kinds, first)
    )
