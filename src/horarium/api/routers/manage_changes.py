"""Changes, arrivals and departures by staff, each with its money shown before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.changes import change_json, change_preview_json
from horarium.api.answers.orders import cancellation_json, order_json
from horarium.api.answers.staff import booking_row_json
from horarium.api.auth import ApiKey, Staff, staff_of
from horarium.api.schemas.change_answers import (
    CancellationPreviewAnswer,
    ChangedAnswer,
    ChangePreviewAnswer,
)
from horarium.api.schemas.changes import DepartureInput, NoShowInput, StaffChangeInput
from horarium.api.schemas.staff_answers import BookingRowAnswer
from horarium.kit.clock import now
from horarium.modules.booking.actions_reseats import pin_booking
from horarium.modules.booking.errors import OrderNotFound
from horarium.modules.booking.queries import find_booking_row
from horarium.modules.booking.queries_orders import get_booking
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.attend_booking import check_in, check_out
from horarium.workflows.change_booking import apply_change, preview_change
from horarium.workflows.early_departure import depart_early, preview_departure
from horarium.workflows.no_show import mark_no_show, preview_no_show
from horarium.workflows.order_view import OrderView, get_order_view
from horarium.workflows.tidy_bookings import complete_booking

router = Router(tags=["Staff: bookings"])
WRITE = ApiKey(Permission.BOOKINGS_WRITE)
BOOKING = "/bookings/{public_id:booking}"


@router.post(
    BOOKING + "/change/preview", auth=WRITE, response=ChangePreviewAnswer, summary="What a change would cost"
)
def show_change(
    request: HttpRequest, business: Path[str], booking: str, wanted: StaffChangeInput
) -> HttpResponse:
    staff = staff_of(request)
    preview = preview_change(staff.business_id, booking, wanted.as_wish(), now(), staff=True)
    return etags.made(change_preview_json(preview), status=200)


@router.post(BOOKING + "/change", auth=WRITE, response=ChangedAnswer, summary="Change a booking")
def post_change(
    request: HttpRequest, business: Path[str], booking: str, wanted: StaffChangeInput
) -> HttpResponse:
    """By the terms that were agreed on, or beyond them with a reason, which is kept in the audit log."""
    staff = staff_of(request)
    done = apply_change(staff.business_id, booking, wanted.as_wish(), staff.actor, now(), staff=True)
    return etags.made({**order_json(done.order, staff=True), "change": change_json(done.money)}, status=200)


@router.post(
    BOOKING + "/no-show/preview",
    auth=WRITE,
    response=CancellationPreviewAnswer,
    summary="What not coming costs",
)
def show_no_show(
    request: HttpRequest, business: Path[str], booking: str, wanted: NoShowInput | None = None
) -> HttpResponse:
    terms = preview_no_show(_order(staff_of(request), booking), booking, (wanted or NoShowInput()).as_wish())
    return etags.made(cancellation_json(terms), status=200)


@router.post(BOOKING + "/no-show", auth=WRITE, response=BookingRowAnswer, summary="Did not come")
def post_no_show(
    request: HttpRequest, business: Path[str], booking: str, wanted: NoShowInput | None = None
) -> HttpResponse:
    """The fee that was agreed on is kept, what is over goes back; nothing is billed beyond what is paid."""
    staff = staff_of(request)
    mark_no_show(staff.business_id, booking, (wanted or NoShowInput()).as_wish(), staff.actor, now())
    return _answer(staff, booking)


@router.post(BOOKING + "/check-in", auth=WRITE, response=BookingRowAnswer, summary="Has come")
def post_check_in(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    staff = staff_of(request)
    check_in(staff.business_id, booking, staff.actor, now())
    return _answer(staff, booking)


@router.post(BOOKING + "/check-out", auth=WRITE, response=BookingRowAnswer, summary="Has left")
def post_check_out(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    staff = staff_of(request)
    check_out(staff.business_id, booking, staff.actor, now())
    return _answer(staff, booking)


@router.post(BOOKING + "/completion", auth=WRITE, response=BookingRowAnswer, summary="Is done")
def post_completion(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    staff = staff_of(request)
    complete_booking(staff.business_id, booking, staff.actor, now())
    return _answer(staff, booking)


@router.post(
    BOOKING + "/departure/preview",
    auth=WRITE,
    response=ChangePreviewAnswer,
    summary="What leaving early would free",
)
def show_departure(
    request: HttpRequest, business: Path[str], booking: str, wanted: DepartureInput
) -> HttpResponse:
    preview = preview_departure(staff_of(request).business_id, booking, wanted.as_departure(), now())
    return etags.made(change_preview_json(preview), status=200)


@router.post(BOOKING + "/departure", auth=WRITE, response=ChangedAnswer, summary="Leaves early")
def post_departure(
    request: HttpRequest, business: Path[str], booking: str, wanted: DepartureInput
) -> HttpResponse:
    """The nights that are left are free at once; who leaves today is checked out."""
    staff = staff_of(request)
    done = depart_early(staff.business_id, booking, wanted.as_departure(), staff.actor, now())
    return etags.made({**order_json(done.order, staff=True), "change": change_json(done.money)}, status=200)


@router.put(BOOKING + "/pin", auth=WRITE, response=BookingRowAnswer, summary="Keeps its room")
def put_pin(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    """The stay is not moved to another room so that others can be sold."""
    staff = staff_of(request)
    pin_booking(staff.business_id, booking, is_pinned=True, actor=staff.actor)
    return _answer(staff, booking)


@router.delete(BOOKING + "/pin", auth=WRITE, response=BookingRowAnswer, summary="May change rooms")
def delete_pin(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    staff = staff_of(request)
    pin_booking(staff.business_id, booking, is_pinned=False, actor=staff.actor)
    return _answer(staff, booking)


def _answer(staff: Staff, booking_id: str) -> HttpResponse:
    row = find_booking_row(staff.business_id, booking_id)
    if row is None:
        raise OrderNotFound("booking", params={"kind": "booking"})
    return etags.made(booking_row_json(row), status=200)


def _order(staff: Staff, booking_id: str) -> OrderView:
    found = get_booking(staff.business_id, booking_id)
    return get_order_view(staff.business_id, found.order.public_id, now())
