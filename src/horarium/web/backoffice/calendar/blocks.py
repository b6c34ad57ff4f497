"""Taking time out of sale and putting it back: by the sheet, and by dragging in the calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import instant_of
from horarium.modules.availability.actions_blocks import Reach, remove_blocks, restore_blocks
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import BlockRow
from horarium.modules.availability.queries_blocks import find_block_group, get_block
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import CHANGED, back_to, is_partial, with_toast
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import localized, range_text
from horarium.web.components.typed_dates import read_date
from horarium.workflows.place_blocks import (
    BlocksCollide,
    BlockWish,
    PlacedBlocks,
    change_block,
    place_blocks,
)

from .block_form import Typed, as_typed, choices_of, read_span, read_undo, read_wish, undo_token
from .conflicts import MOST_SHOWN, absence_links, lines_of, short_names
from .words import weekday_words

_TEMPLATE = "backoffice/calendar/block.html"
_REACHES: Final = frozenset(Reach)
_MOST_NAMED: Final = 3
_REPEATS: Final[dict[str, str | Promise]] = {
    "overlap": gettext_lazy("One of these times would begin before the one before it ends."),
    "range": gettext_lazy("None of these weekdays comes before the last date."),
    "range_too_long": gettext_lazy("That is too many at once. Choose an earlier last date."),
}


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def new_block(request: HttpRequest, office: Office) -> HttpResponse:
    """What is in the way is listed first: then it can be left out, or moved."""
    catalog, now = get_current_catalog(office.business.pk), clock.now()
    typed = Typed.of(office, catalog, request.POST if request.method == "POST" else request.GET, now)
    if request.method != "POST":
        return _form(request, office, typed)
    try:
        wish = read_wish(catalog, typed, None, around="around" in request.POST)
        placed = place_blocks(office.business.pk, wish, actor=office.actor, now=now)
    except BlocksCollide as clash:
        return _form(request, office, typed, clash=clash, status=409)
    except HorariumError as error:
        return _form(request, office, typed, error=_problem(error), status=409)
    undo_url = _undo_url(office, {"do": "remove", "id": placed.ids[0]})
    return _changed(request, office, typed, _placed_text(placed), undo_url)


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
        wish = read_wish(catalog, typed, row, around="around" in request.POST)
        placed = change_block(office.business.pk, block_id, wish, actor=office.actor, now=now)
    except BlocksCollide as clash:
        return _form(request, office, typed, row=row, clash=clash, status=409)
    except HorariumError as error:
        return _form(request, office, typed, row=row, error=_problem(error), status=409)
    undo_url = _undo_url(office, _back(placed.ids[0], row)) if len(placed.ids) == 1 else ""
    return _changed(request, office, typed, _placed_text(placed), undo_url)


@require_POST
@member_page(Permission.BOOKINGS_WRITE)
def remove(request: HttpRequest, office: Office, block_id: str) -> HttpResponse:
    """By itself, or with the later ones or all that were placed with it."""
    row = get_block(office.business.pk, block_id)
    asked = request.POST.get("reach", "")
    reach = Reach(asked) if asked in _REACHES else Reach.THIS
    remove_blocks(office.business.pk, block_id, reach, actor=office.actor, now=clock.now())
    typed = as_typed(get_current_catalog(office.business.pk), row)
    undo_url = _undo_url(office, {"do": "restore", "id": block_id})
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
        wish = BlockWish((BlockSpan(starts_at, ends_at, tuple(resources)),), row.reason)
        placed = change_block(office.business.pk, block_id, wish, actor=office.actor, now=now)
    except BlocksCollide as clash:
        names = short_names(catalog, clash.collisions[:_MOST_NAMED], typed.zone)
        return JsonResponse({"text": staff_reason("taken"), "names": names}, status=409)
    except HorariumError as error:
        return JsonResponse({"text": _problem(error), "names": []}, status=409)
    when = range_text(localized(starts_at, typed.zone), localized(ends_at, typed.zone))
    undo_url = _undo_url(office, _back(placed.ids[0], row))
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
        remove_blocks(pk, told["id"], Reach.ALL, actor=actor, now=now)
    elif told["do"] == "restore":
        restore_blocks(pk, told["id"], actor=actor, now=now)
    else:
        starts_at, ends_at = (datetime.fromisoformat(told[one]) for one in ("starts", "ends"))
        before = BlockSpan(starts_at, ends_at, tuple(told["resources"]))
        change_block(pk, told["id"], BlockWish((before,), told["reason"]), actor=actor, now=now)


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
    if isinstance(error, NotFree | BlocksCollide):
        return staff_reason("taken")
    reason = error.params.get("reason")
    if reason == "end_before_start":
        return _("The end must come after the start.")
    if reason == "undo":
        return _("The minute is over")
    if reason in ("overlap", "range", "range_too_long"):
        return str(_REPEATS[str(reason)])
    return problem_text(error)


def _placed_text(placed: PlacedBlocks) -> str:
    """With the place of `when` in it."""
    count = len(placed.ids)
    if placed.left_out:
        return _("Blocked without what is taken: %(when)s")
    if count == 1:
        return _("Blocked: %(when)s")
    told = ngettext(
        "Blocked %(count)d time, the first: %%(when)s", "Blocked %(count)d times, the first: %%(when)s", count
    )
    return told % {"count": count}


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
    clash: BlocksCollide | None = None,
    status: int = 200,
) -> HttpResponse:
    catalog = get_current_catalog(office.business.pk)
    names = [resource_name(catalog.resources[one]) for one in row.resource_ids] if row else []
    context = {
        "typed": typed,
        "row": row,
        "group": find_block_group(office.business.pk, row.public_id) if row else None,
        "error": error,
        "clash": _clash(office, catalog, typed, clash) if clash else None,
        "choices": choices_of(office, catalog, typed, names),
        "weekdays": weekday_words(),
    }
    return show(request, office, _TEMPLATE, context, active="calendar", part="sheet", status=status)


def _clash(office: Office, catalog: Catalog, typed: Typed, clash: BlocksCollide) -> dict[str, Any]:
    found = clash.collisions
    return {
        "lines": lines_of(office, catalog, found),
        "more": max(0, len(found) - MOST_SHOWN),
        "movers": absence_links(office, catalog, found, read_span(typed)) if typed.repeat is None else [],
    }
