"""Stock of a product: pieces that come in, pieces that are counted, and why there are more or fewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.modules.availability.actions_stock import (
    COUNTED,
    HANDED_OVER,
    RECEIVED,
    correct_stock,
    receive_stock,
)
from horarium.modules.availability.queries_supplies import (
    SupplyFacts,
    list_movements,
    read_supplies,
    supplies_of_products,
)
from horarium.modules.catalog.models import Product
from horarium.platform.tenancy.queries import list_members
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office

SHOWN_MOVEMENTS: Final = 20
_REASONS: Final[dict[str, str | Promise]] = {
    RECEIVED: gettext_lazy("received"),
    COUNTED: gettext_lazy("counted"),
    HANDED_OVER: gettext_lazy("handed over"),
}


@dataclass(frozen=True, slots=True)
class MovementLine:
    at: datetime
    delta: str
    reason: str
    who: str


def stock_of(office: Office, products: Sequence[Product]) -> dict[int, SupplyFacts]:
    """By the key of the product; those that have never had any are not in it. Two queries."""
    supplies = supplies_of_products(office.business.pk, [one.pk for one in products if one.is_stocked])
    found = read_supplies(office.business.pk, list(supplies.values()), clock.now())
    return {product: found[supply] for product, supply in supplies.items() if supply in found}


def movements_of(office: Office, product: Product) -> list[MovementLine]:
    names = {one.user_id: one.user.get_full_name() for one in list_members(office.business.pk)}
    return [
        MovementLine(
            one.at,
            f"+{one.delta}" if one.delta > 0 else str(one.delta).replace("-", "\u2212"),
            str(_REASONS.get(one.reason, one.reason)),
            names.get(one.user_id or 0, ""),
        )
        for one in list_movements(office.business.pk, product.public_id, limit=SHOWN_MOVEMENTS)
    ]


def write_stock(office: Office, product: Product, entered: Entered) -> str:
    """What was done, in words; empty when something is wrong."""
    is_count = entered.text("stock_kind") == "count"
    field = "counted" if is_count else "quantity"
    number = entered.whole(field, needed=True)
    if number is None:
        return ""
    action = correct_stock if is_count else receive_stock
    otherwise = COUNTED if is_count else RECEIVED
    reason = entered.text("stock_reason")[:120] or otherwise
    try:
        stock = action(
            office.business.pk, product.public_id, number, reason=reason, actor=office.actor, now=clock.now()
        )
    except InvalidInput as error:
        entered.refuse(error, otherwise=field, names={"product": field})
        return ""
    return _("%(name)s: %(count)s in stock") % {"name": product.name, "count": stock.total}
