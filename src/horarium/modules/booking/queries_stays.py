"""Which stays may change rooms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from horarium.platform.database.prepared import prepared_cursor

from .models import Booking
from .rules import may_change_rooms

_MOVABLE_SQL = """
SELECT b.offering_id, array_agg(b.id), min(date_part('epoch', b.starts_at))
FROM booking_booking b JOIN booking_order o ON o.business_id = b.business_id AND o.id = b.order_id
WHERE b.business_id = %(business)s AND b.offering_id = ANY(%(offerings)s)
    AND b.starts_at > %(now)s AND b.starts_at < %(end)s AND b.ends_at > %(start)s
    AND NOT b.is_pinned AND NOT b.is_resource_chosen
    AND (b.state = 'confirmed' OR b.state = 'held' AND o.expires_at > %(now)s
        OR b.state = 'pending' AND (b.approve_by IS NULL OR b.approve_by > %(now)s))
GROUP BY b.offering_id
"""


@dataclass(frozen=True, slots=True)
class MovableStays:
    """Keys of bookings by the key of their offering, and the second at which the first of them begins."""

    bookings: dict[int, list[int]]
    first_starts: float | None


def list_movable_stays(
    business_id: int, offering_ids: Collection[int], between: tuple[datetime, datetime], now: datetime
) -> MovableStays:
    """Bookings of these offerings that touch the time and may get another room. One query.

    They have not begun, are not pinned, and nobody chose their room.
    """
    with prepared_cursor() as cursor:
        cursor.execute(
            _MOVABLE_SQL,
            {
                "business": business_id,
                "offerings": list(offering_ids),
                "start": between[0],
                "end": between[1],
                "now": now,
            },
        )
        rows = cursor.fetchall()
    return MovableStays({row[0]: row[1] for row in rows}, min((row[2] for row in rows), default=None))


def is_room_open(booking: Booking, mode: str, state: str, now: datetime) -> bool:
    """Whether the booking may still be given another room. `state`: as it is now, a lapsed hold an expired one."""
    is_kept = booking.is_pinned or booking.is_resource_chosen
    return may_change_rooms(mode, state, is_kept=is_kept, has_begun=booking.starts_at <= now)
