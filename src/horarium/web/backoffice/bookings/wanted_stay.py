"""Nights that staff want to book for somebody: dates, guests, rate plan and room, as the form shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.restrictions import LONGEST
from horarium.modules.booking.rules_limits import broken_limit
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.web.backoffice.problems import problem_text, staff_reason
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import money_text
from horarium.web.components.guests import OLDEST, usual_adults
from horarium.web.components.quantities import fit_extras, read_extras
from horarium.web.components.typed_dates import read_date
from horarium.workflows.items import Guests, StayItem
from horarium.workflows.list_stays import PlanQuote, quotes_of
from horarium.workflows.plan_bookings import inquire_items, plan_items
from horarium.workflows.planned import PlannedBooking
from horarium.workflows.stay_answers import StayAnswers
from horarium.workflows.stay_inquiry import StayWish, inquire_wish

from .wanted import Trouble, Wanted, able_resource, in_the_way, reachable, resource_options
from .wanted_extras import ExtraChoice, extra_choices

_REASONS: Final[dict[str, str | Promise]] = {
    Reason.TAKEN: gettext_lazy("No room is free for all of these nights."),
    Reason.BLOCKED: gettext_lazy("No room is free for all of these nights."),
    Reason.RESOURCE_UNAVAILABLE: gettext_lazy("No room is free for all of these nights."),
    Reason.CLOSED: gettext_lazy("Not all of these nights can be sold: closed, or without a price."),
    Reason.LEAD_TIME: gettext_lazy("This arrival is too long ago."),
}
ROOM_TAKEN: Final = frozenset({Reason.TAKEN, Reason.BLOCKED, Reason.RESOURCE_UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class StayWanted:
    """Local dates, public ids. `ages`: as typed; `child_ages` is None when that cannot be read."""

    offering: str
    on: date
    until: date
    adults: int
    ages: str
    child_ages: tuple[int, ...] | None
    rate_plan: str
    resource: str
    extras: tuple[str, ...]

    @classmethod
    def of(
        cls, query: QueryDict, wanted: Wanted, offering: OfferingFacts, now: datetime, *, is_final: bool
    ) -> StayWanted:
        """`dates`: `<arrival>/<departure>`, as the nearest stays are offered, instead of `on` and `until`."""
        first, _sep, last = query.get("dates", "").partition("/")
        near = read_date(first), read_date(last)
        on = reachable(near[0] or wanted.on, offering, now)
        until = near[1] or read_date(query.get("until")) or on + timedelta(days=1)
        if until <= on and not is_final:
            until = on + timedelta(days=1)
        adults = query.get("adults", "")
        plans = {one.public_id for one in offering.rate_plans}
        return cls(
            offering=offering.public_id,
            on=on,
            until=until,
            adults=int(adults[:4]) if adults.isascii() and adults.isdigit() else usual_adults(offering),
            ages=query.get("ages", "")[:60],
            child_ages=_ages(query.get("ages", "")),
            rate_plan=query.get("rate_plan", "") if query.get("rate_plan") in plans else "",
            resource=wanted.resource,
            extras=fit_extras(offering, read_extras(query)),
        )

    @property
    def nights(self) -> int:
        return (self.until - self.on).days


@dataclass(frozen=True, slots=True)
class StayPlan:
    """A wish with everything the form shows about it. `start` and `end` are aware, in the location's zone."""

    wanted: StayWanted
    offering: OfferingFacts
    catalog: Catalog
    rate_plans: list[tuple[str, str]]
    rooms: list[tuple[str, str]]
    extras: tuple[ExtraChoice, ...]
    missing: dict[str, str]
    planned: PlannedBooking | None = None
    trouble: Trouble | None = None
    limit: Reason | None = None

    @property
    def mode(self) -> str:
        return "stay"

    @property
    def resources(self) -> list[tuple[str, str]]:
        return self.rooms

    @property
    def zone(self) -> str:
        return self.offering.location.time_zone

    @property
    def adults(self) -> range:
        return range(1, max(self.offering.party_max, self.wanted.adults) + 1)

    @property
    def has_children(self) -> bool:
        return self.offering.party_max > 1 or bool(self.wanted.ages)

    @property
    def price(self) -> Money | None:
        return self.planned.quote.total if self.planned else None

    @property
    def moves(self) -> int:
        """How many other stays change rooms for this one."""
        return len(self.planned.reseats) if self.planned else 0

    @property
    def item(self) -> StayItem | None:
        return None if self.missing else item_of(self.wanted)

    def refused(self, office: Office, refusal: NotFree) -> Trouble | None:
        return trouble_of_stay(office, self.catalog, self.offering, self.wanted, refusal)


