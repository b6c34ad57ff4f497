"""Orders, bookings and quotes as JSON, for their guest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.booking.rules import CancellationTerms
from horarium.modules.payments.queries import PaymentView
from horarium.workflows.checkout import Quote
from horarium.workflows.order_view import BookingView, OrderView
from horarium.workflows.plan_bookings import Planned

from .catalogue import location_json, resource_json


def order_json(view: OrderView) -> dict[str, Any]:
    """Instants of the order carry the offset of its first location."""
    tz = zone(view.bookings[0].location.time_zone)
    return {
        "id": view.id,
        "token": view.token,
        "status": view.status,
        "created_at": view.created_at.astimezone(tz),
        "expires_at": None if view.expires_at is None else view.expires_at.astimezone(tz),
        "total": view.total.as_json(),
        "paid": view.paid.as_json(),
        "due_now": view.due_now.as_json(),
        "payment_state": view.payment_state,
        "manage_url": view.manage_url,
        "business": {"id": view.business.public_id, "slug": view.business.slug, "name": view.business.name},
        "customer": {
            "name": view.contact_name,
            "email": view.contact_email,
            "phone": view.contact_phone,
            "locale": view.locale,
        },
        "notes": view.notes,
        "return_url": view.return_url,
        "bookings": [booking_json(one, view.locale) for one in view.bookings],
    }


def booking_json(view: BookingView, language: str) -> dict[str, Any]:
    return {
        "id": view.id,
        "state": view.state,
        "offering": {
            "id": view.offering.public_id,
            "slug": view.offering.slug,
            "name": view.offering.text("name", language),
        },
        "location": location_json(view.location),
        "resources": [resource_json(one, language) for one in view.resources],
        "start": view.start,
        "end": view.end,
        "party": view.party,
        "price": view.price.as_json(),
        "lines": lines_json(view.lines, view.price.currency),
        "cancel_free_hours": view.cancel_free_hours,
        "is_free_to_cancel": view.is_free_to_cancel,
    }


def lines_json(lines: Iterable[dict[str, Any]], currency: str) -> list[dict[str, Any]]:
    """Lines of a frozen price: what, how much of it, for how much."""
    return [
        {
            "label": line["label"],
            "amount": Money(line["minor"], currency).as_json(),
            "extra": line.get("extra") or None,
            "minutes": line.get("minutes"),
            "quantity": line.get("quantity"),
        }
        for line in lines
    ]


def quote_json(quote: Quote) -> dict[str, Any]:
    return {
        "total": quote.total.as_json(),
        "due_now": quote.due_now.as_json(),
        "items": [_planned_json(one) for one in quote.planned],
    }


def cancellation_json(terms: CancellationTerms) -> dict[str, Any]:
    return {"fee": terms.fee.as_json(), "refund": terms.refund.as_json()}


def payment_json(payment: PaymentView) -> dict[str, Any]:
    return {
        "id": payment.id,
        "gateway": payment.gateway,
        "status": payment.state,
        "amount": payment.amount.as_json(),
        "confirmation_url": payment.confirmation_url or None,
    }


def _planned_json(planned: Planned) -> dict[str, Any]:
    offering, tz = planned.inquiry.offering, planned.inquiry.tz
    lines = [line.as_json() for line in planned.quote.lines]
    return {
        "offering": offering.public_id,
        "start": planned.starts_at.astimezone(tz),
        "end": planned.ends_at.astimezone(tz),
        "party": planned.inquiry.party,
        "price": planned.quote.total.as_json(),
        "due_now": planned.due_now.as_json(),
        "lines": lines_json(lines, planned.quote.total.currency),
    }
