"""Orders of goods at the desk: found, given, cancelled with their money shown before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.door import goods_row_json
from horarium.api.answers.orders import cancellation_json, order_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.pagination import page_json
from horarium.api.schemas import goods
from horarium.api.schemas.answers import OrderAnswer
from horarium.api.schemas.change_answers import CancellationPreviewAnswer
from horarium.kit.clock import now
from horarium.kit.errors import InvalidInput
from horarium.modules.booking.models import CancelledBy
from horarium.modules.booking.queries_goods import GoodsFilters, list_goods
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.hand_over_goods import hand_over_goods
from horarium.workflows.order_view import OrderView, get_order_view

router = Router(tags=["Staff: door"])
READ = ApiKey(Permission.BOOKINGS_READ)
WRITE = ApiKey(Permission.BOOKINGS_WRITE)
GOODS = "/orders/{order_id:order}/goods"


@router.get("/goods", auth=READ, response=goods.GoodsPage, summary="Orders of goods")
def get_goods(request: HttpRequest, business: Path[str], query: Query[goods.GoodsQuery]) -> HttpResponse:
    """The newest first, alone or with bookings."""
    business_id = staff_of(request).business_id
    filters = GoodsFilters(query.state, query.search)
    offset = (query.page - 1) * query.page_size
    found = list_goods(business_id, filters, now(), offset=offset, limit=query.page_size + 1)
    catalog = get_current_catalog(business_id)
    page = page_json(
        (goods_row_json(catalog, one) for one in found[: query.page_size]),
        page=query.page,
        page_size=query.page_size,
        has_next=len(found) > query.page_size,
    )
    return etags.private(request, page)


@router.post(f"{GOODS}/hand-over", auth=WRITE, response=OrderAnswer, summary="Goods are given")
def post_hand_over(
    request: HttpRequest, business: Path[str], order: str, wanted: goods.GoodsInput | None = None
) -> HttpResponse:
    """Once: lines that were handed over before, or are not sold, are refused with 409."""
    staff = staff_of(request)
    lines = wanted.lines if wanted else []
    hand_over_goods(staff.business_id, order, lines, staff.actor, now())
    return etags.made(order_json(get_order_view(staff.business_id, order, now()), staff=True), status=200)


@router.post(
    f"{GOODS}/cancellation/preview",
    auth=READ,
    response=CancellationPreviewAnswer,
    summary="What cancelling goods gives back",
)
def show_cancellation(
    request: HttpRequest, business: Path[str], order: str, wanted: goods.GoodsInput | None = None
) -> HttpResponse:
    view = get_order_view(staff_of(request).business_id, order, now())
    wish = _wish(view, wanted or goods.GoodsInput())
    return etags.made(cancellation_json(preview_cancellation(view, wish)), status=200)


@router.post(f"{GOODS}/cancellation", auth=WRITE, response=OrderAnswer, summary="Cancel goods")
def post_cancellation(
    request: HttpRequest, business: Path[str], order: str, wanted: goods.GoodsCancellationInput | None = None
) -> HttpResponse:
    """Those that have not been handed over; the bookings of the order stay. 409 when there are none."""
    staff, asked = staff_of(request), wanted or goods.GoodsCancellationInput()
    wish = _wish(get_order_view(staff.business_id, order, now()), asked, asked.reason.strip())
    view = cancel_order(staff.business_id, order, wish, by=CancelledBy.STAFF, actor=staff.actor, now=now())
    return etags.made(order_json(view, staff=True), status=200)


def _wish(view: OrderView, wanted: goods.GoodsInput, reason: str = "") -> CancellationWish:
    """Lines of the order by name, or all of its goods: never its bookings. Raises InvalidInput for other lines."""
    known = [one.id for one in view.products]
    if not known or any(one not in known for one in wanted.lines):
        raise InvalidInput("no such line", field="lines", params={"reason": "unknown"})
    return CancellationWish(tuple(wanted.lines or known), reason)
