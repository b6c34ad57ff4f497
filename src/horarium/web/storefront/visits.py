"""Several offerings in one visit: who comes for what, on which day, and plans that fit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.kit.errors import InvalidInput, NotFound
from horarium.kit.money import Money
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.formats import time_text
from horarium.web.components.quantities import number_of
from horarium.web.components.typed_dates import read_date
from horarium.workflows.items import Item, SlotItem, item_as_json, item_of_json
from horarium.workflows.plan_visits import MOST_STEPS, PlannedVisit, Step, Visit, plan_visits

from .pages import base_context, found_or_404
from .shop import Shop, open_shop

STEP: Final = "step-"
IDLE: Final = (0, 10, 15, 30, 60, 120)
MOST: Final = 4
"""People of one visit on this page."""


@dataclass(frozen=True, slots=True)
class VisitChoice:
    """`steps`: for each offering (public id) the numbers of the people who want it."""

    people: int
    day: date | None
    idle: int
    in_order: bool
    steps: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, data: QueryDict) -> VisitChoice:
        people = min(max(number_of(data.get("people")) or 1, 1), MOST)
        known = {str(number) for number in range(1, people + 1)}
        steps = {
            name.removeprefix(STEP): tuple(one for one in dict.fromkeys(data.getlist(name)) if one in known)
            for name in data
            if name.startswith(STEP)
        }
        idle = number_of(data.get("idle"))
        return cls(
            people=people,
            day=read_date(data.get("day", "")),
            idle=idle if idle in IDLE else 15,
            in_order=data.get("order") == "listed",
            steps={key: value for key, value in steps.items() if value},
        )


@dataclass(frozen=True, slots=True)
class StepRow:
    """An offering with a box for each person."""

    offering: OfferingFacts
    price: Money
    boxes: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    plan: PlannedVisit
    items: tuple[tuple[str, str, str, Money], ...]
    """Time, name, who and price of each part."""
    packed: tuple[str, ...]
    """The items as the form sends them."""


def offers_visits(shop: Shop) -> bool:
    """There is something to combine: at least two offerings by start."""
    return len(_combinable(shop)) > 1


@require_GET
@found_or_404
def show_visit(request: HttpRequest, slug: str) -> HttpResponse:
    shop = open_shop(slug, clock.now())
    offerings = _combinable(shop)
    if not offerings:
        raise NotFound("visits", params={"kind": "offering"})
    choice = VisitChoice.of(request.GET)
    today, last_day = shop.today(offerings[0]), shop.last_day(offerings[0])
    day = min(max(choice.day or today + timedelta(days=1), today), last_day)
    plans, trouble = _plans(shop, offerings, choice, day)
    context = {
        **base_context(shop, request),
        "rows": [_row(shop, one, choice) for one in offerings],
        "people": range(1, MOST + 1),
        "idles": IDLE,
        "choice": choice,
        "day": day,
        "today": today,
        "last_day": last_day,
        "is_asked": bool(choice.steps),
        "plans": plans,
        "trouble": trouble,
        "zone": offerings[0].location.time_zone,
    }
    return render(request, "storefront/visit.html", context)


def packed_items(data: QueryDict) -> list[Item]:
    """What the form of a plan sends; anything else is as if it had not been sent."""
    found: list[Item] = []
    for text in data.getlist("item")[:MOST_STEPS]:
        try:
            item = item_of_json(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
        if isinstance(item, SlotItem) and item.start.tzinfo is not None:
            found.append(item)
    return found


def _combinable(shop: Shop) -> list[OfferingFacts]:
    return [one for one in shop.catalog.listed_offerings() if one.mode == "slot"]


def _row(shop: Shop, offering: OfferingFacts, choice: VisitChoice) -> StepRow:
    taken = choice.steps.get(offering.public_id, ())
    boxes = tuple(
        (str(number), _person(number, choice.people), str(number) in taken)
        for number in range(1, choice.people + 1)
    )
    return StepRow(offering, shop.price_from(offering).amount, boxes)


def _person(number: int, people: int) -> str:
    if people == 1:
        return _("I would like this")
    return _("Person %(number)d") % {"number": number}


def _plans(
    shop: Shop, offerings: Sequence[OfferingFacts], choice: VisitChoice, day: date
) -> tuple[list[PlanRow], str]:
    steps = tuple(
        Step(one.public_id, choice.steps[one.public_id], None if choice.in_order else ())
        for one in offerings
        if one.public_id in choice.steps
    )
    if not steps:
        return [], ""
    try:
        found = plan_visits(shop.business.slug, Visit(steps, (day,), choice.idle), shop.now)
    except InvalidInput as error:
        if error.params.get("reason") == "one_place":
            return [], _("These are at different places: they cannot be one visit.")
        return [], _("This cannot be planned together. Choose fewer things, or fewer people.")
    return [_plan_row(shop, plan, choice.people) for plan in found.plans], ""


def _plan_row(shop: Shop, plan: PlannedVisit, people: int) -> PlanRow:
    language = get_language() or "en"
    items = tuple(
        (
            f"{time_text(one.item.start)}\u2013{time_text(one.end)}",
            shop.catalog.get_offering(one.item.offering).text("name", language),
            ", ".join(_person(int(each), people) for each in one.people) if people > 1 else "",
            one.price,
        )
        for one in plan.items
    )
    return PlanRow(plan, items, tuple(json.dumps(item_as_json(one.item)) for one in plan.items))
