"""The price that a list of offerings can show before any time is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from horarium.kit.money import Money
from horarium.modules.catalog.rules import OfferingFacts
from horarium.modules.pricing.rules import Occasion, Rule, price

NOON = 720


@dataclass(frozen=True, slots=True)
class PriceFrom:
    """The lowest price, and whether another time, day or length costs more."""

    amount: Money
    varies: bool


def price_from(
    rules: Sequence[Rule], offering: OfferingFacts, currency: str, today: date, durations: Sequence[int] = ()
) -> PriceFrom:
    """Over the coming week, the edges of the rules' hours and the given durations (or all)."""
    lengths = durations or offering.durations
    found = {
        price(rules, Occasion(day, minute, length, offering.party_min), currency).total
        for length in lengths
        for day, minute in _occasions(rules, offering, today)
    }
    return PriceFrom(min(found), len(found) > 1)


def _occasions(rules: Sequence[Rule], offering: OfferingFacts, today: date) -> Iterator[tuple[date, int]]:
    starts = {rule.from_minute for rule in rules if rule.from_minute is not None}
    ends = {rule.until_minute for rule in rules if rule.until_minute is not None and rule.until_minute < 1440}
    minutes = sorted(offering.fixed_starts or starts | ends | {NOON})
    for number in range(7):
        for minute in minutes:
            yield today + timedelta(days=number), minute
