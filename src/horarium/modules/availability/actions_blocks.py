"""Blocks: time that staff takes out of sale, one or many at once, and gives back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish
from horarium.platform.tenancy.scope import business_scope

from .actions import release
from .actions_taking import Taking, take
from .events import TimeFreed
from .models import Allocation, AllocationState, Block, BlockRepeat, OwnerKind
from .rules.blocks import BlockSpan, Repeat, check_size


class Reach(StrEnum):
    """How much of a block that was placed many times a change is about."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


def place_blocks(
    business_id: int,
    spans: Sequence[BlockSpan],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    repeat: Repeat | None = None,
    series_of: str = "",
) -> list[Block]:
    """A block for each span; all of them, or none. Raises NotFree when some of the time is taken.

    Several blocks, and those with `repeat`, belong together, so that they can be removed together; `series_of`
    names a block whose company the new ones join.
    """
    check_size(spans)
    with business_scope(business_id), transaction.atomic():
        group = _group_of(business_id, series_of) or _new_group(business_id, spans, repeat)
        blocks = [
            Block(
                business_id=business_id,
                repeat=group,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                reason=reason[:120],
            )
            for one in spans
        ]
        Block.objects.bulk_create(blocks)
        first = blocks[0].public_id
        record(business_id, actor, "block.placed", first, after={"reason": reason, "count": len(blocks)})
        take(business_id, _takings(blocks, spans), owner_kind=OwnerKind.BLOCK, now=now)
    return blocks


def place_block(
    business_id: int,
    resource_ids: Collection[int],
    starts_at: datetime,
    ends_at: datetime,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Block:
    """One block of all these resources. Raises NotFree when some of the time is taken."""
    span = BlockSpan(starts_at, ends_at, tuple(sorted(set(resource_ids))))
    return place_blocks(business_id, [span], reason=reason, actor=actor, now=now)[0]


def remove_blocks(
    business_id: int, public_id: str, reach: Reach = Reach.THIS, *, actor: Actor, now: datetime
) -> int:
    """Put the time back on sale; with `reach` that of the later blocks, or of all, that were placed with it.

    Returns how many blocks are gone. Raises NotFound.
    """
    with business_scope(business_id), transaction.atomic():
        live = Block.objects.select_for_update().filter(business_id=business_id, removed_at=None)
        block = live.filter(public_id=public_id).first()
        if block is None:
            raise NotFound("block", params={"kind": "block"})
        found = [block]
        if reach is not Reach.THIS and block.repeat_id is not None:
            company = live.filter(repeat_id=block.repeat_id).order_by("id")
            found = list(company if reach is Reach.ALL else company.filter(starts_at__gte=block.starts_at))
        keys = [one.pk for one in found]
        Block.objects.filter(business_id=business_id, pk__in=keys).update(removed_at=now)
        release(business_id, OwnerKind.BLOCK, keys)
        record(business_id, actor, "block.removed", public_id, after={"count": len(found)})
        publish(TimeFreed(business_id=business_id, subject=public_id))
    return len(found)


def restore_blocks(business_id: int, public_id: str, *, actor: Actor, now: datetime) -> int:
    """Take again the time of a removed block and of those that were removed with it.

    Returns how many blocks are back. Raises NotFound, and NotFree when some of the time is taken by now.
    """
    with business_scope(business_id), transaction.atomic():
        gone = Block.objects.select_for_update().filter(business_id=business_id).exclude(removed_at=None)
        block = gone.filter(public_id=public_id).first()
        if block is None:
            raise NotFound("block", params={"kind": "block"})
        found = [block]
        if block.repeat_id is not None:
            company = gone.filter(repeat_id=block.repeat_id, removed_at=block.removed_at)
            found = list(company.order_by("id"))
        keys = [one.pk for one in found]
        Block.objects.filter(business_id=business_id, pk__in=keys).update(removed_at=None)
        record(business_id, actor, "block.restored", public_id, after={"count": len(found)})
        take(business_id, _released(business_id, keys), owner_kind=OwnerKind.BLOCK, now=now)
    return len(found)


def _group_of(business_id: int, public_id: str) -> BlockRepeat | None:
    if not public_id:
        return None
    found = Block.objects.filter(business_id=business_id, public_id=public_id).select_related("repeat")
    block = found.first()
    return block.repeat if block else None


def _new_group(business_id: int, spans: Sequence[BlockSpan], repeat: Repeat | None) -> BlockRepeat | None:
    if repeat is None and len(spans) < 2:
        return None
    last_on = repeat.last_on if repeat else max(one.starts_at for one in spans).date()
    weekdays = sorted(set(repeat.weekdays)) if repeat else []
    return BlockRepeat.objects.create(business_id=business_id, weekdays=weekdays, last_on=last_on)


def _takings(blocks: Sequence[Block], spans: Sequence[BlockSpan]) -> list[Taking]:
    return [
        Taking(resource_id, int(span.starts_at.timestamp()), int(span.ends_at.timestamp()), block.pk)
        for block, span in zip(blocks, spans, strict=True)
        for resource_id in sorted(set(span.resource_ids))
    ]


def _released(business_id: int, keys: Sequence[int]) -> list[Taking]:
    """What these blocks took: a removed block has its released allocations only."""
    rows = Allocation.objects.filter(
        business_id=business_id,
        owner_kind=OwnerKind.BLOCK,
        owner_id__in=keys,
        state=AllocationState.RELEASED,
    )
    found = {
        (one.resource_id, int(one.during.lower.timestamp()), int(one.during.upper.timestamp()), one.owner_id)
        for one in rows
    }
    return [Taking(*one) for one in sorted(found)]
