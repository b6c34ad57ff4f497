"""Resources and their opening rules as plain values, and the checks that a change of them must pass."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from horarium.kit.errors import InvalidInput

DAY = 1440
STEP = 5


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """Open on `weekday` (0 = Monday) from `starts` to `ends`, minutes from local midnight."""

    weekday: int
    starts: int
    ends: int
    valid_from: date | None = None
    valid_until: date | None = None

    def applies_on(self, day: date) -> bool:
        return (
            day.weekday() == self.weekday
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class DatedRule:
    """Replaces the weekly rules on each date of `[first_on, last_on]`. Without minutes: closed."""

    first_on: date
    last_on: date
    starts: int | None = None
    ends: int | None = None

    def covers(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class OpeningRules:
    """All opening rules of one owner: a resource or a location. Hashed once, as they are the key of what is kept."""

    weekly: tuple[WeeklyRule, ...] = ()
    dated: tuple[DatedRule, ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.weekly, self.dated)))

    def __hash__(self) -> int:
        return self._hash

    def dated_intervals(self, day: date) -> list[tuple[int, int]] | None:
        """Intervals of the dated rules of that day; an empty list is closed, None is no rule."""
        rules = [rule for rule in self.dated if rule.covers(day)]
        if not rules:
            return None
        if any(rule.starts is None for rule in rules):
            return []
        return merged(
            (rule.starts, rule.ends) for rule in rules if rule.starts is not None and rule.ends is not None
        )

    def weekly_intervals(self, day: date) -> list[tuple[int, int]]:
        return merged((rule.starts, rule.ends) for rule in self.weekly if rule.applies_on(day))


@dataclass(frozen=True, slots=True)
class ResourceFacts:
    """A resource as the engine sees it."""

    id: int
    public_id: str
    kind: str
    name: str
    title: str
    location_id: int
    follows_location: bool
    position: int
    is_active: bool
    photo: str
    color: str
    translations: dict[str, dict[str, str]]
    rules: OpeningRules


def merged(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted, touching and overlapping intervals joined."""
    result: list[tuple[int, int]] = []
    for starts, ends in sorted(intervals):
        if result and starts <= result[-1][1]:
            result[-1] = (result[-1][0], max(ends, result[-1][1]))
        else:
            result.append((starts, ends))
    return result


def open_intervals(
    own: OpeningRules, location: OpeningRules, follows_location: bool, day: date
) -> list[tuple[int, int]]:
    """Opening intervals that begin on a local date. The most specific rule wins:
    own dated rule, a closed location, the location's dated hours (when followed), weekly rules.
    """
    dated = own.dated_intervals(day)
    if dated is not None:
        return dated
    of_location = location.dated_intervals(day)
    if of_location == []:
        return []
    if follows_location:
        return of_location if of_location is not None else location.weekly_intervals(day)
    return own.weekly_intervals(day)


def check_interval(starts: int, ends: int, *, field: str) -> None:
    """Refuse an opening interval that no calendar can show."""
    if not 0 <= starts < DAY:
        raise InvalidInput(
            "starts outside of the day",
            field=field,
            params={"reason": "start_outside_day"},
        )
    if not starts < ends <= starts + DAY:
        raise InvalidInput("ends before it starts", field=field, params={"reason": "end_before_start"})
    if starts % STEP or ends % STEP:
        raise InvalidInput(
            "not in steps of five minutes",
            field=field,
            params={"reason": "not_five_minutes"},
        )


def check_week(rules: Sequence[WeeklyRule], *, field: str) -> None:
    """Refuse intervals of one weekday that overlap."""
    for rule in rules:
        if not 0 <= rule.weekday <= 6:
            raise InvalidInput("no such weekday", field=field, params={"reason": "weekday"})
        check_interval(rule.starts, rule.ends, field=field)
    by_day: dict[int, list[WeeklyRule]] = {}
    for rule in rules:
        by_day.setdefault(rule.weekday, []).append(rule)
    for of_day in by_day.values():
        ordered = sorted(of_day, key=lambda rule: rule.starts)
        for earlier, later in itertools.combinations(ordered, 2):
            if later.starts < earlier.ends and _dates_meet(earlier, later):
                raise InvalidInput("intervals overlap", field=field, params={"reason": "overlap"})


def _dates_meet(one: WeeklyRule, other: WeeklyRule) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_until or date.max, other.valid_until or date.max)
    return starts <= ends
