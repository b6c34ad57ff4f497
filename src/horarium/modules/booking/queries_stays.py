"""Which stays may change rooms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from horarium.platform.database.prepared import prepared_cursor

_MOVABLE_SQL = """
SELECT b.id, b.offering_id, extract(epoch FROM b.starts_at)::float8
FROM booking_booking b JOIN booking_order o ON o.business_id = b.business_id AND o.id = b.order_id
WHERE b.business_id = %(business)s AND b.offering_id = ANY(%(offerings)s)
    AND b.starts_at > %(now)s AND b.starts_at < %(end)s AND b.ends_at > %(start)s
    AND NOT b.is_pinned AND NOT b.is_resource_chosen
    AND (b.state = 'confirmed' OR b.state = 'held' AND o.expires_at > %(now)s
        OR b.state = 'pending' AND (b.approve_by IS NULL OR b.approve_by > %(now)s))
"""


def list_movable_stays(
    business_id: int, offering_ids: Collection[int], between: tuple[datetime, datetime], now: datetime
) -> dict[int, tuple[int, float]]:
    """Keys of the bookings of these offerings that touch the time and may get another room, with the key of their
    offering and the second of their start. One query.

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
        return {key: (offering_id, starts) for key, offering_id, starts in cursor.fetchall()}
