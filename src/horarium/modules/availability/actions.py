"""Taking and giving back time. The exclusion constraint judges; everything here makes its verdict clear and quick.

Parallel inserts against an exclusion constraint deadlock in a rush, and so do two moves that swap their places, so each
change first locks the rows of its resources in the order of their keys, and raises their revisions. Do this last in a
transaction and commit soon after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from horarium.kit.errors import NotFound
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.database.rows import as_json

from .errors import NotFree
from .models import AllocationState, OwnerKind
from .rules.reasons import Reason

_WANTED = """(
    SELECT resource_id, owner_id, starts, tstzrange(to_timestamp(starts), to_timestamp(ends)) AS during
    FROM json_to_recordset(%(wanted)s::json) AS one (resource_id bigint, starts bigint, ends bigint, owner_id bigint)
) AS wanted"""
RELEASE_LAPSED_SQL = f"""
WITH lapsed AS MATERIALIZED (
    SELECT a.id FROM availability_allocation a
    JOIN {_WANTED} ON a.resource_id = wanted.resource_id AND a.during && wanted.during
    WHERE a.business_id = %(business)s AND a.state = 'held' AND a.expires_at <= %(now)s
    ORDER BY a.id FOR NO KEY UPDATE OF a
)
UPDATE availability_allocation a SET state = 'released' FROM lapsed
WHERE a.id = lapsed.id AND a.state = 'held' AND a.expires_at <= %(now)s
"""
# Counting the locked rows makes the insert wait until all of them are locked. What others have taken meanwhile is
# younger than the statement's snapshot, but the constraint looks at what is there.
_TAKE_SQL = f"""
WITH locked AS MATERIALIZED (
    SELECT id FROM resources_resource
    WHERE business_id = %(business)s AND id = ANY(%(resources)s) ORDER BY id FOR NO KEY UPDATE
), raised AS (
    UPDATE resources_resource SET calendar_revision = calendar_revision + 1
    WHERE id = ANY(ARRAY(SELECT id FROM locked))
), inserted AS (
    INSERT INTO availability_allocation
        (business_id, resource_id, during, state, expires_at, owner_kind, owner_id)
    SELECT %(business)s, wanted.resource_id, wanted.during, %(state)s, %(expires)s, %(owner_kind)s, wanted.owner_id
    FROM {_WANTED}
    WHERE (SELECT count(*) FROM locked) = %(known)s
    ORDER BY wanted.resource_id, wanted.starts
    ON CONFLICT DO NOTHING
    RETURNING resource_id, lower(during) AS starts_at, owner_id
)
SELECT (SELECT count(*) FROM locked), resource_id, floor(extract(epoch FROM starts_at))::bigint, owner_id
FROM (VALUES (1)) AS one (row) LEFT JOIN inserted ON true
"""
_RAISE_REVISIONS_SQL = """
WITH changed AS MATERIALIZED (
    SELECT id FROM resources_resource WHERE business_id = %s AND id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
)
UPDATE resources_resource SET calendar_revision = calendar_revision + 1
WHERE id = ANY(ARRAY(SELECT id FROM changed))
"""


@dataclass(frozen=True, slots=True)
class Taking:
    """Time of one resource for one owner, seconds since the epoch, buffers included."""

    resource_id: int
    starts: int
    ends: int
    owner_id: int

    def as_json(self) -> dict[str, int]:
        return {
            "resource_id": self.resource_id,
            "starts": self.starts,
            "ends": self.ends,
            "owner_id": self.owner_id,
        }


def take(
    business_id: int,
    takings: Sequence[Taking],
    *,
    owner_kind: OwnerKind,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Take all of it or nothing: a hold when `expires_at` is given, else for good.

    Lapsed holds in the way are released in the same transaction. Raises NotFree when anything is taken, and
    NotFound for a resource of another business; call it inside a savepoint if the transaction is to go on after that.
    """
    if not takings:
        return
    state = AllocationState.TAKEN if expires_at is None else AllocationState.HELD
    fixed = {
        "business": business_id,
        "state": state.value,
        "expires": expires_at,
        "owner_kind": owner_kind.value,
    }
    with prepared_cursor() as cursor:
        missing = _insert(cursor, takings, fixed)
        if not missing:
            return
        cursor.execute(RELEASE_LAPSED_SQL, wanted_json(missing) | {"business": business_id, "now": now})
        if not cursor.rowcount or _insert(cursor, missing, fixed):
            raise NotFree(Reason.TAKEN)


