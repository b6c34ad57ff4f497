"""Free time as JSON."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson

from horarium.kit.money import Money, MoneyJson
from horarium.workflows.list_availability import Explanation, Listing, Slot


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished body and the tag that names it."""

    body: bytes
    etag: str


def rendered(value: Any) -> Rendered:
    body = orjson.dumps(value)
    return Rendered(body, f'"{hashlib.sha256(body).hexdigest()[:24]}"')


def render_listing(listing: Listing) -> Rendered:
    """The answer of the availability routes. A month may have 1,500 slots: instants are written by orjson, and
    equal prices share one object.
    """
    prices: dict[Money, MoneyJson] = {}
    days = []
    for day in listing.days:
        slots = []
        for slot in day.slots:
            price = prices.get(slot.price)
            if price is None:
                price = prices[slot.price] = slot.price.as_json()
            slots.append(
                {
                    "start": slot.start,
                    "end": slot.end,
                    "price": price,
                    "resources": slot.resources,
                    "places": slot.places,
                }
            )
        days.append({"date": day.date, "status": day.status, "reason": day.reason, "slots": slots})
    return rendered(
        {
            "offering": listing.offering.public_id,
            "duration": listing.duration,
            "time_zone": listing.time_zone,
            "days": days,
        }
    )


def slot_json(slot: Slot) -> dict[str, Any]:
    return {
        "start": slot.start,
        "end": slot.end,
        "price": slot.price.as_json(),
        "resources": slot.resources,
        "places": slot.places,
    }


def explanation_json(explanation: Explanation, text: str) -> dict[str, Any]:
    return {
        "is_free": explanation.reason is None,
        "code": explanation.reason,
        "text": text,
        "alternatives": [slot_json(slot) for slot in explanation.alternatives],
    }
