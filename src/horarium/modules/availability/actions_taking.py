"""Taking time. The exclusion constraint judges; everything here makes its verdict clear and quick.

Parallel inserts against an exclusion constraint deadlock in a rush, so each statement first locks the rows of its
resources in the order of their keys, and raises their revisions. Do this last in a transaction and commit soon after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from horarium.kit.errors import NotFound
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.database.rows import Part, as_array, as_json, write_together

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
_LOCKED = """
SELECT id FROM resources_resource
WHERE business_id = %(take_business)s AND id = ANY(%(take_resources)s) ORDER BY id FOR NO KEY UPDATE
"""
_RAISED = """
UPDATE resources_resource SET calendar_revision = calendar_revision + 1 WHERE id = ANY(ARRAY(SELECT id FROM locked))
"""
# Counting the locked rows makes the insert wait until all of them are locked. What others have taken meanwhile is
# younger than the statement's snapshot, but the constraint looks at what is there.
_TAKEN = """
INSERT INTO availability_allocation (business_id, resource_id, during, state, expires_at, owner_kind, owner_id)
SELECT %(take_business)s, wanted.resource_id, tstzrange(to_timestamp(wanted.starts), to_timestamp(wanted.ends)),
    %(take_state)s, %(take_expires)s, %(take_owner_kind)s, owner.id
FROM json_to_recordset(%(take_wanted)s::json) AS wanted (resource_id bigint, starts bigint, ends bigint, owner text)
JOIN {owners} AS owner ON owner.public_id = wanted.owner
WHERE (SELECT count(*) FROM locked) = %(take_known)s
ORDER BY wanted.resource_id, wanted.starts
ON CONFLICT DO NOTHING
RETURNING resource_id, floor(date_part('epoch', lower(during)))::bigint AS starts, owner_id
"""
TAKEN_COLUMNS = """
(SELECT count(*) FROM locked), (SELECT json_agg(json_build_array(resource_id, starts, owner_id)) FROM taken)
"""
"""What a statement with `take_beside` selects, and `complete` reads."""
Taken = tuple[int, list[list[int]] | None]


@dataclass(frozen=True, slots=True)
class Taking:
    """Time of one resource for one owner, seconds since the epoch, buffers included."""

    resource_id: int
    starts: int
    ends: int
    owner_id: int


@dataclass(frozen=True, slots=True)
class NewTaking:
    """As `Taking`, for an owner that the same statement writes and that is known by its public id only."""

    resource_id: int
    starts: int
    ends: int
    owner: str


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
    if takings:
        taken = _insert(business_id, takings, owner_kind, expires_at)
        complete(business_id, takings, taken, owner_kind=owner_kind, now=now, expires_at=expires_at)


def take_beside(
    business_id: int,
    takings: Sequence[NewTaking],
    owners: str,
    *,
    owner_kind: OwnerKind,
    expires_at: datetime | None,
) -> list[Part]:
    """The first try of `take` as parts of the statement that writes the owners; `complete` it afterwards.

    `owners` names the part before, with the columns `public_id` and `id`.
    """
    resources = {one.resource_id for one in takings}
    state = AllocationState.TAKEN if expires_at is None else AllocationState.HELD
    parameters = {
        "take_business": business_id,
        "take_resources": as_array(resources),
        "take_known": len(resources),
        "take_state": state.value,
        "take_expires": expires_at,
        "take_owner_kind": owner_kind.value,
        "take_wanted": as_json(takings),
    }
    return [
        Part("locked", _LOCKED, {}),
        Part("raised", _RAISED, {}),
        Part("taken", _TAKEN.format(owners=owners), parameters),
    ]


def complete(
    business_id: int,
    takings: Sequence[Taking],
    taken: Taken,
    *,
    owner_kind: OwnerKind,
    now: datetime,
    expires_at: datetime | None,
) -> None:
    """Look at what a try has `taken`, and try once more for the rest when lapsed holds were in its way.

    Raises NotFree and NotFound, as `take`.
    """
    missing = _missing(takings, taken)
    if not missing:
        return
    with prepared_cursor() as cursor:
        cursor.execute(RELEASE_LAPSED_SQL, wanted_json(missing) | {"business": business_id, "now": now})
        if not cursor.rowcount:
            raise NotFree(Reason.TAKEN)
    if _missing(missing, _insert(business_id, missing, owner_kind, expires_at)):
        raise NotFree(Reason.TAKEN)


def wanted_json(takings: Sequence[Taking]) -> dict[str, Any]:
    """What is wanted, as `RELEASE_LAPSED_SQL` and its like read it."""
    return {"wanted": as_json(takings)}


def _insert(
    business_id: int, takings: Sequence[Taking], owner_kind: OwnerKind, expires_at: datetime | None
) -> Taken:
    """Lock the resources and insert what is free of it."""
    owners = Part(
        "owners",
        "SELECT id::text AS public_id, id FROM unnest(%(owners)s::bigint[]) AS id",
        {"owners": list({one.owner_id for one in takings})},
    )
    wanted = [NewTaking(one.resource_id, one.starts, one.ends, str(one.owner_id)) for one in takings]
    parts = take_beside(business_id, wanted, "owners", owner_kind=owner_kind, expires_at=expires_at)
    [(known, taken)] = write_together([owners, *parts], f"SELECT {TAKEN_COLUMNS}")
    return known, taken


def _missing(takings: Sequence[Taking], taken: Taken) -> list[Taking]:
    """What was not free. Raises NotFound."""
    known, rows = taken
    if known != len({one.resource_id for one in takings}):
        raise NotFound("resource", params={"kind": "resource"})
    inserted = Counter((resource, starts, owner) for resource, starts, owner in rows or ())
    missing = []
    for one in takings:
        key = (one.resource_id, one.starts, one.owner_id)
        if inserted[key] > 0:
            inserted[key] -= 1
        else:
            missing.append(one)
    return missing
