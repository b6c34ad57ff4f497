"""The page of an offering that is sold by nights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from horarium.kit.money import Money
from horarium.kit.zones import instant_of, zone
from horarium.modules.catalog.rules import OfferingFacts, RatePlanFacts
from horarium.modules.resources.rules import ResourceFacts
from horarium.web.components.guests import OLDEST
from horarium.web.components.terms import cancellation_text
from horarium.web.components.words import resource_words
from horarium.workflows.list_stays import PlanQuote

from .extras import wanted_extras
from .pages import base_context, page_of_choice
from .shop import Shop
from .stay_calendar import StayCalendar, StaysOnSale, build_stay_calendar
from .stay_choice import StayChoice
from .stay_summary import build_stay_summary, chosen_plan, payment_text
from .stay_words import dates_text, stay_refusal


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A rate plan that the chosen dates can be had in."""

    plan: RatePlanFacts
    total: Money
    terms: list[str]
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RoomLink:
    room: ResourceFacts
    url: str
    is_chosen: bool


def show_stay(request: HttpRequest, shop: Shop, offering: OfferingFacts) -> HttpResponse:
    rooms = shop.choosable(offering)
    choice = StayChoice.of(request.GET).fitted(offering, frozenset(one.public_id for one in rooms))
    today, last_day = shop.today(offering), shop.last_day(offering)
    choice = choice.within(today, last_day)
    source = StaysOnSale(shop, offering, choice)
    calendar = build_stay_calendar(offering, choice, source, today=today, last_day=last_day)
    choice = calendar.choice
    found = calendar.found
    plan_quote = chosen_plan(found.plans, choice) if found else None
    book_url = reverse("storefront_details", args=[shop.business.slug, offering.slug])
    context = {
        **base_context(shop, request),
        "offering": offering,
        "choice": choice,
        "calendar": calendar,
        "adults": range(1, offering.party_max + 1),
        "children": range(offering.party_max),
        "ages": range(OLDEST + 1),
        "extras": wanted_extras(shop, offering, choice.extras),
        "plans": _plan_cards(shop, offering, choice, found.plans) if found else (),
        "rooms": _rooms(rooms, calendar),
        "any_room": choice.query(resource=None),
        "resource_words": resource_words(shop.business.type, rooms[0].kind) if rooms else None,
        "refusal": stay_refusal(str(found.reason)) if found and found.reason else "",
        "alternatives": _alternatives(calendar),
        "summary": build_stay_summary(shop, offering, choice, plan_quote),
        "can_book": plan_quote is not None,
        "book_url": book_url + choice.query(month=None),
        "pairs": choice.pairs(),
        "has_bar": True,
        "goes_to_times": bool(choice.check_in) and "check_in" in request.GET,
    }
    return page_of_choice(request, "storefront/stay.html", context)


def _plan_cards(
    shop: Shop, offering: OfferingFacts, choice: StayChoice, plans: tuple[PlanQuote, ...]
) -> list[PlanCard]:
    chosen = chosen_plan(plans, choice)
    start = arrival_of(offering, choice)
    return [
        PlanCard(
            plan=one.plan,
            total=one.quote.total,
            terms=[
                payment_text(one.plan.terms, one.due_now),
                cancellation_text(
                    one.plan.terms.policy,
                    shop.business.currency,
                    start,
                    shop.now,
                    is_prepaid=one.plan.terms.prepayment != "none",
                ),
            ],
            url=choice.query(rate_plan=one.plan.public_id),
            is_chosen=one is chosen,
        )
        for one in plans
        if one.plan is not None
    ]


def _rooms(rooms: list[ResourceFacts], calendar: StayCalendar) -> list[RoomLink]:
    """Those that are free on the chosen dates. A chosen one keeps the others in sight."""
    free = set(calendar.found.rooms) if calendar.found else set()
    choice = calendar.choice
    if not free or (len(free) < 2 and not choice.resource):
        return []
    return [
        RoomLink(one, choice.query(resource=one.public_id), one.public_id == choice.resource)
        for one in rooms
        if one.public_id in free or choice.resource
    ]


def _alternatives(calendar: StayCalendar) -> list[tuple[str, Money | None, str]]:
    """Text, total and address of the nearest stays that can be had."""
    found = calendar.found
    return [
        (
            dates_text(one.check_in, one.check_out),
            one.total,
            calendar.choice.query(check_in=one.check_in, check_out=one.check_out, month=one.check_in),
        )
        for one in (found.alternatives if found else ())
    ]


def arrival_of(offering: OfferingFacts, choice: StayChoice) -> datetime | None:
    if choice.check_in is None:
        return None
    return instant_of(choice.check_in, offering.check_in, zone(offering.location.time_zone)).astimezone(
        zone(offering.location.time_zone)
    )
