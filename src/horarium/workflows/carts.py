"""What guests put aside before checkout, with what each line costs now and whether it can still be had.

A cart takes no time and promises nothing: it is planned anew whenever somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions_carts import change_cart, create_cart, get_cart
from horarium.modules.catalog.queries import catalog_of
from horarium.modules.catalog.rules import BusinessFacts, Catalog, OfferingFacts, ProductFacts
from horarium.platform.tenancy.scope import business_scope

from .items import Item, ProductItem, item_as_json, item_of_json
from .plan_bookings import MAX_ITEMS, AnyInquiry, inquire_items, plan_items
from .plan_products import ProductInquiry
from .planned import Planned


@dataclass(frozen=True, slots=True)
class CartLine:
    """One item. `planned`: as it can be booked now together with the lines before it; None: it cannot.

    Then `reason` is the code of the refusal (of a time or of what was asked for), `alternatives` what is near it.
    What the catalogue does not know any more has neither `offering` nor `product`.
    """

    number: int
    item: Item
    offering: OfferingFacts | None
    product: ProductFacts | None
    planned: Planned | None
    reason: str = ""
    alternatives: tuple[Any, ...] = ()

    @property
    def is_free(self) -> bool:
        return self.planned is not None


@dataclass(frozen=True, slots=True)
class CartView:
    """`total` and `due_now` are of the lines that can be had."""

    id: str
    business: BusinessFacts
    lines: tuple[CartLine, ...]
    total: Money
    due_now: Money

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(line.item for line in self.lines)

    @property
    def can_be_booked(self) -> bool:
        return bool(self.lines) and all(line.is_free for line in self.lines)


def open_cart(slug: str, cart_id: str, now: datetime) -> CartView:
    """Raises NotFound, also for a cart that has become an order."""
    catalog = catalog_of(slug)
    with business_scope(catalog.business.id):
        kept = get_cart(catalog.business.id, cart_id).items
    return view_cart(catalog, cart_id, [item_of_json(one) for one in kept], now)


def count_items(slug: str, cart_id: str) -> int:
    """How many lines it has; 0 when there is no such cart."""
    catalog = catalog_of(slug)
    try:
        with business_scope(catalog.business.id):
            return len(get_cart(catalog.business.id, cart_id).items)
    except NotFound:
        return 0


def put_cart(slug: str, cart_id: str, items: Sequence[Item], now: datetime) -> CartView:
    """Make these the items of a cart, or of a new one where `cart_id` is empty.

    What could never be booked is refused at once: InvalidInput(`items.<n>.<field>`), NotFound; what is taken is not.
    """
    catalog = catalog_of(slug)
    if len(items) > MAX_ITEMS:
        raise InvalidInput("number of items", field="items", params={"reason": "items", "max": MAX_ITEMS})
    for number, item in enumerate(items):
        try:
            _inquire(catalog, item)
        except InvalidInput as error:
            error.field = f"items.{number}.{(error.field or '').removeprefix('items.0.')}"
            raise
    kept = [item_as_json(one) for one in items]
    with business_scope(catalog.business.id):
        cart = (
            change_cart(catalog.business.id, cart_id, kept, now)
            if cart_id
            else create_cart(catalog.business.id, kept, now)
        )
    return view_cart(catalog, cart.public_id, list(items), now)


def add_to_cart(slug: str, cart_id: str, items: Sequence[Item], now: datetime) -> CartView:
    """Put them behind what is there; more of a product that is there already raises its number.

    A cart that is gone, or has become an order, is followed by a new one.
    """
    catalog = catalog_of(slug)
    there: list[Item] = []
    if cart_id:
        try:
            with business_scope(catalog.business.id):
                there = [item_of_json(one) for one in get_cart(catalog.business.id, cart_id).items]
        except NotFound:
            cart_id = ""
    return put_cart(slug, cart_id, _merged(there, items), now)


def view_cart(catalog: Catalog, cart_id: str, items: Sequence[Item], now: datetime) -> CartView:
    """Every line as it could be booked with those before it that can be had."""
    lines = [_line(catalog, number, item) for number, item in enumerate(items)]
    numbers = [line.number for line in lines if not line.reason]
    while numbers:
        try:
            planned = _plan(catalog, [items[n] for n in numbers], now)
        except NotFree as lost:
            gone = numbers.pop(min(lost.item, len(numbers) - 1))
            lines[gone] = replace(lines[gone], reason=str(lost.reason), alternatives=_near(lost))
        except InvalidInput as error:
            gone = numbers.pop(_number_of(error, len(numbers)))
            lines[gone] = replace(lines[gone], reason=_reason_of(error))
        else:
            for number, one in zip(numbers, planned, strict=True):
                lines[number] = replace(lines[number], planned=one)
            break
    found = [line.planned for line in lines if line.planned is not None]
    zero = Money.zero(catalog.business.currency)
    return CartView(
        cart_id,
        catalog.business,
        tuple(lines),
        total=sum((one.quote.total for one in found), zero),
        due_now=sum((one.due_now for one in found), zero),
    )


def _plan(catalog: Catalog, items: Sequence[Item], now: datetime) -> list[Planned]:
    return plan_items(inquire_items(catalog, items), items, now)


def _inquire(catalog: Catalog, item: Item) -> AnyInquiry | None:
    """One item by itself; extras that go with others only are judged when all are planned together."""
    try:
        return inquire_items(catalog, [item])[0]
    except InvalidInput as error:
        if error.params.get("reason") != "needs_offering":
            raise
        return None


def _line(catalog: Catalog, number: int, item: Item) -> CartLine:
    """With a reason when the catalogue does not know what is asked for."""
    reason = ""
    try:
        found = _inquire(catalog, item)
    except NotFound:
        found, reason = None, "not_found"
    except InvalidInput as error:
        found, reason = None, _reason_of(error)
    if isinstance(found, ProductInquiry):
        return CartLine(number, item, None, found.product, None)
    offering = (
        catalog.offerings.get(getattr(item, "offering", None) or "") if found is None else found.offering
    )
    product = catalog.products.get(item.product) if isinstance(item, ProductItem) else None
    return CartLine(number, item, offering, product, None, reason)


def _near(lost: NotFree) -> tuple[Any, ...]:
    near = lost.params.get("alternatives", ())
    return tuple(near) if isinstance(near, Iterable) else ()


def _reason_of(error: InvalidInput) -> str:
    return str(error.params.get("reason", "invalid"))


def _number_of(error: InvalidInput, count: int) -> int:
    parts = (error.field or "").split(".")
    number = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else count - 1
    return min(number, count - 1)


def _merged(there: Sequence[Item], more: Iterable[Item]) -> list[Item]:
    items = list(there)
    for one in more:
        if not isinstance(one, ProductItem):
            items.append(one)
            continue
        before = [it for it in items if isinstance(it, ProductItem) and it.product == one.product]
        items = [it for it in items if it not in before]
        items.append(replace(one, quantity=one.quantity + sum(it.quantity for it in before)))
    return items
