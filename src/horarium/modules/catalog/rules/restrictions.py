"""What restrictions limit, and how a new limit is laid over those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Protocol

ALL_DAYS = frozenset(range(7))
_DAY = timedelta(days=1)


class Limiting(Protocol):
    """What a restriction has to say, whether it is a row or its facts."""

    @property
    def min_nights(self) -> int | None: ...
    @property
    def max_nights(self) -> int | None: ...
    @property
    def min_nights_on_arrival(self) -> int | None: ...
    @property
    def closed_to_arrival(self) -> bool: ...
    @property
    def closed_to_departure(self) -> bool: ...
    @property
    def is_closed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """See the model `Restriction`. None and False: no limit."""

    min_nights: int | None = None
    max_nights: int | None = None
    min_nights_on_arrival: int | None = None
    closed_to_arrival: bool = False
    closed_to_departure: bool = False
    is_closed: bool = False

    @classmethod
    def of(cls, one: Limiting) -> Limits:
        return cls(**{field.name: getattr(one, field.name) for field in fields(cls)})

    def __bool__(self) -> bool:
        return self != Limits()

    def stricter(self, other: Limits) -> Limits:
        """What binds when both hold."""
        return Limits(
            _highest(self.min_nights, other.min_nights),
            _lowest(self.max_nights, other.max_nights),
            _highest(self.min_nights_on_arrival, other.min_nights_on_arrival),
            self.closed_to_arrival or other.closed_to_arrival,
            self.closed_to_departure or other.closed_to_departure,
            self.is_closed or other.is_closed,
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """The local dates of `[first_on, last_on]` that fall on `weekdays`; none named means all of them."""

    first_on: date
    last_on: date
    weekdays: frozenset[int] = ALL_DAYS

    def __post_init__(self) -> None:
        if not self.weekdays:
            object.__setattr__(self, "weekdays", ALL_DAYS)

    @property
    def is_empty(self) -> bool:
        length = (self.last_on - self.first_on).days + 1
        return not any((self.first_on + _DAY * n).weekday() in self.weekdays for n in range(min(length, 7)))

    def shared_with(self, other: Dates) -> Dates | None:
        days = self.weekdays & other.weekdays
        both = Dates(max(self.first_on, other.first_on), min(self.last_on, other.last_on), days)
        return None if not days or both.is_empty else both

    def without(self, other: Dates) -> list[Dates]:
        """What is left, in order of time."""
        both = self.shared_with(other)
        if both is None:
            return [self]
        left = [
            replace(self, last_on=both.first_on - _DAY),
            replace(both, weekdays=self.weekdays - both.weekdays) if self.weekdays > both.weekdays else None,
            replace(self, first_on=both.last_on + _DAY),
        ]
        return [one for one in left if one is not None and not one.is_empty]


Limited = tuple[Dates, Limits]


def laid_over(limited: Sequence[Limited], dates: Dates, change: Mapping[str, Any]) -> list[Limited]:
    """The same restrictions, but for the fields of `change`, which have exactly those values on these dates.

    None or False takes a limit away there. Dates outside, and other fields, stay as they were.
    """
    found: list[Limited] = []
    cleared = {name: getattr(Limits(), name) for name in change}
    for old, limits in limited:
        rest = replace(limits, **cleared)
        both = old.shared_with(dates)
        if both is None or rest == limits:
            found.append((old, limits))
            continue
        found += [(part, limits) for part in old.without(dates)]
        if rest:
            found.append((both, rest))
    if added := replace(Limits(), **change):
        found.append((dates, added))
    return tidied(found)


def tidied(limited: Iterable[Limited]) -> list[Limited]:
    """The same limits on every date, in fewer lines and in order of time."""
    by_dates: dict[Dates, Limits] = {}
    for dates, limits in limited:
        by_dates[dates] = by_dates.get(dates, Limits()).stricter(limits)
    found: list[Limited] = []
    for dates, limits in sorted(by_dates.items(), key=lambda one: (one[0].first_on, one[0].last_on)):
        before = next(
            (
                number
                for number, (old, same) in enumerate(found)
                if same == limits and old.weekdays == dates.weekdays and old.last_on + _DAY >= dates.first_on
            ),
            None,
        )
        if before is None:
            found.append((dates, limits))
        else:
            old = found[before][0]
            found[before] = replace(old, last_on=max(old.last_on, dates.last_on)), limits
    return found


def _highest(one: int | None, other: int | None) -> int | None:
    return max((known for known in (one, other) if known is not None), default=None)


def _lowest(one: int | None, other: int | None) -> int | None:
    return min((known for known in (one, other) if known is not None), default=None)
