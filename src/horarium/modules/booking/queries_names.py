"""Bookings by their integer keys, for those who know an allocation and want to know whose it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class NamedBooking:
    """Who has the time. Instants in UTC, without buffers."""

    key: int
    id: str
    order_id: str
    state: str
    starts_at: datetime
    ends_at: datetime
    party: int
    offering_key: int
    contact_name: str
    contact_email: str
    contact_phone: str
    is_resource_chosen: bool
    is_stay: bool


def name_bookings(business_id: int, keys: Collection[int]) -> dict[int, NamedBooking]:
    """One query. `is_stay`: it was sold by nights."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT b.id, b.public_id, o.public_id, b.state, b.starts_at, b.ends_at, b.party, b.offering_id,
                o.contact_name, o.contact_email, o.contact_phone, b.is_resource_chosen, f.mode = 'stay'
            FROM booking_booking b
            JOIN booking_order o ON o.business_id = b.business_id AND o.id = b.order_id
            JOIN catalog_offering f ON f.business_id = b.business_id AND f.id = b.offering_id
            WHERE b.business_id = %s AND b.id = ANY(%s)""",
            [business_id, list(keys)],
        )
        return {row[0]: NamedBooking(*row) for row in cursor.fetchall()}