def build_stay_plan(
    office: Office, catalog: Catalog, offering: OfferingFacts, wanted: StayWanted, now: datetime
) -> StayPlan:
    wanted = replace(wanted, resource=able_resource(catalog, offering, wanted.resource))
    missing = _missing(offering, wanted)
    plan = StayPlan(
        wanted=wanted,
        offering=offering,
        catalog=catalog,
        rate_plans=_plan_options(offering, ()),
        rooms=resource_options(catalog, offering),
        extras=extra_choices(offering, wanted.extras),
        missing=missing,
    )
    if missing:
        return plan
    item = item_of(wanted)
    try:
        inquiries = inquire_items(catalog, [item], staff=True)
        quotes, rooms = _choices(catalog, offering, wanted, now)
        plan = replace(plan, rate_plans=_plan_options(offering, quotes), rooms=rooms)
        planned = plan_items(inquiries, [item], now)[0]
    except NotFree as refusal:
        return replace(plan, trouble=trouble_of_stay(office, catalog, offering, wanted, refusal))
    except InvalidInput as error:
        return replace(plan, trouble=Trouble(problem_text(error)))
    if not isinstance(planned, PlannedBooking):
        return plan
    times = planned.starts_at, planned.ends_at
    limit = broken_limit(offering, times, planned.rate_plan_id, now)
    return replace(plan, planned=planned, limit=limit)


def stay_reason(reason: str, *, has_room: bool) -> str:
    """Why these nights cannot be had, be it in one certain room, be it in any."""
    if has_room and reason in ROOM_TAKEN:
        return _("This room is not free for all of these nights.")
    return str(_REASONS.get(reason) or staff_reason(reason))


def item_of(wanted: StayWanted) -> StayItem:
    return StayItem(
        offering=wanted.offering,
        check_in=wanted.on,
        check_out=wanted.until,
        guests=Guests(wanted.adults, wanted.child_ages or ()),
        rate_plan=wanted.rate_plan or None,
        resource=wanted.resource or None,
        extras=wanted.extras,
    )


def trouble_of_stay(
    office: Office, catalog: Catalog, offering: OfferingFacts, wanted: StayWanted, refusal: NotFree
) -> Trouble:
    """With who sleeps there, where one room was chosen."""
    near: Any = refusal.params.get("alternatives", ())
    room = catalog.find_resource(wanted.resource) if wanted.resource else None
    text = stay_reason(str(refusal.reason), has_room=room is not None)
    if room is None or refusal.reason not in ROOM_TAKEN:
        return Trouble(text, alternatives=tuple(near))
    tz = zone(offering.location.time_zone)
    arrival = instant_of(wanted.on, offering.check_in, tz)
    departure = instant_of(wanted.until, offering.check_out, tz)
    lines = in_the_way(office, catalog, {room.id}, arrival, departure)
    return Trouble(text, lines, alternatives=tuple(near))


def _missing(offering: OfferingFacts, wanted: StayWanted) -> dict[str, str]:
    """What is wrong with the fields themselves, before anything is looked up."""
    errors = {}
    if wanted.nights < 1:
        errors["until"] = _("The departure must be after the arrival.")
    elif wanted.nights > LONGEST:
        errors["until"] = _("At most %(nights)d nights.") % {"nights": LONGEST}
    if wanted.child_ages is None:
        errors["ages"] = _("Write the ages as numbers from 0 to 17, with commas.")
    count = wanted.adults + len(wanted.child_ages or ())
    if wanted.adults < 1 or not offering.party_min <= count <= offering.party_max:
        bounds = {"min": offering.party_min, "max": offering.party_max}
        errors["adults"] = _("From %(min)d to %(max)d guests, children included.") % bounds
    return errors


def _choices(
    catalog: Catalog, offering: OfferingFacts, wanted: StayWanted, now: datetime
) -> tuple[tuple[PlanQuote, ...], list[tuple[str, str]]]:
    """All rate plans with their totals, and the rooms that are free (a chosen one stays in sight)."""
    wish = StayWish(Guests(wanted.adults, wanted.child_ages or ()), extras=wanted.extras)
    inquiry = inquire_wish(catalog, offering.public_id, wish, staff=True)
    answers = StayAnswers(inquiry, wanted.on, wanted.until, now)
    arrival, departure = answers.axis.number(wanted.on), answers.axis.number(wanted.until)
    ids = answers.solver.free_rooms(arrival, departure)
    free = {catalog.resources[one].public_id for one in ids}
    options = resource_options(catalog, offering)
    rooms = [one for one in options if one[0] in free or one[0] == wanted.resource]
    return quotes_of(answers, wanted.on, wanted.until), rooms


def _plan_options(offering: OfferingFacts, quotes: tuple[PlanQuote, ...]) -> list[tuple[str, str]]:
    """None where there is nothing to choose."""
    if len(offering.rate_plans) < 2:
        return []
    language = get_language() or "en"
    totals = {one.plan.public_id: money_text(one.quote.total) for one in quotes if one.plan}
    return [
        (one.public_id, " · ".join(filter(None, [one.text("name", language), totals.get(one.public_id, "")])))
        for one in offering.rate_plans
    ]


def _ages(text: str) -> tuple[int, ...] | None:
    parts = text[:60].replace(",", " ").split()
    if len(parts) > 20 or not all(one.isascii() and one.isdigit() and int(one) <= OLDEST for one in parts):
        return None
    return tuple(int(one) for one in parts)
