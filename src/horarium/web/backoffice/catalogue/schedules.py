"""The schedule of a session offering: rules that make sessions, and the sessions that are coming."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.kit.zones import zone
from horarium.modules.availability.actions_schedules import (
    change_schedule,
    create_schedule,
    end_schedule,
    start_schedule,
)
from horarium.modules.availability.models import Schedule
from horarium.modules.availability.queries_schedules import (
    get_schedule,
    list_paused_schedules,
    list_schedules,
    origins_of_sessions,
)
from horarium.modules.availability.queries_sessions import SessionFacts, read_sessions
from horarium.modules.availability.rules.schedule_drafts import ScheduleDraft
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.entered import Entered, clock_of
from horarium.web.backoffice.shell import Office, member_page, show

from .answers import done
from .schedule_words import length_text, saved_text, season_text, when_text
from .tabs import places_of
from .tickets import get_sessions
from .wording import weekday_choices

SHOWN_DAYS: Final = 60
_WHOLE: Final = ("duration", "capacity", "min_places", "decide_hours")


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    id: str
    when: str
    season: str
    length: str
    capacity: int
    min_places: int
    resources: str
    note: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    facts: SessionFacts
    resources: str
    is_edited: bool
    missing: int


@require_GET
@member_page(Permission.CATALOG_READ)
def show_schedule(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_sessions(office, offering_id)
    now = clock.now()
    days = 365 if request.GET.get("show") == "year" else SHOWN_DAYS
    catalog = get_current_catalog(office.business.pk)
    found = read_sessions(
        office.business.pk, [offering.pk], now - timedelta(hours=12), now + timedelta(days=days), now
    )
    context = {
        "offering": offering,
        "places": places_of(office, offering, "catalogue_schedule"),
        "schedules": [_line(catalog, one) for one in list_schedules(office.business.pk, offering.pk)],
        "paused": [
            _line(catalog, one)
            for one in list_paused_schedules(office.business.pk, offering.pk, _today(offering))
        ],
        "sessions": _sessions(office, catalog, [one for one in found if one.is_alive and one.ends_at > now]),
        "offering_zone": offering.location.time_zone,
        "days": days,
        "shows_year": days > SHOWN_DAYS,
    }
    template = "backoffice/catalogue/schedule.html"
    return show(request, office, template, context, active="catalogue", part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_sessions(office, offering_id)
    if request.method == "POST":
        return _changed(request, office, offering, None)
    entered = Entered.of({"first_on": _today(offering), "starts": "10:00", "decide_hours": 24})
    return _sheet(request, office, offering, entered)


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def edit(request: HttpRequest, office: Office, offering_id: str, schedule_id: str) -> HttpResponse:
    """`from`: change it from this date on only."""
    offering = get_sessions(office, offering_id)
    schedule = get_schedule(office.business.pk, schedule_id)
    if request.method == "POST":
        return _changed(request, office, offering, schedule)
    entered = _form_of(schedule)
    entered.put("from_on", request.GET.get("from", "")[:10])
    return _sheet(request, office, offering, entered, schedule)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def end(request: HttpRequest, office: Office, offering_id: str, schedule_id: str) -> HttpResponse:
    """No sessions of it any more, or from a date on; those with guests stay."""
    get_sessions(office, offering_id)
    entered = Entered.posted(request)
    from_on = entered.day("from_on")
    saved = end_schedule(
        office.business.pk, schedule_id, from_on=from_on, actor=office.actor, now=clock.now()
    )
    text, hue = saved_text(saved)
    return done(request, office.url("catalogue_schedule", offering_id), text, hue=hue)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def start(request: HttpRequest, office: Office, offering_id: str, schedule_id: str) -> HttpResponse:
    """One that rests makes its sessions from now on."""
    get_sessions(office, offering_id)
    text, hue = saved_text(start_schedule(office.business.pk, schedule_id, office.actor, clock.now()))
    return done(request, office.url("catalogue_schedule", offering_id), text, hue=hue)


def resource_groups(catalog: Catalog, offering: Offering) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may serve a session, by requirement."""
    facts = catalog.get_offering(offering.public_id, public_only=False)
    groups = []
    for need in facts.needs:
        known = [catalog.resources[key] for key in need.candidates if key in catalog.resources]
        if known and need.extra_id is None:
            groups.append((need.label or _("One of"), [(one.public_id, one.name) for one in known]))
    return groups


def _today(offering: Offering) -> date:
    return clock.now().astimezone(zone(offering.location.time_zone)).date()


