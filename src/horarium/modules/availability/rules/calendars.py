"""From opening rules and allocations to cells: one calendar for each resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from horarium.kit.timeline import CELL, Timeline
from horarium.kit.zones import exists, instant_of, local_day, zone
from horarium.modules.resources.rules import OpeningRules, open_intervals

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """The local dates `[first_on, last_on]` of a zone and the window of cells that holds them with a margin.

    The margin on both sides holds what begins before and ends after: buffers, parts, nights.
    """

    zone_name: str
    first_on: date
    last_on: date
    origin: int
    length: int

    @property
    def starts(self) -> int:
        """First second of the window."""
        return self.origin * CELL

    @property
    def ends(self) -> int:
        return (self.origin + self.length) * CELL

    def days(self) -> list[date]:
        count = (self.last_on - self.first_on).days + 1
        return [self.first_on + timedelta(days=number) for number in range(count)]


@dataclass(frozen=True, slots=True)
class TakenRange:
    """What is taken of one resource, seconds since the epoch; `is_block` tells staff's blocks from bookings."""

    starts: int
    ends: int
    is_block: bool


@dataclass(frozen=True)
class Calendar:
    """One resource: the cells in which it is open, and what of it is taken, rounded outward to whole cells."""

    open: Timeline
    taken: tuple[TakenRange, ...] = ()

    @cached_property
    def unbooked(self) -> Timeline:
        """Cells that no booking takes."""
        return self._without(one for one in self.taken if not one.is_block)

    @cached_property
    def untaken(self) -> Timeline:
        """Cells that neither a booking nor a block takes."""
        return self._without(self.taken)

    def is_free(self, first: int, last: int, *, blocks_count: bool = True) -> bool:
        """Whether nothing, or no booking at least, takes any of the cells of the numbers `[first, last)`."""
        starts, ends = first * CELL, last * CELL
        for one in self.taken:
            if one.starts < ends and starts < one.ends and (blocks_count or not one.is_block):
                return False
        return True

    def _without(self, taken: Iterable[TakenRange]) -> Timeline:
        ranges = ((one.starts, one.ends) for one in taken)
        return ~Timeline.covering(self.open.origin, self.open.length, ranges)


def span_of(zone_name: str, first_on: date, last_on: date, *, margin_minutes: int) -> Span:
    """The window for the starts of these local dates; `margin_minutes` for durations and buffers around them."""
    tz = zone(zone_name)
    starts = int(local_day(first_on, tz).start.timestamp()) - margin_minutes * 60
    ends = int(local_day(last_on, tz).end.timestamp()) + margin_minutes * 60
    origin = starts // CELL
    return Span(zone_name, first_on, last_on, origin, -(-ends // CELL) - origin)


@lru_cache(maxsize=50_000)
def second_of(day: date, minute: int, zone_name: str) -> int:
    """Seconds since the epoch of a wall-clock minute of a local date."""
    return int(instant_of(day, minute, zone(zone_name)).timestamp())


def open_ranges(own: OpeningRules, location: OpeningRules, follows_location: bool, span: Span) -> list[Range]:
    """Opening times that touch the span, in seconds; rules of neighbouring days reach in over midnight."""
    ranges = []
    margin_days = 2 + (span.length * CELL) // 86400 - (span.last_on - span.first_on).days
    day = span.first_on - timedelta(days=margin_days)
    last = span.last_on + timedelta(days=margin_days)
    while day <= last:
        for starts, ends in open_intervals(own, location, follows_location, day):
            first, end = (
                second_of(day, starts, span.zone_name),
                second_of(day, ends, span.zone_name),
            )
            if first < end:
                ranges.append((first, end))
        day += timedelta(days=1)
    return ranges


@lru_cache(maxsize=4_096)
def open_cells(own: OpeningRules, location: OpeningRules, follows_location: bool, span: Span) -> Timeline:
    """Opening times of the span, rounded inward to whole cells."""
    return Timeline.from_ranges(span.origin, span.length, open_ranges(own, location, follows_location, span))


def without(calendars: Mapping[int, Calendar], claims: Iterable[tuple[int, int, int]]) -> dict[int, Calendar]:
    """The same calendars with `(resource_id, starts, ends)` taken as well: for the next line of one order."""
    changed = dict(calendars)
    for resource_id, starts, ends in claims:
        old = changed[resource_id]
        changed[resource_id] = Calendar(old.open, (*old.taken, TakenRange(starts, ends, is_block=False)))
    return changed


def load_of(calendars: Mapping[int, Calendar], bounds: Range) -> dict[int, int]:
    """Seconds between the bounds that are taken of each resource: the fair rule of "any"."""
    first, end = bounds
    load = dict.fromkeys(calendars, 0)
    for resource_id, calendar in calendars.items():
        for one in calendar.taken:
            if one.starts < end and one.ends > first:
                load[resource_id] += min(end, one.ends) - max(first, one.starts)
    return load


@lru_cache(maxsize=4_096)
def day_bounds(day: date, zone_name: str) -> Range:
    """First second of a local date and of the next one."""
    period = local_day(day, zone(zone_name))
    return int(period.start.timestamp()), int(period.end.timestamp())


@lru_cache(maxsize=4_096)
def grid_of_day(day: date, zone_name: str, grid: int, fixed_starts: tuple[int, ...]) -> tuple[int, ...]:
    """The possible starts of a local date, in seconds: wall-clock steps from midnight, or the fixed starts.

    A start in a DST gap does not exist and is left out; one in a repeated hour counts once. A date of 24 hours has
    neither, so its clock is not asked for every step.
    """
    minutes = fixed_starts or range(0, 1440, grid)
    first, end = second_of(day, 0, zone_name), second_of(day, 1440, zone_name)
    if end - first == 86_400:
        return tuple(first + minute * 60 for minute in minutes)
    tz = zone(zone_name)
    return tuple(second_of(day, minute, zone_name) for minute in minutes if exists(day, minute, tz))


@lru_cache(maxsize=4_096)
def _grid_bits_of_day(day: date, zone_name: str, grid: int, fixed_starts: tuple[int, ...]) -> tuple[int, int]:
    cells = [
        second // CELL for second in grid_of_day(day, zone_name, grid, fixed_starts) if second % CELL == 0
    ]
    if not cells:
        return 0, 0
    first = min(cells)
    bits = 0
    for cell in cells:
        bits |= 1 << (cell - first)
    return first, bits


def grid_mask(span: Span, grid: int, fixed_starts: tuple[int, ...]) -> Timeline:
    """All possible starts of the span's dates."""
    bits = 0
    for day in span.days():
        first, of_day = _grid_bits_of_day(day, span.zone_name, grid, fixed_starts)
        bits |= of_day << (first - span.origin)
    return Timeline(span.origin, span.length, bits)
