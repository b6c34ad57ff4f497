"""From wished goods to a planned line of an order: is it there, what does it cost. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries_supplies import read_supplies, supplies_of_products
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.rules import Catalog, ProductFacts
from horarium.modules.pricing.rules import Line, PriceQuote

from .items import ProductItem
from .planned import NOTHING, Besides, PlannedProduct


@dataclass(frozen=True, slots=True)
class ProductInquiry:
    """Goods that the catalogue knows, and how many of them."""

    catalog: Catalog
    product: ProductFacts
    quantity: int
    staff: bool = False

    @property
    def quote(self) -> PriceQuote:
        currency = self.catalog.business.currency
        amount = Money(self.product.price_minor * self.quantity, currency)
        return PriceQuote.of([Line(self.product.name, amount, quantity=self.quantity)], currency)

    @property
    def due_now(self) -> Money:
        """Goods are paid at once where the business asks for money at once at all, else when they are handed over."""
        offerings = self.catalog.listed_offerings()
        if self.staff or all(one.terms.prepayment == "none" for one in offerings):
            return Money.zero(self.catalog.business.currency)
        return self.quote.total


def inquire_product(catalog: Catalog, item: ProductItem, *, staff: bool = False) -> ProductInquiry:
    """Check an item against the catalogue. Raises NotFound, or InvalidInput with the field."""
    product = catalog.get_product(item.product, public_only=not staff)
    if not 1 <= item.quantity <= product.max_per_order:
        raise InvalidInput(
            "number of pieces",
            field="quantity",
            params={"reason": "out_of_range", "min": 1, "max": product.max_per_order},
        )
    return ProductInquiry(catalog, product, item.quantity, staff)


def plan_product(
    inquiry: ProductInquiry, number: int, now: datetime, besides: Besides = NOTHING
) -> PlannedProduct:
    """At most two queries. Raises NotFree(CAPACITY), which says how many are `left`, with the item's `number`."""
    product = inquiry.product
    if not product.is_stocked:
        return PlannedProduct(product, inquiry.quantity, inquiry.quote, inquiry.due_now, None)
    business_id = inquiry.catalog.business.id
    supply_id = supplies_of_products(business_id, [product.id]).get(product.id)
    left = 0
    if supply_id is not None:
        found = read_supplies(business_id, [supply_id], now)[supply_id]
        left = max(0, found.free - besides.supplies.get(supply_id, 0))
    if left < inquiry.quantity:
        params = {"product": product.public_id, "left": left, "alternatives": ()}
        raise NotFree(Reason.CAPACITY, item=number, params=params)
    return PlannedProduct(product, inquiry.quantity, inquiry.quote, inquiry.due_now, supply_id)
