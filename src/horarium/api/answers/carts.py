"""Carts as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from horarium.kit.zones import zone
from horarium.workflows.carts import CartLine, CartView
from horarium.workflows.items import item_as_json
from horarium.workflows.planned import Planned, PlannedBooking

from .listings import alternative_json
from .orders import lines_json


def cart_json(view: CartView, texts: Mapping[str, str], language: str) -> dict[str, Any]:
    """`texts`: what each reason means, in the reader's language."""
    return {
        "id": view.id,
        "lines": [_line_json(one, texts, language) for one in view.lines],
        "total": view.total.as_json(),
        "due_now": view.due_now.as_json(),
        "can_be_booked": view.can_be_booked,
    }


def _line_json(line: CartLine, texts: Mapping[str, str], language: str) -> dict[str, Any]:
    planned = line.planned
    named = line.offering or line.product
    start, end = _times(planned)
    return {
        "item": item_as_json(line.item),
        "name": named.text("name", language) if named else "",
        "start": start,
        "end": end,
        "is_free": line.is_free,
        "code": line.reason or None,
        "text": texts.get(line.reason, ""),
        "alternatives": [alternative_json(one) for one in line.alternatives],
        "price": None if planned is None else planned.quote.total.as_json(),
        "due_now": None if planned is None else planned.due_now.as_json(),
        "lines": []
        if planned is None
        else lines_json(
            [one.as_json() for one in planned.quote.lines], planned.quote.total.currency, language
        ),
    }


def _times(planned: Planned | None) -> tuple[datetime | None, datetime | None]:
    """In the zone of the location; nothing for goods and for what cannot be had."""
    if not isinstance(planned, PlannedBooking):
        return None, None
    tz = zone(planned.offering.location.time_zone)
    return planned.starts_at.astimezone(tz), planned.ends_at.astimezone(tz)
