"""Instants as places on the wall clock of a location: a calendar is drawn in wall-clock minutes, never in instants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from horarium.kit.zones import local_date_of, minutes_of
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.rules import DAY, ResourceFacts, merged, open_intervals


@dataclass(frozen=True, slots=True)
class Part:
    """What a span covers of one local date: minutes from its midnight, `0 <= starts < ends <= 1440`."""

    on: date
    starts: int
    ends: int


def parts_of(starts_at: datetime, ends_at: datetime, days: Iterable[date], tz: ZoneInfo) -> Iterator[Part]:
    """The parts of `[starts_at, ends_at)` on these local dates.

    Where the clock goes back meanwhile the wall reads less than what passed; then the real length counts.
    """
    first, last = local_date_of(starts_at, tz), local_date_of(ends_at, tz)
    for day in days:
        if not first <= day <= last:
            continue
        starts = minutes_of(starts_at, tz) if day == first else 0
        ends = minutes_of(ends_at, tz) if day == last else DAY
        if first == last and ends <= starts:
            ends = min(DAY, starts + int((ends_at - starts_at).total_seconds() // 60))
        if starts < ends:
            yield Part(day, starts, ends)


def open_parts(catalog: Catalog, resource: ResourceFacts, day: date) -> list[tuple[int, int]]:
    """When a resource is open on a local date, with what reaches in from the evening before."""
    location = catalog.locations[resource.location_id]

    def of(on: date) -> list[tuple[int, int]]:
        return open_intervals(resource.rules, location.rules, resource.follows_location, on)

    tonight = [(starts, min(ends, DAY)) for starts, ends in of(day)]
    last_night = [
        (max(0, starts - DAY), ends - DAY) for starts, ends in of(day - timedelta(days=1)) if ends > DAY
    ]
    return merged([*last_night, *tonight])