def _changed(
    request: HttpRequest, office: Office, offering: Offering, schedule: Schedule | None
) -> HttpResponse:
    entered = Entered.posted(request)
    if step := request.POST.get("step", ""):
        verb, part, number = (*step.split(":"), "", "")[:3]
        if part in ("dates", "except") and verb == "add":
            entered.add_row(part, on="")
        elif part in ("dates", "except") and number.isdigit():
            entered.remove_row(part, int(number))
        return _sheet(request, office, offering, entered, schedule)
    draft, from_on = _read(entered, offering), entered.day("from_on")
    if draft is None or entered.errors:
        return _sheet(request, office, offering, entered, schedule, status=422)
    business_id, actor, now = office.business.pk, office.actor, clock.now()
    try:
        if schedule is None:
            saved = create_schedule(business_id, draft, actor, now)
        else:
            saved = change_schedule(
                business_id, schedule.public_id, draft, from_on=from_on, actor=actor, now=now
            )
    except InvalidInput as error:
        entered.refuse(error, otherwise="starts", names={"starts_minute": "starts"})
        return _sheet(request, office, offering, entered, schedule, status=422)
    text, hue = saved_text(saved)
    return done(request, office.url("catalogue_schedule", offering.public_id), text, hue=hue)


def _read(entered: Entered, offering: Offering) -> ScheduleDraft | None:
    starts = entered.minute("starts")
    if starts is None:
        entered.wrong("starts", _("This is needed."))
    numbers = {name: entered.whole(name) for name in _WHOLE}
    dates, except_on = _dates(entered, "dates"), _dates(entered, "except")
    first = entered.day("first_on") or (min(dates) if dates else _today(offering))
    if entered.errors or starts is None:
        return None
    draft = ScheduleDraft(
        offering.public_id,
        first,
        starts % 1440,
        weekdays=tuple(int(one) for one in entered.many("weekdays") if one in "0123456"),
        dates=dates,
        except_on=except_on,
        last_on=entered.day("last_on"),
        duration=numbers["duration"],
        capacity=numbers["capacity"],
        min_places=numbers["min_places"] or 0,
        resources=tuple(entered.many("resources")),
        note=entered.text("note"),
    )
    hours = numbers["decide_hours"]
    return draft if hours is None else replace(draft, decide_hours=hours)


def _dates(entered: Entered, part: str) -> tuple[date, ...]:
    entered.renumber(part)
    found = (entered.day(f"{row.prefix}.on") for row in entered.rows(part))
    return tuple(sorted({one for one in found if one is not None}))


def _form_of(schedule: Schedule) -> Entered:
    values: dict[str, Any] = {
        name: getattr(schedule, name) for name in (*_WHOLE, "first_on", "last_on", "note")
    }
    values |= {"starts": clock_of(schedule.starts_minute), "weekdays": list(schedule.weekdays)}
    values["resources"] = list(schedule.resources)
    for part, days in (("dates", schedule.dates), ("except", schedule.except_on)):
        for number, day in enumerate(sorted(days)):
            values |= {f"{part}.{number}.id": "", f"{part}.{number}.on": day}
    return Entered.of(values)


def _sheet(
    request: HttpRequest,
    office: Office,
    offering: Offering,
    entered: Entered,
    schedule: Schedule | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    action = (
        office.url("catalogue_schedule_edit", offering.public_id, schedule.public_id)
        if schedule
        else office.url("catalogue_schedule_new", offering.public_id)
    )
    context = {
        "form": entered,
        "offering": offering,
        "schedule": schedule,
        "dates": entered.rows("dates"),
        "exceptions": entered.rows("except"),
        "groups": resource_groups(get_current_catalog(office.business.pk), offering),
        "weekday_options": weekday_choices(),
        "usual_length": offering.durations[0],
        "today": _today(offering),
        "action": action,
    }
    template = "backoffice/catalogue/schedule_edit.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _line(catalog: Catalog, schedule: Schedule) -> ScheduleLine:
    wished = [one.name for one in catalog.resources.values() if one.public_id in schedule.resources]
    return ScheduleLine(
        schedule.public_id,
        when_text(schedule),
        season_text(schedule),
        length_text(schedule.duration),
        schedule.capacity,
        schedule.min_places,
        ", ".join(wished),
        schedule.note,
    )


def _sessions(office: Office, catalog: Catalog, found: Sequence[SessionFacts]) -> list[SessionLine]:
    origins = origins_of_sessions(office.business.pk, [one.id for one in found])
    return [
        SessionLine(
            one,
            ", ".join(catalog.resources[key].name for key in one.resources if key in catalog.resources),
            one.id in origins and origins[one.id].is_edited,
            max(0, one.min_places - one.sold) if one.is_scheduled and one.decided_at is None else 0,
        )
        for one in found
    ]
