"""Reads of single blocks, and of what stands in the way of new ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from horarium.kit.errors import NotFound

from .queries import BlockRow
from .rules.blocks import BlockSpan

_TAKEN_SQL = """
SELECT DISTINCT a.owner_kind, a.owner_id, a.resource_id, lower(a.during), upper(a.during), a.expires_at
FROM availability_allocation a
JOIN unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) AS wanted(resource_id, starts_at, ends_at)
    ON a.resource_id = wanted.resource_id AND a.during && tstzrange(wanted.starts_at, wanted.ends_at)
WHERE a.business_id = %s AND (a.state = 'taken' OR (a.state = 'held' AND a.expires_at > %s))
ORDER BY lower(a.during), a.owner_kind, a.owner_id, a.resource_id
"""


@dataclass(frozen=True, slots=True)
class TakenTime:
    """Live time of one resource: `[starts_at, ends_at)` with buffers, and the key of its owner."""

    owner_kind: str
    owner_id: int
    resource_id: int
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """The company that a block was placed in: how many live blocks it has, and its rule."""

    public_id: str
    weekdays: tuple[int, ...]
    last_on: date
    count: int
    following: int


@dataclass(frozen=True, slots=True)
class SessionName:
    id: str
    offering_id: int
    starts_at: datetime
    ends_at: datetime


def get_block(business_id: int, block_id: str) -> BlockRow:
    """A live block with the resources that it takes. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT b.public_id, b.starts_at, b.ends_at, b.reason, array_agg(a.resource_id ORDER BY a.resource_id)
            FROM availability_block b JOIN availability_allocation a
                ON a.business_id = b.business_id AND a.owner_kind = 'block' AND a.owner_id = b.id
                AND a.state = 'taken'
            WHERE b.business_id = %s AND b.public_id = %s AND b.removed_at IS NULL GROUP BY b.id""",
            [business_id, block_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound("block", params={"kind": "block"})
    return BlockRow(*(*row[:4], tuple(row[4])))


def find_block_group(business_id: int, block_id: str) -> BlockGroup | None:
    """The live blocks that were placed together with this one; None for a block by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT r.public_id, r.weekdays, r.last_on, count(*),
                count(*) FILTER (WHERE o.starts_at >= b.starts_at)
            FROM availability_block b
            JOIN availability_blockrepeat r ON r.business_id = b.business_id AND r.id = b.repeat_id
            JOIN availability_block o ON o.business_id = b.business_id AND o.repeat_id = r.id
                AND o.removed_at IS NULL
            WHERE b.business_id = %s AND b.public_id = %s AND b.removed_at IS NULL GROUP BY r.id""",
            [business_id, block_id],
        )
        row = cursor.fetchone()
    if row is None or row[3] < 2:
        return None
    return BlockGroup(row[0], tuple(row[1]), *row[2:])


def list_taken(
    business_id: int,
    spans: Sequence[BlockSpan],
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> list[TakenTime]:
    """What takes time of these resources in these spans, by start. One query.

    `besides`: owners (kind, key) whose time counts as free.
    """
    wanted = [(key, one.starts_at, one.ends_at) for one in spans for key in one.resource_ids]
    if not wanted:
        return []
    own = set(besides)
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKEN_SQL, [*(list(column) for column in zip(*wanted, strict=True)), business_id, now]
        )
        rows = [TakenTime(*row) for row in cursor.fetchall()]
    return [one for one in rows if (one.owner_kind, one.owner_id) not in own]


def name_blocks(business_id: int, keys: Collection[int]) -> dict[int, BlockRow]:
    """Blocks by key, without their resources. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, public_id, starts_at, ends_at, reason FROM availability_block
            WHERE business_id = %s AND id = ANY(%s)""",
            [business_id, list(keys)],
        )
        return {row[0]: BlockRow(*(*row[1:], ())) for row in cursor.fetchall()}


def name_sessions(business_id: int, keys: Collection[int]) -> dict[int, SessionName]:
    """Sessions by key. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT id, public_id, offering_id, starts_at, ends_at FROM availability_session
            WHERE business_id = %s AND id = ANY(%s)""",
            [business_id, list(keys)],
        )
        return {row[0]: SessionName(*row[1:]) for row in cursor.fetchall()}
