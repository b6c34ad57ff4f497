"""When the occurrences of a series take place: the clock on the wall counts, whatever the offset does. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from horarium.kit.errors import InvalidInput

MOST = 52
"""Occurrences of one series."""
LONGEST = timedelta(days=3 * 366)
MOST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """Every `every` weeks on `weekdays` (0 = Monday; none: that of the first date), `count` times or `until` a date."""

    every: int = 1
    weekdays: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"every": self.every, "weekdays": list(self.weekdays)}
        if self.count is not None:
            kept["count"] = self.count
        if self.until is not None:
            kept["until"] = self.until.isoformat()
        return kept


def dates_of(first_on: date, rule: SeriesRule) -> list[date]:
    """The local dates, in order, the first one being `first_on` or the next that fits.

    Raises InvalidInput for a rule without an end or a date, and for more than `MOST` dates.
    """
    _check(first_on, rule)
    weekdays = set(rule.weekdays) or {first_on.weekday()}
    monday = first_on - timedelta(days=first_on.weekday())
    last = rule.until or first_on + LONGEST
    found: list[date] = []
    for day in (first_on + timedelta(days=number) for number in range((last - first_on).days + 1)):
        if day.weekday() not in weekdays or (day - monday).days // 7 % rule.every:
            continue
        found.append(day)
        if len(found) == rule.count:
            break
        if len(found) > MOST:
            raise InvalidInput("too many", field="rule.until", params={"reason": "too_many", "max": MOST})
    if not found:
        raise InvalidInput("no occurrence", field="rule.until", params={"reason": "range"})
    return found


def _check(first_on: date, rule: SeriesRule) -> None:
    if not 1 <= rule.every <= MOST_WEEKS:
        raise InvalidInput("no such interval", field="rule.every", params={"reason": "out_of_range"})
    if not set(rule.weekdays) <= set(range(7)):
        raise InvalidInput("no such weekday", field="rule.weekdays", params={"reason": "weekday"})
    if (rule.count is None) == (rule.until is None):
        raise InvalidInput("either a number or a date", field="rule.count", params={"reason": "required"})
    if rule.count is not None and not 1 <= rule.count <= MOST:
        raise InvalidInput("too many", field="rule.count", params={"reason": "too_many", "max": MOST})
    if rule.until is not None and not timedelta(0) <= rule.until - first_on <= LONGEST:
        raise InvalidInput("no such date", field="rule.until", params={"reason": "range_too_long"})
