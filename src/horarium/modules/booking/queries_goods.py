"""Orders with goods, for the desk that hands them over. A fixed number of queries, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from horarium.kit.money import Money
from horarium.modules.customers.rules import search_terms
from horarium.modules.ledger.queries import Flow, flows_of
from horarium.modules.ledger.rules import payment_state
from horarium.platform.audit.queries import AuditFilters, list_entries

from .models import Booking, BookingState, Order, ProductLine
from .queries import standing_totals
from .rules import effective_state, order_status

LINE_CANCELLED: Final = "line.cancelled"
"""The entry of the audit log about goods that were cancelled, with what they have given back."""


@dataclass(frozen=True, slots=True)
class GoodsFilters:
    """Empty means any. `state`: the effective one of any of the lines. `search` as of bookings: the customer, or the
    whole id of the order. `customer`: a public id.
    """

    state: str = ""
    search: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """`product_id`: the key."""

    product_id: int
    quantity: int
    state: str


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """`status` is of the goods, `total`, `paid` and `payment_state` of the whole order."""

    order_id: str
    contact_name: str
    contact_email: str
    contact_phone: str
    created_at: datetime
    status: str
    lines: tuple[GoodsLine, ...]
    has_bookings: bool
    total: Money
    paid: Money
    payment_state: str


def list_goods(
    business_id: int, filters: GoodsFilters, now: datetime, *, offset: int, limit: int
) -> list[GoodsRow]:
    """The newest first. Inside a scope."""
    bookings = Booking.objects.filter(business_id=business_id, order=OuterRef("pk"))
    found = list(
        _matching(business_id, filters, now)
        .annotate(has_bookings=Exists(bookings))
        .order_by("-id")[offset : offset + limit]
    )
    ids = [one.public_id for one in found]
    flows, standing = flows_of(business_id, ids), standing_totals(business_id, ids)
    lines: dict[int, list[ProductLine]] = {}
    for line in ProductLine.objects.filter(business_id=business_id, order__in=found).order_by("id"):
        lines.setdefault(line.order_id, []).append(line)
    return [_row(one, lines[one.pk], standing.get(one.public_id), flows[one.public_id], now) for one in found]


def count_goods(business_id: int, filters: GoodsFilters, now: datetime, *, up_to: int) -> int:
    """Counted up to that many. Inside a scope."""
    return _matching(business_id, filters, now).order_by()[:up_to].count()


def refunds_of_lines(business_id: int, line_ids: Sequence[str]) -> dict[str, int]:
    """What cancelled goods have given back, in minor units, by the id of their line."""
    if not line_ids:
        return {}
    wanted = AuditFilters(subject_ids=tuple(line_ids), action=LINE_CANCELLED)
    page = list_entries(business_id, wanted)
    entries = list(page.entries)
    while page.has_next:
        page = list_entries(business_id, wanted, page.page + 1)
        entries += page.entries
    return {one.subject_id: (one.after or {}).get("refunded_minor", 0) for one in entries}


def _matching(business_id: int, filters: GoodsFilters, now: datetime) -> QuerySet[Order]:
    lines = ProductLine.objects.filter(_in_state(filters.state, now), business_id=business_id)
    orders = Order.objects.filter(Exists(lines.filter(order=OuterRef("pk"))), business_id=business_id)
    if filters.customer:
        orders = orders.filter(customer__public_id=filters.customer)
    terms = search_terms(filters.search)
    if not terms:
        return orders
    people = Q()
    for term in terms:
        people &= Q(customer__search__contains=term)
    return orders.filter(people | Q(public_id=filters.search.strip()))


def _in_state(state: str, now: datetime) -> Q:
    """A hold that has passed its time counts as expired, whether or not anybody has written that down."""
    lapsed = Q(state=BookingState.HELD, order__expires_at__lte=now)
    if state == BookingState.EXPIRED:
        return Q(state=state) | lapsed
    return Q(state=state) & ~lapsed if state else Q()


def _row(
    order: Order, lines: Sequence[ProductLine], standing: int | None, flow: Flow, now: datetime
) -> GoodsRow:
    """Of an order of which nothing stands, the first price is shown, and only fees that were kept had to be paid."""
    parts = tuple(
        GoodsLine(one.product_id, one.quantity, effective_state(one.state, order.expires_at, now))
        for one in lines
    )
    total = order.total_minor if standing is None else standing
    price = flow.fees or total if standing is None else total + flow.fees
    return GoodsRow(
        order_id=order.public_id,
        contact_name=order.contact_name,
        contact_email=order.contact_email,
        contact_phone=order.contact_phone,
        created_at=order.created_at,
        status=order_status(one.state for one in parts),
        lines=parts,
        has_bookings=bool(getattr(order, "has_bookings", False)),
        total=Money(total, order.currency),
        paid=Money(flow.paid, order.currency),
        payment_state=payment_state(price, flow.paid, refunded=flow.refunded).value,
    )
