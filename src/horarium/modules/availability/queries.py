"""Reads of taken time, each one statement, so that its rows and revisions belong to one instant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from horarium.kit.errors import NotFound
from horarium.kit.timeline import Timeline
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.rules import OpeningRules
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.database.rows import as_array

from .rules.calendars import Calendar, Span, TakenRange, open_cells

_STAMP_SQL = """
SELECT b.id, b.catalog_revision,
    (SELECT array_agg(r.calendar_revision ORDER BY r.id) FROM resources_resource r WHERE r.business_id = b.id)
FROM tenancy_business b WHERE b.slug = %s AND b.is_active
"""

# Seconds by `date_part`, in floating point: `extract` counts in decimals, at several times the price. Floating point
# tells microseconds apart, so rounding to whole seconds is exact.
_COLUMNS = """
    resource_id, floor(date_part('epoch', lower(during)))::bigint, ceil(date_part('epoch', upper(during)))::bigint,
    owner_kind = 'block', CASE WHEN state = 'held' THEN date_part('epoch', expires_at) END
FROM availability_allocation
WHERE business_id = %(business)s AND resource_id = ANY(%(resources)s) AND state IN ('held', 'taken')
    AND (state = 'taken' OR expires_at > %(now)s)
"""
_OF_OTHERS = """
    AND (owner_kind, owner_id) NOT IN (SELECT * FROM unnest(%(kinds)s::text[], %(owners)s::bigint[]))
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What everything computed about a business depends on, besides the clock."""

    business_id: int
    catalog_revision: int
    calendars: tuple[int, ...]
    """Calendar revisions of all its resources, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Calendars of some resources over a span; `lapses_at` is when the first hold among them runs out (seconds)."""

    calendars: dict[int, Calendar]
    lapses_at: float | None


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A live block as lists and calendars show it."""

    public_id: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    resource_ids: tuple[int, ...]


def read_stamp(slug: str) -> Stamp:
    """One query. Raises NotFound for an unknown or inactive business."""
    with prepared_cursor() as cursor:
        cursor.execute(_STAMP_SQL, [slug])
        row = cursor.fetchone()
    if row is None:
        raise NotFound("business", params={"kind": "business"})
    return Stamp(row[0], row[1], tuple(row[2] or ()))


def read_calendars(
    catalog: Catalog,
    resource_ids: Collection[int],
    span: Span,
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> Snapshot:
    """Calendars of the resources. One query.

    `besides`: owners (kind, key) whose own time counts as free, for a booking that is being moved.
    """
    taken: dict[int, list[TakenRange]] = {resource_id: [] for resource_id in resource_ids}
    own = list(besides)
    lapses: list[float] = []
    parameters: dict[str, Any] = {
        "business": catalog.business.id,
        "resources": as_array(taken),
        "start": datetime.fromtimestamp(span.starts, UTC),
        "end": datetime.fromtimestamp(span.ends, UTC),
        "now": now,
    }
    if own:
        parameters |= {"kinds": [kind for kind, _ in own], "owners": [owner for _, owner in own]}
    with prepared_cursor() as cursor:
        cursor.execute(_taken_sql(_OF_OTHERS if own else ""), parameters)
        for resource_id, starts, ends, is_block, expires in cursor.fetchall():
            taken[resource_id].append(TakenRange(starts, ends, is_block))
            if expires is not None:
                lapses.append(expires)
    opened = _opened(catalog, taken, span)
    calendars = {
        resource_id: Calendar(opened[resource_id], tuple(ranges)) for resource_id, ranges in taken.items()
    }
    return Snapshot(calendars, min(lapses, default=None))


def list_blocks(business_id: int, starts_at: datetime, ends_at: datetime) -> list[BlockRow]:
    """Live blocks that touch `[starts_at, ends_at)`, by start. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(
            """SELECT b.public_id, b.starts_at, b.ends_at, b.reason, array_agg(a.resource_id ORDER BY a.resource_id)
            FROM availability_block b JOIN availability_allocation a
                ON a.business_id = b.business_id AND a.owner_kind = 'block' AND a.owner_id = b.id
                AND a.state = 'taken'
            WHERE b.business_id = %s AND b.removed_at IS NULL AND b.starts_at < %s AND b.ends_at > %s
            GROUP BY b.id ORDER BY b.starts_at, b.id""",
            [business_id, ends_at, starts_at],
        )
        return [BlockRow(*(*row[:4], tuple(row[4]))) for row in cursor.fetchall()]


def count_held(business_id: int, owner_kind: str, owner_ids: Collection[int]) -> dict[int, int]:
    """How many allocations of each owner are still held, lapsed or not. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(
            """SELECT owner_id, count(*) FROM availability_allocation
            WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND state = 'held'
            GROUP BY owner_id""",
            [business_id, owner_kind, list(owner_ids)],
        )
        return dict(cursor.fetchall())


@cache
def _taken_sql(also: str) -> str:
    """Two branches because each has its own index: most allocations last less than a day."""
    return f"""
SELECT {_COLUMNS} {also}
    AND upper(during) - lower(during) <= interval '1 day'
    AND lower(during) > %(start)s - interval '1 day' AND lower(during) < %(end)s AND upper(during) > %(start)s
UNION ALL
SELECT {_COLUMNS} {also}
    AND NOT (upper(during) - lower(during) <= interval '1 day')
    AND upper(during) > %(start)s AND lower(during) < %(end)s
"""


def _opened(catalog: Catalog, resource_ids: Iterable[int], span: Span) -> dict[int, Timeline]:
    """The open cells of each resource. Most of a business open alike, and are then asked about once."""
    alike: dict[tuple[OpeningRules, OpeningRules, bool], Timeline] = {}
    result = {}
    for resource_id in resource_ids:
        resource = catalog.resources[resource_id]
        rules = (resource.rules, catalog.locations[resource.location_id].rules, resource.follows_location)
        opened = alike.get(rules)
        if opened is None:
            opened = alike[rules] = open_cells(*rules, span)
        result[resource_id] = opened
    return result
