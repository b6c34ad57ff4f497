"""What is taken of rooms over long spans, with the bookings that have taken it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.database.rows import as_array

from .rules.stays import Room

_LIVE = """
SELECT resource_id, during, state, expires_at, owner_kind, owner_id FROM availability_allocation
WHERE business_id = %(business)s AND resource_id = ANY(%(resources)s) AND state IN ('held', 'taken')
    AND (state = 'taken' OR expires_at > %(now)s) AND upper(during) > %(start)s AND lower(during) < %(end)s
"""
# A room a row, with what is taken of it in arrays: a year of a large hotel is read in a fraction of the time that its
# rows would need. Two branches because each has its own index.
_TAKEN_SQL = f"""
SELECT a.resource_id, array_agg(floor(date_part('epoch', lower(a.during)))::bigint ORDER BY lower(a.during)),
    array_agg(ceil(date_part('epoch', upper(a.during)))::bigint ORDER BY lower(a.during)),
    array_agg(a.owner_kind = 'block' ORDER BY lower(a.during)),
    array_agg(CASE WHEN a.owner_kind = 'booking' THEN a.owner_id ELSE 0 END ORDER BY lower(a.during)),
    min(date_part('epoch', a.expires_at)) FILTER (WHERE a.state = 'held')
FROM (
    {_LIVE} AND upper(during) - lower(during) <= interval '1 day' AND lower(during) > %(start)s - interval '1 day'
    UNION ALL
    {_LIVE} AND NOT (upper(during) - lower(during) <= interval '1 day')
) a
WHERE NOT EXISTS (SELECT 1 FROM unnest(%(kinds)s::text[], %(owners)s::bigint[]) AS own (kind, id)
    WHERE own.kind = a.owner_kind AND own.id = a.owner_id)
GROUP BY a.resource_id
"""


@dataclass(frozen=True, slots=True)
class TakenTime:
    """By resource (none for one that is wholly free); `lapses_at`: when the first hold runs out (seconds)."""

    rooms: dict[int, Room]
    lapses_at: float | None


def read_taken(
    business_id: int,
    resource_ids: Collection[int],
    seconds: tuple[int, int],
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> TakenTime:
    """Whatever touches `[seconds[0], seconds[1])` of these resources. One query.

    `besides`: owners (kind, key) whose own time counts as free, for a booking that is being moved.
    """
    own = list(besides)
    parameters: dict[str, Any] = {
        "business": business_id,
        "resources": as_array(resource_ids),
        "start": datetime.fromtimestamp(seconds[0], UTC),
        "end": datetime.fromtimestamp(seconds[1], UTC),
        "now": now,
        "kinds": [kind for kind, _ in own],
        "owners": [key for _, key in own],
    }
    with prepared_cursor() as cursor:
        cursor.execute(_TAKEN_SQL, parameters)
        rows = cursor.fetchall()
    lapses = [row[5] for row in rows if row[5] is not None]
    return TakenTime({row[0]: Room(*row[1:5]) for row in rows}, min(lapses, default=None))
