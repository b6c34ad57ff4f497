"""Which dates a booking repeats on: every one with its price, or with what is free near it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from horarium.kit import clock
from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.rules import OfferingFacts
from horarium.platform.throttle.pages import limited
from horarium.web.components.formats import moment_text, time_text
from horarium.web.components.reasons import reason_text
from horarium.web.components.words import resource_words
from horarium.workflows.list_availability import Slot
from horarium.workflows.place_series import Occurrence, SeriesPlan, plan_series

from .pages import base_context, found_or_404
from .repeats_choice import ANYONE, EVERY, SKIP, Repeat, address, first_item, repeat_of, start_value
from .selection import SlotSelection
from .shop import Shop, open_shop
from .summary import Summary, build_summary


@dataclass(frozen=True, slots=True)
class Near:
    """A free start near a date that clashes. `value`: as a button sends it."""

    text: str
    price: Money
    url: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownDate:
    """`is_decided`: it is left out or elsewhere, and `back_url` puts it back."""

    one: Occurrence
    reason: str
    near: tuple[Near, ...]
    is_decided: bool
    skip_url: str
    back_url: str

    @property
    def label(self) -> str:
        return moment_text(self.one.start)


@require_GET
@limited
@found_or_404
def show_dates(request: HttpRequest, slug: str, offering_key: str) -> HttpResponse:
    shop = open_shop(slug, clock.now())
    offering, repeat = repeat_of(request, shop, offering_key)
    plan = plan_of(shop, offering, repeat)
    if plan is None:
        return HttpResponseRedirect(SlotSelection(offering, repeat.choice).back_url(shop))
    page = address("storefront_repeat", shop, offering)
    details = address("storefront_details", shop, offering)
    clashes = [one.number for one in plan.clashes]
    context = {
        **base_context(shop, request),
        **plan_context(shop, offering, repeat, plan),
        "offering": offering,
        "repeat": repeat,
        "pairs": repeat.choice.pairs(),
        "every": [(key, str(word)) for key, word in EVERY.items()],
        "times": range(2, offering.repeats_up_to + 1),
        "clashes": len(clashes),
        "skip_all_url": page + repeat.decided(dict.fromkeys(clashes, SKIP)).query(),
        "nearest_url": page + repeat.decided(_nearest(repeat, plan)).query(),
        "once_url": details + repeat.choice.query(),
        "book_url": address("storefront_repeat_details", shop, offering) + repeat.query(),
    }
    is_partial = bool(getattr(request, "htmx", False))
    template = "storefront/repeat.html"
    response = render(request, f"{template}#dates_update" if is_partial else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def plan_of(shop: Shop, offering: OfferingFacts, repeat: Repeat) -> SeriesPlan | None:
    """None when no such booking can be repeated at all."""
    item = first_item(offering, repeat)
    if item is None:
        return None
    try:
        return plan_series(shop.business.id, repeat.wish(item), shop.now, staff=False)
    except InvalidInput:
        return None


def plan_context(shop: Shop, offering: OfferingFacts, repeat: Repeat, plan: SeriesPlan) -> dict[str, Any]:
    """What the page of the dates and the form of the details both show."""
    dates = shown_dates(shop, offering, repeat, plan)
    return {
        "dates": dates,
        "kept": [row for row in dates if not row.one.is_skipped and not row.reason],
        "summary": _summary(shop, offering, repeat, plan),
        "plan": plan,
        "zone": offering.location.time_zone,
    }


def shown_dates(shop: Shop, offering: OfferingFacts, repeat: Repeat, plan: SeriesPlan) -> list[ShownDate]:
    page, decided = address("storefront_repeat", shop, offering), dict(repeat.dates)

    def url(number: int, text: str | None) -> str:
        return page + repeat.decided({number: text}).query()

    resources = shop.choosable(offering)
    anyone = str(resource_words(shop.business.type, resources[0].kind).any) if resources else ""
    rows = []
    for one in plan.occurrences:
        values = [(slot, start_value(slot, repeat.choice.resource)) for slot in one.alternatives]
        near = tuple(
            Near(
                _near_text(slot, one, value, anyone),
                slot.price,
                url(one.number, value),
                f"{one.number} {value}",
            )
            for slot, value in values
        )
        reason = _reason(one.reason) if one.reason else ""
        is_decided = one.number in decided
        rows.append(ShownDate(one, reason, near, is_decided, url(one.number, SKIP), url(one.number, None)))
    return rows


def _near_text(slot: Slot, one: Occurrence, value: str, anyone: str) -> str:
    """The day only where it is another one; `anyone` where somebody else serves it than the guest chose."""
    is_same_day = slot.start.date() == one.start.date()
    text = time_text(slot.start) if is_same_day else moment_text(slot.start)
    return f"{text} · {anyone}" if value.endswith(ANYONE) else text


def _reason(reason: str) -> str:
    """Here nobody has waited for the time: it may have been taken long ago."""
    return _("This time is taken.") if reason == Reason.TAKEN else reason_text(reason)


def _nearest(repeat: Repeat, plan: SeriesPlan) -> dict[int, str | None]:
    """For each date that clashes the free start next to it; none twice, and no start near it: left out."""
    chosen: dict[int, str | None] = {}
    taken: set[datetime] = set()
    for one in plan.clashes:
        free = [slot for slot in one.alternatives if slot.start not in taken]
        best = min(free, key=lambda slot: abs(slot.start - one.start), default=None)
        if best is not None:
            taken.add(best.start)
        chosen[one.number] = start_value(best, repeat.choice.resource) if best else SKIP
    return chosen


def _summary(shop: Shop, offering: OfferingFacts, repeat: Repeat, plan: SeriesPlan) -> Summary:
    """The terms count from each start, so none of them is named."""
    choice = replace(repeat.choice, start=None, day=None)
    return replace(
        build_summary(shop, offering, choice),
        total=plan.total,
        due_now=plan.due_now,
        rest=plan.total - plan.due_now,
    )
