"""The calendar's page and its feed. The page works without scripts: then it is a list of what is on, by column."""

from __future__ import annotations

from datetime import date
from typing import Any

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
from .choice import PAGE_SIZE, Choice, choose
from .feed import build_feed
from .wall import open_parts
from .words import island_words, kind_word, view_words

_DAY = 1440


@require_GET
@member_page(*SCHEDULE)
def show_calendar(request: HttpRequest, office: Office) -> HttpResponse:
    """A request of htmx gets the calendar without the shell: another day, another kind."""
    now = clock.now()
    choice = choose(office, request.GET, now)
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
    if choice.view != "week":
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
        "views": [
            {"label": word, "url": to(view=key), "active": key == choice.view} for key, word in view_words()
        ],
        "kinds": kinds if len(kinds) > 1 else [],
        "block_url": _block_url(office, choice),
        "locations": _locations(choice),
        "resources": [(one.public_id, resource_name(one)) for one in choice.pool],
        "everybody": _("All: %(kind)s") % {"kind": kind_word(office.business.type, choice.kind)},
        "pages": _pages(choice, to),
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
