"""Changing a booking: what stands against it and what it costs is shown before; a mere move can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components import changing
from horarium.web.components.formats import localized, moment_text
from horarium.workflows.change_booking import Changed, ChangeWish, apply_change, move_booking, preview_change
from horarium.workflows.plan_again import Change

from .amounts import read_amount
from .changes import changed, refused
from .detail import Opened, open_booking
from .limits import limit_text, reason_of
from .rows import resource_name
from .wanted import on_grid
from .wanted_stay import stay_reason

UNDO_SECONDS: Final = 90
"""The button is there for a minute; the rest is for a slow line."""
_SALT: Final = "horarium.backoffice.undo-move"


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def move(request: HttpRequest, office: Office, booking_id: str) -> HttpResponse:
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    data = request.POST if request.method == "POST" else request.GET
    present = changing.present_of(office.business.pk, opened.view, staff=True)
    wanted = changing.read_wanted(present, data)
    form = _Form(present, wanted, read_wish(office, wanted.change, data), data)
    try:
        form.wish = replace(form.wish, price=read_price(office, opened, data, request.method == "POST"))
    except InvalidInput as error:
        form.price_error = problem_text(error)
        return _show(request, office, opened, form, now, status=422)
    if request.method != "POST":
        return _show(request, office, opened, form, now)
    if not wanted.is_something and not form.wish.is_override:
        form.error = _("Choose what should be different.")
        return _show(request, office, opened, form, now, status=422)
    try:
        done = apply_change(office.business.pk, booking_id, form.wish, office.actor, now, staff=True)
    except InvalidInput as error:
        form.error = problem_text(error)
        return _show(request, office, opened, form, now, status=422)
    except NotFree:
        return _show(request, office, opened, form, now, status=409)
    except HorariumError as error:
        return refused(request, office, booking_id, error, now)
    return _done(request, office, opened, form.wish, done, now)


class _Form:
    """What was typed, and what is wrong with it."""

    def __init__(
        self, present: changing.Present, wanted: changing.Wanted, wish: ChangeWish, data: Any
    ) -> None:
        self.present, self.wanted, self.wish = present, wanted, wish
        self.pricing, self.price_typed = data.get("pricing", ""), data.get("price", "")
        self.error = self.price_error = ""


def read_wish(office: Office, change: Change, data: Any) -> ChangeWish:
    """All but a price of one's own. Only who may give money back may change what it costs."""
    reason = reason_of(data)
    if not office.can(Permission.PAYMENTS_WRITE):
        return ChangeWish(change, reason=reason)
    keeps = data.get("pricing", "") == "keep"
    return ChangeWish(change, keep_price=keeps, waive_fee=data.get("waive") == "on", reason=reason)


def read_price(office: Office, opened: Opened, data: Any, is_final: bool) -> int | None:
    """A price of one's own in minor units, which may be missing while the form is filled in. Raises InvalidInput."""
    if data.get("pricing", "") != "own" or not office.can(Permission.PAYMENTS_WRITE):
        return None
    typed = data.get("price", "").strip()
    if typed:
        return read_amount(typed, opened.order.total.currency).minor
    if is_final:
        raise InvalidInput("no price", field="price", params={"reason": "required"})
    return None


def _done(
    request: HttpRequest, office: Office, before: Opened, wish: ChangeWish, done: Changed, now: datetime
) -> HttpResponse:
    """Say what it is now. A move that touched no money can be taken back."""
    after = open_booking(office, before.id, now)
    told = {"name": after.order.contact_name, "moment": moment_text(after.view.start)}
    has_moved = after.view.start != before.view.start or after.view.resources != before.view.resources
    text = _("%(name)s: moved to %(moment)s") if has_moved else _("%(name)s: changed, %(moment)s")
    is_mere = done.money.after == done.money.before and not done.money.fee
    url = ""
    if is_mere and _can_be_undone(before, wish.change):
        url = office.url("booking_undo", before.id, undo_token(before, after))
    return changed(request, office, before.id, text % told, now, undo_url=url)


def _can_be_undone(before: Opened, change: Change) -> bool:
    """A token says when and where it was, and no more."""
    match before.view.offering.mode:
        case "slot":
            return Change(change.start, change.resource, change.duration) == change
        case "stay":
            told = Change(None, change.resource, check_in=change.check_in, check_out=change.check_out)
            return told == change
    return False


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def undo_move(request: HttpRequest, office: Office, booking_id: str, token: str) -> HttpResponse:
    """Back to where the booking was, unless it has been changed since or the minute is over."""
    now = clock.now()
    opened = open_booking(office, booking_id, now)
    back = read_undo(opened, token)
    if request.method != "POST":
        moment = _moment_of(opened, back) if back else None
        context = {"opened": opened, "back": back, "moment": moment, "zone": opened.zone, "token": token}
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
        "moment": moment_text(_moment_of(opened, back)),
    }
    return changed(request, office, booking_id, text, now)


