"""The calendar's page and its feed. The page works without scripts: then it is a list of what is on, by column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from babel.dates import format_interval
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import SCHEDULE, Office, member_page, show
from horarium.web.components.formats import current_locale, day_text

from .agenda import agenda_of, clock_text
from .choice import PAGE_ROOMS, PAGE_SIZE, Choice, choose, may_write
from .day_plan import day_plan
from .feed import build_feed
from .rooms import chessboard
from .sessions import session_week
from .visit import has_slots
from .wall import open_parts
from .words import island_words, kind_word, room_words, step_words, view_words

_DAY: Final = 1440
_FACES: Final[dict[str, Callable[[Office, Choice, datetime], dict[str, Any]]]] = {
    "agenda": day_plan,
    "rooms": chessboard,
    "sessions": session_week,
}


@require_GET
@member_page(*SCHEDULE)
def show_calendar(request: HttpRequest, office: Office) -> HttpResponse:
    """A request of htmx gets the calendar without the shell: another day, another kind."""
    now = clock.now()
    choice = choose(office, request.GET, now)
    if choice.is_face:
        return _show_face(request, office, choice, now)
    found = build_feed(office, choice, now)
    context = {
        "choice": choice,
        "feed": found,
        "island": _island(office, choice),
        "agenda": agenda_of(found),
        "title": _title(choice),
        "bar": _bar(office, choice),
        "zone": choice.time_zone,
        "other_zone": choice.time_zone != office.zone_name,
    }
    return show(
        request, office, "backoffice/calendar/calendar.html", context, active="calendar", part="calendar"
    )


def _show_face(request: HttpRequest, office: Office, choice: Choice, now: datetime) -> HttpResponse:
    """Views that are no grid of columns. They ask for themselves again every twenty seconds."""
    face = _FACES[choice.view](office, choice, now)
    bar = _bar(office, choice)
    bar |= {"kinds": [], "resources": []}
    bar["pages"] = _room_pages(office, choice, face) if choice.view == "rooms" else {}
    context = {
        "choice": choice,
        "face": face,
        "face_template": f"backoffice/calendar/_{choice.view}.html",
        "face_url": f"{office.url('calendar')}?{choice.query()}",
        "island": {"language": get_language() or "en", "words": room_words()}
        if choice.view == "rooms" and may_write(office)
        else None,
        "title": _title(choice),
        "bar": bar,
        "zone": choice.time_zone,
        "other_zone": choice.time_zone != office.zone_name,
    }
    part = "face" if request.headers.get("HX-Target", "").endswith("cal-face") else "calendar"
    return show(request, office, "backoffice/calendar/calendar.html", context, active="calendar", part=part)


@require_GET
@member_page(*SCHEDULE)
def feed(request: HttpRequest, office: Office) -> HttpResponse:
    now = clock.now()
    return JsonResponse(build_feed(office, choose(office, request.GET, now), now))


def _island(office: Office, choice: Choice) -> dict[str, Any]:
    return {
        "feed": f"{office.url('calendar_feed')}?{choice.query()}",
        "newBooking": office.url("booking_new") if choice.pool else "",
        "newBlock": office.url("calendar_block_new"),
        "language": get_language() or "en",
        "words": island_words(),
    }


def _title(choice: Choice) -> str:
    if choice.first_on == choice.last_on:
        return day_text(choice.day, long=True)
    return str(format_interval(choice.first_on, choice.last_on, "MMMd", locale=current_locale()))


def _block_url(office: Office, choice: Choice) -> str:
    """A form for the first column, from its opening to its closing on the day that is shown."""
    if not choice.columns:
        return office.url("calendar_block_new")
    hours = open_parts(choice.catalog, choice.columns[0], choice.day)
    told = {"on": str(choice.day), "resource": choice.columns[0].public_id}
    if hours and hours[-1][1] < _DAY:
        told |= {"at": clock_text(hours[0][0]), "until": clock_text(hours[-1][1])}
    return f"{office.url('calendar_block_new')}?{urlencode(told)}"


def _bar(office: Office, choice: Choice) -> dict[str, Any]:
    """Every choice of the toolbar as an address."""
    path = office.url("calendar")

    def to(**changes: Any) -> str:
        return f"{path}?{choice.query(**changes)}"

    def on(day: date) -> str:
        return to(on=day)

    kinds = [
        {
            "label": kind_word(office.business.type, kind),
            "url": to(kind=kind, resource="", page=1),
            "active": kind == choice.kind,
        }
        for kind in choice.kinds
    ]
    return {
        "path": path,
        "today_url": on(choice.today),
        "is_today": choice.first_on <= choice.today <= choice.last_on,
        "previous_url": on(choice.day - choice.step),
        "next_url": on(choice.day + choice.step),
        "steps": step_words(choice.view),
        "views": [
            {"label": word, "url": to(view=key, page=1), "active": key == choice.view}
            for key, word in view_words()
            if key in choice.views
        ],
        "kinds": kinds if len(kinds) > 1 else [],
        "block_url": _block_url(office, choice),
        "find_url": office.url("calendar_find"),
        "visit_url": office.url("calendar_visit") if has_slots(choice.catalog) else "",
        "away_url": _away_url(office, choice),
        "locations": _locations(choice),
        "resources": [(one.public_id, resource_name(one)) for one in choice.pool],
        "everybody": _("All: %(kind)s") % {"kind": kind_word(office.business.type, choice.kind)},
        "pages": _pages(choice, to),
    }


def _away_url(office: Office, choice: Choice) -> str:
    told = {"on": str(choice.day), "resource": choice.resource.public_id if choice.resource else ""}
    return f"{office.url('calendar_replace')}?{urlencode({key: one for key, one in told.items() if one})}"


def _room_pages(office: Office, choice: Choice, face: dict[str, Any]) -> dict[str, Any]:
    if face["pages"] < 2:
        return {}
    path, page = office.url("calendar"), choice.page
    first = (page - 1) * PAGE_ROOMS + 1
    return {
        "previous": f"{path}?{choice.query(page=page - 1)}" if page > 1 else "",
        "next": f"{path}?{choice.query(page=page + 1)}" if page < face["pages"] else "",
        "summary": _("%(start)s–%(end)s of %(total)s")
        % {"start": first, "end": min(first + PAGE_ROOMS - 1, face["count"]), "total": face["count"]},
    }


def _locations(choice: Choice) -> list[tuple[str, str]]:
    if len(choice.locations) < 2:
        return []
    zones = {one.time_zone for one in choice.locations}
    every = [("", _("All locations"))] if len(zones) < 2 else []
    return every + [(one.public_id, one.name) for one in choice.locations]


def _pages(choice: Choice, to: Any) -> dict[str, Any]:
    if choice.resource is not None or choice.pages < 2:
        return {}
    first = (choice.page - 1) * PAGE_SIZE + 1
    last = min(first + PAGE_SIZE - 1, len(choice.pool))
    return {
        "previous": to(page=choice.page - 1) if choice.page > 1 else "",
        "next": to(page=choice.page + 1) if choice.page < choice.pages else "",
        "summary": _("%(start)s–%(end)s of %(total)s")
        % {"start": first, "end": last, "total": len(choice.pool)},
    }
