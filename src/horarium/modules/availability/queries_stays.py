"""What is taken of rooms over long spans, with the bookings that have taken it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from horarium.platform.database.prepared import prepared_cursor

from .rules.stays import Taken

_TAKEN_SQL = """
SELECT resource_id, floor(extract(epoch FROM lower(during)))::bigint, ceil(extract(epoch FROM upper(during)))::bigint,
    owner_kind, owner_id, CASE WHEN state = 'held' THEN extract(epoch FROM expires_at)::float8 END
FROM availability_allocation
WHERE business_id = %(business)s AND resource_id = ANY(%(resources)s) AND state IN ('held', 'taken')
    AND (state = 'taken' OR expires_at > %(now)s)
    AND upper(during) > %(start)s AND lower(during) < %(end)s
ORDER BY resource_id, lower(during)
"""


@dataclass(frozen=True, slots=True)
class TakenTime:
    """By resource, in order of time; `lapses_at` is when the first hold among it runs out (seconds)."""

    by_resource: dict[int, list[Taken]]
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
    parameters: dict[str, Any] = {
        "business": business_id,
        "resources": list(resource_ids),
        "start": datetime.fromtimestamp(seconds[0], UTC),
        "end": datetime.fromtimestamp(seconds[1], UTC),
        "now": now,
    }
    found: dict[int, list[Taken]] = {one: [] for one in resource_ids}
    own, lapses = set(besides), []
    with prepared_cursor() as cursor:
        cursor.execute(_TAKEN_SQL, parameters)
        for resource_id, starts, ends, kind, owner_id, expires in cursor.fetchall():
            if own and (kind, owner_id) in own:
                continue
            booking_id = owner_id if kind == "booking" else 0
            found[resource_id].append(Taken(starts, ends, kind == "block", booking_id))
            if expires is not None:
                lapses.append(expires)
    return TakenTime(found, min(lapses, default=None))
