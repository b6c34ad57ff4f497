"""The one price engine: what a booking costs, line by line.

Conditions are read by the wall clock of the location, counted on from the start: a three-hour booking at 22:00
is priced as 22:00–24:00 of that date and 00:00–01:00 of the next, also in the night the clock is changed.
Each line is rounded half away from zero to the minor unit; the total is the sum of its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from horarium.kit.money import Money

DAY = 1440


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a price list; empty conditions always fit. Given in order: the first that fits wins."""

    name: str
    basis: str
    amount_minor: int
    extra_id: int | None = None
    duration: int | None = None
    weekdays: frozenset[int] = frozenset()
    from_minute: int | None = None
    until_minute: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def fits(self, day: date, minute: int, duration: int) -> bool:
        return (
            (self.duration is None or self.duration == duration)
            and (not self.weekdays or day.weekday() in self.weekdays)
            and (
                self.from_minute is None
                or self.until_minute is None
                or self.from_minute <= minute < self.until_minute
            )
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is priced: a local date, minutes from its midnight, minutes of duration, people."""

    day: date
    minute: int
    duration: int
    party: int


@dataclass(frozen=True, slots=True)
class PricedExtra:
    id: int
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote. `minutes` is set for time priced by the hour, `quantity` for people."""

    label: str
    amount: Money
    extra: str = ""
    minutes: int | None = None
    quantity: int | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "label": self.label,
            "minor": self.amount.minor,
            "extra": self.extra,
            "minutes": self.minutes,
            "quantity": self.quantity,
        }


@dataclass(frozen=True, slots=True)
class PriceQuote:
    lines: tuple[Line, ...]
    total: Money

    def as_json(self) -> dict[str, object]:
        """The form that is frozen on a booking."""
        return {"lines": [line.as_json() for line in self.lines], "total_minor": self.total.minor}


def price(
    rules: Sequence[Rule], occasion: Occasion, currency: str, extras: Sequence[PricedExtra] = ()
) -> PriceQuote:
    """The quote of one booking. An offering or extra without a fitting rule costs nothing."""
    lines = list(_lines([rule for rule in rules if rule.extra_id is None], occasion, currency))
    for extra in extras:
        own = [rule for rule in rules if rule.extra_id == extra.id]
        for line in _lines(own, occasion, currency):
            label = extra.name if not line.label else f"{extra.name}: {line.label}"
            lines.append(Line(label, line.amount, extra.public_id, line.minutes, line.quantity))
    return PriceQuote(tuple(lines), sum((line.amount for line in lines), Money.zero(currency)))


def occasions_alike(rules: Sequence[Rule]) -> Callable[[date, int], Hashable]:
    """A key of a date and minute such that occasions with equal keys have equal prices, for one duration and party."""
    if any(rule.valid_from or rule.valid_until for rule in rules):
        return lambda day, minute: (day, minute)
    if any(rule.weekdays for rule in rules):
        return lambda day, minute: (day.weekday(), minute)
    if any(rule.from_minute is not None for rule in rules):
        return lambda day, minute: minute
    return lambda day, minute: None


def _lines(rules: Sequence[Rule], occasion: Occasion, currency: str) -> Iterator[Line]:
    first = _fitting(rules, occasion.day, occasion.minute, occasion.duration)
    if first is None:
        return
    amount = Money(first.amount_minor, currency)
    if first.basis == "flat":
        yield Line(first.name, amount)
    elif first.basis == "per_person":
        yield Line(first.name, amount.times(occasion.party), quantity=occasion.party)
    else:
        hourly = [rule for rule in rules if rule.basis == "per_hour"]
        for rule, minutes in _hours(hourly, first, occasion):
            yield Line(
                rule.name, Money(rule.amount_minor, currency).times(Fraction(minutes, 60)), minutes=minutes
            )


def _hours(rules: Sequence[Rule], first: Rule, occasion: Occasion) -> list[tuple[Rule, int]]:
    """How many minutes fall under which hourly rule, in order of time; a gap continues the rule before it."""
    spent: dict[Rule, int] = {}
    minute, end, current = occasion.minute, occasion.minute + occasion.duration, first
    while minute < end:
        day, of_day = occasion.day + timedelta(days=minute // DAY), minute % DAY
        current = _fitting(rules, day, of_day, occasion.duration) or current
        until = min(end, minute - of_day + _next_edge(rules, of_day))
        spent[current] = spent.get(current, 0) + until - minute
        minute = until
    return list(spent.items())


def _next_edge(rules: Sequence[Rule], of_day: int) -> int:
    edges = [edge for rule in rules for edge in (rule.from_minute, rule.until_minute) if edge is not None]
    return min((edge for edge in edges if edge > of_day), default=DAY)


def _fitting(rules: Sequence[Rule], day: date, minute: int, duration: int) -> Rule | None:
    return next((rule for rule in rules if rule.fits(day, minute, duration)), None)
