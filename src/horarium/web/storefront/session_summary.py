"""The live summary of tickets: which session, which tickets, for how much, on which terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.terms import PriceLine, price_lines, sale_terms_text
from horarium.workflows.checkout import Quote
from horarium.workflows.planned import PlannedBooking

from .choice import Choice
from .extras import extra_names
from .prices import PriceFrom
from .shop import Shop


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """`start` and `end` are in the location's zone. Without a quote there is only `price`, the lowest one."""

    offering: OfferingFacts
    start: datetime | None
    end: datetime | None
    tickets: tuple[str, ...]
    extras: tuple[str, ...]
    price: PriceFrom
    lines: Sequence[PriceLine]
    total: Money | None
    due_now: Money | None
    rest: Money | None
    cancellation: str


def build_session_summary(
    shop: Shop, offering: OfferingFacts, choice: Choice, quote: Quote | None
) -> SessionSummary:
    tz = zone(offering.location.time_zone)
    planned = quote.planned[0] if quote else None
    start = choice.start.astimezone(tz) if choice.start else None
    end = None
    if isinstance(planned, PlannedBooking):
        start, end = planned.starts_at.astimezone(tz), planned.ends_at.astimezone(tz)
    lines = planned.quote.as_json()["lines"] if planned else []
    language = get_language() or "en"
    names = {one.public_id: one.text("name", language) for one in offering.ticket_types}
    return SessionSummary(
        offering=offering,
        start=start,
        end=end,
        tickets=tuple(f"{number} × {names[key]}" for key, number in choice.tickets or () if key in names),
        extras=extra_names(offering, choice.extras),
        price=shop.price_from(offering),
        lines=price_lines(lines, offering, shop.business.currency),  # type: ignore[arg-type]
        total=quote.total if quote else None,
        due_now=quote.due_now if quote else None,
        rest=quote.total - quote.due_now if quote else None,
        cancellation=sale_terms_text(offering.terms, shop.business.currency, start, shop.now),
    )
