"""Reads of sessions: when they are, how many places are left, and with whom. Each is one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from horarium.kit.errors import NotFound
from horarium.platform.database.prepared import prepared_cursor

from .rules.schedules import KnownSession

LEFT_SCHEDULE = "schedule"
"""The reason of sessions that their schedule does not have any more and that nobody had booked."""
LEFT_BY_ALL = "left"
"""The reason of shared sessions without guests. Nobody is told of either."""

# Of a shared session lives what holds a resource; one without any lives by itself.
_COLUMNS = """
    x.id, x.public_id, x.offering_id, x.supply_id, x.starts_at, x.ends_at, x.state, s.total,
    s.taken - h.lapsed - coalesce(own.quantity, 0), h.held, h.lapses_at, x.is_shared,
    NOT x.is_shared OR coalesce(r.is_live, true), coalesce(r.resources, '{}'), x.min_places, x.decide_at,
    x.decided_at, x.note, x.cancel_reason
FROM availability_session x
JOIN availability_supply s ON s.business_id = x.business_id AND s.id = x.supply_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(a.quantity) FILTER (WHERE a.expires_at <= %(now)s), 0)::int AS lapsed,
        coalesce(sum(a.quantity) FILTER (WHERE a.expires_at > %(now)s), 0)::int AS held,
        min(date_part('epoch', a.expires_at)) FILTER (WHERE a.expires_at > %(now)s) AS lapses_at
    FROM availability_supplyallocation a
    WHERE a.business_id = x.business_id AND a.supply_id = x.supply_id AND a.state = 'held'
) h
CROSS JOIN LATERAL (
    SELECT array_agg(a.resource_id ORDER BY a.resource_id) FILTER (WHERE live.is_so) AS resources,
        bool_or(live.is_so) AS is_live
    FROM availability_allocation a
    CROSS JOIN LATERAL (SELECT a.state = 'taken' OR a.state = 'held' AND a.expires_at > %(now)s AS is_so) live
    WHERE a.business_id = x.business_id AND a.owner_kind = 'session' AND a.owner_id = x.id
) r
LEFT JOIN LATERAL (
    SELECT sum(a.quantity)::int AS quantity FROM availability_supplyallocation a
    JOIN unnest(%(kinds)s::text[], %(owners)s::bigint[]) AS one (kind, id)
        ON a.owner_kind = one.kind AND a.owner_id = one.id
    WHERE a.business_id = x.business_id AND a.supply_id = x.supply_id
        AND (a.state = 'taken' OR a.state = 'held' AND a.expires_at > %(now)s)
) own ON true
WHERE x.business_id = %(business)s
"""
_BETWEEN_SQL = f"""
SELECT {_COLUMNS} AND x.offering_id = ANY(%(offerings)s) AND x.starts_at >= %(start)s AND x.starts_at < %(end)s
    AND (x.state <> 'cancelled' OR x.cancel_reason NOT IN ('{LEFT_SCHEDULE}', '{LEFT_BY_ALL}'))
ORDER BY x.starts_at, x.id
"""
_ONE_SQL = f"SELECT {_COLUMNS} AND x.public_id = %(session)s"
_REVISIONS_SQL = """
SELECT coalesce(array_agg(s.id ORDER BY s.id), '{}'), coalesce(array_agg(s.revision ORDER BY s.id), '{}')
FROM availability_session x JOIN availability_supply s ON s.business_id = x.business_id AND s.id = x.supply_id
WHERE x.business_id = %s AND x.offering_id = %s AND x.starts_at >= %s AND x.starts_at < %s
"""
_OF_SCHEDULE_SQL = """
SELECT x.id, x.occurs_on, x.starts_at, x.ends_at, x.state = 'cancelled', x.is_edited,
    s.taken - (
        SELECT coalesce(sum(a.quantity), 0)::int FROM availability_supplyallocation a
        WHERE a.business_id = x.business_id AND a.supply_id = s.id AND a.state = 'held' AND a.expires_at <= %(now)s
    )
