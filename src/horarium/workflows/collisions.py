"""Who has the time that somebody wants: bookings, sessions and blocks by name. For staff only, never for guests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from horarium.modules.availability.queries_blocks import TakenTime, list_taken, name_blocks, name_sessions
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.booking.queries_names import name_bookings


@dataclass(frozen=True, slots=True)
class Collision:
    """One owner of taken time. `kind`: booking, session or block; instants in UTC are the owner's, without buffers.

    `title` is the guest's name or the block's reason; `resource_ids` are those in question that it takes.
    """

    kind: str
    id: str
    title: str
    state: str
    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[int, ...]
    offering_key: int | None = None
    taken: tuple[TakenTime, ...] = ()


def list_collisions(
    business_id: int,
    spans: Sequence[BlockSpan],
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> list[Collision]:
    """What takes time of these resources in these spans, by start. At most four queries."""
    by_owner: dict[tuple[str, int], list[TakenTime]] = {}
    for one in list_taken(business_id, spans, now, besides=besides):
        by_owner.setdefault((one.owner_kind, one.owner_id), []).append(one)
    found = [
        *_bookings(business_id, _of_kind(by_owner, "booking")),
        *_sessions(business_id, _of_kind(by_owner, "session")),
        *_blocks(business_id, _of_kind(by_owner, "block")),
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.id))


def _of_kind(by_owner: dict[tuple[str, int], list[TakenTime]], kind: str) -> dict[int, list[TakenTime]]:
    return {key: rows for (owner_kind, key), rows in by_owner.items() if owner_kind == kind}


def _bookings(business_id: int, rows: dict[int, list[TakenTime]]) -> list[Collision]:
    names = name_bookings(business_id, rows)
    return [
        Collision(
            "booking",
            one.id,
            one.contact_name,
            one.state,
            one.starts_at,
            one.ends_at,
            _resources(rows[key]),
            one.offering_key,
            tuple(rows[key]),
        )
        for key, one in names.items()
    ]


def _sessions(business_id: int, rows: dict[int, list[TakenTime]]) -> list[Collision]:
    names = name_sessions(business_id, rows) if rows else {}
    return [
        Collision(
            "session",
            one.id,
            "",
            "scheduled",
            one.starts_at,
            one.ends_at,
            _resources(rows[key]),
            one.offering_id,
            tuple(rows[key]),
        )
        for key, one in names.items()
    ]


def _blocks(business_id: int, rows: dict[int, list[TakenTime]]) -> list[Collision]:
    names = name_blocks(business_id, rows) if rows else {}
    return [
        Collision(
            "block",
            one.public_id,
            one.reason,
            "blocked",
            one.starts_at,
            one.ends_at,
            _resources(rows[key]),
            None,
            tuple(rows[key]),
        )
        for key, one in names.items()
    ]


def _resources(rows: Iterable[TakenTime]) -> tuple[int, ...]:
    return tuple(sorted({one.resource_id for one in rows}))
