"""The rows of a new order by one statement: the order, its bookings, who serves them, their extras."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from horarium.platform.database.rows import Part, as_json, columns_of, rows_of, write_together

from .models import Booking, Order


@dataclass(frozen=True, slots=True)
class NewParts:
    """What hangs on a booking: `(resource, requirement)` and `(extra, quantity)`, by their keys."""

    assigned: Sequence[tuple[int, int | None]]
    extras: Sequence[tuple[int, int]] = ()


def insert_order(
    order: Order, bookings: Sequence[Booking], parts: Sequence[NewParts], beside: Sequence[Part]
) -> None:
    """Write unsaved objects and give them their keys."""
    pairs = list(zip(bookings, parts, strict=True))
    rows = write_together(
        _sql(),
        {
            "order": rows_of([order]),
            "bookings": rows_of(bookings),
            "assigned": as_json(
                [
                    {"booking": booking.public_id, "resource": resource, "requirement": requirement}
                    for booking, part in pairs
                    for resource, requirement in part.assigned
                ]
            ),
            "extras": as_json(
                [
                    {"booking": booking.public_id, "extra": extra, "quantity": quantity}
                    for booking, part in pairs
                    for extra, quantity in part.extras
                ]
            ),
        },
        beside,
    )
    keys = {public_id: key for public_id, key, _ in rows}
    order.pk, order._state.adding = rows[0][2], False
    for booking in bookings:
        booking.pk, booking._state.adding = keys[booking.public_id], False
        booking.order = order


@cache
def _sql() -> str:
    of_order, of_booking = columns_of(Order), columns_of(Booking, "order_id")
    return f"""
WITH new_order AS (
    INSERT INTO booking_order ({of_order})
    SELECT {of_order} FROM json_populate_recordset(NULL::booking_order, %(order)s::json) RETURNING id
), new_booking AS (
    INSERT INTO booking_booking (order_id, {of_booking})
    SELECT (SELECT id FROM new_order), {of_booking}
    FROM json_populate_recordset(NULL::booking_booking, %(bookings)s::json)
    RETURNING id, business_id, public_id, order_id
), new_assignment AS (
    INSERT INTO booking_assignment (business_id, booking_id, resource_id, requirement_id)
    SELECT b.business_id, b.id, part.resource, part.requirement
    FROM json_to_recordset(%(assigned)s::json) AS part (booking text, resource bigint, requirement bigint)
    JOIN new_booking b ON b.public_id = part.booking
), new_extra AS (
    INSERT INTO booking_bookingextra (business_id, booking_id, extra_id, quantity)
    SELECT b.business_id, b.id, part.extra, part.quantity
    FROM json_to_recordset(%(extras)s::json) AS part (booking text, extra bigint, quantity int)
    JOIN new_booking b ON b.public_id = part.booking
)
SELECT b.public_id, b.id, o.id FROM new_order o LEFT JOIN new_booking b ON true
"""
