"""What a business shows to guests: its catalogue with prices, as of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from horarium.kit.money import Money
from horarium.kit.zones import local_date_of, zone
from horarium.modules.catalog.queries import catalog_of
from horarium.modules.catalog.rules import (
    BusinessFacts,
    Catalog,
    CategoryFacts,
    Need,
    OfferingFacts,
)
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Rule
from horarium.modules.resources.rules import ResourceFacts
from horarium.workflows.lowest_price import lowest_night, lowest_ticket

from .prices import PriceFrom, price_from


@dataclass(frozen=True, slots=True)
class Offer:
    offering: OfferingFacts
    price: PriceFrom


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with what is in it; offerings without one stand in a shelf without a category."""

    category: CategoryFacts | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Shop:
    catalog: Catalog
    rules: dict[int, tuple[Rule, ...]]
    now: datetime

    @property
    def business(self) -> BusinessFacts:
        return self.catalog.business

    @property
    def has_products(self) -> bool:
        return any(one.is_active and one.is_public for one in self.catalog.products.values())

    def today(self, offering: OfferingFacts) -> date:
        return local_date_of(self.now, zone(offering.location.time_zone))

    def last_day(self, offering: OfferingFacts) -> date:
        return self.today(offering) + timedelta(days=offering.horizon_days)

    def price_from(self, offering: OfferingFacts, *durations: int) -> PriceFrom:
        own = self.rules.get(offering.id, ())
        currency, today = self.business.currency, self.today(offering)
        if offering.mode != "slot":
            find = lowest_night if offering.mode == "stay" else lowest_ticket
            found = find(own, offering, currency, today)
            return PriceFrom(found.amount, found.varies) if found else PriceFrom(Money.zero(currency), False)
        return price_from(own, offering, currency, today, durations)

    def choosable(self, offering: OfferingFacts) -> list[ResourceFacts]:
        """Resources among which the guest may choose, in the order of the business."""
        need = self._choosable_need(offering)
        found = [self.catalog.resources[one] for one in need.candidates] if need else []
        return sorted(found, key=lambda one: (one.position, one.name)) if len(found) > 1 else []

    def shelves(self) -> list[Shelf]:
        by_category: dict[int | None, list[Offer]] = {}
        known = {category.id for category in self.catalog.categories}
        for offering in self.catalog.listed_offerings():
            key = offering.category_id if offering.category_id in known else None
            by_category.setdefault(key, []).append(Offer(offering, self.price_from(offering)))
        shelves = [
            Shelf(category, tuple(by_category[category.id]))
            for category in self.catalog.categories
            if category.id in by_category
        ]
        rest = by_category.get(None)
        return [*shelves, Shelf(None, tuple(rest))] if rest else shelves

    @staticmethod
    def _choosable_need(offering: OfferingFacts) -> Need | None:
        needs = (need for need in offering.needs if need.is_choosable and need.extra_id is None)
        return next(needs, None)


def open_shop(slug: str, now: datetime) -> Shop:
    """One query when the catalogue is in memory and unchanged, else three. Raises NotFound."""
    catalog = catalog_of(slug)
    return Shop(catalog, get_price_list(catalog.business.id, catalog.revision), now)
