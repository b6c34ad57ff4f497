"""Tickets for the door: who is expected, who has come, and whose ticket this is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django_scopes import scope

from horarium.modules.availability.queries_sessions import LEFT_BY_ALL, LEFT_SCHEDULE

from .models import Booking, Ticket
from .rules import ACTIVE
from .rules_tickets import PAID

SHORTEST_PHONE = 5
"""Fewer digits are the number of a ticket, not a part of a phone number."""

_TICKETS_SQL = """
SELECT t.public_id, t.number, y.public_id, y.name, o.contact_name, o.public_id, b.public_id, b.state, t.checked_in_at
FROM booking_ticket t
JOIN booking_booking b ON b.business_id = t.business_id AND b.id = t.booking_id
JOIN booking_order o ON o.business_id = t.business_id AND o.id = b.order_id
JOIN catalog_tickettype y ON y.business_id = t.business_id AND y.id = t.ticket_type_id
JOIN availability_session x ON x.business_id = t.business_id AND x.id = t.session_id
WHERE t.business_id = %(business)s AND x.public_id = %(session)s AND t.voided_at IS NULL AND b.state = ANY(%(paid)s)
    AND (%(search)s = '' OR CASE WHEN %(is_number)s THEN t.number::text = %(search)s
        ELSE o.contact_name ILIKE %(like)s OR o.contact_phone ILIKE %(like)s OR o.contact_email ILIKE %(like)s END)
ORDER BY o.contact_name, t.number
"""
_DOOR_SQL = """
SELECT x.public_id, f.public_id, f.name, x.starts_at, x.ends_at, x.state, s.total,
    count(t.id) FILTER (WHERE b.state = ANY(%(paid)s)),
    count(t.id) FILTER (WHERE b.state = ANY(%(paid)s) AND t.checked_in_at IS NOT NULL)
FROM availability_session x
JOIN availability_supply s ON s.business_id = x.business_id AND s.id = x.supply_id
JOIN catalog_offering f ON f.business_id = x.business_id AND f.id = x.offering_id
LEFT JOIN booking_ticket t ON t.business_id = x.business_id AND t.session_id = x.id AND t.voided_at IS NULL
LEFT JOIN booking_booking b ON b.business_id = t.business_id AND b.id = t.booking_id
WHERE x.business_id = %(business)s AND x.starts_at < %(until)s AND x.ends_at > %(since)s
    AND (x.state <> 'cancelled' OR x.cancel_reason <> ALL(%(unseen)s))
    AND (%(member)s::bigint IS NULL OR EXISTS (
        SELECT 1 FROM availability_allocation a
        JOIN resources_resource r ON r.business_id = a.business_id AND r.id = a.resource_id
        WHERE a.business_id = x.business_id AND a.owner_kind = 'session' AND a.owner_id = x.id
            AND a.state <> 'released' AND r.member_id = %(member)s
    ))
GROUP BY x.id, s.id, f.id
ORDER BY x.starts_at, x.id
"""


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One expected guest as the check-in screen lists them. Public ids."""

    id: str
    number: int
    ticket_type_id: str
    ticket_type: str
    name: str
    order_id: str
    booking_id: str
    booking_state: str
    checked_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class DoorRow:
    """A session as the door sees it: how many tickets are expected, how many have come."""

    session_id: str
    offering_id: str
    offering: str
    starts_at: datetime
    ends_at: datetime
    state: str
    capacity: int
    expected: int
    arrived: int


def list_tickets(business_id: int, session_id: str, *, search: str = "") -> list[TicketRow]:
    """Good tickets of a session, by name and number. `search`: a part of name, phone or e-mail, or the very number.

    One query.
    """
    text = " ".join(search.split()).removeprefix("#")
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    parameters: dict[str, Any] = {
        "business": business_id,
        "session": session_id,
        "paid": sorted(PAID),
        "search": text,
        "is_number": text.isdigit() and len(text) < SHORTEST_PHONE,
        "like": like,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TICKETS_SQL, parameters)
        return [TicketRow(*row) for row in cursor.fetchall()]


def list_doors(
    business_id: int, since: datetime, until: datetime, *, led_by: int | None = None
) -> list[DoorRow]:
    """Sessions that touch `[since, until)`, by start. `led_by`: only those of resources of this member. One query."""
    parameters: dict[str, Any] = {
        "business": business_id,
        "since": since,
        "until": until,
        "paid": sorted(PAID),
        "unseen": [LEFT_SCHEDULE, LEFT_BY_ALL],
        "member": led_by,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DOOR_SQL, parameters)
        return [DoorRow(*row) for row in cursor.fetchall()]


def find_ticket(business_id: int, code: str) -> Ticket | None:
    """By what its QR says, with everything that the door shows of it."""
    with scope(business=business_id):
        return (
            Ticket.objects.select_related(
                "session", "ticket_type", "booking__order", "booking__location", "booking__offering"
            )
            .filter(business_id=business_id, code=code)
            .first()
        )


def find_ticket_by_id(business_id: int, ticket_id: str) -> Ticket | None:
    with scope(business=business_id):
        return (
            Ticket.objects.select_related(
                "session", "ticket_type", "booking__order", "booking__location", "booking__offering"
            )
            .filter(business_id=business_id, public_id=ticket_id)
            .first()
        )


def bookings_of_session(
    business_id: int, session_id: str, *, states: Collection[str] = ACTIVE
) -> list[Booking]:
    """Bookings with places in a session, with their orders, by order: those that stand or are held."""
    with scope(business=business_id):
        found = Booking.objects.select_related("order").filter(
            business_id=business_id, session__public_id=session_id, state__in=list(states)
        )
        return list(found.order_by("order_id", "id"))
