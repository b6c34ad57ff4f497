"""The series of a booking: all its dates, and moving or cancelling this one, the following, or all."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, NotFound
from horarium.kit.zones import instant_of, zone
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.bookings.detail import Opened, open_booking
from horarium.web.backoffice.bookings.views import booking_sheet
from horarium.web.backoffice.bookings.wanted import resource_options
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.typed_dates import read_date
from horarium.workflows.change_booking import MOVED_AT_THE_DESK
from horarium.workflows.change_series import (
    ChangedOccurrence,
    Reach,
    SeriesChange,
    SeriesChangeClash,
    cancel_series,
    change_series,
    find_series,
    preview_series_cancellation,
    preview_series_change,
)

REACHES: Final[dict[str, str | Promise]] = {
    "this": gettext_lazy("Only this date"),
    "following": gettext_lazy("This and the following dates"),
    "all": gettext_lazy("All dates still ahead"),
}
_REASON_LENGTH = 200


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def show_series(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    """`do`: preview, move, ask, cancel; without it the series as it stands."""
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    if find_series(office.business.pk, booking_id, now) is None:
        raise NotFound("series", params={"kind": "series"})
    if request.method != "POST":
        return _sheet(request, office, opened, now)
    try:
        return _do(request, office, opened, now)
    except SeriesChangeClash as clash:
        context = {"clashes": [_clash(one) for one in clash.occurrences if one.reason is not None]}
        return _sheet(request, office, opened, now, context, status=409)
    except HorariumError as error:
        return _sheet(request, office, opened, now, {"problem": problem_text(error)}, status=409)


def _do(request: HttpRequest, office: Office, opened: Opened, now: datetime) -> HttpResponse:
    data, business_id = request.POST, office.business.pk
    reach = _reach(data)
    match data.get("do", ""):
        case "move":
            changed = change_series(business_id, opened.id, _change(opened, data), office.actor, now)
            return _done(request, office, opened, now, _told(len(changed.occurrences)))
        case "ask":
            going, terms = preview_series_cancellation(
                business_id, opened.id, reach, now, waive_fee=_waives(office, data)
            )
            return _sheet(request, office, opened, now, {"going": going, "terms": terms})
        case "cancel":
            cancel_series(
                business_id,
                opened.id,
                reach,
                reason=_reason(data),
                actor=office.actor,
                now=now,
                waive_fee=_waives(office, data),
            )
            return _done(request, office, opened, now, _("The dates are cancelled"))
    preview = preview_series_change(business_id, opened.id, _change(opened, data), now)
    return _sheet(request, office, opened, now, {"preview": preview})


def _change(opened: Opened, data: QueryDict) -> SeriesChange:
    tz = zone(opened.zone)
    on = read_date(data.get("on")) or opened.view.start.astimezone(tz).date()
    start = instant_of(on, _minute(data.get("at", ""), opened), tz)
    keeps = data.get("keep") == "on"
    return SeriesChange(
        reach=_reach(data),
        start=None if start == opened.view.start else start,
        resource=data.get("resource", "")[:40] or None,
        keep_price=keeps,
        waive_fee=keeps,
        reason=_reason(data) or (MOVED_AT_THE_DESK if keeps else ""),
    )


def _minute(text: str, opened: Opened) -> int:
    hour, _colon, minute = text.partition(":")
    if hour.isdigit() and minute[:2].isdigit() and int(hour) < 24 and int(minute[:2]) < 60:
        return int(hour) * 60 + int(minute[:2])
    return opened.view.start.hour * 60 + opened.view.start.minute


def _reach(data: QueryDict) -> Reach:
    return cast(Reach, data["reach"]) if data.get("reach") in REACHES else "this"


def _reason(data: QueryDict) -> str:
    return " ".join(data.get("reason", "").split())[:_REASON_LENGTH]


def _waives(office: Office, data: QueryDict) -> bool:
    return data.get("waive") == "on" and office.can(Permission.PAYMENTS_WRITE)


def _clash(one: ChangedOccurrence) -> dict[str, Any]:
    return {"start": one.start, "text": staff_reason(one.reason or ""), "alternatives": one.alternatives}


def _told(count: int) -> str:
    return ngettext("%(count)d date changed", "%(count)d dates changed", count) % {"count": count}


def _done(request: HttpRequest, office: Office, opened: Opened, now: datetime, text: str) -> HttpResponse:
    if is_partial(request):
        return with_toast(booking_sheet(request, office, opened.id, now), text)
    return back_to(request, office.url("booking", opened.id), text)


def _typed(data: QueryDict, opened: Opened, *, is_fresh: bool) -> dict[str, Any]:
    start = opened.view.start
    return {
        "reach": _reach(data),
        "on": data.get("on") or start.date().isoformat(),
        "at": data.get("at") or f"{start:%H:%M}",
        "resource": data.get("resource", ""),
        "keep": data.get("keep") == "on" or is_fresh,
        "reason": _reason(data),
        "waive": data.get("waive") == "on",
    }


def _sheet(
    request: HttpRequest,
    office: Office,
    opened: Opened,
    now: datetime,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    values = {
        "opened": opened,
        "booking": opened.view,
        "order": opened.order,
        "zone": opened.zone,
        "series": find_series(office.business.pk, opened.id, now),
        "reaches": [(key, str(word)) for key, word in REACHES.items()],
        "resources": resource_options(get_current_catalog(office.business.pk), opened.view.offering),
        "typed": _typed(request.POST, opened, is_fresh=request.method != "POST"),
        "may_waive": office.can(Permission.PAYMENTS_WRITE),
        "now": now,
        **(context or {}),
    }
    return show(
        request,
        office,
        "backoffice/series/series.html",
        values,
        active="bookings",
        part="sheet",
        status=status,
    )
