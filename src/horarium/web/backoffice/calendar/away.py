"""Somebody is ill: bookings and sessions of the time, what can become of each, and what became of those accepted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput, NotFound
from horarium.kit.zones import instant_of
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.booking.queries_names import NamedBooking
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.typed_dates import read_instant
from horarium.workflows.replace_in_sessions import AcceptedSession, SessionProposal
from horarium.workflows.replace_specialist import (
    Absence,
    Accepted,
    Proposal,
    Replaced,
    Replacement,
    apply_replacements,
    propose_replacements,
)

from .block_form import Typed, read_time
from .choice import KINDS
from .conflicts import lines_of

_TEMPLATE = "backoffice/calendar/away.html"
_OF_SESSIONS: Final[dict[str, str | Promise]] = {
    "taken": gettext_lazy("This colleague is not free any more."),
    "cancelled": gettext_lazy("This session is cancelled."),
    "state": gettext_lazy("Somebody else leads it by now."),
}
"""Why an accepted session stays as it was."""


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def replace(request: HttpRequest, office: Office) -> HttpResponse:
    """GET shows proposals and changes nothing; POST moves those accepted, each checked anew, and blocks the rest."""
    catalog, now = get_current_catalog(office.business.pk), clock.now()
    data = request.POST if request.method == "POST" else request.GET
    typed = _typed(office, catalog, data, now)
    context: dict[str, Any] = {"typed": typed, "resources": _resources(catalog), "zone": typed.zone}
    try:
        if typed.resource:
            absence = _absence(typed)
            if request.method == "POST":
                done = _apply(office, data, absence, now)
                context["done"] = _done(office, catalog, done)
            context["shown"] = _shown(office, catalog, propose_replacements(office.business.pk, absence, now))
    except HorariumError as error:
        reason = error.params.get("reason")
        late = _("The end must come after the start.")
        context["error"] = late if reason == "end_before_start" else problem_text(error)
    return show(request, office, _TEMPLATE, context, active="calendar")


def _typed(office: Office, catalog: Catalog, data: QueryDict, now: datetime) -> Typed:
    """Without times: the whole of the days."""
    filled = data.copy()
    filled["at"] = data.get("at") or "00:00"
    filled["until"] = data.get("until") or "23:55"
    found = Typed.of(office, catalog, filled, now)
    return found if catalog.find_resource(found.resource) else _without_resource(found)


def _without_resource(typed: Typed) -> Typed:
    return Typed(typed.on, typed.at, typed.until_on, typed.until, "", typed.reason, typed.zone)


def _absence(typed: Typed) -> Absence:
    time = read_time(typed)
    # The last minutes of a day that a time field can name stand for its end.
    until = 1440 if time.until_minute == 1435 else time.until_minute
    return Absence(
        typed.resource, instant_of(time.on, time.minute, typed.tz), instant_of(time.until_on, until, typed.tz)
    )


def _apply(office: Office, data: QueryDict, absence: Absence, now: datetime) -> Replaced:
    accepted: list[Accepted | AcceptedSession] = [
        one for key in data.getlist("accept") if (one := _accepted(data, key[:40])) is not None
    ]
    accepted += [
        AcceptedSession(key[:40], data.get(f"by_{key}", "")[:40]) for key in data.getlist("accept_session")
    ]
    reason = " ".join(data.get("reason", "").split())[:120] if "block" in data else None
    if not accepted and reason is None:
        raise InvalidInput("nothing to do", params={"reason": "required"})
    return apply_replacements(
        office.business.pk, absence, accepted, reason=reason, actor=office.actor, now=now
    )


def _accepted(data: QueryDict, booking_id: str) -> Accepted | None:
    """As it was shown: `<instant>|<resource>`."""
    start, _bar, instead = data.get(f"to_{booking_id}", "").partition("|")
    instant = read_instant(start)
    return None if instant is None else Accepted(booking_id, instant, instead[:40])


def _resources(catalog: Catalog) -> list[tuple[str, str]]:
    active = [one for one in catalog.resources.values() if one.is_active]
    active.sort(key=lambda one: (KINDS.index(one.kind), one.position, one.id))
    return [(one.public_id, resource_name(one)) for one in active]


def _shown(office: Office, catalog: Catalog, found: Replacement) -> dict[str, Any]:
    """Bookings and sessions together, by start."""
    rows = [_row(catalog, one) for one in found.proposals]
    rows += [_session_row(office, catalog, one) for one in found.sessions]
    rows.sort(key=lambda row: (row["starts"], row["id"]))
    return {
        "name": resource_name(found.resource),
        "rows": rows,
        "open": sum(1 for one in rows if one["kind"] != "none"),
        "is_cut": found.is_cut,
    }


def _row(catalog: Catalog, one: Proposal) -> dict[str, Any]:
    instead = catalog.find_resource(one.instead)
    return {
        **_booking(catalog, one.booking),
        "id": one.booking.id,
        "starts": one.booking.starts_at,
        "kind": one.kind,
        "start": one.start,
        "end": one.end,
        "who": resource_name(instead) if instead else "",
        "value": f"{one.start.isoformat()}|{one.instead}" if one.start else "",
        "reason": _none_text(one),
    }


def _session_row(office: Office, catalog: Catalog, one: SessionProposal) -> dict[str, Any]:
    session, instead = one.session, catalog.find_resource(one.instead)
    offering = catalog.offering_of_key(session.offering_id)
    can_open = office.can(Permission.CATALOG_WRITE)
    return {
        "session": session,
        "id": session.public_id,
        "starts": session.starts_at,
        "what": offering.text("name", get_language() or "en"),
        "zone": offering.location.time_zone,
        "kind": one.kind,
        "who": resource_name(instead) if instead else "",
        "value": one.instead,
        "reason": _no_colleague_text(one.reason),
        "url": office.url("catalogue_session", offering.public_id, session.public_id) if can_open else "",
    }


def _no_colleague_text(reason: str) -> str:
    if not reason:
        return ""
    return _("Has to be changed by hand.") if reason == "mode" else _("No colleague is free for all of it.")


def _booking(catalog: Catalog, booking: NamedBooking) -> dict[str, Any]:
    offering = catalog.offering_of_key(booking.offering_key)
    return {
        "booking": booking,
        "what": offering.text("name", get_language() or "en"),
        "zone": offering.location.time_zone,
    }


def _none_text(one: Proposal) -> str:
    if one.kind != "none":
        return ""
    if one.reason == "taken":
        return _("Nobody is free within two weeks.")
    if one.reason == "no_room":
        return _("No other room is free for all of these nights.")
    return staff_reason(one.reason) if one.reason == "state" else _("Has to be moved by hand.")


def _done(office: Office, catalog: Catalog, done: Replaced) -> dict[str, Any]:
    failed = [
        {
            "url": office.url("booking", one.booking),
            "what": _("Booking"),
            "text": staff_reason(one.reason or ""),
        }
        for one in done.outcomes
        if one.reason is not None
    ]
    left = [
        {"what": _session_name(office, catalog, one.session), "text": _session_text(one.reason or "")}
        for one in done.sessions
        if one.reason is not None
    ]
    return {
        "title": _done_text(len(done.outcomes) - len(failed), len(done.sessions) - len(left), done),
        "failed": [*failed, *left],
        "blocks": len(done.blocks),
        "left": lines_of(office, catalog, done.left),
    }


def _done_text(moved: int, exchanged: int, done: Replaced) -> str:
    told = []
    if done.outcomes:
        told.append(ngettext("%(count)d booking moved", "%(count)d bookings moved", moved) % {"count": moved})
    if done.sessions:
        text = ngettext(
            "%(count)d session given to a colleague", "%(count)d sessions given to colleagues", exchanged
        )
        told.append(text % {"count": exchanged})
    return "; ".join(told) or _("Nothing moved")


def _session_text(reason: str) -> str:
    return str(_OF_SESSIONS.get(reason, _OF_SESSIONS["taken"]))


def _session_name(office: Office, catalog: Catalog, session_id: str) -> str:
    try:
        session = get_session_facts(office.business.pk, session_id, clock.now())
    except NotFound:
        return _("Session")
    return catalog.offering_of_key(session.offering_id).text("name", get_language() or "en")
