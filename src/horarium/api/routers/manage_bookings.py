"""Staff's work with bookings and cash."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from horarium.api import etags
from horarium.api.answers.availability import slot_json
from horarium.api.answers.orders import cancellation_json, order_json
from horarium.api.answers.staff import booking_row_json
from horarium.api.answers.staff_time import collisions_json
from horarium.api.auth import ApiKey, Staff, read_along, staff_of
from horarium.api.pagination import page_json
from horarium.api.schemas import manage as given
from horarium.api.schemas import staff_answers as shown
from horarium.api.schemas.answers import OrderAnswer
from horarium.api.schemas.change_answers import CancellationPreviewAnswer
from horarium.kit.clock import now
from horarium.kit.money import Money
from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking import queries_orders
from horarium.modules.booking.actions import write_staff_notes
from horarium.modules.booking.errors import OrderNotFound
from horarium.modules.booking.models import CancelledBy, Channel
from horarium.modules.booking.queries import BookingFilters, BookingRow, Page, find_booking_row, list_bookings
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries_keys import KnownKey
from horarium.workflows.approve_booking import approve, decline
from horarium.workflows.book_at_desk import book_at_desk
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.change_booking import move_booking, preview_move
from horarium.workflows.checkout import Checkout, Contact
from horarium.workflows.collisions import collisions_of_item, collisions_of_move
from horarium.workflows.order_view import get_order_view
from horarium.workflows.plan_again import Change
from horarium.workflows.take_cash import take_cash

router = Router(tags=["Staff: bookings"])
READ = ApiKey(Permission.BOOKINGS_READ, Permission.BOOKINGS_READ_OWN)
READ_ALONG = ApiKey(Permission.BOOKINGS_READ, Permission.BOOKINGS_READ_OWN, asks_along=True)
READ_ALL = ApiKey(Permission.BOOKINGS_READ)
WRITE = ApiKey(Permission.BOOKINGS_WRITE)
CASH = ApiKey(Permission.PAYMENTS_WRITE)


@router.get("/bookings", auth=READ_ALONG, response=shown.BookingPage, summary="Bookings")
def get_bookings(
    request: HttpRequest, business: Path[str], query: Query[given.BookingsQuery]
) -> HttpResponse:
    """A page of bookings. A specialist sees their own."""

    def read(staff: Staff, key: KnownKey | None) -> Page[BookingRow]:
        filters = _dated(staff, query)
        if not staff.can(Permission.BOOKINGS_READ):
            filters = replace(filters, member_id=staff.member_id)
        return list_bookings(staff.business_id, filters, query.as_page(), key)

    page = read_along(request, read)
    rows = [booking_row_json(row) for row in page.rows]
    return etags.private(
        request, page_json(rows, page=page.number, page_size=page.size, has_next=page.has_next)
    )


@router.post("/bookings", auth=WRITE, response={201: OrderAnswer}, summary="Book for a customer")
def create_bookings(request: HttpRequest, business: Path[str], wanted: given.StaffOrderInput) -> HttpResponse:
    """Neither grid nor prepayment stands in the way of staff; taken time does: the refusal lists under `collisions`
    whose it is. What a guest could not book because of lead time, horizon or a restriction of its dates needs a
    `reason`, which the audit log keeps.
    """
    staff, at = staff_of(request), now()
    contact = wanted.customer
    checkout = Checkout(
        contact=Contact(contact.name, contact.email, contact.phone, contact.locale[:2].lower()),
        items=tuple(item.as_item() for item in wanted.items),
        notes=wanted.notes,
        channel=Channel.BACKOFFICE,
    )
    try:
        reason = wanted.reason.strip()
        view = book_at_desk(staff.business.slug, checkout, staff.actor, at, reason=reason)
    except NotFree as refusal:
        catalog = get_current_catalog(staff.business_id)
        item = checkout.items[min(refusal.item, len(checkout.items) - 1)]
        refusal.params["collisions"] = collisions_json(catalog, collisions_of_item(catalog, item, at))
        raise
    return etags.made(
        order_json(view, staff=True), location=f"/api/v1/manage/{staff.business.slug}/orders/{view.id}"
    )


@router.get("/bookings/{public_id:booking}", auth=READ, response=shown.BookingRowAnswer, summary="A booking")
def get_booking(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    staff = staff_of(request)
    filters = BookingFilters()
    if not staff.can(Permission.BOOKINGS_READ):
        filters = BookingFilters(member_id=staff.member_id)
    row = find_booking_row(staff.business_id, booking, filters)
    if row is None:
        raise OrderNotFound("booking", params={"kind": "booking"})
    return etags.private(request, booking_row_json(row))


@router.patch(
    "/bookings/{public_id:booking}", auth=WRITE, response=shown.BookingRowAnswer, summary="Notes of staff"
)
def change_booking(
    request: HttpRequest, business: Path[str], booking: str, change: given.BookingChange
) -> HttpResponse:
    staff = staff_of(request)
    write_staff_notes(queries_orders.get_booking(staff.business_id, booking), change.staff_notes, staff.actor)
    return _answer(staff, booking)


@router.post(
    "/bookings/{public_id:booking}/move", auth=WRITE, response=shown.BookingRowAnswer, summary="Move"
)
def move(request: HttpRequest, business: Path[str], booking: str, wanted: given.MoveInput) -> HttpResponse:
    """The frozen price stays. When the new time is taken the old one is kept: 409 with alternatives and collisions."""
    staff = staff_of(request)
    wish, at = Change(wanted.start, wanted.resource, wanted.duration), now()
    try:
        move_booking(staff.business_id, booking, wish, staff.actor, at)
    except NotFree as refusal:
        catalog = get_current_catalog(staff.business_id)
        found = queries_orders.get_booking(staff.business_id, booking)
        in_the_way = collisions_of_move(catalog, found, wanted.start, wanted.resource, at)
        refusal.params["collisions"] = collisions_json(catalog, in_the_way)
        raise
    return _answer(staff, booking)


@router.post(
    "/bookings/{public_id:booking}/move/preview",
    auth=WRITE,
    response=shown.MoveVerdictAnswer,
    summary="Whether a move can be done",
)
def show_move(
    request: HttpRequest, business: Path[str], booking: str, wanted: given.MoveInput
) -> HttpResponse:
    wish = Change(wanted.start, wanted.resource, wanted.duration)
    verdict = preview_move(staff_of(request).business_id, booking, wish, now())
    slots = [slot_json(one) for one in verdict.alternatives]
    return etags.made({"code": verdict.reason, "alternatives": slots}, status=200)


@router.post(
    "/bookings/{public_id:booking}/confirm", auth=WRITE, response=shown.BookingRowAnswer, summary="Confirm"
)
def confirm(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    """Says yes to a booking that waits for it."""
    staff = staff_of(request)
    approve(staff.business_id, booking, staff.actor, now())
    return _answer(staff, booking)


@router.post(
    "/bookings/{public_id:booking}/decline", auth=WRITE, response=shown.BookingRowAnswer, summary="Decline"
)
def post_decline(
    request: HttpRequest, business: Path[str], booking: str, wanted: given.DeclineInput
) -> HttpResponse:
    """Says no to a booking that waits for approval, with the reason that its guest reads; all money goes back."""
    staff = staff_of(request)
    decline(staff.business_id, booking, wanted.reason, staff.actor, now())
    return _answer(staff, booking)


@router.get(
    "/bookings/{public_id:booking}/cancellation",
    auth=READ_ALL,
    response=CancellationPreviewAnswer,
    summary="What cancelling would cost",
)
def get_cancellation(
    request: HttpRequest, business: Path[str], booking: str, waive_fee: bool = False
) -> HttpResponse:
    staff = staff_of(request)
    found = queries_orders.get_booking(staff.business_id, booking)
    view = get_order_view(staff.business_id, found.order.public_id, now())
    terms = preview_cancellation(view, CancellationWish((booking,), waive_fee=waive_fee))
    return etags.private(request, cancellation_json(terms))


@router.post(
    "/bookings/{public_id:booking}/cancellation",
    auth=WRITE,
    response=shown.BookingRowAnswer,
    summary="Cancel",
)
def cancel(
    request: HttpRequest,
    business: Path[str],
    booking: str,
    wanted: given.StaffCancellationInput | None = None,
) -> HttpResponse:
    staff = staff_of(request)
    asked = wanted or given.StaffCancellationInput()
    wish = CancellationWish((booking,), asked.reason.strip(), asked.waive_fee, asked.fee)
    order = queries_orders.get_booking(staff.business_id, booking).order.public_id
    cancel_order(staff.business_id, order, wish, by=CancelledBy.STAFF, actor=staff.actor, now=now())
    return _answer(staff, booking)


@router.get("/orders/{order_id:order}", auth=READ_ALL, response=OrderAnswer, summary="An order")
def get_order(request: HttpRequest, business: Path[str], order: str) -> HttpResponse:
    return etags.private(
        request, order_json(get_order_view(staff_of(request).business_id, order, now()), staff=True)
    )


@router.post(
    "/orders/{order_id:order}/cash", auth=CASH, response=OrderAnswer, summary="Take money at the desk"
)
def post_cash(request: HttpRequest, business: Path[str], order: str, taken: given.CashInput) -> HttpResponse:
    """Minor units of the business's currency. What covers a hold's due part confirms it."""
    staff = staff_of(request)
    amount = Money(taken.minor, staff.business.currency)
    view = take_cash(staff.business_id, order, amount, account=taken.account, actor=staff.actor, now=now())
    return etags.made(order_json(view, staff=True), status=200)


def _dated(staff: Staff, query: given.BookingsQuery) -> BookingFilters:
    filters = query.as_filters()
    if query.first_on is None and query.last_on is None:
        return filters
    locations = list(get_current_catalog(staff.business_id).locations.values())
    tz = zone(locations[0].time_zone if locations else "UTC")
    since = None if query.first_on is None else instant_of(query.first_on, 0, tz)
    until = None if query.last_on is None else instant_of(query.last_on, 1440, tz)
    return replace(filters, since=since, until=until)


def _answer(staff: Staff, booking_id: str) -> HttpResponse:
    row: BookingRow | None = find_booking_row(staff.business_id, booking_id)
    if row is None:
        raise OrderNotFound("booking", params={"kind": "booking"})
    return etags.made(booking_row_json(row), status=200)
