"""The price that a list of offerings can show before any date is chosen: the lowest, and whether others cost more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from horarium.kit.money import Money
from horarium.modules.catalog.rules import ExtraFacts, OfferingFacts
from horarium.modules.pricing.rules import Company, Occasion, Rule, StayTariff, ticket_price

NOON = 720
NIGHTS_AHEAD = 60
DAYS_AHEAD = 28


@dataclass(frozen=True, slots=True)
class Lowest:
    amount: Money
    varies: bool


def lowest_night(rules: Sequence[Rule], offering: OfferingFacts, currency: str, today: date) -> Lowest | None:
    """Of one night for as few people as may come, over two months, in any rate plan; None when none is sold."""
    lengths = {1, *(rule.min_nights for rule in rules if rule.min_nights)}
    plans: Sequence[int | None] = [plan.id for plan in offering.rate_plans] or [None]
    prices = set()
    for nights in lengths:
        for plan in plans:
            company = Company(nights, offering.party_min, (), offering.included_guests, plan)
            tariff = StayTariff(rules, company, currency)
            prices |= {tariff.night(today + timedelta(days=number)) for number in range(NIGHTS_AHEAD)}
    return _of(one for one in prices if one is not None)


def lowest_ticket(
    rules: Sequence[Rule], offering: OfferingFacts, currency: str, today: date
) -> Lowest | None:
    """Of one ticket that takes a place; None without such tickets."""
    sold = [one.id for one in offering.ticket_types if one.places]
    return _of(price for one in sold for price in ticket_prices(rules, offering, one, currency, today))


def ticket_prices(
    rules: Sequence[Rule], offering: OfferingFacts, ticket: int, currency: str, today: date
) -> set[Money]:
    """All that a ticket of this type costs over four weeks."""
    minutes = sorted({NOON, *(rule.from_minute for rule in rules if rule.from_minute is not None)})
    return {
        ticket_price(rules, ticket, Occasion(day, minute, offering.durations[0], 1), currency)
        for day in (today + timedelta(days=number) for number in range(DAYS_AHEAD))
        for minute in offering.fixed_starts or minutes
    }


@dataclass(frozen=True, slots=True)
class ExtraPrice:
    """What one of an extra adds, counted by `basis`, such as `flat` or `per_person_night`."""

    amount: Money
    basis: str


def extra_price(rules: Sequence[Rule], extra: ExtraFacts, currency: str, today: date) -> ExtraPrice | None:
    """At its cheapest, for an adult where ages differ; None when no rule that still holds prices it."""
    own = [
        one
        for one in rules
        if one.extra_id == extra.id and (one.valid_until is None or one.valid_until >= today)
    ]
    cheapest = min(
        [one for one in own if one.fits_guest(None)] or own, key=lambda one: one.amount_minor, default=None
    )
    if cheapest is None:
        return None
    return ExtraPrice(Money(cheapest.amount_minor, currency), cheapest.basis)


def _of(prices: Iterable[Money]) -> Lowest | None:
    found = sorted(set(prices))
    return Lowest(found[0], len(found) > 1) if found else None
