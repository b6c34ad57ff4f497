"""When a block takes time: once or every week, and around what is taken already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from horarium.kit.errors import InvalidInput
from horarium.kit.zones import instant_of

LONGEST_BLOCK = timedelta(days=366)
LONGEST_REPEAT = timedelta(days=731)
MOST_BLOCKS = 400
MOST_TAKINGS = 5_000
"""Resources times blocks that one placing may take."""


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """`[starts_at, ends_at)` of some resources, by their keys."""

    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every week on `weekdays` (0 = Monday), up to the local date `last_on` as the last start."""

    weekdays: tuple[int, ...]
    last_on: date


@dataclass(frozen=True, slots=True)
class WallTime:
    """From a minute of one local date to a minute of the same or a later one, as the clock on the wall shows it."""

    on: date
    minute: int
    until_on: date
    until_minute: int


def occurrences(time: WallTime, tz: ZoneInfo, repeat: Repeat | None) -> list[tuple[datetime, datetime]]:
    """The intervals of a block, by start. Raises InvalidInput for one that ends too early or lasts too long.

    The wall clock counts: lunch at 13:00 stays at 13:00 when the offset changes. An occurrence that a change of
    the offset leaves without any time is left out.
    """
    first = _interval(time, tz, time.on)
    if first is None or first[1] - first[0] > LONGEST_BLOCK:
        raise InvalidInput("no such interval", field="end", params={"reason": "end_before_start"})
    if repeat is None:
        return [first]
    found = [one for day in _days(time.on, repeat) if (one := _interval(time, tz, day)) is not None]
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise InvalidInput("occurrences overlap", field="weekdays", params={"reason": "overlap"})
    if not found:
        raise InvalidInput("nothing to block", field="last_on", params={"reason": "range"})
    return found


def check_size(spans: Sequence[BlockSpan]) -> None:
    """Raises InvalidInput for more than one placing can do."""
    if any(not one.resource_ids for one in spans) or not spans:
        raise InvalidInput("no resource", field="resources", params={"reason": "required"})
    for one in spans:
        if not timedelta(0) < one.ends_at - one.starts_at <= LONGEST_BLOCK:
            raise InvalidInput("no such interval", field="end", params={"reason": "end_before_start"})
    if len(spans) > MOST_BLOCKS or sum(len(one.resource_ids) for one in spans) > MOST_TAKINGS:
        raise InvalidInput("too much at once", field="last_on", params={"reason": "range_too_long"})


def around(
    spans: Iterable[BlockSpan], taken: Mapping[int, Collection[tuple[datetime, datetime]]]
) -> list[BlockSpan]:
    """What is left of the spans without the taken intervals of each resource; equal pieces stay together."""
    left: list[BlockSpan] = []
    for span in spans:
        pieces: dict[tuple[datetime, datetime], list[int]] = {}
        for resource_id in span.resource_ids:
            for piece in _free(span, sorted(taken.get(resource_id, ()))):
                pieces.setdefault(piece, []).append(resource_id)
        left += [BlockSpan(*piece, tuple(ids)) for piece, ids in sorted(pieces.items())]
    return left


def _free(span: BlockSpan, taken: Iterable[tuple[datetime, datetime]]) -> Iterable[tuple[datetime, datetime]]:
    begin = span.starts_at
    for starts, ends in taken:
        if begin < min(starts, span.ends_at):
            yield begin, min(starts, span.ends_at)
        begin = max(begin, ends)
    if begin < span.ends_at:
        yield begin, span.ends_at


def _days(first_on: date, repeat: Repeat) -> list[date]:
    if repeat.last_on - first_on > LONGEST_REPEAT:
        raise InvalidInput("too far", field="last_on", params={"reason": "range_too_long"})
    weekdays = set(repeat.weekdays) or {first_on.weekday()}
    if not weekdays <= set(range(7)):
        raise InvalidInput("no such weekday", field="weekdays", params={"reason": "weekday"})
    days = ((repeat.last_on - first_on).days + 1) if repeat.last_on >= first_on else 0
    every = (first_on + timedelta(days=number) for number in range(days))
    return [day for day in every if day.weekday() in weekdays]


def _interval(time: WallTime, tz: ZoneInfo, day: date) -> tuple[datetime, datetime] | None:
    starts = instant_of(day, time.minute, tz)
    ends = instant_of(day + (time.until_on - time.on), time.until_minute, tz)
    return (starts, ends) if starts < ends else None
