"""The dates of a guest's series, by the token of its order: this one, the following or all, as on their page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from horarium.api import etags
from horarium.api.answers.orders import cancellation_json, order_json
from horarium.api.answers.series import changed_json, going_json, series_json
from horarium.api.auth import OrderToken
from horarium.api.idempotency import idempotent
from horarium.api.schemas import series as shapes
from horarium.api.schemas.change_answers import CancellationAnswer
from horarium.kit.clock import now
from horarium.kit.errors import NotFound
from horarium.workflows.change_series import (
    cancel_series,
    change_series,
    find_series,
    preview_series_cancellation,
    preview_series_change,
)

from .public_changes import BOOKING, booked
from .public_orders import guest

router = Router(tags=["Orders"])
token = OrderToken()
SERIES = BOOKING + "/series"


@router.get(SERIES, auth=token, response=shapes.SeriesAnswer, summary="The series of a booking")
def get_series(request: HttpRequest, order: str, booking: str) -> HttpResponse:
    """Every date of it, cancelled ones too; 404 for a booking that does not repeat."""
    view, _ = booked(request, order, booking)
    found = find_series(view.business.id, booking, now())
    if found is None:
        raise NotFound("series", params={"kind": "series"})
    return etags.private(request, series_json(found))


@router.post(
    SERIES + "/change/preview",
    auth=token,
    response=shapes.ChangedSeriesAnswer,
    summary="What changing several dates would do",
)
def show_change(
    request: HttpRequest, order: str, booking: str, wanted: shapes.SeriesChangeInput
) -> HttpResponse:
    """Where each date would go, and the money of all; 409 `series.clash` lists each with what is free near it."""
    view, _ = booked(request, order, booking)
    changed = preview_series_change(view.business.id, booking, wanted.as_change(), now(), staff=False)
    return etags.made(changed_json(changed), status=200)


@router.post(
    SERIES + "/change", auth=token, response=shapes.ChangedSeriesAnswer, summary="Change several dates"
)
@idempotent
def post_change(
    request: HttpRequest, order: str, booking: str, wanted: shapes.SeriesChangeInput
) -> HttpResponse:
    """All that are meant or none. A date that the terms keep where it is stays; pay `rest` afterwards."""
    view, _ = booked(request, order, booking)
    change = wanted.as_change()
    changed = change_series(view.business.id, booking, change, guest(request), now(), staff=False)
    return etags.made(changed_json(changed), status=200)


@router.post(
    SERIES + "/cancellation/preview",
    auth=token,
    response=shapes.SeriesCancellationAnswer,
    summary="What cancelling several dates would cost",
)
def show_cancellation(
    request: HttpRequest, order: str, booking: str, wanted: shapes.SeriesCancellationInput
) -> HttpResponse:
    """Which dates the terms let go, with fee and refund of all of them as they would be applied now."""
    view, _ = booked(request, order, booking)
    going, terms = preview_series_cancellation(view.business.id, booking, wanted.reach, now(), staff=False)
    return etags.made(going_json(going, terms), status=200)


@router.post(
    SERIES + "/cancellation", auth=token, response=CancellationAnswer, summary="Cancel several dates"
)
@idempotent
def post_cancellation(
    request: HttpRequest, order: str, booking: str, wanted: shapes.SeriesCancellationInput
) -> HttpResponse:
    """Those that the terms let go; 409 `booking.deadline_passed` when there are none. The refund follows the terms."""
    view, _ = booked(request, order, booking)
    done = cancel_series(
        view.business.id,
        booking,
        wanted.reach,
        reason=wanted.reason.strip(),
        actor=guest(request),
        now=now(),
        staff=False,
    )
    return etags.made({**order_json(done.order), **cancellation_json(done.money)}, status=200)
