"""Somebody is ill: the bookings of the time, what can become of each, and what became of those accepted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import instant_of
from horarium.modules.booking.queries_names import NamedBooking
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.typed_dates import read_instant
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
            context["shown"] = _shown(catalog, propose_replacements(office.business.pk, absence, now))
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
    accepted = [one for key in data.getlist("accept") if (one := _accepted(data, key[:40])) is not None]
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


def _shown(catalog: Catalog, found: Replacement) -> dict[str, Any]:
    rows = [_row(catalog, one) for one in found.proposals]
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
        "kind": one.kind,
        "start": one.start,
        "end": one.end,
        "who": resource_name(instead) if instead else "",
        "value": f"{one.start.isoformat()}|{one.instead}" if one.start else "",
        "reason": _none_text(one),
    }


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
    failed = [one for one in done.outcomes if one.reason is not None]
    return {
        "moved": len(done.outcomes) - len(failed),
        "failed": [
            {"url": office.url("booking", one.booking), "text": staff_reason(one.reason or "")}
            for one in failed
        ],
        "blocks": len(done.blocks),
        "left": lines_of(office, catalog, done.left),
    }
