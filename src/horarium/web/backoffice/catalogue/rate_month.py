"""A month of nights as guests find them: what each costs and what binds it, by the engine that lists and sells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from horarium.kit.money import Money
from horarium.kit.zones import local_date_of
from horarium.modules.availability.rules.restrictions import DateRules
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import bare_amount, day_text, money_text, month_text
from horarium.workflows.items import Guests
from horarium.workflows.list_stays import Night, compute_nights
from horarium.workflows.stay_inquiry import StayInquiry, StayWish, inquire_wish

from .month_grid import read_month, shifted, weeks_of
from .rate_words import limits_texts
from .wording import weekday_choices

MONTHS_AHEAD: Final = 36
MOST_GUESTS: Final = 12


@dataclass(frozen=True, slots=True)
class NightCell:
    """`spoken`: date and price. `limits`: kind, words and number of each. `price`: without its currency."""

    day: date
    spoken: str
    price: str
    limits: list[tuple[str, str, str]]
    is_past: bool
    is_in_month: bool
    is_unpriced: bool


@dataclass(frozen=True, slots=True)
class RateMonth:
    """`unpriced`: how many nights of the month to come are not sold for want of a price."""

    name: str
    weeks: list[list[NightCell]]
    weekdays: list[tuple[int, str, str]]
    plans: list[dict[str, Any]]
    plan: str
    month: str
    guests: int
    guest_options: list[tuple[int, str]]
    earlier_url: str
    later_url: str
    unpriced: int


def rate_month(request: HttpRequest, office: Office, offering_id: str, now: datetime) -> RateMonth:
    """At most three queries. Whatever stands in the address, there is a month."""
    catalog = get_current_catalog(office.business.pk)
    offering = catalog.get_offering(offering_id, public_only=False)
    plans = {one.public_id: one.name for one in offering.rate_plans}
    plan = request.GET.get("plan", "")
    plan = plan if plan in plans else ""
    guests = _guests(offering, request.GET.get("guests", ""))
    wish = StayWish(Guests(guests), plan or None)
    inquiry = inquire_wish(catalog, offering_id, wish, unseen=True)
    today = local_date_of(now, inquiry.tz)
    month = read_month(request.GET.get("month", "")) or today.replace(day=1)
    month = min(max(month, today.replace(day=1)), shifted(today, MONTHS_AHEAD))
    weeks = weeks_of(month)
    nights = compute_nights(inquiry, (weeks[0][0], weeks[-1][-1]), now)[0].days
    cells = {one.date: _cell(inquiry, one, month, today) for one in nights}

    def url(**changes: Any) -> str:
        query: dict[str, Any] = {"month": f"{month:%Y-%m}", "plan": plan, "guests": guests} | changes
        return f"{office.url('catalogue_rates', offering_id)}?{urlencode(query)}#nights"

    return RateMonth(
        name=month_text(month),
        weeks=[[cells[day] for day in week] for week in weeks],
        weekdays=weekday_choices(),
        plans=_chips(plans, plan, url),
        plan=plan,
        month=f"{month:%Y-%m}",
        guests=guests,
        guest_options=_guest_options(offering),
        earlier_url=url(month=f"{shifted(month, -1):%Y-%m}") if month > today else "",
        later_url=url(month=f"{shifted(month, 1):%Y-%m}"),
        unpriced=sum(one.is_unpriced and one.is_in_month and not one.is_past for one in cells.values()),
    )


def _cell(inquiry: StayInquiry, night: Night, month: date, today: date) -> NightCell:
    is_closed = all(sold.restrictions.on(night.date).is_closed for sold in inquiry.plans)
    rules = DateRules(
        min_nights_on_arrival=night.min_stay,
        closed_to_arrival=night.closed_to_arrival,
        closed_to_departure=night.closed_to_departure,
        is_closed=is_closed,
    )
    is_unpriced = night.price is None and not is_closed
    said = [day_text(night.date, long=True), _said(night.price, is_unpriced)]
    return NightCell(
        day=night.date,
        spoken=", ".join(one for one in said if one),
        price="" if night.price is None else bare_amount(night.price),
        limits=limits_texts(rules),
        is_past=night.date < today,
        is_in_month=night.date.month == month.month,
        is_unpriced=is_unpriced,
    )


def _said(price: Money | None, is_unpriced: bool) -> str:
    if price is not None:
        return money_text(price)
    return _("no price") if is_unpriced else ""


def _chips(plans: dict[str, str], chosen: str, url: Callable[..., str]) -> list[dict[str, Any]]:
    """Without rate plans there is nothing to choose."""
    if not plans:
        return []
    known = {"": _("The lowest price"), **plans}
    return [{"label": name, "url": url(plan=key), "active": key == chosen} for key, name in known.items()]


def _guests(offering: OfferingFacts, typed: str) -> int:
    """As many as are in the price, unless others are asked for."""
    most = min(offering.party_max, MOST_GUESTS)
    wanted = (
        int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else offering.included_guests
    )
    return min(max(wanted, offering.party_min, 1), max(most, offering.party_min))


def _guest_options(offering: OfferingFacts) -> list[tuple[int, str]]:
    numbers = range(offering.party_min, max(min(offering.party_max, MOST_GUESTS), offering.party_min) + 1)
    return [(one, ngettext("%(count)d adult", "%(count)d adults", one) % {"count": one}) for one in numbers]
