"""The door: sessions of these days, their guests, and what a scanned ticket is worth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import NotFound
from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.booking.queries_tickets import TicketRow, list_doors, list_tickets
from horarium.modules.booking.rules_tickets import Entry
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import OfferingFacts
from horarium.platform.tenancy.permissions import Permission, PermissionMissing
from horarium.web.backoffice.shell import SCHEDULE, Office, member_page, show
from horarium.web.components.formats import day_text
from horarium.workflows.check_in_tickets import (
    CheckIn,
    check_in,
    check_in_by_id,
    leads_session,
    look_at,
    take_back_check_in,
)

from .answer import answer_of, kind_of

DAYS_AHEAD: Final = 7
LETS_IN: Final = (Permission.BOOKINGS_WRITE, Permission.BOOKINGS_READ_OWN)
"""Reception lets in everywhere, who leads a session to their own."""
LONGEST_CODE: Final = 300
"""An address in a QR with the code at its end is shorter."""


def with_camera(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only these pages may ask for the camera."""

    @wraps(view)
    def allowed(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
        return response

    return allowed


@require_GET
@with_camera
@member_page(*SCHEDULE)
def show_doors(request: HttpRequest, office: Office) -> HttpResponse:
    return _doors_page(request, office, clock.now())


@require_POST
@with_camera
@member_page(*LETS_IN)
def scan_any(request: HttpRequest, office: Office) -> HttpResponse:
    """Any session of the day will do."""
    now = clock.now()
    found = check_in(office.business.pk, _code(request), office.actor, now, led_by=_only(office))
    return _doors_page(request, office, now, found)


@require_http_methods(["GET", "POST"])
@with_camera
@member_page(*SCHEDULE)
def show_ticket(request: HttpRequest, office: Office, code: str) -> HttpResponse:
    """Where the QR of a ticket leads: whose it is and what it is worth; a POST lets its guest in."""
    now, code = clock.now(), code.replace("\x00", "")[:LONGEST_CODE]
    if request.method == "POST":
        if not may_let_in(office):
            raise PermissionMissing("lets nobody in", params={"permission": str(Permission.BOOKINGS_WRITE)})
        found = check_in(office.business.pk, code, office.actor, now, led_by=_only(office))
    else:
        found = look_at(office.business.pk, code, now, led_by=_only(office))
    context = {"answer": _answer(office, found, now), "code": code, "may_let_in": may_let_in(office)}
    status = 404 if found.outcome is Entry.UNKNOWN else 200
    return show(
        request, office, "backoffice/door/ticket.html", context, active="calendar", part="door", status=status
    )


@require_GET
@with_camera
@member_page(*SCHEDULE)
def show_session(request: HttpRequest, office: Office, session_id: str) -> HttpResponse:
    now = clock.now()
    _see(office, session_id, now)
    return _session_page(request, office, session_id, now)


@require_POST
@with_camera
@member_page(*LETS_IN)
def scan(request: HttpRequest, office: Office, session_id: str) -> HttpResponse:
    now = clock.now()
    _see(office, session_id, now)
    found = check_in(
        office.business.pk, _code(request), office.actor, now, session_id=session_id, led_by=_only(office)
    )
    return _session_page(request, office, session_id, now, found)


@require_POST
@with_camera
@member_page(*LETS_IN)
def let_in(request: HttpRequest, office: Office, session_id: str, ticket_id: str) -> HttpResponse:
    """One tap: in, or back out."""
    now = clock.now()
    _see(office, session_id, now)
    if all(one.id != ticket_id for one in list_tickets(office.business.pk, session_id)):
        raise NotFound("ticket", params={"kind": "ticket"})
    if request.POST.get("step") == "out":
        take_back_check_in(office.business.pk, ticket_id, office.actor)
        return _session_page(request, office, session_id, now)
    found = check_in_by_id(office.business.pk, ticket_id, office.actor, now)
    return _session_page(request, office, session_id, now, found)


def may_let_in(office: Office) -> bool:
    return any(office.can(one) for one in LETS_IN)


def _only(office: Office) -> int | None:
    """The member whose own sessions are all that may be seen; None: every session may be (T-42)."""
    return None if office.can(Permission.BOOKINGS_READ) else office.member.pk


def _see(office: Office, session_id: str, now: datetime) -> None:
    """Raises NotFound for a session that is not there, or that this member may not see."""
    member_id = _only(office)
    if member_id is None:
        get_session_facts(office.business.pk, session_id, now)
    elif not leads_session(office.business.pk, session_id, member_id, now):
        raise NotFound("session", params={"kind": "session"})


def _code(request: HttpRequest) -> str:
    return request.POST.get("code", "").replace("\x00", "")[:LONGEST_CODE]


def _answer(office: Office, found: CheckIn, now: datetime) -> Any:
    guests: list[TicketRow] = []
    if found.ticket is not None:
        guests = list_tickets(office.business.pk, found.ticket.session.public_id)
    return answer_of(office.business.pk, found, now, guests)


def _doors_page(
    request: HttpRequest, office: Office, now: datetime, found: CheckIn | None = None
) -> HttpResponse:
    context = {
        "days": door_days(office, now, DAYS_AHEAD),
        "answer": None if found is None else _answer(office, found, now),
        "may_let_in": may_let_in(office),
    }
    return show(request, office, "backoffice/door/doors.html", context, active="calendar", part="door")


def door_days(office: Office, now: datetime, ahead: int) -> list[dict[str, Any]]:
    """Sessions from today on that this member may see, by their local date. One query."""
    catalog, language = get_current_catalog(office.business.pk), get_language() or "en"
    today = local_date_of(now, office.tz)
    until = instant_of(today + timedelta(days=ahead), 0, office.tz)
    days: dict[Any, list[dict[str, Any]]] = {}
    since = instant_of(today, 0, office.tz)
    for row in list_doors(office.business.pk, since, until, led_by=_only(office)):
        offering = catalog.offerings[row.offering_id]
        tz = offering.location.time_zone
        shown = {
            "row": row,
            "name": offering.text("name", language),
            "zone": tz,
            "is_over": row.ends_at <= now,
            "is_cancelled": row.state == "cancelled",
            "url": office.url("door_session", row.session_id),
        }
        days.setdefault(max(local_date_of(row.starts_at, zone(tz)), today), []).append(shown)
    return [
        {"label": day_text(day, long=True), "is_today": day == today, "doors": doors}
        for day, doors in sorted(days.items())
    ]


def _session_page(
    request: HttpRequest, office: Office, session_id: str, now: datetime, found: CheckIn | None = None
) -> HttpResponse:
    business_id = office.business.pk
    facts = get_session_facts(business_id, session_id, now)
    offering = get_current_catalog(business_id).offering_of_key(facts.offering_id)
    search = (request.GET.get("q") or request.POST.get("q") or "").replace("\x00", "")[:100]
    everybody = list_tickets(business_id, session_id)
    chosen = list_tickets(business_id, session_id, search=search) if search.strip() else everybody
    context = {
        "session": facts,
        "offering": offering,
        "zone": offering.location.time_zone,
        "search": search,
        "guests": [_guest(one, offering) for one in chosen],
        "is_cancelled": not facts.is_scheduled,
        "may_let_in": may_let_in(office),
        "expected": len(everybody),
        "arrived": sum(one.checked_in_at is not None for one in everybody),
        "answer": None if found is None else _answer(office, found, now),
    }
    is_poll = request.GET.get("part") == "guests"
    template = "backoffice/door/_guests.html" if is_poll else "backoffice/door/session.html"
    return show(request, office, template, context, active="calendar", part="" if is_poll else "door")


def _guest(row: TicketRow, offering: OfferingFacts) -> dict[str, Any]:
    return {"row": row, "kind": kind_of(offering, row.ticket_type_id, row.ticket_type)}
