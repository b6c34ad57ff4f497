"""Goods that guests can order beside their bookings, with what is left of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from horarium.kit.money import Money
from horarium.modules.availability.queries_supplies import read_supplies, supplies_of_products
from horarium.modules.catalog.queries import catalog_of
from horarium.modules.catalog.rules import BusinessFacts, ProductFacts


@dataclass(frozen=True, slots=True)
class ProductOffer:
    """`most`: how many one order may take now; 0 when there are none left."""

    product: ProductFacts
    price: Money
    most: int


@dataclass(frozen=True, slots=True)
class ProductListing:
    business: BusinessFacts
    products: tuple[ProductOffer, ...]


def list_products(slug: str, now: datetime) -> ProductListing:
    """All that are sold, in the order of the business. At most three queries. Raises NotFound."""
    catalog = catalog_of(slug)
    sold = [one for one in catalog.products.values() if one.is_active and one.is_public]
    stocked = [one.id for one in sold if one.is_stocked]
    supplies = supplies_of_products(catalog.business.id, stocked) if stocked else {}
    facts = read_supplies(catalog.business.id, list(supplies.values()), now)
    free = {product: max(0, facts[supply].free) for product, supply in supplies.items() if supply in facts}
    return ProductListing(
        catalog.business,
        tuple(
            ProductOffer(
                one,
                Money(one.price_minor, catalog.business.currency),
                min(one.max_per_order, free.get(one.id, 0)) if one.is_stocked else one.max_per_order,
            )
            for one in sold
        ),
    )
