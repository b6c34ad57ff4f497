"""The door as JSON. Instants carry the offset of the location of the session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from horarium.kit.zones import zone
from horarium.modules.availability.queries_sessions import SessionFacts
from horarium.modules.booking.models import Ticket
from horarium.modules.booking.queries_goods import GoodsRow
from horarium.modules.booking.queries_tickets import TicketRow
from horarium.modules.catalog.rules import Catalog
from horarium.workflows.check_in_tickets import CheckIn


def check_in_json(found: CheckIn) -> dict[str, Any]:
    ticket = found.ticket
    since = None if ticket is None else _local(found.since, _zone(ticket))
    return {
        "outcome": str(found.outcome),
        "since": since,
        "ticket": None if ticket is None else shown_ticket_json(ticket),
    }


def shown_ticket_json(ticket: Ticket) -> dict[str, Any]:
    tz = _zone(ticket)
    return {
        "id": ticket.public_id,
        "number": ticket.number,
        "ticket_type": {"id": ticket.ticket_type.public_id, "name": ticket.ticket_type.name},
        "name": ticket.booking.order.contact_name,
        "session": ticket.session.public_id,
        "start": ticket.session.starts_at.astimezone(tz),
        "order": ticket.booking.order.public_id,
        "booking": ticket.booking.public_id,
        "checked_in_at": _local(ticket.checked_in_at, tz),
    }


def session_tickets_json(
    session: SessionFacts, tz: ZoneInfo, everybody: Sequence[TicketRow], chosen: Sequence[TicketRow]
) -> dict[str, Any]:
    return {
        "session": session.public_id,
        "start": session.starts_at.astimezone(tz),
        "expected": len(everybody),
        "arrived": sum(one.checked_in_at is not None for one in everybody),
        "items": [_row_json(one, tz) for one in chosen],
    }


def _row_json(row: TicketRow, tz: ZoneInfo) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "ticket_type": {"id": row.ticket_type_id, "name": row.ticket_type},
        "name": row.name,
        "order": row.order_id,
        "booking": row.booking_id,
        "booking_state": row.booking_state,
        "checked_in_at": _local(row.checked_in_at, tz),
    }


def _zone(ticket: Ticket) -> ZoneInfo:
    return zone(ticket.booking.location.time_zone)


def _local(instant: datetime | None, tz: ZoneInfo) -> datetime | None:
    return None if instant is None else instant.astimezone(tz)


def goods_row_json(catalog: Catalog, row: GoodsRow) -> dict[str, Any]:
    products = [catalog.product_of_key(one.product_id) for one in row.lines]
    return {
        "id": row.order_id,
        "state": row.status,
        "created_at": row.created_at,
        "contact": {"name": row.contact_name, "email": row.contact_email, "phone": row.contact_phone},
        "goods": [
            {
                "product": {"id": product.public_id, "name": product.name},
                "quantity": line.quantity,
                "state": line.state,
            }
            for product, line in zip(products, row.lines, strict=True)
        ],
        "has_bookings": row.has_bookings,
        "total": row.total.as_json(),
        "payment_state": row.payment_state,
    }
