"""The prices that offerings can show before any time is chosen."""

from __future__ import annotations

from datetime import date, timedelta

from horarium.kit.money import Money
from horarium.modules.catalog.rules import Catalog, ExtraFacts, OfferingFacts
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Occasion, price
from horarium.workflows.lowest_price import (
    ExtraPrice,
    extra_price,
    lowest_night,
    lowest_ticket,
    ticket_prices,
)

NOON = 720


def lowest_price(catalog: Catalog, offering: OfferingFacts, today: date) -> Money | None:
    """The cheapest start of the coming week at the shortest length, night or ticket; None when no rule prices it."""
    rules = get_price_list(catalog.business.id, catalog.revision).get(offering.id, ())
    if offering.mode != "slot":
        find = lowest_night if offering.mode == "stay" else lowest_ticket
        found = find(rules, offering, catalog.business.currency, today)
        return None if found is None else found.amount
    if not any(rule.extra_id is None for rule in rules):
        return None
    starts = {rule.from_minute for rule in rules if rule.from_minute is not None}
    ends = {rule.until_minute % 1440 for rule in rules if rule.until_minute is not None}
    minutes = offering.fixed_starts or {NOON, *starts, *ends}
    occasions = (
        Occasion(today + timedelta(days=day), minute, offering.durations[0], offering.party_min)
        for day in range(7)
        for minute in minutes
    )
    return min(price(rules, occasion, catalog.business.currency).total for occasion in occasions)


def ticket_price_from(catalog: Catalog, offering: OfferingFacts, ticket: int, today: date) -> Money:
    """The lowest of this type of ticket over the coming weeks."""
    rules = get_price_list(catalog.business.id, catalog.revision).get(offering.id, ())
    return min(ticket_prices(rules, offering, ticket, catalog.business.currency, today))


def price_of_extra(
    catalog: Catalog, offering: OfferingFacts, extra: ExtraFacts, today: date
) -> ExtraPrice | None:
    rules = get_price_list(catalog.business.id, catalog.revision).get(offering.id, ())
    return extra_price(rules, extra, catalog.business.currency, today)