def _insert(cursor: CursorWrapper, takings: Sequence[Taking], fixed: Mapping[str, Any]) -> list[Taking]:
    """Lock the resources and insert what is free of it. Returns the rest. Raises NotFound."""
    resources = list({one.resource_id for one in takings})
    cursor.execute(
        _TAKE_SQL, {**wanted_json(takings), **fixed, "resources": resources, "known": len(resources)}
    )
    rows = cursor.fetchall()
    if rows[0][0] != len(resources):
        raise NotFound("resource", params={"kind": "resource"})
    inserted = Counter(row[1:] for row in rows)
    missing = []
    for one in takings:
        key = (one.resource_id, one.starts, one.owner_id)
        if inserted[key] > 0:
            inserted[key] -= 1
        else:
            missing.append(one)
    return missing


def wanted_json(takings: Sequence[Taking]) -> dict[str, Any]:
    """What is wanted, as `RELEASE_LAPSED_SQL` and its like read it."""
    return {"wanted": as_json([one.as_json() for one in takings])}


def release(business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int]) -> int:
    """Give back everything that these owners hold or have taken. Returns how many allocations were released."""
    owners = list(owner_ids)
    lock_resources(business_id, _resources_of(business_id, owner_kind, owners))
    changed = _change(business_id, owner_kind, owners, "state = 'released'", "state IN ('held', 'taken')")
    return len(changed)


def firm_up(business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int]) -> int:
    """Turn the holds of these owners, lapsed or not, into taken time. Returns how many were live as holds.

    A hold that lapsed and was released by somebody else's booking is not there any more and does not count.
    """
    owners = list(owner_ids)
    lock_resources(business_id, _resources_of(business_id, owner_kind, owners))
    changed = _change(business_id, owner_kind, owners, "state = 'taken', expires_at = NULL", "state = 'held'")
    return len(changed)


def hold_until(
    business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int], expires_at: datetime
) -> None:
    """What these owners have taken lapses then, unless it is firmed up before. Locks nothing but its own rows: call it
    after `take` or `firm_up` of the same owners.
    """
    with prepared_cursor() as cursor:
        cursor.execute(
            """UPDATE availability_allocation SET state = 'held', expires_at = %s
            WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND state IN ('held', 'taken')""",
            [expires_at, business_id, owner_kind, list(owner_ids)],
        )


def retake(business_id: int, takings: Sequence[Taking], *, owner_kind: OwnerKind, now: datetime) -> None:
    """New time for owners, their old time released in the same transaction. Raises NotFree and changes nothing.

    The old time may overlap the new: it is put aside before the judge is asked, inside one savepoint.
    """
    with transaction.atomic():
        owners = {one.owner_id for one in takings}
        old = _resources_of(business_id, owner_kind, owners)
        lock_resources(business_id, old | {one.resource_id for one in takings})
        _change(business_id, owner_kind, owners, "state = 'released'", "state IN ('held', 'taken')")
        take(business_id, takings, owner_kind=owner_kind, now=now)


def _resources_of(business_id: int, owner_kind: OwnerKind, owners: Iterable[int]) -> set[int]:
    with prepared_cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT resource_id FROM availability_allocation
            WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND state IN ('held', 'taken')""",
            [business_id, owner_kind, list(owners)],
        )
        return {row[0] for row in cursor.fetchall()}


def _change(
    business_id: int, owner_kind: OwnerKind, owner_ids: Iterable[int], change: str, condition: str
) -> list[int]:
    """Change the allocations of these owners; the resources of those that were changed, once for each."""
    with prepared_cursor() as cursor:
        cursor.execute(
            f"""WITH own AS MATERIALIZED (
                SELECT id FROM availability_allocation
                WHERE business_id = %s AND owner_kind = %s AND owner_id = ANY(%s) AND {condition}
                ORDER BY id FOR NO KEY UPDATE
            )
            UPDATE availability_allocation a SET {change} FROM own WHERE a.id = own.id AND {condition}
            RETURNING a.resource_id""",
            [business_id, owner_kind, list(owner_ids)],
        )
        return [row[0] for row in cursor.fetchall()]


def lock_resources(business_id: int, resource_ids: Collection[int]) -> None:
    """Lock them until the end of the transaction and raise their revisions: what was computed about them may change.

    In the order of their keys: whoever needs them for more than one call locks all of them first. Raises NotFound.
    """
    if not resource_ids:
        return
    with prepared_cursor() as cursor:
        cursor.execute(_RAISE_REVISIONS_SQL, [business_id, list(resource_ids)])
        if cursor.rowcount != len(resource_ids):
            raise NotFound("resource", params={"kind": "resource"})
