"""Waiting lists for staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.orders import order_json
from horarium.api.answers.waiting import waiting_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.pagination import page_json
from horarium.api.schemas.answers import OrderAnswer
from horarium.api.schemas.waiting import WaitingEntryAnswer, WaitingPageAnswer, WaitingQuery
from horarium.kit.clock import now
from horarium.modules.booking.models import CancelledBy
from horarium.modules.booking.queries_waiting import get_waiting_entry, list_waiting
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.order_view import get_order_view
from horarium.workflows.waiting_list import accept_offer, leave, offer_by_hand

router = Router(tags=["Staff: waiting list"])
READ_ALL = ApiKey(Permission.BOOKINGS_READ)
WRITE = ApiKey(Permission.BOOKINGS_WRITE)
PAGE_SIZE = 50


@router.get("/waiting-list", auth=READ_ALL, response=WaitingPageAnswer, summary="Who waits")
def get_waiting(request: HttpRequest, business: Path[str], query: Query[WaitingQuery]) -> HttpResponse:
    """By turn. `on`: who waits for this date."""
    staff = staff_of(request)
    offering_id = None
    if query.offering is not None:
        catalog = get_current_catalog(staff.business_id)
        offering_id = catalog.get_offering(query.offering, public_only=False).id
    offset = (query.page - 1) * PAGE_SIZE
    filters = query.as_filters(offering_id)
    found = list_waiting(staff.business_id, filters, offset=offset, limit=PAGE_SIZE + 1)
    rows = [waiting_json(one) for one in found[:PAGE_SIZE]]
    has_next = len(found) > PAGE_SIZE
    return etags.private(request, page_json(rows, page=query.page, page_size=PAGE_SIZE, has_next=has_next))


@router.delete("/waiting-list/{public_id:entry}", auth=WRITE, response=WaitingEntryAnswer, summary="Remove")
def delete_waiting(request: HttpRequest, business: Path[str], entry: str) -> HttpResponse:
    """What is being offered to them becomes free for the next."""
    staff = staff_of(request)
    leave(staff.business_id, entry, by=CancelledBy.STAFF, actor=staff.actor, now=now())
    return etags.made(waiting_json(get_waiting_entry(staff.business_id, entry)), status=200)


@router.post(
    "/waiting-list/{public_id:entry}/offer",
    auth=WRITE,
    response={201: OrderAnswer},
    summary="Offer out of turn",
)
def post_offer(request: HttpRequest, business: Path[str], entry: str) -> HttpResponse:
    """Holds the first time that fits for this one; 409 when nothing does."""
    staff, at = staff_of(request), now()
    order = offer_by_hand(staff.business_id, entry, at)
    return etags.made(order_json(get_order_view(staff.business_id, order.public_id, at), staff=True))


@router.post(
    "/orders/{order_id:order}/acceptance", auth=WRITE, response=OrderAnswer, summary="Confirm a hold"
)
def post_acceptance(request: HttpRequest, business: Path[str], order: str) -> HttpResponse:
    """For a guest who has said yes to a time that is held and costs nothing now."""
    view = accept_offer(staff_of(request).business_id, order, now())
    return etags.made(order_json(view, staff=True), status=200)
