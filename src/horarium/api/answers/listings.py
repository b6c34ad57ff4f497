"""Nights, sessions and goods as JSON."""

from __future__ import annotations

from typing import Any

from horarium.platform.files.storage import media_path
from horarium.workflows.list_availability import Slot
from horarium.workflows.list_departures import Departures
from horarium.workflows.list_products import ProductListing, ProductOffer
from horarium.workflows.list_sessions import SessionListing, SessionSlot
from horarium.workflows.list_stays import Night, NightListing, StayExplanation, StayOffer

from .availability import Rendered, rendered, slot_json
from .orders import lines_json


def render_nights(listing: NightListing) -> Rendered:
    return rendered(
        {
            "offering": listing.offering.public_id,
            "time_zone": listing.time_zone,
            "nights": listing.nights,
            "days": [_night_json(one) for one in listing.days],
        }
    )


def render_sessions(listing: SessionListing) -> Rendered:
    return rendered(
        {
            "offering": listing.offering.public_id,
            "time_zone": listing.time_zone,
            "days": [
                {
                    "date": day.date,
                    "status": day.status,
                    "reason": day.reason,
                    "sessions": [session_json(one) for one in day.sessions],
                }
                for day in listing.days
            ],
        }
    )


def alternative_json(one: Any) -> dict[str, Any]:
    """What is near a refused item, in the form of its kind."""
    match one:
        case StayOffer():
            return stay_json(one)
        case SessionSlot():
            return session_json(one)
        case Slot():
            return slot_json(one)
    raise TypeError(type(one).__name__)


def stay_json(one: StayOffer) -> dict[str, Any]:
    return {
        "check_in": one.check_in,
        "check_out": one.check_out,
        "reason": one.reason,
        "total": None if one.total is None else one.total.as_json(),
        "rate_plan": one.rate_plan or None,
    }


def departures_json(found: Departures) -> dict[str, Any]:
    return {"check_in": found.check_in, "stays": [stay_json(one) for one in found.stays]}


def stay_explanation_json(found: StayExplanation, text: str, language: str) -> dict[str, Any]:
    plans = [
        {
            "rate_plan": None if one.plan is None else one.plan.public_id,
            "name": "" if one.plan is None else one.plan.text("name", language),
            "summary": "" if one.plan is None else one.plan.text("summary", language),
            "price": one.quote.total.as_json(),
            "due_now": one.due_now.as_json(),
            "lines": lines_json(
                [line.as_json() for line in one.quote.lines], one.quote.total.currency, language
            ),
        }
        for one in found.plans
    ]
    return {
        "is_free": found.reason is None,
        "code": found.reason,
        "text": text,
        "plans": plans,
        "rooms": list(found.rooms),
        "alternatives": [stay_json(one) for one in found.alternatives],
    }


def session_json(one: SessionSlot) -> dict[str, Any]:
    return {
        "session": one.session,
        "start": one.start,
        "end": one.end,
        "places": one.places,
        "capacity": one.capacity,
        "reason": one.reason,
        "price": one.price.as_json(),
        "tickets": [
            {"ticket_type": each.ticket_type.public_id, "price": each.price.as_json(), "most": each.most}
            for each in one.tickets
        ],
        "resources": list(one.resources),
        "note": one.note,
        "needs_more": one.needs_more,
    }


def products_json(listing: ProductListing, language: str) -> dict[str, Any]:
    return {"products": [_product_json(one, language) for one in listing.products]}


def _product_json(one: ProductOffer, language: str) -> dict[str, Any]:
    product = one.product
    return {
        "id": product.public_id,
        "name": product.text("name", language),
        "summary": product.text("summary", language),
        "description": product.text("description", language),
        "photo": media_path(product.photo) or None,
        "price": one.price.as_json(),
        "most": one.most,
    }


def _night_json(one: Night) -> dict[str, Any]:
    return {
        "date": one.date,
        "status": one.status,
        "reason": one.reason,
        "price": None if one.price is None else one.price.as_json(),
        "rate_plan": one.rate_plan or None,
        "free": one.free,
        "rooms": one.rooms,
        "min_stay": one.min_stay,
        "longest": one.longest,
        "closed_to_arrival": one.closed_to_arrival,
        "closed_to_departure": one.closed_to_departure,
        "stay": None if one.stay is None else stay_json(one.stay),
    }
