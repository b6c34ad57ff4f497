"""Recurring series: planned as a whole, booked all or nothing, changed from one occurrence on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from horarium.api import etags
from horarium.api.answers.orders import cancellation_json, order_json
from horarium.api.answers.series import changed_json, going_json, plan_json, series_json
from horarium.api.auth import ApiKey, staff_of
from horarium.api.schemas import series as wanted_of
from horarium.api.schemas.change_answers import CancellationAnswer
from horarium.kit.clock import now
from horarium.kit.errors import NotFound
from horarium.platform.tenancy.permissions import Permission
from horarium.workflows.book_at_desk import book_series_at_desk
from horarium.workflows.change_series import (
    cancel_series,
    change_series,
    find_series,
    preview_series_cancellation,
    preview_series_change,
)
from horarium.workflows.place_series import plan_series

router = Router(tags=["Staff: series"])
READ_ALL = ApiKey(Permission.BOOKINGS_READ)
WRITE = ApiKey(Permission.BOOKINGS_WRITE)
OF_BOOKING = "/bookings/{public_id:booking}/series"


@router.post(
    "/series/preview", auth=WRITE, response=wanted_of.SeriesPlanAnswer, summary="Every occurrence of a series"
)
def show_plan(request: HttpRequest, business: Path[str], wanted: wanted_of.SeriesInput) -> HttpResponse:
    """Each with its price, or with the code of what stands against it and what is free near it. Nothing is taken."""
    plan = plan_series(staff_of(request).business_id, wanted.as_wish(), now())
    return etags.made(plan_json(plan), status=200)


@router.post("/series", auth=WRITE, response={201: wanted_of.SeriesOrderAnswer}, summary="Book a series")
def post_series(
    request: HttpRequest, business: Path[str], wanted: wanted_of.SeriesOrderInput
) -> HttpResponse:
    """Takes all occurrences that are not left out, in one order, or none: then `occurrences` of the refusal say why."""
    staff, at = staff_of(request), now()
    view = book_series_at_desk(
        staff.business_id,
        wanted.as_wish(),
        wanted.as_contact(),
        staff.actor,
        at,
        notes=wanted.notes,
        reason=wanted.reason.strip(),
    )
    series = find_series(staff.business_id, view.bookings[0].id, at)
    return etags.made({**order_json(view, staff=True), "series": series.id if series else ""})


@router.get(OF_BOOKING, auth=READ_ALL, response=wanted_of.SeriesAnswer, summary="The series of a booking")
def get_series(request: HttpRequest, business: Path[str], booking: str) -> HttpResponse:
    found = find_series(staff_of(request).business_id, booking, now())
    if found is None:
        raise NotFound("series", params={"kind": "series"})
    return etags.private(request, series_json(found))


@router.post(
    OF_BOOKING + "/change/preview",
    auth=WRITE,
    response=wanted_of.ChangedSeriesAnswer,
    summary="What changing a series would do",
)
def show_change(
    request: HttpRequest, business: Path[str], booking: str, wanted: wanted_of.StaffSeriesChangeInput
) -> HttpResponse:
    """What the change would do now, with its money; 409 with what clashes, for each occurrence."""
    staff = staff_of(request)
    changed = preview_series_change(staff.business_id, booking, wanted.as_change(), now())
    return etags.made(changed_json(changed), status=200)


@router.post(
    OF_BOOKING + "/change",
    auth=WRITE,
    response=wanted_of.ChangedSeriesAnswer,
    summary="Change this, the following or all",
)
def post_change(
    request: HttpRequest, business: Path[str], booking: str, wanted: wanted_of.StaffSeriesChangeInput
) -> HttpResponse:
    """All that are meant and still ahead, or none of them."""
    staff = staff_of(request)
    changed = change_series(staff.business_id, booking, wanted.as_change(), staff.actor, now())
    return etags.made(changed_json(changed), status=200)


@router.post(
    OF_BOOKING + "/cancellation/preview",
    auth=WRITE,
    response=wanted_of.SeriesCancellationAnswer,
    summary="What cancelling of a series would cost",
)
def show_cancellation(
    request: HttpRequest, business: Path[str], booking: str, wanted: wanted_of.StaffSeriesCancellationInput
) -> HttpResponse:
    going, terms = preview_series_cancellation(
        staff_of(request).business_id, booking, wanted.reach, now(), waive_fee=wanted.waive_fee
    )
    return etags.made(going_json(going, terms), status=200)


@router.post(
    OF_BOOKING + "/cancellation",
    auth=WRITE,
    response=CancellationAnswer,
    summary="Cancel this, the following or all",
)
def post_cancellation(
    request: HttpRequest, business: Path[str], booking: str, wanted: wanted_of.StaffSeriesCancellationInput
) -> HttpResponse:
    staff = staff_of(request)
    done = cancel_series(
        staff.business_id,
        booking,
        wanted.reach,
        reason=wanted.reason.strip(),
        actor=staff.actor,
        now=now(),
        waive_fee=wanted.waive_fee,
    )
    return etags.made({**order_json(done.order, staff=True), **cancellation_json(done.money)}, status=200)
