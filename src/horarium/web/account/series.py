"""A guest's series: from one of its dates on, or all that are still ahead, at another time, with the exact money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError
from horarium.platform.throttle.pages import limited
from horarium.web.components import changing
from horarium.web.components.reasons import reason_text
from horarium.workflows.change_series import (
    Reach,
    SeriesChange,
    SeriesChangeClash,
    change_series,
    find_series,
    open_to_guest,
    preview_series_change,
)
from horarium.workflows.order_view import BookingView, OrderView, open_order_page

from .changes import refusal_text
from .pages import base_context, guest_of, private
from .shown import show

REACHES: Final[dict[Reach, str | Promise]] = {
    "following": _("This and the following dates"),
    "all": _("All dates still ahead"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@private
@limited
def change_dates(request: HttpRequest, token: str, booking_id: str) -> HttpResponse:
    """The form answers every choice with the money of all dates that it means; the same choice posted is done."""
    now = clock.now()
    view = open_order_page(token, now)
    shown = next((one for one in view.bookings if one.id == booking_id), None)
    if shown is None or shown.offering.mode != "slot" or not _dates_of(view, booking_id, now):
        raise Http404("series")
    if not shown.can_reschedule:
        return HttpResponseRedirect(reverse("order_page", args=[token]))
    present = changing.present_of(view.business.id, shown, staff=False)
    data = request.POST if request.method == "POST" else request.GET
    wanted = changing.read_wanted(present, data)
    change = SeriesChange(_reach(data), wanted.change.start, wanted.change.resource)
    is_something = change.start is not None or change.resource is not None
    verdict: dict[str, Any] = {}
    if is_something:
        try:
            if request.method == "POST":
                done = change_series(
                    view.business.id, booking_id, change, guest_of(request), now, staff=False
                )
                return _done(request, token, len(done.occurrences))
            verdict["preview"] = preview_series_change(view.business.id, booking_id, change, now, staff=False)
        except SeriesChangeClash as clash:
            verdict = {"clashes": [(one, reason_text(one.reason)) for one in clash.occurrences if one.reason]}
        except HorariumError as error:
            verdict = {"problem": refusal_text(error)}
    context = base_context(view, show(view, now)) | _form(view, present, wanted, now) | verdict
    context["reach"] = change.reach
    is_part = request.headers.get("HX-Request") and request.method != "POST"
    template = "my/series.html#plan" if is_part else "my/series.html"
    return render(request, template, context, status=409 if request.method == "POST" and verdict else 200)


def _form(
    view: OrderView, present: changing.Present, wanted: changing.Wanted, now: datetime
) -> dict[str, Any]:
    dates = _dates_of(view, present.view.id, now)
    following, all_dates = (open_to_guest(dates, present.view.id, one) for one in REACHES)
    cancel_url = reverse("order_cancel", args=[view.token])
    return {
        "present": present,
        "booking": present.view,
        "wanted": wanted,
        "slots": changing.free_starts(view.business.id, present, wanted, now, staff=False),
        "reaches": [(key, str(word)) for key, word in REACHES.items()],
        "change_url": reverse("order_series", args=[view.token, present.view.id]),
        "cancel_following_url": _ticked(cancel_url, following),
        "cancel_all_url": _ticked(cancel_url, all_dates),
    }


def _dates_of(view: OrderView, booking_id: str, now: datetime) -> tuple[BookingView, ...]:
    found = find_series(view.business.id, booking_id, now)
    return found.bookings if found else ()


def _ticked(cancel_url: str, dates: Sequence[BookingView]) -> str:
    """The page of cancelling with these lines chosen."""
    return (
        f"{cancel_url}?{urlencode([('lines', '1'), *(('line', one.id) for one in dates)])}" if dates else ""
    )


def _reach(data: Any) -> Reach:
    return cast(Reach, data["reach"]) if data.get("reach") in REACHES else "following"


def _done(request: HttpRequest, token: str, count: int) -> HttpResponse:
    text = ngettext("%(count)d date has been changed.", "%(count)d dates have been changed.", count)
    messages.success(request, text % {"count": count})
    return HttpResponseRedirect(reverse("order_page", args=[token]))
