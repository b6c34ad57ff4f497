"""A visit of several people with several offerings: ranked plans, and the order of the one that is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from horarium.kit import clock
from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.zones import local_date_of
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.models import Channel
from horarium.modules.booking.rules_limits import broken_limit
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to
from horarium.web.backoffice.bookings.limits import beyond, focus_of, reason_of
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.typed_dates import read_date, read_instant
from horarium.workflows.book_at_desk import book_at_desk
from horarium.workflows.checkout import Checkout, Contact
from horarium.workflows.items import SlotItem
from horarium.workflows.plan_visits import (
    MOST_DATES,
    PlannedItem,
    PlannedVisit,
    Step,
    Visit,
    VisitPlans,
    plan_visits,
)

ROWS: Final = 5
GUESTS: Final = 4
IDLE: Final = (0, 10, 15, 30, 60, 120)
USUAL_IDLE: Final = 15


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of the form. `who`: digits of the guests who take part; `when`: after their earlier steps, or any time."""

    number: int
    offering: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it stands in the address."""

    rows: tuple[StepRow, ...]
    first_on: date
    days: int
    idle: int

    @property
    def is_ready(self) -> bool:
        return any(one.offering for one in self.rows)


@require_GET
@member_page(Permission.BOOKINGS_WRITE)
def plan(request: HttpRequest, office: Office) -> HttpResponse:
    catalog, now = get_current_catalog(office.business.pk), clock.now()
    asked = _asked(office, request.GET, now)
    found: VisitPlans | None = None
    error = ""
    if asked.is_ready:
        try:
            found = plan_visits(office.slug, _visit(asked), now, staff=True)
        except HorariumError as refusal:
            error = _problem(refusal)
    context = {
        "asked": asked,
        "offerings": _offerings(catalog),
        "guests": _guests(),
        "idle_choices": IDLE,
        "day_choices": range(1, MOST_DATES + 1),
        "error": error,
        "found": found,
        "plans": [_plan(office, catalog, one) for one in found.plans] if found else [],
    }
    return show(request, office, "backoffice/calendar/visit.html", context, active="calendar", part="plans")


@require_http_methods(["GET", "POST"])
@member_page(Permission.BOOKINGS_WRITE)
def book(request: HttpRequest, office: Office) -> HttpResponse:
    """Who comes, then all of the plan or nothing."""
    data = request.POST if request.method == "POST" else request.GET
    catalog = get_current_catalog(office.business.pk)
    items = [one for text in data.getlist("item")[:20] if (one := _item(catalog, text)) is not None]
    error, errors = "", {}
    if request.method == "POST":
        try:
            return _place(request, office, items, data)
        except NotFree as refusal:
            error = staff_reason(str(refusal.reason))
        except HorariumError as refusal:
            if refusal.field == "reason":
                errors["reason"] = problem_text(refusal)
            else:
                error = _problem(refusal)
    context = {
        "items": [(_written(one), _shown(catalog, one)) for one in items],
        "typed": {key: data.get(key, "") for key in ("name", "phone", "email", "notes", "reason")},
        **beyond([_limit(catalog, one) for one in items]),
        "error": error,
        "errors": errors,
        **focus_of(errors),
    }
    return show(
        request,
        office,
        "backoffice/calendar/visit_book.html",
        context,
        active="calendar",
        part="sheet",
        status=409 if error else 422 if errors else 200,
    )


def _place(request: HttpRequest, office: Office, items: list[SlotItem], data: QueryDict) -> HttpResponse:
    if not items:
        raise InvalidInput("nothing to book", field="items", params={"reason": "required"})
    contact = Contact(data.get("name", ""), data.get("email", ""), data.get("phone", ""))
    notes = data.get("notes", "").strip()[:2000]
    checkout = Checkout(contact=contact, items=tuple(items), notes=notes, channel=Channel.BACKOFFICE)
    view = book_at_desk(office.slug, checkout, office.actor, clock.now(), reason=reason_of(data))
    count = len(view.bookings)
    told = ngettext("Booked: %(name)s, %(count)d booking", "Booked: %(name)s, %(count)d bookings", count)
    url = office.url("booking", view.bookings[0].id)
    return back_to(request, url, told % {"name": view.contact_name, "count": count})


def _limit(catalog: Catalog, item: SlotItem) -> Reason | None:
    shown = _shown(catalog, item)
    offering = catalog.get_offering(item.offering, public_only=False)
    return broken_limit(offering, (shown["start"], shown["end"]), None, clock.now())


def _asked(office: Office, data: QueryDict, now: datetime) -> Asked:
    today = local_date_of(now, office.tz)
    days, idle = data.get("days", ""), data.get("idle", "")
    return Asked(
        rows=tuple(_row(data, number) for number in range(1, ROWS + 1)),
        first_on=max(read_date(data.get("on")) or today, today),
        days=min(max(1, int(days)), MOST_DATES) if days.isdigit() and len(days) < 3 else 1,
        idle=int(idle) if idle.isdigit() and len(idle) < 4 and int(idle) in IDLE else USUAL_IDLE,
    )


def _row(data: QueryDict, number: int) -> StepRow:
    who = data.get(f"who{number}", "")
    known = {key for key, _word in _guests()}
    when = "any" if data.get(f"when{number}") == "any" else "after"
    return StepRow(number, data.get(f"offering{number}", "")[:60], who if who in known else "1", when)


def _visit(asked: Asked) -> Visit:
    steps = tuple(
        Step(one.offering, tuple(one.who), after=() if one.when == "any" else None)
        for one in asked.rows
        if one.offering
    )
    dates = tuple(asked.first_on + timedelta(days=number) for number in range(asked.days))
    return Visit(steps, dates, asked.idle)


def _guests() -> list[tuple[str, str]]:
    """Each by themselves, then the first two, three and four together."""
    singles = [(str(number), _("Guest %(number)d") % {"number": number}) for number in range(1, GUESTS + 1)]
    together = [
        ("".join(str(one) for one in range(1, number + 1)), _("Guests 1–%(number)d") % {"number": number})
        for number in range(2, GUESTS + 1)
    ]
    return singles + together


def _offerings(catalog: Catalog) -> list[tuple[str, str]]:
    language = get_language() or "en"
    return [
        (one.public_id, one.text("name", language))
        for one in catalog.offerings.values()
        if one.is_active and one.mode == "slot" and not one.is_shared and one.needs
    ]


def has_slots(catalog: Catalog) -> bool:
    """Whether there is anything to plan a visit of."""
    return bool(_offerings(catalog))


def _plan(office: Office, catalog: Catalog, found: PlannedVisit) -> dict[str, Any]:
    items = sorted(found.items, key=lambda one: (one.item.start, one.step))
    query = urlencode([("item", _written(one.item)) for one in found.items])
    return {
        "plan": found,
        "zone": catalog.get_offering(items[0].item.offering, public_only=False).location.time_zone,
        "rows": [_planned(catalog, one) for one in items],
        "url": f"{office.url('calendar_visit_book')}?{query}",
    }


def _planned(catalog: Catalog, one: PlannedItem) -> dict[str, Any]:
    served = [catalog.find_resource(key) for key in one.served_by]
    return {
        **_shown(catalog, one.item),
        "who": ", ".join(_("Guest %(number)d") % {"number": int(person)} for person in one.people),
        "places": ", ".join(resource_name(each) for each in served if each),
    }


def _shown(catalog: Catalog, item: SlotItem) -> dict[str, Any]:
    offering = catalog.get_offering(item.offering, public_only=False)
    minutes = item.duration or offering.durations[0]
    return {
        "start": item.start,
        "end": item.start + timedelta(minutes=minutes),
        "zone": offering.location.time_zone,
        "name": offering.text("name", get_language() or "en"),
        "party": item.party or 1,
    }


def _written(item: SlotItem) -> str:
    return "|".join([item.offering, item.start.isoformat(), str(item.duration or ""), str(item.party or "")])


def _item(catalog: Catalog, text: str) -> SlotItem | None:
    offering, start, duration, party, *_rest = [*text[:200].split("|"), "", "", "", ""]
    instant = read_instant(start)
    if instant is None or offering not in catalog.offerings or catalog.offerings[offering].mode != "slot":
        return None
    minutes = int(duration) if duration.isdigit() and len(duration) < 6 else None
    people = int(party) if party.isdigit() and len(party) < 6 else None
    return SlotItem(offering, instant, minutes, party=people)


def _problem(error: HorariumError) -> str:
    if error.params.get("reason") == "one_place":
        return _("All of this must be at one location.")
    return problem_text(error)
