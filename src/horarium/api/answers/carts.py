"""Carts as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from horarium.workflows.carts import CartLine, CartView
from horarium.workflows.items import item_as_json

from .listings import alternative_json
from .orders import lines_json


def cart_json(view: CartView, texts: Mapping[str, str]) -> dict[str, Any]:
    """`texts`: what each reason means, in the reader's language."""
    return {
        "id": view.id,
        "lines": [_line_json(one, texts) for one in view.lines],
        "total": view.total.as_json(),
        "due_now": view.due_now.as_json(),
        "can_be_booked": view.can_be_booked,
    }


def _line_json(line: CartLine, texts: Mapping[str, str]) -> dict[str, Any]:
    planned = line.planned
    return {
        "item": item_as_json(line.item),
        "is_free": line.is_free,
        "code": line.reason or None,
        "text": texts.get(line.reason, ""),
        "alternatives": [alternative_json(one) for one in line.alternatives],
        "price": None if planned is None else planned.quote.total.as_json(),
        "due_now": None if planned is None else planned.due_now.as_json(),
        "lines": []
        if planned is None
        else lines_json([one.as_json() for one in planned.quote.lines], planned.quote.total.currency),
    }
