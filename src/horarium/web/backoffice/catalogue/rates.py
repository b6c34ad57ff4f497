"""Prices of a stay: its rate plans, and a table of seasons for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.catalog.models import Mode, Offering, RatePlan
from horarium.modules.catalog.queries import get_offering, lock_offering
from horarium.modules.catalog.queries_parts import list_rate_plans
from horarium.modules.pricing.actions import set_prices
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.queries import list_prices
from horarium.modules.pricing.rules import names_of
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.entered import Entered
from horarium.web.backoffice.shell import Office, member_page, show

from .answers import done
from .languages import languages_of, read_names
from .rate_month import rate_month
from .rate_rows import Conditions, GuestPrice, RateLine, drafts_of, lines_of, moved_up, placed
from .rate_words import ages_text, dates_text, nights_text, plan_terms_text, weekdays_text
from .tabs import places_of
from .wording import weekday_choices


@dataclass(frozen=True, slots=True)
class ShownLine:
    id: str
    name: str
    dates: str
    weekdays: str
    nights: str
    night: Money | None
    guests: list[tuple[str, Money]]
    is_over: bool


@dataclass(frozen=True, slots=True)
class PlanShelf:
    """`plan` is None for prices that count for every plan, and for guests who choose none."""

    plan: RatePlan | None
    terms: str
    lines: list[ShownLine]
    over: list[ShownLine]


@require_GET
@member_page(Permission.CATALOG_READ)
def show_rates(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_stay(office, offering_id)
    archived = request.GET.get("show") == "archived"
    plans = list_rate_plans(office.business.pk, [offering.pk])
    lines = lines_of(_prices(office, offering))
    chosen = [one for one in plans if one.is_active is not archived]
    shelves = [_shelf(office, offering, one, lines) for one in ([] if archived else [None])]
    context = {
        "offering": offering,
        "places": places_of(office, offering, "catalogue_rates"),
        "shelves": [*(_shelf(office, offering, one, lines) for one in chosen), *shelves],
        "has_plans": any(one.is_active for one in plans),
        "nights": rate_month(request, office, offering_id, clock.now()) if lines and not archived else None,
        "archived": archived,
        "archived_count": sum(1 for one in plans if not one.is_active),
    }
    template = "backoffice/catalogue/rates.html"
    return show(request, office, template, context, active="catalogue", part="list")


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def new_line(request: HttpRequest, office: Office, offering_id: str) -> HttpResponse:
    offering = get_stay(office, offering_id)
    if request.method == "POST":
        return _changed(request, office, offering, None)
    return _sheet(request, office, offering, Entered.of({"rate_plan": request.GET.get("plan", "")}))


@require_http_methods(["GET", "POST"])
@member_page(Permission.CATALOG_WRITE)
def edit_line(request: HttpRequest, office: Office, offering_id: str, line_id: str) -> HttpResponse:
    """A line that is gone meanwhile is not lost: what was typed stands in the form of a new one."""
    offering = get_stay(office, offering_id)
    line = _find(lines_of(_prices(office, offering)), line_id)
    if request.method == "POST":
        if line is None:
            entered = Entered.posted(request)
            return _sheet(request, office, offering, entered, is_gone=True, status=409)
        return _changed(request, office, offering, line)
    if line is None:
        raise Http404("price")
    return _sheet(request, office, offering, _form_of(line, office.business.currency), line)


@require_POST
@member_page(Permission.CATALOG_WRITE)
def change_line(
    request: HttpRequest, office: Office, offering_id: str, line_id: str, verb: str
) -> HttpResponse:
    """`remove` a line, or let it be tried `earlier`."""
    offering = get_stay(office, offering_id)
    url = office.url("catalogue_rates", offering_id)
    if _find(lines_of(_prices(office, offering)), line_id) is None:
        return done(request, url, _("This price was removed already"), hue="warn")
    if verb == "earlier":
        _rewrite(office, offering, lambda lines: moved_up(lines, line_id))
        return done(request, url, _("The order of the prices has changed"))
    _rewrite(office, offering, lambda lines: [one for one in lines if one.id != line_id])
    return done(request, url, _("Price removed"))


def get_stay(office: Office, offering_id: str) -> Offering:
    """404 for what has no nights."""
    offering = get_offering(office.business.pk, offering_id)
    if offering.mode != Mode.STAY:
        raise Http404("stay")
    return offering


def _prices(office: Office, offering: Offering) -> list[PriceRule]:
    return list_prices(office.business.pk, [offering.pk])[offering.pk]


def _find(lines: Sequence[RateLine], line_id: str) -> RateLine | None:
    return next((one for one in lines if one.id == line_id), None)


def _rewrite(office: Office, offering: Offering, change: Callable[[list[RateLine]], list[RateLine]]) -> None:
    """The prices are read under the lock of the offering: of two who save at once, both have changed them."""
    with transaction.atomic():
        lock_offering(office.business.pk, offering.public_id)
        prices = _prices(office, offering)
        drafts = drafts_of(change(lines_of(prices)), prices)
        set_prices(office.business.pk, offering.public_id, drafts, office.actor)


def _with(lines: Sequence[RateLine], old: RateLine | None, typed: RateLine) -> list[RateLine]:
    """In the place of the old line, unless there is none or it belonged to another plan."""
    known = None if old is None else _find(lines, old.id)
    if known is None:
        return placed(lines, typed)
    line = replace(typed, id=known.id)
    if known.when.rate_plan != line.when.rate_plan:
        return placed([one for one in lines if one.id != line.id], line)
    return [line if one.id == line.id else one for one in lines]


def _changed(request: HttpRequest, office: Office, offering: Offering, line: RateLine | None) -> HttpResponse:
    entered = Entered.posted(request)
    if step := request.POST.get("step", ""):
        if step == "add:ages":
            entered.add_row("ages")
        elif step.startswith("remove:ages:") and step[12:].isdigit():
            entered.remove_row("ages", int(step[12:]))
        return _sheet(request, office, offering, entered, line)
    typed = _read(entered, office.business.currency, office.business.default_language)
    if not entered.errors:
        try:
            _rewrite(office, offering, lambda lines: _with(lines, line, typed))
        except InvalidInput as error:
            field = (error.field or "").split(".")[-1]
            names = {error.field or "": "night" if field == "amount_minor" else field}
            entered.refuse(error, otherwise="night", names=names)
    if entered.errors:
        return _sheet(request, office, offering, entered, line, status=422)
    return done(request, office.url("catalogue_rates", offering.public_id), _("Prices saved"))


def _read(entered: Entered, currency: str, own: str) -> RateLine:
    entered.renumber("ages")
    guests = []
    for row in entered.rows("ages"):
        at = row.prefix
        minor = entered.money(f"{at}.amount", currency, needed=True) or 0
        ages = entered.whole(f"{at}.from"), entered.whole(f"{at}.until")
        if ages == (None, None):
            entered.wrong(f"{at}.from", _("Give at least one age."))
        guests.append(GuestPrice(minor, ages[0] or 0, ages[1]))
    extra = entered.money("guest", currency)
    if extra is not None:
        guests.append(GuestPrice(extra))
    night = entered.money("night", currency)
    if night is None and not guests and not entered.errors:
        entered.wrong("night", _("This is needed."))
    when = Conditions(
        rate_plan=entered.text("rate_plan"),
        name=entered.text("name"),
        valid_from=entered.day("valid_from"),
        valid_until=entered.day("valid_until"),
        weekdays=tuple(sorted({int(one) for one in entered.many("weekdays") if one.isdigit()})),
        min_nights=entered.whole("min_nights"),
        max_nights=entered.whole("max_nights"),
        names=names_of(read_names(entered, "", own)),
    )
    return RateLine(
        "", replace(when, weekdays=() if len(when.weekdays) == 7 else when.weekdays), night, guests
    )


def _form_of(line: RateLine, currency: str) -> Entered:
    def amount(minor: int | None) -> str:
        return "" if minor is None else Money(minor, currency).as_text()

    any_age = next((one.minor for one in line.guests if one.is_of_any_age), None)
    values: dict[str, Any] = {
        name: getattr(line.when, name)
        for name in ("rate_plan", "name", "valid_from", "valid_until", "min_nights", "max_nights")
    }
    values |= {f"name_{code}": name for code, name in line.when.names}
    values |= {"weekdays": list(line.when.weekdays), "night": amount(line.night), "guest": amount(any_age)}
    for number, one in enumerate(one for one in line.guests if not one.is_of_any_age):
        row = {"id": "", "from": one.from_age, "until": one.until_age, "amount": amount(one.minor)}
        values |= {f"ages.{number}.{name}": value for name, value in row.items()}
    return Entered.of(values)


def _sheet(
    request: HttpRequest,
    office: Office,
    offering: Offering,
    entered: Entered,
    line: RateLine | None = None,
    *,
    is_gone: bool = False,
    status: int = 200,
) -> HttpResponse:
    plans = [one for one in list_rate_plans(office.business.pk, [offering.pk]) if one.is_active]
    name = (
        ("catalogue_rate", offering.public_id, line.id)
        if line
        else ("catalogue_rate_new", offering.public_id)
    )
    context = {
        "form": entered,
        "offering": offering,
        "line": line,
        "plan_options": [(one.public_id, one.name) for one in plans],
        "weekday_options": weekday_choices(),
        "ages": entered.rows("ages"),
        "languages": languages_of(entered, office.business.default_language),
        "is_gone": is_gone,
        "action": office.url(*name),
    }
    template = "backoffice/catalogue/rate.html"
    return show(request, office, template, context, active="catalogue", part="sheet", status=status)


def _shelf(office: Office, offering: Offering, plan: RatePlan | None, lines: Sequence[RateLine]) -> PlanShelf:
    key = plan.public_id if plan else ""
    today = clock.now().astimezone(zone(offering.location.time_zone)).date()
    own = [_shown(one, office.business.currency, today) for one in lines if one.when.rate_plan == key]
    terms = plan_terms_text(plan, office.business.currency) if plan else ""
    return PlanShelf(
        plan, terms, [one for one in own if not one.is_over], [one for one in own if one.is_over]
    )


def _shown(line: RateLine, currency: str, today: date) -> ShownLine:
    when = line.when
    return ShownLine(
        id=line.id,
        name=when.name,
        dates=dates_text(when.valid_from, when.valid_until),
        weekdays=weekdays_text(when.weekdays),
        nights=nights_text(when.min_nights, when.max_nights),
        night=None if line.night is None else Money(line.night, currency),
        guests=[(ages_text(one.from_age, one.until_age), Money(one.minor, currency)) for one in line.guests],
        is_over=when.valid_until is not None and when.valid_until < today,
    )
