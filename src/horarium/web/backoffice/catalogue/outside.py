"""Bookings to come that stand outside of opening hours: hours may change over them, and they stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from horarium.kit.zones import zone
from horarium.modules.booking.queries_calendar import list_calendar
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.rules import DAY, ResourceFacts, merged, open_intervals

STANDING: Final = ("pending", "confirmed", "checked_in")
LOOKED_AHEAD: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Outside:
    """A booking outside of the hours of one of its resources. `start` is aware."""

    id: str
    start: datetime
    resource: str


def bookings_outside(business_id: int, owner_id: str, now: datetime) -> list[Outside]:
    """Those of a resource, or of all resources of a location, in the order of time; each once."""
    catalog = get_current_catalog(business_id)
    affected = {one.id: one for one in catalog.resources.values() if _concerns(catalog, one, owner_id)}
    rows = list_calendar(business_id, list(affected), now, now + LOOKED_AHEAD, now=now, with_money=False)
    found: list[Outside] = []
    for row in rows:
        if row.state not in STANDING:
            continue
        for one in row.served:
            # Buffers may reach outside of the hours.
            start, end = max(one.starts_at, row.starts_at), min(one.ends_at, row.ends_at)
            resource = affected.get(one.resource_id)
            if resource and start < end and not _is_open(catalog, resource, start, end):
                found.append(Outside(row.id, row.starts_at, resource.name))
                break
    return found


def _concerns(catalog: Catalog, resource: ResourceFacts, owner_id: str) -> bool:
    if owner_id.startswith("res_"):
        return resource.public_id == owner_id
    return catalog.locations[resource.location_id].public_id == owner_id


def _is_open(catalog: Catalog, resource: ResourceFacts, start: datetime, end: datetime) -> bool:
    location = catalog.locations[resource.location_id]
    wall = start.astimezone(zone(location.time_zone))
    first = wall.hour * 60 + wall.minute
    last = first + int((end - start).total_seconds() // 60)
    spans = []
    for back in (1, 0, -1):
        day = wall.date() - timedelta(days=back)
        hours = open_intervals(resource.rules, location.rules, resource.follows_location, day)
        spans += [(starts - back * DAY, ends - back * DAY) for starts, ends in hours]
    return any(starts <= first and last <= ends for starts, ends in merged(spans))
