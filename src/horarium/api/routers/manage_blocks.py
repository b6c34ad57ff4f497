"""Staff's blocks, and who has the time that they want."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.staff_time import collisions_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.problems import problem
from horarium.api.schemas import staff_answers as listed
from horarium.api.schemas import staff_time as given
from horarium.api.schemas import staff_time_answers as shown
from horarium.api.schemas.manage import SpanQuery
from horarium.kit.clock import now
from horarium.kit.errors import InvalidInput
from horarium.modules.availability.actions_blocks import Reach, remove_blocks
from horarium.modules.availability.queries import list_blocks
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.collisions import list_collisions
from horarium.workflows.place_blocks import (
    BlocksCollide,
    BlockWish,
    place_blocks,
    resolve_resources,
    spans_between,
)

router = Router(tags=["Staff: blocks"])
READ_ALL = ApiKey(Permission.BOOKINGS_READ)
WRITE = ApiKey(Permission.BOOKINGS_WRITE)
LONGEST_SPAN = timedelta(days=100)


@router.get("/blocks", auth=READ_ALL, response=listed.BlocksAnswer, summary="Blocked time")
def get_blocks(request: HttpRequest, business: Path[str], query: Query[SpanQuery]) -> HttpResponse:
    """Blocks that touch `from`–`to`, at most a hundred days."""
    if not timedelta(0) < query.until - query.since <= LONGEST_SPAN:
        raise InvalidInput("no such span", field="to", params={"reason": "range_too_long"})
    staff = staff_of(request)
    catalog = get_current_catalog(staff.business_id)
    blocks = [
        {
            "id": one.public_id,
            "start": one.starts_at.isoformat(),
            "end": one.ends_at.isoformat(),
            "reason": one.reason,
            "resources": [catalog.resources[key].public_id for key in one.resource_ids],
        }
        for one in list_blocks(staff.business_id, query.since, query.until)
    ]
    return etags.private(request, {"items": blocks})


@router.post("/blocks", auth=WRITE, response={201: shown.BlocksMadeAnswer}, summary="Block time")
def post_block(request: HttpRequest, business: Path[str], wanted: given.BlockInput) -> HttpResponse:
    """Takes the time of all that is named, once or every week, or takes none.

    What is in the way is listed under `collisions` of the refusal; with `around` its time is left out.
    """
    staff = staff_of(request)
    catalog = get_current_catalog(staff.business_id)
    keys = resolve_resources(catalog, wanted.resources)
    repeat = wanted.repeat.as_repeat() if wanted.repeat else None
    spans = spans_between(catalog, keys, wanted.start, wanted.end, repeat)
    wish = BlockWish(spans, wanted.reason, repeat, wanted.around)
    try:
        placed = place_blocks(staff.business_id, wish, actor=staff.actor, now=now())
    except BlocksCollide as refusal:
        extra = {"collisions": collisions_json(catalog, refusal.collisions)}
        return problem(request, refusal.code, extra=extra)
    left_out = collisions_json(catalog, placed.left_out)
    return etags.made({"id": placed.ids[0], "ids": list(placed.ids), "left_out": left_out})


@router.delete("/blocks/{public_id:block}", auth=WRITE, response={204: None}, summary="Unblock")
def delete_block(
    request: HttpRequest, business: Path[str], block: str, query: Query[given.RemovalQuery]
) -> HttpResponse:
    """With `reach` also the later ones, or all, that were placed with it."""
    staff = staff_of(request)
    remove_blocks(staff.business_id, block, Reach(query.reach), actor=staff.actor, now=now())
    return etags.done()


@router.get("/collisions", auth=READ_ALL, response=shown.CollisionsAnswer, summary="Who has this time")
def get_collisions(
    request: HttpRequest, business: Path[str], query: Query[given.CollisionsQuery]
) -> HttpResponse:
    """Bookings, sessions and blocks that take the time of any of the resources, pools or locations."""
    if not timedelta(0) < query.until - query.since <= LONGEST_SPAN:
        raise InvalidInput("no such span", field="to", params={"reason": "range_too_long"})
    staff = staff_of(request)
    catalog = get_current_catalog(staff.business_id)
    span = BlockSpan(query.since, query.until, resolve_resources(catalog, query.resource))
    found = list_collisions(staff.business_id, [span], now())
    return etags.private(request, {"items": collisions_json(catalog, found)})
