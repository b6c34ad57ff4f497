"""The rows of a new order by one statement: the order, its bookings, who serves them, their extras, their time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from horarium.modules.customers.actions import CUSTOMER
from horarium.modules.customers.errors import CustomerUnsettled
from horarium.platform.database.rows import Part, as_json, columns_of, rows_of, write_together

from .models import Booking, Order

NEW_BOOKINGS = "new_booking"
"""The part of the statement that has the keys of the bookings, by `public_id`."""
_ASSIGNMENTS = """
INSERT INTO booking_assignment (business_id, booking_id, resource_id, requirement_id)
SELECT b.business_id, b.id, part.resource, part.requirement
FROM json_to_recordset(%(assigned)s::json) AS part (booking text, resource bigint, requirement bigint)
JOIN new_booking b ON b.public_id = part.booking
"""
_EXTRAS = """
INSERT INTO booking_bookingextra (business_id, booking_id, extra_id, quantity)
SELECT b.business_id, b.id, part.extra, part.quantity
FROM json_to_recordset(%(extras)s::json) AS part (booking text, extra bigint, quantity int)
JOIN new_booking b ON b.public_id = part.booking
"""


@dataclass(frozen=True, slots=True)
class NewParts:
    """What hangs on a booking: `(resource, requirement)` and `(extra, quantity)`, by their keys."""

    assigned: Sequence[tuple[int, int | None]]
    extras: Sequence[tuple[int, int]] = ()


def insert_order(
    customer: Sequence[Part],
    order: Order,
    bookings: Sequence[Booking],
    parts: Sequence[NewParts],
    beside: Sequence[Part],
    columns: str,
) -> tuple[Any, ...]:
    """Write unsaved objects and give them their keys. Returns what `columns` say of the parts `beside`.

    `customer`: the parts that find who orders, or make them. Raises CustomerUnsettled; then undo it.
    """
    rows = write_together(
        [*customer, *_rows(order, bookings, parts), *beside],
        f"""
SELECT b.public_id, b.id, o.id, o.customer_id, {columns} FROM new_order o LEFT JOIN new_booking b ON true
""",
    )
    if not rows:
        raise CustomerUnsettled("the customer is being made by others")
    keys = {row[0]: row[1] for row in rows}
    order.pk, order.customer_id, order._state.adding = rows[0][2], rows[0][3], False
    for booking in bookings:
        booking.pk, booking._state.adding = keys[booking.public_id], False
        booking.order = order
    return rows[0][4:]


def _rows(order: Order, bookings: Sequence[Booking], parts: Sequence[NewParts]) -> list[Part]:
    pairs = list(zip(bookings, parts, strict=True))
    assigned = [
        {"booking": booking.public_id, "resource": resource, "requirement": requirement}
        for booking, part in pairs
        for resource, requirement in part.assigned
    ]
    extras = [
        {"booking": booking.public_id, "extra": extra, "quantity": quantity}
        for booking, part in pairs
        for extra, quantity in part.extras
    ]
    rows = [
        Part("new_order", _order_sql(), {"order": rows_of([order])}),
        Part(NEW_BOOKINGS, _booking_sql(), {"bookings": rows_of(bookings)}),
    ]
    if assigned:
        rows.append(Part("new_assignment", _ASSIGNMENTS, {"assigned": as_json(assigned)}))
    if extras:
        rows.append(Part("new_extra", _EXTRAS, {"extras": as_json(extras)}))
    return rows


@cache
def _order_sql() -> str:
    columns = columns_of(Order, "customer_id")
    return f"""
INSERT INTO booking_order (customer_id, {columns})
SELECT who.id, {columns} FROM {CUSTOMER} who, json_populate_recordset(NULL::booking_order, %(order)s::json)
RETURNING id, customer_id
"""


@cache
def _booking_sql() -> str:
    columns = columns_of(Booking, "order_id")
    return f"""
INSERT INTO booking_booking (order_id, {columns})
SELECT o.id, {columns} FROM new_order o, json_populate_recordset(NULL::booking_booking, %(bookings)s::json)
RETURNING id, business_id, public_id
"""
