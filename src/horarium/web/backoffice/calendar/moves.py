"""Dragging a booking: what stands against a place is said before the drop, and the drop is the same move as by form."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.detail import Opened, open_booking
from horarium.web.backoffice.bookings.move import undo_token
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page
from horarium.web.components.formats import moment_text
from horarium.web.components.typed_dates import read_date
from horarium.workflows.change_booking import move_booking, preview_move
from horarium.workflows.collisions import list_collisions
from horarium.workflows.plan_again import Change

from .conflicts import short_names

_IN_THE_WAY = ("taken", "blocked")
_MOST_NAMED = 3


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def move(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    """GET: whether it could go there, and why not. POST: move it; 409 with the reason changes nothing."""
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    try:
        target = read_target(opened, request.GET if request.method == "GET" else request.POST)
        if request.method == "GET":
            verdict = preview_move(office.business.pk, booking_id, target, now)
            return JsonResponse(_refusal(office, opened, target, verdict.reason, now))
        move_booking(office.business.pk, booking_id, target, office.actor, now)
    except NotFree as error:
        return JsonResponse(_refusal(office, opened, target, str(error.reason), now), status=409)
    except HorariumError as error:
        return JsonResponse({"reason": error.code, "text": problem_text(error), "names": []}, status=409)
    return JsonResponse(_done(office, opened, now))


def read_target(opened: Opened, data: QueryDict) -> Change:
    """`on` and `minute` on the wall of the booking's location; `resource` only where it changes."""
    day = read_date(data.get("on"))
    minute = data.get("minute", "")
    if day is None or not minute.isdigit() or int(minute) >= 2 * 1440:
        raise InvalidInput("no such time", field="minute", params={"reason": "date"})
    start = instant_of(day, int(minute), zone(opened.zone))
    return Change(start, data.get("resource", "")[:40] or None)


def _done(office: Office, before: Opened, now: datetime) -> dict[str, Any]:
    after = open_booking(office, before.id, now)
    told = {"name": after.order.contact_name, "moment": moment_text(after.view.start)}
    return {
        "text": _("%(name)s: moved to %(moment)s") % told,
        "undo": office.url("booking_undo", before.id, undo_token(before, after)),
    }


def _refusal(
    office: Office, opened: Opened, target: Change, reason: str | None, now: datetime
) -> dict[str, Any]:
    view = opened.view
    start = target.start or view.start
    times = start, start + (view.end - view.start)
    names = in_the_way(office, opened, times, target.resource, now=now) if reason in _IN_THE_WAY else []
    return {"reason": reason, "text": staff_reason(reason) if reason else "", "names": names}


def in_the_way(
    office: Office,
    opened: Opened,
    times: tuple[datetime, datetime],
    resource: str | None,
    *,
    now: datetime,
) -> list[str]:
    """Who or what takes the time there: of the resource that it is dragged to, else of those that it has."""
    offering, pk = opened.view.offering, office.business.pk
    first = times[0] - timedelta(minutes=offering.buffer_before)
    last = times[1] + timedelta(minutes=offering.buffer_after)
    catalog = get_current_catalog(pk)
    dragged_to = catalog.find_resource(resource or "")
    keys = {dragged_to.id} if dragged_to else {one.id for one in opened.view.resources}
    found = list_collisions(pk, [BlockSpan(first, last, tuple(sorted(keys)))], now)
    others = [one for one in found if one.id != opened.id]
    return short_names(catalog, others[:_MOST_NAMED], opened.zone)
