"""Taking time out of sale and putting it back: by the sheet, and by dragging in the calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import instant_of
from horarium.modules.availability.actions import place_block, remove_block
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import BlockRow
from horarium.modules.availability.queries_blocks import get_block
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import CHANGED, back_to, is_partial, with_toast
from horarium.web.backoffice.bookings.filters import read_date
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import localized, range_text

from .block_form import Typed, as_typed, choices_of, kept_resources, read_span, read_undo, undo_token

_TEMPLATE = "backoffice/calendar/block.html"


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def new_block(request: HttpRequest, office: Office) -> HttpResponse:
    catalog = get_current_catalog(office.business.pk)
    typed = Typed.of(office, catalog, request.POST if request.method == "POST" else request.GET, clock.now())
    if request.method != "POST":
        return _form(request, office, typed)
    now = clock.now()
    try:
        starts_at, ends_at = read_span(typed)
        resources = kept_resources(catalog, typed, None)
        pk, actor = office.business.pk, office.actor
        placed = place_block(pk, resources, starts_at, ends_at, reason=typed.reason, actor=actor, now=now)
    except HorariumError as error:
        return _form(request, office, typed, error=_problem(error), status=409)
    undo_url = _undo_url(office, {"do": "remove", "id": placed.public_id})
    return _changed(request, office, typed, _("Blocked: %(when)s"), undo_url)


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def block(request: HttpRequest, office: Office, block_id: str) -> HttpResponse:
    """The block, to be changed: another place is taken before the old one is given back, or nothing changes."""
    row = get_block(office.business.pk, block_id)
    catalog, now = get_current_catalog(office.business.pk), clock.now()
    if request.method != "POST":
        return _form(request, office, as_typed(catalog, row), row=row)
    typed = Typed.of(office, catalog, request.POST, now)
    try:
        starts_at, ends_at = read_span(typed)
        resources = kept_resources(catalog, typed, row)
        changed = BlockRow("", starts_at, ends_at, typed.reason, tuple(resources))
        new_id = _replace(office, row, changed, now)
    except HorariumError as error:
        return _form(request, office, typed, row=row, error=_problem(error), status=409)
    return _changed(request, office, typed, _("Blocked: %(when)s"), _undo_url(office, _back(new_id, row)))


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def remove(request: HttpRequest, office: Office, block_id: str) -> HttpResponse:
    row = get_block(office.business.pk, block_id)
    remove_block(office.business.pk, block_id, actor=office.actor, now=clock.now())
    typed = as_typed(get_current_catalog(office.business.pk), row)
    undo_url = _undo_url(office, {**_back("", row), "do": "place"})
    return _changed(request, office, typed, _("Free again: %(when)s"), undo_url)


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def move(request: HttpRequest, office: Office, block_id: str) -> HttpResponse:
    """By drag: to `on` and `minute` of the wall, and from the column `old` to the column `resource`."""
    row, now = get_block(office.business.pk, block_id), clock.now()
    catalog = get_current_catalog(office.business.pk)
    typed = as_typed(catalog, row)
    day, minute = read_date(request.POST.get("on")), request.POST.get("minute", "")
    old, new = (catalog.find_resource(request.POST.get(one, "")) for one in ("old", "resource"))
    resources = [new.id if old and new and one == old.id else one for one in row.resource_ids]
    try:
        if day is None or not minute.isdigit() or int(minute) >= 2 * 1440:
            raise InvalidInput("no such time", field="minute", params={"reason": "date"})
        starts_at = instant_of(day, int(minute), typed.tz)
        ends_at = starts_at + (row.ends_at - row.starts_at)
        new_id = _replace(office, row, BlockRow("", starts_at, ends_at, row.reason, tuple(resources)), now)
    except HorariumError as error:
        return JsonResponse({"text": _problem(error), "names": []}, status=409)
    when = range_text(localized(starts_at, typed.zone), localized(ends_at, typed.zone))
    undo_url = _undo_url(office, _back(new_id, row))
    return JsonResponse({"text": _("Blocked: %(when)s") % {"when": when}, "undo": undo_url})


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def undo(request: HttpRequest, office: Office, token: str) -> HttpResponse:
    """Back to how it was, within the minute."""
    told = read_undo(office, token)
    if request.method != "POST":
        return show(
            request,
            office,
            "backoffice/calendar/undo.html",
            {"token": token, "is_open": told is not None},
            active="calendar",
            part="sheet",
        )
    try:
        if told is None:
            raise InvalidInput("too late", params={"reason": "undo"})
        _undo(office, told, clock.now())
    except HorariumError as error:
        return _answer(request, office, _problem(error), hue="bad")
    return _answer(request, office, _("As it was before"))


def _undo(office: Office, told: dict[str, Any], now: datetime) -> None:
    pk, actor = office.business.pk, office.actor
    if told["do"] == "remove":
        return remove_block(pk, told["id"], actor=actor, now=now)
    starts_at, ends_at = (datetime.fromisoformat(told[one]) for one in ("starts", "ends"))
    before = BlockRow("", starts_at, ends_at, told["reason"], tuple(told["resources"]))
    with transaction.atomic():
        if told["do"] == "move":
            remove_block(pk, told["id"], actor=actor, now=now)
        _place(office, before, now)
    return None


def _replace(office: Office, old: BlockRow, new: BlockRow, now: datetime) -> str:
    """Remove and place in one transaction. Raises NotFree; then the old block stands. Returns the new id."""
    with transaction.atomic():
        remove_block(office.business.pk, old.public_id, actor=office.actor, now=now)
        return _place(office, new, now)


def _place(office: Office, row: BlockRow, now: datetime) -> str:
    pk, actor = office.business.pk, office.actor
    placed = place_block(
        pk, row.resource_ids, row.starts_at, row.ends_at, reason=row.reason, actor=actor, now=now
    )
    return placed.public_id


def _back(block_id: str, row: BlockRow) -> dict[str, Any]:
    return {
        "do": "move",
        "id": block_id,
        "starts": row.starts_at.isoformat(),
        "ends": row.ends_at.isoformat(),
        "reason": row.reason,
        "resources": list(row.resource_ids),
    }


def _undo_url(office: Office, told: dict[str, Any]) -> str:
    return office.url("calendar_block_undo", undo_token(office, told))


def _problem(error: HorariumError) -> str:
    if isinstance(error, NotFree):
        return staff_reason(str(error.reason))
    if error.params.get("reason") == "end_before_start":
        return _("The end must come after the start.")
    if error.params.get("reason") == "undo":
        return _("The minute is over")
    return problem_text(error)


def _changed(
    request: HttpRequest, office: Office, typed: Typed, sentence: str, undo_url: str
) -> HttpResponse:
    starts_at, ends_at = read_span(typed)
    text = sentence % {"when": range_text(localized(starts_at, typed.zone), localized(ends_at, typed.zone))}
    return _answer(request, office, text, undo_url=undo_url)


def _answer(
    request: HttpRequest, office: Office, text: str, *, undo_url: str = "", hue: str = "ok"
) -> HttpResponse:
    if not is_partial(request):
        return back_to(request, office.url("calendar"), text, hue=hue)
    action = {"label": _("Undo"), "url": undo_url} if undo_url else None
    return with_toast(HttpResponse(status=204), text, hue=hue, action=action, also=(CHANGED, "sheet:close"))


def _form(
    request: HttpRequest,
    office: Office,
    typed: Typed,
    *,
    row: BlockRow | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    catalog = get_current_catalog(office.business.pk)
    names = [resource_name(catalog.resources[one]) for one in row.resource_ids] if row else []
    context = {
        "typed": typed,
        "row": row,
        "error": error,
        "choices": choices_of(office, catalog, typed, names),
    }
    return show(request, office, _TEMPLATE, context, active="calendar", part="sheet", status=status)
