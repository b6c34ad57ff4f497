"""The live summary: what, when, with whom, for how much, on which terms. Always on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.catalog.rules import OfferingFacts
from horarium.modules.resources.rules import ResourceFacts
from horarium.web.components.terms import PriceLine, price_lines, sale_terms_text
from horarium.web.components.words import resource_words
from horarium.workflows.checkout import Quote

from .choice import Choice
from .extras import extra_names
from .prices import PriceFrom
from .shop import Shop


@dataclass(frozen=True, slots=True)
class Summary:
    """`start` and `end` are in the location's zone. Without a quote there is only `price`, the lowest one."""

    offering: OfferingFacts
    duration: int
    party: int
    extras: tuple[str, ...]
    resource: ResourceFacts | None
    resource_word: str | Promise
    any_word: str | Promise
    start: datetime | None
    end: datetime | None
    price: PriceFrom
    lines: Sequence[PriceLine]
    total: Money | None
    due_now: Money | None
    rest: Money | None
    cancellation: str


def build_summary(shop: Shop, offering: OfferingFacts, choice: Choice, quote: Quote | None = None) -> Summary:
    duration = choice.duration or next(iter(offering.durations), 0)
    start = choice.start.astimezone(zone(offering.location.time_zone)) if choice.start else None
    resources = shop.choosable(offering)
    words = resource_words(shop.business.type, resources[0].kind) if resources else None
    lines = [line for one in quote.planned for line in one.quote.as_json()["lines"]] if quote else []  # type: ignore[attr-defined]
    return Summary(
        offering=offering,
        duration=duration,
        party=choice.party or offering.party_min,
        extras=extra_names(offering, choice.extras),
        resource=next((one for one in resources if one.public_id == choice.resource), None),
        resource_word=words.one if words else "",
        any_word=words.any if words else "",
        start=start,
        end=start + timedelta(minutes=duration) if start else None,
        price=shop.price_from(offering, duration),
        lines=price_lines(lines, offering, shop.business.currency),
        total=quote.total if quote else None,
        due_now=quote.due_now if quote else None,
        rest=quote.total - quote.due_now if quote else None,
        cancellation=sale_terms_text(offering.terms, shop.business.currency, start, shop.now),
    )
