"""Restrictions of a stay: what counts on each date of a month, and the form that sets it for many dates at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.kit.zones import zone
from horarium.modules.availability.rules.restrictions import Restrictions
from horarium.modules.catalog.actions import LimitFields, delete_restriction, restrict_dates
from horarium.modules.catalog.models import Offering, RatePlan, Restriction
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.queries_parts import list_rate_plans, list_restrictions
from horarium.modules.catalog.rules import Dates
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.answers import back_to
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show
from horarium.web.components.formats import day_text, month_text

from .month_grid import read_month, shifted, weeks_of
from .rate_words import dates_text, limits_texts, row_texts, weekdays_text
from .rates import get_stay
from .tabs import places_of
from .wording import weekday_choices

NUMBERS: Final = ("min_nights", "min_nights_on_arrival", "max_nights")
FLAGS: Final = ("is_closed", "closed_to_arrival", "closed_to_departure")
MONTHS_AHEAD: Final = 36


@dataclass(frozen=True, slots=True)
class DayCell:
    """`limits`: kind, words and number of each. `url` begins the form on that day."""

    day: date
    name: str
    limits: list[tuple[str, str, str]]
    is_past: bool
    is_in_month: bool
    is_chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class RestrictionLine:
    id: str
    plan: str
    dates: str
    weekdays: str
    limits: list[str]


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_READ)
def edit(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_stay(office, offering_id)
    if request.method != "POST":
        return _page(request, office, offering, _blank(request))
    entered = Entered.posted(request)
    if not office.can(Permission.CATALOG_WRITE):
        return _page(request, office, offering, entered, status=403)
    if not _set(office, offering, entered):
        return _page(request, office, offering, entered, status=422)
    first = entered.day("first_on")
    query = f"?month={first:%Y-%m}&plan={entered.text('rate_plan')}"
    url = office.url("catalogue_restrictions", offering.public_id) + query
    return back_to(request, url, _("Restrictions saved"))


@require_POST
@member_page(Permission.CATALOG_WRITE)
def remove(request: HttpRequest, office: Office, offering_id: str, restriction_id: str) -> HttpResponse:
    get_stay(office, offering_id)
    delete_restriction(office.business.pk, restriction_id, office.actor)
    url = office.url("catalogue_restrictions", offering_id)
    month = request.POST.get("month", "")
    return back_to(request, f"{url}?month={month}" if read_month(month) else url, _("Restriction removed"))


def _set(office: Office, offering: Offering, entered: Entered) -> bool:
    first, last = entered.day("first_on", needed=True), entered.day("last_on")
    limits = _read_limits(entered)
    weekdays = frozenset(int(one) for one in entered.many("weekdays") if one in "0123456")
    if first is None or entered.errors:
        return False
    try:
        restrict_dates(
            office.business.pk,
            offering.public_id,
            office.actor,
            dates=Dates(first, last or first, weekdays),
            rate_plan=entered.text("rate_plan"),
            **limits,
        )
    except InvalidInput as error:
        entered.refuse(error, otherwise="first_on")
        return False
    return True


def _read_limits(entered: Entered) -> LimitFields:
    """An empty field leaves a limit as it is, 0 takes it away."""
    found: dict[str, Any] = {}
    for name in NUMBERS:
        number = entered.whole(name)
        if number is not None:
            found[name] = number or None
    for name in FLAGS:
        if entered.text(name):
            found[name] = entered.text(name) == "yes"
    return cast(LimitFields, found)


def _blank(request: HttpRequest) -> Entered:
    day = request.GET.get("day", "")
    return Entered.of({"first_on": day, "last_on": request.GET.get("until", ""), "rate_plan": _plan(request)})


def _plan(request: HttpRequest) -> str:
    return request.GET.get("plan", "")[:40]


def _page(
    request: HttpRequest, office: Office, offering: Offering, entered: Entered, *, status: int = 200
) -> HttpResponse:
    today = clock.now().astimezone(zone(offering.location.time_zone)).date()
    plans = [one for one in list_rate_plans(office.business.pk, [offering.pk]) if one.is_active]
    plan = next((one for one in plans if one.public_id == entered.text("rate_plan")), None)
    month = read_month(request.GET.get("month", "")) or (entered.day("first_on") or today).replace(day=1)
    month = min(max(month, shifted(today, -12)), shifted(today, MONTHS_AHEAD))
    url = office.url("catalogue_restrictions", offering.public_id)
    context = {
        "offering": offering,
        "places": places_of(office, offering, "catalogue_restrictions"),
        "form": entered,
        "plans": _plan_links(url, plans, plan, month),
        "plan_options": [("", _("All rate plans")), *((one.public_id, one.name) for one in plans)],
        "month": month,
        "month_name": month_text(month),
        "weeks": _weeks(office, offering, plan, month, today, entered),
        "weekday_options": weekday_choices(),
        "earlier_url": _link(url, shifted(month, -1), plan),
        "later_url": _link(url, shifted(month, 1), plan),
        "lines": [
            _line(one) for one in list_restrictions(office.business.pk, offering.pk) if one.last_on >= today
        ],
        "flag_options": {
            "is_closed": _choices(_("not sold"), _("sold")),
            "closed_to_arrival": _choices(_("no arrival"), _("arrival allowed")),
            "closed_to_departure": _choices(_("no departure"), _("departure allowed")),
        },
        "action": f"{url}?month={month:%Y-%m}",
    }
    template = "backoffice/catalogue/restrictions.html"
    return show(request, office, template, context, active="catalogue", status=status)


def _choices(yes: str, no: str) -> list[tuple[str, str]]:
    return [("", _("as it is")), ("yes", yes), ("no", no)]


def _weeks(
    office: Office, offering: Offering, plan: RatePlan | None, month: date, today: date, entered: Entered
) -> list[list[DayCell]]:
    """The month from Monday to Sunday, through the same rules that sell and refuse."""
    facts = get_current_catalog(office.business.pk).get_offering(offering.public_id, public_only=False)
    rules = Restrictions(facts.restrictions, plan.pk if plan else None)
    url = office.url("catalogue_restrictions", offering.public_id)
    typed = Entered(entered.data)
    chosen_first = typed.day("first_on")
    chosen_last = typed.day("last_on") or chosen_first
    waits_for_end = chosen_first is not None and not typed.text("last_on")

    def cell(day: date) -> DayCell:
        query = f"&day={day}"
        if waits_for_end and chosen_first is not None and day > chosen_first:
            query = f"&day={chosen_first}&until={day}"
        is_chosen = (
            chosen_first is not None and chosen_last is not None and chosen_first <= day <= chosen_last
        )
        link = f"{_link(url, month, plan)}{query}#set"
        is_in_month = day.month == month.month
        return DayCell(
            day,
            day_text(day, long=True),
            limits_texts(rules.on(day)),
            day < today,
            is_in_month,
            is_chosen,
            link,
        )

    return [[cell(day) for day in week] for week in weeks_of(month)]


def _plan_links(
    url: str, plans: Sequence[RatePlan], chosen: RatePlan | None, month: date
) -> list[dict[str, Any]]:
    """Without rate plans there is nothing to choose."""
    every = {"label": _("All rate plans"), "url": _link(url, month, None), "active": chosen is None}
    return (
        [
            every,
            *({"label": one.name, "url": _link(url, month, one), "active": one == chosen} for one in plans),
        ]
        if plans
        else []
    )


def _link(url: str, month: date, plan: RatePlan | None) -> str:
    return f"{url}?month={month:%Y-%m}" + (f"&plan={plan.public_id}" if plan else "")


def _line(row: Restriction) -> RestrictionLine:
    return RestrictionLine(
        row.public_id,
        row.rate_plan.name if row.rate_plan else "",
        dates_text(row.first_on, row.last_on),
        weekdays_text(row.weekdays),
        row_texts(row),
    )
