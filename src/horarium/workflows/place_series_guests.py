"""Orders of guests in which an item may repeat: what they cost, and placing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.booking.models import Order
from horarium.modules.catalog.queries import catalog_of
from horarium.platform.audit.actor import Actor

from .checkout import Beside, Checkout, place_and_show, place_order, quote_items
from .items import Item
from .order_view import OrderView, get_order_view
from .place_series import Line, SeriesClash, SeriesPlan, place_lines, plan_lines
from .planned import Planned
from .recurrence_items import SeriesWish


@dataclass(frozen=True, slots=True)
class LinesQuote:
    """The price of the lines of an order as they would be held now."""

    lines: tuple[Planned | SeriesPlan, ...]
    total: Money
    due_now: Money


def quote_lines(slug: str, lines: Sequence[Line], now: datetime) -> LinesQuote:
    """What an order of these lines would cost. Raises SeriesClash, NotFree, InvalidInput, NotFound."""
    if (items := _items(lines)) is not None:
        quote = quote_items(slug, items, now)
        return LinesQuote(quote.planned, quote.total, quote.due_now)
    catalog = catalog_of(slug)
    with scope(business=catalog.business.id):
        plans = plan_lines(catalog, lines, now)
    for number, plan in enumerate(plans):
        if isinstance(plan, SeriesPlan) and plan.clashes:
            raise SeriesClash(plan.occurrences, number)
    zero = Money.zero(catalog.business.currency)
    total = sum((one.total if isinstance(one, SeriesPlan) else one.quote.total for one in plans), zero)
    return LinesQuote(tuple(plans), total, sum((one.due_now for one in plans), zero))


def order_and_show(
    slug: str,
    lines: Sequence[Line],
    checkout: Checkout,
    actor: Actor,
    now: datetime,
    *,
    beside: Beside | None = None,
) -> OrderView:
    """`place_and_show` of these lines in place of the checkout's items; nothing is written `beside` a series."""
    if (items := _items(lines)) is not None:
        return place_and_show(slug, replace(checkout, items=items), actor, now, beside=beside)
    order = place_lines(slug, lines, checkout, actor, now)
    return get_order_view(order.business_id, order.public_id, now)


def order_lines(slug: str, lines: Sequence[Line], checkout: Checkout, actor: Actor, now: datetime) -> Order:
    """`order_and_show` for who needs the row only."""
    if (items := _items(lines)) is not None:
        return place_order(slug, replace(checkout, items=items), actor, now)
    return place_lines(slug, lines, checkout, actor, now)


def _items(lines: Sequence[Line]) -> tuple[Item, ...] | None:
    """None when one of the lines repeats."""
    items = tuple(line for line in lines if not isinstance(line, SeriesWish))
    return items if len(items) == len(lines) else None
