"""Dragging a stay to other nights or another room. What costs something or breaks a rule goes through the form."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.errors import IllegalTransition
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.detail import Opened, open_booking
from horarium.web.backoffice.bookings.limits import limit_text
from horarium.web.backoffice.bookings.move import undo_token
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.bookings.wanted_stay import ROOM_TAKEN, stay_reason
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page
from horarium.web.components import changing
from horarium.web.components.formats import day_text, money_text
from horarium.web.components.typed_dates import read_date
from horarium.workflows.change_booking import ChangePreview, ChangeWish, move_booking, preview_change
from horarium.workflows.plan_again import Change

from .moves import in_the_way


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def move(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    """GET: whether it could go there and what that would cost. POST: move it when it costs nothing and breaks no rule,
    else 409 with the form that shows and asks, or with the reason why not.
    """
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    try:
        arrives, room = read_place(opened, request.GET if request.method == "GET" else request.POST)
        change = change_to(opened, arrives, room)
        try:
            found = preview_change(office.business.pk, booking_id, ChangeWish(change), now, staff=True)
            note = _note(opened, found)
            if request.method == "GET":
                return JsonResponse({"reason": None, "text": "", "names": [], "note": note})
            if note:
                return JsonResponse({"confirm": _form_url(office, opened, change)}, status=409)
            is_own = any(one.public_id == room for one in opened.view.resources)
            done = change if not is_own else Change(check_in=change.check_in, check_out=change.check_out)
            move_booking(office.business.pk, booking_id, done, office.actor, now)
        except NotFree as error:
            told = _refusal(office, opened, change, str(error.reason), now)
            return JsonResponse(told, status=200 if request.method == "GET" else 409)
    except IllegalTransition:
        told = {"reason": "state", "text": staff_reason("state"), "names": []}
        return JsonResponse(told, status=200 if request.method == "GET" else 409)
    except HorariumError as error:
        return JsonResponse({"reason": error.code, "text": problem_text(error), "names": []}, status=409)
    return JsonResponse(_done(office, opened, now))


def read_place(opened: Opened, data: QueryDict) -> tuple[date, str]:
    """`on`: the day of arrival on the wall of the location; `resource`: the room."""
    day = read_date(data.get("on"))
    if day is None or opened.view.offering.mode != "stay":
        raise InvalidInput("no such day", field="on", params={"reason": "date"})
    return day, data.get("resource", "")[:40]


def change_to(opened: Opened, arrives: date, room: str) -> Change:
    """As many nights as it has. The room is always said: it must be free, no other one will do."""
    first, last = dates_of(opened)
    if arrives == first:
        return Change(resource=room or None)
    return Change(resource=room or None, check_in=arrives, check_out=arrives + (last - first))


def dates_of(opened: Opened) -> tuple[date, date]:
    tz = zone(opened.zone)
    return local_date_of(opened.view.start, tz), local_date_of(opened.view.end, tz)


def _note(opened: Opened, found: ChangePreview) -> str:
    """What it would cost and which limit it would break; empty: neither."""
    money = found.money
    told = []
    if money.after != money.before:
        told.append(f"{money_text(money.before)} → {money_text(money.after)}")
    if money.fee:
        told.append(_("Fee: %(amount)s") % {"amount": money_text(money.fee)})
    told.append(limit_text(found.limit))
    return " · ".join(one for one in told if one)


def _form_url(office: Office, opened: Opened, change: Change) -> str:
    """The form of a change, filled in with the place it was dragged to; all else as it is."""
    first, last = dates_of(opened)
    present = changing.present_of(office.business.pk, opened.view, staff=True)
    told: dict[str, Any] = {
        "check_in": change.check_in or first,
        "check_out": change.check_out or last,
        "resource": change.resource or "",
        **{f"extra_{name}": number for name, number in present.extras.items()},
    }
    return f"{office.url('booking_move', opened.id)}?{urlencode(told)}"


def _done(office: Office, before: Opened, now: datetime) -> dict[str, Any]:
    after = open_booking(office, before.id, now)
    first, last = dates_of(after)
    told = {
        "name": after.order.contact_name,
        "dates": f"{day_text(first)} \u2013 {day_text(last)}",
        "rooms": ", ".join(resource_name(one) for one in after.view.resources),
    }
    return {
        "text": _("%(name)s: moved to %(rooms)s, %(dates)s") % told,
        "undo": office.url("booking_undo", before.id, undo_token(before, after)),
    }


def _refusal(office: Office, opened: Opened, change: Change, reason: str, now: datetime) -> dict[str, Any]:
    offering, tz = opened.view.offering, zone(opened.zone)
    first, last = dates_of(opened)
    times = (
        instant_of(change.check_in or first, offering.check_in, tz),
        instant_of(change.check_out or last, offering.check_out, tz),
    )
    names = in_the_way(office, opened, times, change.resource, now=now) if reason in ROOM_TAKEN else []
    return {"reason": reason, "text": stay_reason(reason, has_room=True), "names": names}
