"""What an order would cost, as JSON."""

from __future__ import annotations

from typing import Any

from horarium.kit.zones import zone
from horarium.workflows.place_series import SeriesPlan
from horarium.workflows.place_series_guests import LinesQuote
from horarium.workflows.planned import Planned, PlannedProduct

from .orders import lines_json
from .series import occurrence_json


def quote_json(quote: LinesQuote, language: str) -> dict[str, Any]:
    return {
        "total": quote.total.as_json(),
        "due_now": quote.due_now.as_json(),
        "items": [
            _repeated_json(one) if isinstance(one, SeriesPlan) else _planned_json(one, language)
            for one in quote.lines
        ],
    }


def _repeated_json(plan: SeriesPlan) -> dict[str, Any]:
    first = plan.occurrences[0]
    return {
        "offering": plan.offering.public_id,
        "start": first.start,
        "end": first.end,
        "party": plan.planned[0].party if plan.planned else None,
        "price": plan.total.as_json(),
        "due_now": plan.due_now.as_json(),
        "lines": [],
        "occurrences": [occurrence_json(one) for one in plan.occurrences],
    }


def _planned_json(planned: Planned, language: str) -> dict[str, Any]:
    lines = [one.as_json() for one in planned.quote.lines]
    money = {
        "price": planned.quote.total.as_json(),
        "due_now": planned.due_now.as_json(),
        "lines": lines_json(lines, planned.quote.total.currency, language),
    }
    if isinstance(planned, PlannedProduct):
        return {"product": planned.product.public_id, "quantity": planned.quantity, **money}
    tz = zone(planned.offering.location.time_zone)
    return {
        "offering": planned.offering.public_id,
        "start": planned.starts_at.astimezone(tz),
        "end": planned.ends_at.astimezone(tz),
        "party": planned.party,
        **money,
    }