def _moment_of(opened: Opened, back: Change) -> datetime:
    """When it starts again after going back."""
    if back.check_in is not None:
        tz = zone(opened.zone)
        return localized(instant_of(back.check_in, opened.view.offering.check_in, tz), opened.zone)
    return localized(back.start or opened.view.start, opened.zone)


def undo_token(before: Opened, after: Opened) -> str:
    """Where the booking was and whether that was chosen, and the sequence it has now: a later change makes the token
    worthless.
    """
    view = before.view
    left = [one.public_id for one in view.resources if one not in after.view.resources]
    return signing.dumps(
        {
            "booking": view.id,
            "start": view.start.isoformat(),
            "minutes": _minutes(before),
            "resource": left[0] if left else "",
            "chosen": view.is_resource_chosen,
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
    start, room = datetime.fromisoformat(told["start"]), told["resource"] or None
    chosen = bool(told["chosen"])
    if opened.view.offering.mode != "stay":
        return Change(start, room, told["minutes"], is_resource_chosen=chosen)
    tz = zone(opened.zone)
    first, last = local_date_of(start, tz), local_date_of(start + timedelta(minutes=told["minutes"]), tz)
    if first == local_date_of(opened.view.start, tz) and last == local_date_of(opened.view.end, tz):
        return Change(resource=room, is_resource_chosen=chosen)
    return Change(resource=room, check_in=first, check_out=last, is_resource_chosen=chosen)


def _show(
    request: HttpRequest, office: Office, opened: Opened, form: _Form, now: datetime, *, status: int = 200
) -> HttpResponse:
    present, wanted = form.present, form.wanted
    found = changing.free_starts(office.business.pk, present, wanted, now, staff=True)
    context = {
        "opened": opened,
        "booking": opened.view,
        "order": opened.order,
        "form": form,
        "present": present,
        "wanted": wanted,
        "wish": form.wish,
        "zone": opened.zone,
        "slots": on_grid(found, opened.view.offering),
        "sessions": changing.other_sessions(office.business.slug, present, wanted, now),
        "resources": [(one.public_id, resource_name(one)) for one in present.resources],
        "extras": changing.extra_options(present, wanted),
        "tickets": changing.ticket_options(present, wanted),
        "plans": changing.plan_options(present),
        "parties": range(present.offering.party_min, present.offering.party_max + 1),
        "may_override": office.can(Permission.PAYMENTS_WRITE),
        "error": form.error,
        **_verdict(office, opened, form, now),
    }
    is_update = request.method != "POST" and "update" in request.GET
    return show(
        request,
        office,
        "backoffice/bookings/move.html",
        context,
        active="bookings",
        part="plan" if is_update else "sheet",
        status=status,
    )


def _verdict(office: Office, opened: Opened, form: _Form, now: datetime) -> dict[str, Any]:
    """The change with its money, or what stands against it. The reason may still be missing while one looks."""
    if not form.wanted.is_something and not form.wish.is_override:
        return {}
    wish = form.wish if form.wish.reason or not form.wish.is_override else _looked_at(form.wish)
    try:
        found = preview_change(office.business.pk, opened.id, wish, now, staff=True)
    except NotFree as refusal:
        return {
            "against": _reason(opened, form.wish.change, str(refusal.reason)),
            "near": refusal.params.get("alternatives", ()),
        }
    except HorariumError as error:
        return {"against": problem_text(error)}
    tz = zone(opened.zone)
    return {
        "money": found.money,
        "usual": found.usual,
        "starts": found.planned.starts_at.astimezone(tz),
        "ends": found.planned.ends_at.astimezone(tz),
        "beyond": limit_text(found.limit),
    }


def _reason(opened: Opened, change: Change, reason: str) -> str:
    if opened.view.offering.mode != "stay":
        return staff_reason(reason)
    return stay_reason(reason, has_room=change.resource is not None)


def _looked_at(wish: ChangeWish) -> ChangeWish:
    return ChangeWish(wish.change, wish.keep_price, wish.price, wish.waive_fee, reason="-")


def _minutes(opened: Opened) -> int:
    return int((opened.view.end - opened.view.start).total_seconds() // 60)
