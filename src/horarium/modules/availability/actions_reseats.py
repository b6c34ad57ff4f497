"""Owners from resource to resource at their same times: stays that change rooms so that another one can be sold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.database.rows import as_json

from .actions import lock_resources
from .actions_taking import RELEASE_LAPSED_SQL, Taking, wanted_json
from .errors import NotFree
from .models import OwnerKind
from .rules.reasons import Reason

_MOVES = """(
    SELECT owner_id, leaves, gets, tstzrange(to_timestamp(starts), to_timestamp(ends)) AS during
    FROM json_to_recordset(%(moves)s::json)
        AS one (owner_id bigint, leaves bigint, gets bigint, starts bigint, ends bigint)
) AS move"""
_LEAVE_SQL = f"""
WITH own AS MATERIALIZED (
    SELECT a.id FROM availability_allocation a JOIN {_MOVES}
        ON a.owner_id = move.owner_id AND a.resource_id = move.leaves AND a.during = move.during
    WHERE a.business_id = %(business)s AND a.owner_kind = %(owner_kind)s
        AND (a.state = 'taken' OR a.state = 'held' AND a.expires_at > %(now)s)
    ORDER BY a.id FOR NO KEY UPDATE OF a
)
UPDATE availability_allocation a SET state = 'released' FROM own WHERE a.id = own.id RETURNING a.id
"""
# A hold goes on as a hold: what was left keeps its expiry, and only a hold has one.
_ARRIVE_SQL = f"""
INSERT INTO availability_allocation (business_id, resource_id, during, state, expires_at, owner_kind, owner_id)
SELECT a.business_id, move.gets, a.during, CASE WHEN a.expires_at IS NULL THEN 'taken' ELSE 'held' END,
    a.expires_at, a.owner_kind, a.owner_id
FROM availability_allocation a JOIN {_MOVES} ON a.owner_id = move.owner_id AND a.resource_id = move.leaves
WHERE a.id = ANY(%(left)s)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Reseating:
    """An owner's time `[starts, ends)`, seconds, buffers included, from one resource to another."""

    owner_id: int
    leaves: int
    gets: int
    starts: int
    ends: int


def reseat(
    business_id: int,
    moves: Sequence[Reseating],
    *,
    owner_kind: OwnerKind,
    also: Collection[int] = (),
    now: datetime,
) -> None:
    """Move owners to their other resources; swaps and rings are as good as single moves.

    `also`: resources that the caller takes next, locked in the same order. Raises NotFree when one of the owners has
    no longer exactly that time, or the other resource is not free for it; call it inside a savepoint.
    """
    lock_resources(business_id, {one for move in moves for one in (move.leaves, move.gets)} | set(also))
    wanted = [Taking(one.gets, one.starts, one.ends, one.owner_id) for one in moves]
    parameters: dict[str, Any] = {
        "business": business_id,
        "owner_kind": owner_kind,
        "now": now,
        "moves": as_json(moves),
        **wanted_json(wanted),
    }
    with prepared_cursor() as cursor:
        cursor.execute(RELEASE_LAPSED_SQL, parameters)
        cursor.execute(_LEAVE_SQL, parameters)
        parameters["left"] = [row[0] for row in cursor.fetchall()]
        cursor.execute(_ARRIVE_SQL, parameters)
        if cursor.rowcount != len(moves):
            raise NotFree(Reason.TAKEN)
