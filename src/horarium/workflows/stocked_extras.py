"""Extras that take pieces out of stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries_supplies import read_supplies, supplies_of_products
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.modules.pricing.rules import PricedExtra


def supplies_of_extras(
    catalog: Catalog,
    offering: OfferingFacts,
    extras: Sequence[PricedExtra],
    now: datetime,
    *,
    number: int,
    earlier: Mapping[int, int],
) -> tuple[tuple[int, int], ...]:
    """What these extras take: (supply, quantity). Two queries, none for extras without goods.

    `earlier`: what earlier items of the same order take. Raises NotFree(CAPACITY) with the item's `number`.
    """
    products = {one.id: one.product_id for one in offering.extras if one.product_id is not None}
    wanted: dict[int, int] = {}
    for extra in extras:
        product_id = products.get(extra.id)
        if product_id is not None and catalog.product_of_key(product_id).is_stocked:
            wanted[product_id] = wanted.get(product_id, 0) + extra.quantity
    if not wanted:
        return ()
    business_id = catalog.business.id
    supplies = supplies_of_products(business_id, list(wanted))
    facts = read_supplies(business_id, list(supplies.values()), now)
    for product_id, quantity in wanted.items():
        supply_id = supplies.get(product_id)
        if supply_id is None or facts[supply_id].free - earlier.get(supply_id, 0) < quantity:
            raise NotFree(Reason.CAPACITY, item=number, params={"offering": offering.public_id})
    return tuple((supplies[product_id], quantity) for product_id, quantity in sorted(wanted.items()))