FROM availability_session x JOIN availability_supply s ON s.business_id = x.business_id AND s.id = x.supply_id
WHERE x.business_id = %(business)s AND x.schedule_id = %(schedule)s AND x.starts_at > %(now)s
    AND x.occurs_on IS NOT NULL
ORDER BY x.occurs_on
"""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session as it stands now. `taken`: places sold and held, `held`: the part of it that may lapse.

    `is_alive`: false for a shared session whose guests' holds have all lapsed: others may take its resources.
    `resources`: keys of those that it takes.
    """

    id: int
    public_id: str
    offering_id: int
    supply_id: int
    starts_at: datetime
    ends_at: datetime
    state: str
    total: int
    taken: int
    held: int
    lapses_at: float | None
    is_shared: bool
    is_alive: bool
    resources: tuple[int, ...]
    min_places: int
    decide_at: datetime | None
    decided_at: datetime | None
    note: str
    cancel_reason: str

    @property
    def free(self) -> int:
        return self.total - self.taken

    @property
    def sold(self) -> int:
        return self.taken - self.held

    @property
    def is_scheduled(self) -> bool:
        return self.state == "scheduled"

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def read_sessions(
    business_id: int,
    offering_ids: Collection[int],
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> list[SessionFacts]:
    """Sessions of these offerings that start in `[starts_at, ends_at)`, by start; those cancelled for guests as well.

    `besides`: owners (kind, key) whose own places count as free, for a booking that is being changed.
    """
    parameters = _parameters(business_id, now, besides)
    parameters |= {"offerings": list(offering_ids), "start": starts_at, "end": ends_at}
    with prepared_cursor() as cursor:
        cursor.execute(_BETWEEN_SQL, parameters)
        return [_facts(row) for row in cursor.fetchall()]


def get_session_facts(
    business_id: int, session_id: str, now: datetime, *, besides: Iterable[tuple[str, int]] = ()
) -> SessionFacts:
    """By public id. Raises NotFound."""
    with prepared_cursor() as cursor:
        cursor.execute(_ONE_SQL, _parameters(business_id, now, besides) | {"session": session_id})
        row = cursor.fetchone()
    if row is None:
        raise NotFound("session", params={"kind": "session"})
    return _facts(row)


def find_offering_of_session(business_id: int, session_id: str) -> int | None:
    """The key of the offering, or None for a session that is not there."""
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT offering_id FROM availability_session WHERE business_id = %s AND public_id = %s",
            [business_id, session_id],
        )
        row = cursor.fetchone()
    return None if row is None else int(row[0])


def read_session_revisions(
    business_id: int, offering_id: int, starts_at: datetime, ends_at: datetime
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What every answer about these sessions depends on, besides the clock: keys and revisions of their supplies."""
    with prepared_cursor() as cursor:
        cursor.execute(_REVISIONS_SQL, [business_id, offering_id, starts_at, ends_at])
        ids, revisions = cursor.fetchone()
    return tuple(ids), tuple(revisions)


def read_sessions_of_schedule(business_id: int, schedule_id: int, now: datetime) -> list[KnownSession]:
    """Those that have not started, cancelled ones too, by the date they stand for."""
    with prepared_cursor() as cursor:
        cursor.execute(
            _OF_SCHEDULE_SQL,
            {"business": business_id, "schedule": schedule_id, "now": now},
        )
        return [KnownSession(*row) for row in cursor.fetchall()]


def _parameters(business_id: int, now: datetime, besides: Iterable[tuple[str, int]]) -> dict[str, Any]:
    owners = list(besides)
    return {
        "business": business_id,
        "now": now,
        "kinds": [kind for kind, _ in owners],
        "owners": [key for _, key in owners],
    }


def _facts(row: tuple[Any, ...]) -> SessionFacts:
    return SessionFacts(*(*row[:13], tuple(row[13]), *row[14:]))
