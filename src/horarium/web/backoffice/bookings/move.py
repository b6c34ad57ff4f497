"""Moving a booking, with what stands against it shown before, and a minute to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.problems import staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import localized, moment_text
from horarium.workflows.change_booking import (
    MoveVerdict,
    list_change_starts,
    move_booking,
    preview_move,
)
from horarium.workflows.list_availability import Slot
from horarium.workflows.plan_again import Change

from .changes import changed, refused
from .detail import Opened, open_booking
from .filters import read_date
from .rows import resource_name
from .wanted import on_grid

UNDO_SECONDS: Final = 90
"""The button is there for a minute; the rest is for a slow line."""
_SALT: Final = "horarium.backoffice.undo-move"


@dataclass(frozen=True, slots=True)
class Target:
    """Where the booking should go, as the form says it. `start` is aware."""

    day: date
    start: datetime | None
    resource: str
    duration: int | None

    @property
    def move(self) -> Change:
        return Change(self.start, self.resource or None, self.duration)


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def move(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    data = request.POST if request.method == "POST" else request.GET
    target = read_target(opened, data)
    if request.method != "POST":
        return _form(request, office, opened, target, now)
    if target.start is None:
        return _form(request, office, opened, target, now, error=_("Choose a time."), status=422)
    try:
        move_booking(office.business.pk, booking_id, target.move, office.actor, now)
    except (NotFree, InvalidInput):
        return _form(request, office, opened, target, now, status=409)
    except HorariumError as error:
        return refused(request, office, booking_id, error, now)
    return moved(request, office, opened, now)


def moved(request: HttpRequest, office: Office, before: Opened, now: datetime) -> HttpResponse:
    """Say where the booking is now, and offer the way back. Also for the calendar's drag."""
    after = open_booking(office, before.id, now)
    text = _("%(name)s: moved to %(moment)s") % {
        "name": after.order.contact_name,
        "moment": moment_text(after.view.start),
    }
    url = office.url("booking_undo", before.id, undo_token(before, after))
    return changed(request, office, before.id, text, now, undo_url=url)


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def undo_move(request: HttpRequest, office: Office, booking_id: str, token: str) -> HttpResponse:
    """Back to where the booking was, unless it has been changed since or the minute is over."""
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    back = read_undo(opened, token)
    if request.method != "POST":
        context = {"opened": opened, "back": back, "zone": opened.zone, "token": token}
        return show(
            request, office, "backoffice/bookings/undo.html", context, active="bookings", part="sheet"
        )
    if back is None:
        gone = InvalidInput("too late", params={"reason": "undo"})
        return refused(request, office, booking_id, gone, now)
    try:
        move_booking(office.business.pk, booking_id, back, office.actor, now)
    except HorariumError as error:
        return refused(request, office, booking_id, error, now)
    text = _("%(name)s: back at %(moment)s") % {
        "name": opened.order.contact_name,
        "moment": moment_text(localized(back.start or now, opened.zone)),
    }
    return changed(request, office, booking_id, text, now)


def undo_token(before: Opened, after: Opened) -> str:
    """Where the booking was, and the sequence it has now: a later change makes the token worthless."""
    view = before.view
    left = [one.public_id for one in view.resources if one not in after.view.resources]
    return signing.dumps(
        {
            "booking": view.id,
            "start": view.start.isoformat(),
            "minutes": _minutes(before),
            "resource": left[0] if left else "",
            "sequence": after.view.sequence,
        },
        salt=_SALT,
        compress=True,
    )


def read_undo(opened: Opened, token: str) -> Change | None:
    try:
        told = signing.loads(token, salt=_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    if told["booking"] != opened.id or told["sequence"] != opened.view.sequence:
        return None
    return Change(datetime.fromisoformat(told["start"]), told["resource"] or None, told["minutes"])


def read_target(opened: Opened, data: Any) -> Target:
    view = opened.view
    day = read_date(data.get("on")) or view.start.date()
    at = data.get("time") or data.get("at") or ""
    resource = data.get("resource", "")
    able = {one.public_id for one in _able(opened)}
    minutes = data.get("duration", "")
    duration = int(minutes) if minutes.isdigit() and int(minutes) in view.offering.durations else None
    return Target(day, _start(day, at, opened.zone), resource if resource in able else "", duration)


def _start(day: date, at: str, zone_name: str) -> datetime | None:
    try:
        hour, minute = (int(part) for part in at.split(":")[:2])
    except ValueError:
        return None
    if not (0 <= hour < 24 and 0 <= minute < 60):
        return None
    return instant_of(day, hour * 60 + minute, zone(zone_name)).astimezone(zone(zone_name))


def _form(
    request: HttpRequest,
    office: Office,
    opened: Opened,
    target: Target,
    now: datetime,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    verdict = preview_move(office.business.pk, opened.id, target.move, now) if target.start else None
    context = {
        "opened": opened,
        "booking": opened.view,
        "target": target,
        "zone": opened.zone,
        "slots": _slots(office, opened, target, now),
        "resources": _resource_options(opened),
        "minutes": target.duration or _minutes(opened),
        "verdict": _verdict(verdict),
        "error": error,
    }
    is_update = request.method != "POST" and "on" in request.GET
    part = "plan" if is_update else "sheet"
    return show(
        request,
        office,
        "backoffice/bookings/move.html",
        context,
        active="bookings",
        part=part,
        status=status,
    )


def _verdict(verdict: MoveVerdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "is_free": verdict.reason is None,
        "text": staff_reason(verdict.reason) if verdict.reason else "",
        "alternatives": verdict.alternatives,
    }


def _slots(office: Office, opened: Opened, target: Target, now: datetime) -> tuple[Slot, ...]:
    where = Change(None, target.resource or None, target.duration)
    found = list_change_starts(office.business.pk, opened.id, target.day, where, now, staff=True)
    return on_grid(found, opened.view.offering)


def _able(opened: Opened) -> list[Any]:
    catalog = get_current_catalog(opened.order.business.id)
    found = [catalog.resources[one] for one in opened.view.offering.resource_ids()]
    return sorted((one for one in found if one.is_active), key=lambda one: (one.kind, one.position, one.id))


def _resource_options(opened: Opened) -> list[tuple[str, str]]:
    able = _able(opened)
    return [(one.public_id, resource_name(one)) for one in able] if len(able) > 1 else []


def _minutes(opened: Opened) -> int:
    return int((opened.view.end - opened.view.start).total_seconds() // 60)
