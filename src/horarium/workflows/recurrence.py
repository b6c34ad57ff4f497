"""When the occurrences of a series take place: the clock on the wall counts, whatever the offset does. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final, Literal, TypeAlias

from horarium.kit.errors import InvalidInput

MOST = 52
"""Occurrences of one series."""
LONGEST = timedelta(days=3 * 366)
MOST_APART = 26
"""Days, weeks or months from one occurrence to the next."""
LAST = 5
"""The fifth weekday of a month is meant as its last one, which every month has."""
Unit: TypeAlias = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class SeriesRule:
    """Every `every` days, weeks or months, `count` times or `until` a date.

    Of weeks on `weekdays` (0 = Monday; none: that of the first date). Of months on the same weekday of the month as
    the first date: the second Tuesday, or the last one where the first date is the fifth.
    """

    every: int = 1
    weekdays: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
    unit: Unit = "week"

    def as_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"every": self.every, "weekdays": list(self.weekdays)}
        if self.unit != "week":
            kept["unit"] = self.unit
        if self.count is not None:
            kept["count"] = self.count
        if self.until is not None:
            kept["until"] = self.until.isoformat()
        return kept


GUESTS_RULES: Final[dict[str, tuple[int, Unit]]] = {
    "week": (1, "week"),
    "two_weeks": (2, "week"),
    "month": (1, "month"),
}
"""What guests may choose: so many of the unit apart."""


def guests_rule(every: str, times: int) -> SeriesRule:
    """`every`: one of `GUESTS_RULES`; `times`: with the first one."""
    apart, unit = GUESTS_RULES[every]
    return SeriesRule(every=apart, unit=unit, count=times)


def dates_of(first_on: date, rule: SeriesRule) -> list[date]:
    """The local dates, in order, the first one being `first_on` or the next that fits.

    Raises InvalidInput for a rule without an end or a date, and for more than `MOST` dates.
    """
    _check(first_on, rule)
    last = rule.until or first_on + LONGEST
    days = (day for day in _dates(first_on, rule, last) if day <= last)
    found = list(islice(days, rule.count or MOST + 1))
    if len(found) > MOST:
        raise InvalidInput("too many", field="rule.until", params={"reason": "too_many", "max": MOST})
    if not found:
        raise InvalidInput("no occurrence", field="rule.until", params={"reason": "range"})
    if rule.count is not None and len(found) < rule.count:
        raise InvalidInput("takes too long", field="rule.count", params={"reason": "range_too_long"})
    return found


def _dates(first_on: date, rule: SeriesRule, last: date) -> Iterator[date]:
    """All of them up to `last`, and perhaps one more."""
    if rule.unit == "month":
        months = (last.year - first_on.year) * 12 + last.month - first_on.month
        return (_same_weekday(first_on, number) for number in range(0, months + 1, rule.every))
    every_day = (first_on + timedelta(days=number) for number in range((last - first_on).days + 1))
    if rule.unit == "day":
        return islice(every_day, 0, None, rule.every)
    weekdays = set(rule.weekdays) or {first_on.weekday()}
    monday = first_on - timedelta(days=first_on.weekday())
    return (
        day for day in every_day if day.weekday() in weekdays and not (day - monday).days // 7 % rule.every
    )


def _same_weekday(first_on: date, months: int) -> date:
    """The weekday of the same number in the month that many months later."""
    number = (first_on.day - 1) // 7 + 1
    year, month = divmod(first_on.year * 12 + first_on.month - 1 + months, 12)
    start = date(year, month + 1, 1)
    day = start + timedelta(days=(first_on.weekday() - start.weekday()) % 7, weeks=number - 1)
    return day if day.month == start.month or number < LAST else day - timedelta(weeks=1)


def _check(first_on: date, rule: SeriesRule) -> None:
    if not 1 <= rule.every <= MOST_APART:
        raise InvalidInput("no such interval", field="rule.every", params={"reason": "out_of_range"})
    if not set(rule.weekdays) <= set(range(7)):
        raise InvalidInput("no such weekday", field="rule.weekdays", params={"reason": "weekday"})
    if rule.weekdays and rule.unit != "week":
        raise InvalidInput("of weeks only", field="rule.weekdays", params={"reason": "not_allowed"})
    if (rule.count is None) == (rule.until is None):
        raise InvalidInput("either a number or a date", field="rule.count", params={"reason": "required"})
    if rule.count is not None and not 1 <= rule.count <= MOST:
        raise InvalidInput("too many", field="rule.count", params={"reason": "too_many", "max": MOST})
    if rule.until is not None and not timedelta(0) <= rule.until - first_on <= LONGEST:
        raise InvalidInput("no such date", field="rule.until", params={"reason": "range_too_long"})
