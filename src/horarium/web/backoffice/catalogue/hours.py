"""Opening hours: what holds where, the week of one owner, and the days that differ from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.kit.zones import zone
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import LocationFacts
from horarium.modules.resources.actions import (
    DatedHours,
    add_exception,
    remove_exception,
    set_week,
    update_resource,
)
from horarium.modules.resources.models import Opening, OpeningException, Resource
from horarium.modules.resources.queries import get_resource, list_exceptions, list_week
from horarium.modules.resources.rules import DAY, ResourceFacts
from horarium.platform.tenancy.models import Location
from horarium.platform.tenancy.permissions import Permission
from horarium.platform.tenancy.queries import get_location
from horarium.web.backoffice.answers import back_to, is_partial, with_toast
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.words import resource_words

from .outside import bookings_outside
from .tabs import tabs_of
from .week_form import days_of, read_week, take_step, typed_week
from .wording import interval_text, week_text

CHANGED = ("catalogue:changed",)
SHOWN_OUTSIDE = 5


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """A location or resource with its hours in words. `follows`: those of the location."""

    id: str
    name: str
    kind: str
    week: list[str]
    follows: bool
    dated: list[str]


@dataclass(frozen=True, slots=True)
class DatedLine:
    id: str
    first_on: date
    last_on: date
    hours: str
    reason: str


@require_GET
@member_page(Permission.CATALOG_READ)
def show_hours(request: HttpRequest, office: Office) -> HttpResponse:
    catalog = get_current_catalog(office.business.pk)
    resources = [one for one in catalog.resources.values() if one.is_active]
    places = [
        {
            "location": place,
            "line": _line(catalog.locations[place.pk], "", place.time_zone),
            "resources": [
                _line(one, str(resource_words(office.business.type, one.kind).one), place.time_zone)
                for one in resources
                if one.location_id == place.pk
            ],
        }
        for place in office.locations
    ]
    context = {"tabs": tabs_of(office, "catalogue_hours"), "places": places}
    return show(request, office, "backoffice/catalogue/hours.html", context, active="catalogue", part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_READ)
def edit_hours(request: HttpRequest, office: Office, owner_id: str) -> HttpResponse:
    owner = _owner(office, owner_id)
    if request.method != "POST":
        return _sheet(request, office, owner)
    if not office.can(Permission.CATALOG_WRITE):
        return _sheet(request, office, owner, status=403)
    entered = Entered.posted(request)
    if step := request.POST.get("step", ""):
        take_step(entered, step)
        return _sheet(request, office, owner, entered)
    follows = entered.text("hours_kind") == "location" and isinstance(owner, Resource)
    week = [] if follows else read_week(entered)
    if entered.errors:
        return _sheet(request, office, owner, entered, status=422)
    try:
        if follows:
            update_resource(office.business.pk, owner_id, office.actor, follows_location=True)
        else:
            set_week(office.business.pk, owner_id, week, office.actor, follows_location=False)
    except InvalidInput as error:
        entered.refuse(error, otherwise="week")
        return _sheet(request, office, owner, entered, status=422)
    return _saved(request, office, owner_id, _("%(name)s: hours saved") % {"name": owner.name})


@require_POST
@member_page(Permission.CATALOG_WRITE)
def add_dated(request: HttpRequest, office: Office, owner_id: str) -> HttpResponse:
    """Other hours, or none, on some dates."""
    owner = _owner(office, owner_id)
    entered = Entered.posted(request)
    first = entered.day("first_on", needed=True)
    last = entered.day("last_on") or first
    starts = ends = None
    if entered.text("dated_kind") == "open":
        starts, ends = entered.minute("starts"), entered.minute("ends")
        if starts is None or ends is None:
            entered.wrong("ends" if starts is not None else "starts", _("Give both the start and the end."))
        elif ends <= starts:
            ends += DAY
    if first is not None and last is not None and not entered.errors:
        hours = DatedHours(first, last, starts, ends, entered.text("reason"))
        try:
            add_exception(office.business.pk, owner_id, hours, office.actor)
        except InvalidInput as error:
            entered.refuse(error, otherwise="first_on")
    if entered.errors:
        return _sheet(request, office, owner, dated=entered, status=422)
    text = (
        _("%(name)s: closed on these dates") if starts is None else _("%(name)s: other hours on these dates")
    )
    return _saved(request, office, owner_id, text % {"name": owner.name})


@require_POST
@member_page(Permission.CATALOG_WRITE)
def remove_dated(request: HttpRequest, office: Office, owner_id: str, exception_id: str) -> HttpResponse:
    remove_exception(office.business.pk, exception_id, office.actor)
    return _saved(request, office, owner_id, _("The usual week counts again"))


def _saved(request: HttpRequest, office: Office, owner_id: str, text: str) -> HttpResponse:
    """The sheet again, with the bookings that are outside of the hours now."""
    outside = len(bookings_outside(office.business.pk, owner_id, clock.now()))
    if outside:
        text += ". " + ngettext(
            "%(count)d booking is outside of the hours now and stays.",
            "%(count)d bookings are outside of the hours now and stay.",
            outside,
        ) % {"count": outside}
    hue = "warn" if outside else "ok"
    if is_partial(request):
        response = _sheet(request, office, _owner(office, owner_id))
        return with_toast(response, text, hue=hue, also=CHANGED)
    return back_to(request, office.url("catalogue_hours_of", owner_id), text, hue=hue)


def _owner(office: Office, owner_id: str) -> Resource | Location:
    """Raises NotFound."""
    if owner_id.startswith("res_"):
        return get_resource(office.business.pk, owner_id)
    return get_location(office.business.pk, owner_id)


def _sheet(
    request: HttpRequest,
    office: Office,
    owner: Resource | Location,
    entered: Entered | None = None,
    *,
    dated: Entered | None = None,
    status: int = 200,
) -> HttpResponse:
    business_id = office.business.pk
    is_resource = isinstance(owner, Resource)
    place = owner.location if isinstance(owner, Resource) else owner
    form = entered or typed_week(
        list_week(business_id, owner.public_id),
        follows=isinstance(owner, Resource) and owner.follows_location,
    )
    exceptions = list_exceptions(business_id, owner.public_id, _today(place.time_zone))
    outside = bookings_outside(business_id, owner.public_id, clock.now())
    context = {
        "owner": owner,
        "is_resource": is_resource,
        "place": place,
        "place_week": week_text(_rules(list_week(business_id, place.public_id))) if is_resource else [],
        "form": form,
        "days": days_of(form),
        "dated": dated or Entered.of({"dated_kind": "closed"}),
        "exceptions": [_dated_line(one) for one in exceptions],
        "outside": outside[:SHOWN_OUTSIDE],
        "outside_count": len(outside),
        "today": _today(place.time_zone),
        "owner_zone": place.time_zone,
        "action": office.url("catalogue_hours_of", owner.public_id),
    }
    template = "backoffice/catalogue/week.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _line(owner: ResourceFacts | LocationFacts, kind: str, zone_name: str) -> OwnerLine:
    follows = isinstance(owner, ResourceFacts) and owner.follows_location
    week = [(one.weekday, one.starts, one.ends) for one in owner.rules.weekly]
    today = _today(zone_name)
    dated = sum(1 for one in owner.rules.dated if one.last_on >= today)
    note = [ngettext("%(count)d date differs", "%(count)d dates differ", dated) % {"count": dated}]
    return OwnerLine(
        owner.public_id, owner.name, kind, [] if follows else week_text(week), follows, note if dated else []
    )


def _dated_line(one: OpeningException) -> DatedLine:
    is_closed = one.starts_minute is None or one.ends_minute is None
    hours = _("closed") if is_closed else interval_text(one.starts_minute or 0, one.ends_minute or 0)
    return DatedLine(one.public_id, one.first_on, one.last_on, hours, one.reason)


def _rules(openings: list[Opening]) -> list[tuple[int, int, int]]:
    return [(one.weekday, one.starts_minute, one.ends_minute) for one in openings]


def _today(zone_name: str) -> date:
    return clock.now().astimezone(zone(zone_name)).date()
