"""When several are free together: the search, and the way from a found time to a booking or a block."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.kit.errors import HorariumError
from horarium.kit.zones import local_date_of
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.resources.queries import list_pools
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.problems import problem_text
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import day_text
from horarium.web.components.typed_dates import read_date
from horarium.workflows.find_time import LONGEST, FoundTime, FoundTimes, TimeNeed, TimeWish, find_time

from .block_form import minute_of
from .choice import KINDS
from .words import kind_word

ROWS: Final = 4
USUAL_MINUTES: Final = 60
_SHOWN_A_DAY: Final = 6


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A line of the form: how many of what."""

    number: int
    what: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it stands in the address."""

    rows: tuple[NeedRow, ...]
    duration: int
    first_on: date
    last_on: date
    at: str
    until: str

    @property
    def is_ready(self) -> bool:
        return any(one.what for one in self.rows)


@require_GET
@member_page(Permission.BOOKINGS_WRITE)
def find(request: HttpRequest, office: Office) -> HttpResponse:
    catalog, now = get_current_catalog(office.business.pk), clock.now()
    asked = _asked(office, request.GET, now)
    found: FoundTimes | None = None
    error = ""
    if asked.is_ready:
        try:
            found = find_time(office.business.pk, _wish(catalog, asked), now)
        except HorariumError as refusal:
            error = _problem(refusal)
    context = {
        "asked": asked,
        "options": _options(office, catalog),
        "error": error,
        "found": found,
        "days": _days(office, catalog, asked, found.starts) if found else [],
        "durations": sorted({15, 30, 45, 60, 90, 120, 180, 240, 480, asked.duration}),
    }
    return show(request, office, "backoffice/calendar/find.html", context, active="calendar", part="found")


def _asked(office: Office, data: QueryDict, now: datetime) -> Asked:
    today = local_date_of(now, office.tz)
    first = max(read_date(data.get("from")) or today, today)
    last = read_date(data.get("to")) or first + timedelta(days=6)
    minutes = data.get("duration", "")
    return Asked(
        rows=tuple(
            NeedRow(number, data.get(f"need{number}", "")[:60], _quantity(data.get(f"count{number}", "")))
            for number in range(1, ROWS + 1)
        ),
        duration=min(int(minutes), LONGEST) if minutes.isdigit() and int(minutes) else USUAL_MINUTES,
        first_on=first,
        last_on=min(max(last, first), first + timedelta(days=30)),
        at=data.get("at", "")[:5],
        until=data.get("until", "")[:5],
    )


def _quantity(text: str) -> int:
    return min(max(1, int(text)), 100) if text.isdigit() and len(text) < 4 else 1


def _wish(catalog: Catalog, asked: Asked) -> TimeWish:
    until = minute_of(asked.until)
    return TimeWish(
        duration=asked.duration,
        needs=tuple(_need(catalog, one) for one in asked.rows if one.what),
        first_on=asked.first_on,
        last_on=asked.last_on,
        from_minute=minute_of(asked.at) or 0,
        until_minute=2880 if until is None else until,
    )


def _need(catalog: Catalog, row: NeedRow) -> TimeNeed:
    kind = row.what.partition("kind:")[2]
    if not kind:
        return TimeNeed((row.what,), row.quantity)
    active = [one.public_id for one in catalog.resources.values() if one.is_active and one.kind == kind]
    return TimeNeed(tuple(active), row.quantity)


def _options(office: Office, catalog: Catalog) -> list[tuple[str, str]]:
    """Anybody of a kind, pools, offerings with all that they need, and everybody by name."""
    active = [one for one in catalog.resources.values() if one.is_active]
    kinds = [kind for kind in KINDS if any(one.kind == kind for one in active)]
    language = get_language() or "en"
    found = [
        (f"kind:{kind}", _("Any of: %(kind)s") % {"kind": kind_word(office.business.type, kind)})
        for kind in kinds
    ]
    pools = list_pools(office.business.pk)
    found += [(one.public_id, _("Pool: %(name)s") % {"name": one.name}) for one in pools]
    found += [
        (one.public_id, _("All for: %(name)s") % {"name": one.text("name", language)})
        for one in catalog.offerings.values()
        if one.is_active and one.needs
    ]
    active.sort(key=lambda one: (KINDS.index(one.kind), one.position, one.id))
    return found + [(one.public_id, resource_name(one)) for one in active]


def _days(
    office: Office, catalog: Catalog, asked: Asked, starts: Iterable[FoundTime]
) -> list[dict[str, Any]]:
    days = []
    for day, of_day in groupby(starts, key=lambda one: one.start.date()):
        rows = [_row(office, catalog, asked, one) for one in of_day]
        days.append(
            {"label": day_text(day, long=True), "first": rows[:_SHOWN_A_DAY], "rest": rows[_SHOWN_A_DAY:]}
        )
    return days


def _row(office: Office, catalog: Catalog, asked: Asked, one: FoundTime) -> dict[str, Any]:
    served = [catalog.resources[key] for keys in one.resources for key in keys]
    rows = [row for row in asked.rows if row.what]
    offering = next((row.what for row in rows if row.what in catalog.offerings), "")
    booking: dict[str, Any] = {"start": one.start.isoformat(), "duration": asked.duration}
    booking |= {"offering": offering} if offering else {"resource": served[0].public_id}
    block: dict[str, Any] = {
        "resource": ",".join(each.public_id for each in served),
        "on": one.start.date(),
        "at": f"{one.start:%H:%M}",
        "until_on": one.end.date(),
        "until": f"{one.end:%H:%M}",
    }
    return {
        "start": one.start,
        "end": one.end,
        "who": ", ".join(resource_name(each) for each in served),
        "book_url": f"{office.url('booking_new')}?{urlencode(booking)}",
        "block_url": f"{office.url('calendar_block_new')}?{urlencode(block)}",
    }


def _problem(error: HorariumError) -> str:
    if error.params.get("reason") == "one_place":
        return _("All of this must be in one time zone.")
    return problem_text(error)
