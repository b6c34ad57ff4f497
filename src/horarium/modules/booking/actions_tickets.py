"""Numbered tickets of booked sessions: issued with the booking, void with its cancellation, used once at the door."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from horarium.modules.availability.actions_supplies import issue_numbers
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from .models import Booking, BookingState, Ticket

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 20
"""A hundred random bits, in letters that a QR code holds at their smallest and nobody misreads."""


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


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
            code=new_code(),
            price_minor=price_minor,
        )
        for number, (ticket_type_id, price_minor) in enumerate(kinds, first)
    )


def void_tickets(bookings: Iterable[Booking], now: datetime) -> int:
    """Nobody enters with tickets of these bookings any more. Returns how many were good before."""
    keys = [one.pk for one in bookings if one.session_id is not None]
    return Ticket.objects.filter(booking_id__in=keys, voided_at=None).update(voided_at=now) if keys else 0


def attend_session(booking: Booking, session_id: int | None) -> None:
    """The booking has its places in this session now. Its tickets keep their codes and get new numbers there.

    Its places must have been taken before, in the same transaction.
    """
    if session_id is None or session_id == booking.session_id:
        return
    booking.session_id = session_id
    booking.save(update_fields=["session"])
    tickets = list(Ticket.objects.filter(booking=booking, voided_at=None).order_by("number"))
    if not tickets:
        return
    last = issue_numbers(booking.business_id, session_id, len(tickets))
    for ticket, number in zip(tickets, range(last - len(tickets) + 1, last + 1), strict=True):
        ticket.session_id, ticket.number = session_id, number
    Ticket.objects.bulk_update(tickets, ["session", "number"])


def check_in_ticket(ticket: Ticket, actor: Actor, now: datetime) -> bool:
    """Let the guest in. False when somebody else has, in the same moment or before: compare-and-swap."""
    changed = Ticket.objects.filter(
        business_id=ticket.business_id, pk=ticket.pk, checked_in_at=None, voided_at=None
    ).update(checked_in_at=now, checked_in_by=actor.user_id)
    if not changed:
        return False
    record(ticket.business_id, actor, "ticket.checked_in", ticket.public_id)
    return True


def undo_check_in(ticket: Ticket, actor: Actor) -> bool:
    """Scanned by mistake: the ticket is good again. When nobody of the booking is in any more, nobody has come.

    False when it was not in. There is no other way back from `checked_in`.
    """
    before = ticket.checked_in_at
    changed = (
        Ticket.objects.filter(business_id=ticket.business_id, pk=ticket.pk)
        .exclude(checked_in_at=None)
        .update(checked_in_at=None, checked_in_by=None)
    )
    if not changed:
        return False
    at = None if before is None else before.isoformat()
    record(
        ticket.business_id, actor, "ticket.check_in_undone", ticket.public_id, before={"checked_in_at": at}
    )
    inside = Ticket.objects.filter(booking=ticket.booking_id, voided_at=None).exclude(checked_in_at=None)
    if not inside.exists():
        _not_come_yet(ticket.booking, actor)
    return True


def _not_come_yet(booking: Booking, actor: Actor) -> None:
    changed = Booking.objects.filter(
        business_id=booking.business_id, pk=booking.pk, state=BookingState.CHECKED_IN
    ).update(state=BookingState.CONFIRMED, checked_in_at=None)
    if changed:
        before, after = {"state": "checked_in"}, {"state": "confirmed"}
        record(
            booking.business_id,
            actor,
            "booking.check_in_undone",
            booking.public_id,
            before=before,
            after=after,
        )
