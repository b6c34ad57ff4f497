"""Taking time out of sale: what is in the way is named first, and staff decide what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction

from horarium.kit.errors import Conflict, InvalidInput
from horarium.kit.zones import local_date_of, minutes_of, zone
from horarium.modules.availability import actions_blocks
from horarium.modules.availability.actions_blocks import remove_blocks
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.blocks import (
    BlockSpan,
    Repeat,
    WallTime,
    around,
    check_size,
    occurrences,
)
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.queries import list_pools
from horarium.platform.audit.actor import Actor

from .collisions import Collision, list_collisions

ATTEMPTS = 3
EVERYTHING = "all"
"""Names every resource of the business."""


class BlocksCollide(Conflict):
    """Bookings, sessions or other blocks have some of the time: nothing was placed."""

    code: ClassVar[str] = "availability.collides"

    def __init__(self, collisions: Sequence[Collision]) -> None:
        super().__init__("collides", params={"reason": "taken", "count": len(collisions)})
        self.collisions = tuple(collisions)


@dataclass(frozen=True, slots=True)
class BlockWish:
    """What to block. `resources` are keys; `spans` come from `spans_of` or from instants."""

    spans: tuple[BlockSpan, ...]
    reason: str = ""
    repeat: Repeat | None = None
    around: bool = False


@dataclass(frozen=True, slots=True)
class PlacedBlocks:
    """Public ids of what was placed, and what it was placed around."""

    ids: tuple[str, ...]
    left_out: tuple[Collision, ...] = ()


def resolve_resources(catalog: Catalog, names: Sequence[str]) -> tuple[int, ...]:
    """Keys of active resources named by themselves, by a pool, by a location, or all together (`all`).

    Raises InvalidInput for a name that is not known here, and for nothing at all.
    """
    active = {one.id: one for one in catalog.resources.values() if one.is_active}
    pools = _pools(catalog) if any(one.startswith("pool_") for one in names) else {}
    found: set[int] = set()
    for name in names:
        resource = catalog.find_resource(name)
        if name == EVERYTHING:
            found.update(active)
        elif resource is not None:
            found.add(resource.id)
        elif name in pools:
            found.update(active.keys() & pools[name])
        elif any(one.public_id == name for one in catalog.locations.values()):
            place = next(key for key, one in catalog.locations.items() if one.public_id == name)
            found.update(key for key, one in active.items() if one.location_id == place)
        else:
            raise InvalidInput("no such resource", field="resources", params={"reason": "unknown"})
    if not found:
        raise InvalidInput("no resource", field="resources", params={"reason": "required"})
    return tuple(sorted(found))


def spans_of(
    catalog: Catalog, resource_ids: Sequence[int], time: WallTime, repeat: Repeat | None = None
) -> tuple[BlockSpan, ...]:
    """The spans of a wall-clock time; each resource by the clock of its own location."""
    return tuple(
        BlockSpan(starts_at, ends_at, keys)
        for zone_name, keys in _by_zone(catalog, resource_ids)
        for starts_at, ends_at in occurrences(time, zone(zone_name), repeat)
    )


def spans_between(
    catalog: Catalog,
    resource_ids: Sequence[int],
    starts_at: datetime,
    ends_at: datetime,
    repeat: Repeat | None,
) -> tuple[BlockSpan, ...]:
    """The span between two instants; with `repeat`, whole minutes of the wall clock at each location every week."""
    if repeat is None:
        return (BlockSpan(starts_at, ends_at, tuple(resource_ids)),)
    return tuple(
        span
        for zone_name, keys in _by_zone(catalog, resource_ids)
        for span in spans_of(catalog, keys, _wall(starts_at, ends_at, zone_name), repeat)
    )


def place_blocks(
    business_id: int, wish: BlockWish, *, actor: Actor, now: datetime, series_of: str = ""
) -> PlacedBlocks:
    """All of it or nothing. Raises BlocksCollide with what is in the way, unless the wish says `around`: then
    the taken times are left out, and only where nothing else is left it is raised, too.
    """
    check_size(wish.spans)
    found: list[Collision] = []
    for _ in range(ATTEMPTS):
        found = list_collisions(business_id, wish.spans, now)
        spans = _without(wish.spans, found) if wish.around else wish.spans
        if (found and not wish.around) or not spans:
            break
        try:
            placed = actions_blocks.place_blocks(
                business_id,
                spans,
                reason=wish.reason,
                actor=actor,
                now=now,
                repeat=wish.repeat,
                series_of=series_of,
            )
        except NotFree:
            continue
        return PlacedBlocks(tuple(one.public_id for one in placed), tuple(found))
    raise BlocksCollide(found)


def change_block(
    business_id: int, block_id: str, wish: BlockWish, *, actor: Actor, now: datetime
) -> PlacedBlocks:
    """Another time or other resources for one block: the old one goes only when the new one stands.

    Raises NotFound, BlocksCollide; then the old block is as it was.
    """
    with transaction.atomic():
        remove_blocks(business_id, block_id, actor=actor, now=now)
        return place_blocks(business_id, wish, actor=actor, now=now, series_of=block_id)


def _without(spans: Sequence[BlockSpan], collisions: Sequence[Collision]) -> list[BlockSpan]:
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    for one in collisions:
        for time in one.taken:
            taken.setdefault(time.resource_id, []).append((time.starts_at, time.ends_at))
    return around(spans, taken)


def _by_zone(catalog: Catalog, resource_ids: Sequence[int]) -> list[tuple[str, tuple[int, ...]]]:
    found: dict[str, list[int]] = {}
    for key in resource_ids:
        found.setdefault(catalog.locations[catalog.resources[key].location_id].time_zone, []).append(key)
    return [(zone_name, tuple(keys)) for zone_name, keys in found.items()]


def _wall(starts_at: datetime, ends_at: datetime, zone_name: str) -> WallTime:
    tz = zone(zone_name)
    return WallTime(
        on=local_date_of(starts_at, tz),
        minute=minutes_of(starts_at, tz),
        until_on=local_date_of(ends_at, tz),
        until_minute=minutes_of(ends_at, tz),
    )


def _pools(catalog: Catalog) -> dict[str, set[int]]:
    return {
        pool.public_id: {one.pk for one in pool.resources.all()} for pool in list_pools(catalog.business.id)
    }
