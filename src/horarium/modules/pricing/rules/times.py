"""What time by the minute costs, line by line: slots, rentals by the hour and by the day, and all extras of these.

Conditions are read by the wall clock of the location, counted on from the start: a three-hour booking at 22:00
is priced as 22:00–24:00 of that date and 00:00–01:00 of the next, also in the night the clock is changed.
Days are begun spans of 24 such hours, each priced by the rule that fits where it begins.
Each line is rounded half away from zero to the minor unit; the total is the sum of its lines.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from horarium.kit.money import Money

from .tariffs import Line, PricedExtra, PriceQuote, Rule

DAY = 1440


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is priced: a local date, minutes from its midnight, minutes of duration, people."""

    day: date
    minute: int
    duration: int
    party: int


def price(
    rules: Sequence[Rule], occasion: Occasion, currency: str, extras: Sequence[PricedExtra] = ()
) -> PriceQuote:
    """The quote of one booking. An offering or extra without a fitting rule costs nothing."""
    lines = list(_lines([rule for rule in rules if rule.extra_id is None], occasion, currency))
    return PriceQuote.of([*lines, *lines_of_extras(rules, occasion, currency, extras)], currency)


def lines_of_extras(
    rules: Sequence[Rule], occasion: Occasion, currency: str, extras: Sequence[PricedExtra]
) -> Iterator[Line]:
    for extra in extras:
        own = [rule for rule in rules if rule.extra_id == extra.id]
        for line in _lines(own, occasion, currency, extra.quantity):
            label = extra.label(line.label)
            yield Line(label, line.amount, extra.public_id, line.minutes, line.quantity, line.days)


def occasions_alike(rules: Sequence[Rule]) -> Callable[[date, int], Hashable]:
    """A key of a date and minute such that occasions with equal keys have equal prices, for one duration and party."""
    if any(rule.valid_from or rule.valid_until for rule in rules):
        return lambda day, minute: (day, minute)
    if any(rule.weekdays for rule in rules):
        return lambda day, minute: (day.weekday(), minute)
    if any(rule.from_minute is not None for rule in rules):
        return lambda day, minute: minute
    return lambda day, minute: None


def _lines(rules: Sequence[Rule], occasion: Occasion, currency: str, pieces: int = 1) -> Iterator[Line]:
    first = first_fitting(rules, occasion.day, occasion.minute, occasion.duration)
    if first is None:
        return
    of_people = first.basis.startswith("per_person")
    count = pieces * (occasion.party if of_people else 1)
    quantity = count if of_people or pieces > 1 else None
    if first.basis in ("flat", "per_person"):
        amount = Money(first.amount_minor, currency).times(count)
        yield Line(first.name, amount, quantity=quantity, names=first.names)
        return
    alike = [rule for rule in rules if rule.basis == first.basis]
    if first.basis.endswith("_day"):
        for rule, days in _days(alike, first, occasion):
            yield Line(
                rule.name,
                Money(rule.amount_minor, currency).times(days * count),
                days=days,
                quantity=quantity,
                names=rule.names,
            )
        return
    for rule, minutes in _minutes(alike, first, occasion):
        amount = Money(rule.amount_minor, currency).times(Fraction(minutes * count, 60))
        yield Line(rule.name, amount, minutes=minutes, quantity=quantity, names=rule.names)


def _days(rules: Sequence[Rule], first: Rule, occasion: Occasion) -> list[tuple[Rule, int]]:
    """How many begun days fall under which rule; a gap continues the rule before it."""
    spent: dict[Rule, int] = {}
    current = first
    for number in range(-(-occasion.duration // DAY)):
        day = occasion.day + timedelta(days=number)
        current = first_fitting(rules, day, occasion.minute, occasion.duration) or current
        spent[current] = spent.get(current, 0) + 1
    return list(spent.items())


def _minutes(rules: Sequence[Rule], first: Rule, occasion: Occasion) -> list[tuple[Rule, int]]:
    """How many minutes fall under which rule, in order of time; a gap continues the rule before it."""
    spent: dict[Rule, int] = {}
    minute, end, current = occasion.minute, occasion.minute + occasion.duration, first
    while minute < end:
        day, of_day = occasion.day + timedelta(days=minute // DAY), minute % DAY
        current = first_fitting(rules, day, of_day, occasion.duration) or current
        until = min(end, minute - of_day + _next_edge(rules, of_day))
        spent[current] = spent.get(current, 0) + until - minute
        minute = until
    return list(spent.items())


def _next_edge(rules: Sequence[Rule], of_day: int) -> int:
    edges = [edge for rule in rules for edge in (rule.from_minute, rule.until_minute) if edge is not None]
    return min((edge for edge in edges if edge > of_day), default=DAY)


def first_fitting(rules: Sequence[Rule], day: date, minute: int, duration: int) -> Rule | None:
    return next((rule for rule in rules if rule.fits(day, minute, duration)), None)
