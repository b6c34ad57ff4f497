"""Bookings to come that stand outside of opening hours: hours may change over them, and they stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from horarium.kit.zones import zone
from horarium.modules.booking.models import Assignment
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.rules import DAY, ResourceFacts, merged, open_intervals

STANDING: Final = ("pending", "confirmed", "checked_in")
LOOKED_AT: Final = 5000


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
    rows = (
        Assignment.objects.filter(
            business_id=business_id,
            resource_id__in=list(affected),
            booking__state__in=STANDING,
            booking__ends_at__gt=now,
        )
        .select_related("booking", "requirement")
        .order_by("booking__starts_at", "id")[:LOOKED_AT]
    )
    found: dict[str, Outside] = {}
    for row in rows:
        resource, booking, need = affected[row.resource_id], row.booking, row.requirement
        start = booking.starts_at + timedelta(minutes=need.from_minute if need else 0)
        end = booking.ends_at
        if need and need.until_minute is not None:
            end = min(end, booking.starts_at + timedelta(minutes=need.until_minute))
        if start < end and not _is_open(catalog, resource, start, end):
            found.setdefault(booking.public_id, Outside(booking.public_id, booking.starts_at, resource.name))
    return list(found.values())


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
