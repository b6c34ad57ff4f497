"""One session by itself: made, moved, resized, cancelled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.actions_sessions import cancel_session, create_session
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries_schedules import Origin, origins_of_sessions
from horarium.modules.availability.queries_sessions import SessionFacts, get_session_facts
from horarium.modules.availability.rules.session_drafts import SessionChange, SessionDraft
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.reasons import reason_text
from horarium.workflows.run_sessions import move_session

from .answers import done
from .schedules import resource_groups
from .tickets import get_sessions


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_sessions(office, offering_id)
    if request.method != "POST":
        entered = Entered.of({"day": "", "starts": "10:00", "decide_hours": 24})
        return _sheet(request, office, offering, entered)
    entered = Entered.posted(request)
    starts_at = _start(entered, offering)
    numbers = _numbers(entered)
    if starts_at is None or entered.errors:
        return _sheet(request, office, offering, entered, status=422)
    hours = numbers["decide_hours"]
    draft = SessionDraft(
        offering.public_id,
        starts_at,
        duration=numbers["duration"],
        capacity=numbers["capacity"],
        min_places=numbers["min_places"] or 0,
        decide_hours=24 if hours is None else hours,
        resources=tuple(entered.many("resources")),
        note=entered.text("note"),
    )
    try:
        create_session(office.business.pk, draft, office.actor, clock.now())
    except (InvalidInput, NotFree) as error:
        _refuse(entered, error)
        return _sheet(request, office, offering, entered, status=422)
    return done(request, office.url("catalogue_schedule", offering_id), _("Session added"))


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def edit(request: HttpRequest, office: Office, offering_id: str, session_id: str) -> HttpResponse:
    offering = get_sessions(office, offering_id)
    session = _find(office, offering, session_id)
    if request.method != "POST":
        return _sheet(request, office, offering, _form_of(office, offering, session), session)
    entered = Entered.posted(request)
    starts_at = _start(entered, offering)
    numbers = _numbers(entered)
    if starts_at is None or entered.errors:
        return _sheet(request, office, offering, entered, session, status=422)
    known = _resource_ids(office, session)
    wished = tuple(entered.many("resources"))
    change = SessionChange(
        starts_at=None if starts_at == session.starts_at else starts_at,
        duration=None if numbers["duration"] == session.minutes else numbers["duration"],
        capacity=numbers["capacity"],
        min_places=numbers["min_places"] or 0,
        decide_hours=numbers["decide_hours"],
        resources=None if set(wished) == known else wished,
        note=entered.text("note"),
    )
    try:
        move_session(office.business.pk, session_id, change, office.actor, clock.now())
    except (InvalidInput, NotFree) as error:
        _refuse(entered, error)
        return _sheet(request, office, offering, entered, session, status=422)
    return done(request, office.url("catalogue_schedule", offering_id), _("Session changed"))


@require_POST
@member_page(Permission.CATALOG_WRITE)
def cancel(request: HttpRequest, office: Office, offering_id: str, session_id: str) -> HttpResponse:
    """Its bookings are cancelled without a fee and paid back; guests are told."""
    offering = get_sessions(office, offering_id)
    session = _find(office, offering, session_id)
    reason = Entered.posted(request).text("reason")[:200]
    cancel_session(office.business.pk, session_id, reason=reason, actor=office.actor, now=clock.now())
    text = _("Session cancelled. Guests are told and paid back.") if session.taken else _("Session cancelled")
    return done(request, office.url("catalogue_schedule", offering_id), text)


def _find(office: Office, offering: Offering, session_id: str) -> SessionFacts:
    session = get_session_facts(office.business.pk, session_id, clock.now())
    if session.offering_id != offering.pk:
        raise Http404("session")
    return session


def _start(entered: Entered, offering: Offering) -> datetime | None:
    day, minute = entered.day("day", needed=True), entered.minute("starts")
    if minute is None:
        entered.wrong("starts", _("This is needed."))
    if day is None or minute is None:
        return None
    return instant_of(day, minute, zone(offering.location.time_zone))


def _numbers(entered: Entered) -> dict[str, int | None]:
    return {name: entered.whole(name) for name in ("duration", "capacity", "min_places", "decide_hours")}


def _refuse(entered: Entered, error: InvalidInput | NotFree) -> None:
    if isinstance(error, NotFree):
        entered.wrong("starts", reason_text(str(error.reason)))
    elif error.params.get("reason") == "date":
        entered.wrong("day", _("This time has passed."))
    else:
        entered.refuse(error, otherwise="starts", names={"starts_at": "starts"})


def _resource_ids(office: Office, session: SessionFacts) -> set[str]:
    resources = get_current_catalog(office.business.pk).resources
    return {resources[key].public_id for key in session.resources if key in resources}


def _form_of(office: Office, offering: Offering, session: SessionFacts) -> Entered:
    local = session.starts_at.astimezone(zone(offering.location.time_zone))
    values: dict[str, Any] = {
        "day": local.date(),
        "starts": f"{local:%H:%M}",
        "duration": session.minutes,
        "capacity": session.total,
        "min_places": session.min_places,
        "decide_hours": _decide_hours(session),
        "note": session.note,
        "resources": sorted(_resource_ids(office, session)),
    }
    return Entered.of(values)


def _decide_hours(session: SessionFacts) -> int | None:
    if session.decide_at is None:
        return None
    return int((session.starts_at - session.decide_at).total_seconds()) // 3600


def _sheet(
    request: HttpRequest,
    office: Office,
    offering: Offering,
    entered: Entered,
    session: SessionFacts | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    action = (
        office.url("catalogue_session", offering.public_id, session.public_id)
        if session
        else office.url("catalogue_session_new", offering.public_id)
    )
    context = {
        "form": entered,
        "offering": offering,
        "session": session,
        "origin": _origin(office, session),
        "groups": resource_groups(get_current_catalog(office.business.pk), offering),
        "usual_length": offering.durations[0],
        "offering_zone": offering.location.time_zone,
        "today": clock.now().astimezone(zone(offering.location.time_zone)).date(),
        "action": action,
    }
    template = "backoffice/catalogue/session.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _origin(office: Office, session: SessionFacts | None) -> Origin | None:
    if session is None:
        return None
    return origins_of_sessions(office.business.pk, [session.id]).get(session.id)
