"""Orders, bookings and quotes as JSON, for their guest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.booking.rules import CancellationTerms
from horarium.modules.catalog.rules import RatePlanFacts, Tier
from horarium.modules.payments.queries import PaymentView
from horarium.modules.pricing.rules import label_in
from horarium.workflows.order_view import BookingView, OrderView, ProductView

from .catalogue import location_json, resource_json


def order_json(view: OrderView, *, staff: bool = False) -> dict[str, Any]:
    """Instants of the order carry the offset of its first location. Staff read the rooms that may still change, too."""
    tz = zone(view.bookings[0].location.time_zone if view.bookings else "UTC")
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
        "bookings": [booking_json(one, view.locale, staff=staff) for one in view.bookings],
        "products": [_product_json(one, view.locale) for one in view.products],
    }


def booking_json(view: BookingView, language: str, *, staff: bool = False) -> dict[str, Any]:
    named = view.resources if staff else view.promised
    return {
        "id": view.id,
        "state": view.state,
        "offering": {
            "id": view.offering.public_id,
            "slug": view.offering.slug,
            "name": view.offering.text("name", language),
        },
        "location": location_json(view.location, language),
        "resources": [resource_json(one, language) for one in named],
        "may_change_rooms": view.may_change_rooms,
        "start": view.start,
        "end": view.end,
        "party": view.party,
        "price": view.price.as_json(),
        "lines": lines_json(view.lines, view.price.currency, language),
        "terms": terms_json(view),
        "can_cancel": view.can_cancel,
        "can_reschedule": view.can_reschedule,
        "is_free_to_cancel": view.is_free_to_cancel,
        "arrives_at": view.arrives_at,
        "guests": view.guests or None,
        "rate_plan": None if view.rate_plan is None else _plan_json(view.rate_plan, language),
        "tickets": [
            {"id": one.id, "number": one.number, "name": one.name, "code": one.code} for one in view.tickets
        ],
        "approve_by": view.approve_by,
    }


def _product_json(view: ProductView, language: str) -> dict[str, Any]:
    return {
        "id": view.id,
        "state": view.state,
        "product": {"id": view.product.public_id, "name": view.product.text("name", language)},
        "quantity": view.quantity,
        "price": view.price.as_json(),
    }


def _plan_json(plan: RatePlanFacts, language: str) -> dict[str, Any]:
    return {"id": plan.public_id, "name": plan.text("name", language)}


def terms_json(view: BookingView) -> dict[str, Any]:
    """What was agreed on: until when which fee is asked for, a carried one included. No tiers: not by guests."""
    policy = view.terms

    def steps(tiers: Iterable[Tier]) -> list[dict[str, Any]]:
        return [
            {"until": view.start - timedelta(minutes=one.minutes), "percent": one.percent, "minor": one.minor}
            for one in tiers
        ]

    return {
        "cancellation": steps(policy.cancellation),
        "rescheduling": steps(policy.rescheduling),
        "no_show": {"percent": policy.no_show.percent, "minor": policy.no_show.minor},
    }


def lines_json(lines: Iterable[Mapping[str, Any]], currency: str, language: str = "") -> list[dict[str, Any]]:
    """Lines of a frozen price: what, how much of it, for how much. Without a language, in the business's own."""
    return [
        {
            "label": label_in(line, language),
            "amount": Money(line["minor"], currency).as_json(),
            "extra": line.get("extra") or None,
            "minutes": line.get("minutes"),
            "quantity": line.get("quantity"),
            "days": line.get("days"),
            "nights": line.get("nights"),
            "ticket": line.get("ticket") or None,
        }
        for line in lines
    ]


def cancellation_json(terms: CancellationTerms) -> dict[str, Any]:
    return {"fee": terms.fee.as_json(), "refund": terms.refund.as_json(), "rest": terms.due.as_json()}


def payment_json(payment: PaymentView) -> dict[str, Any]:
    return {
        "id": payment.id,
        "gateway": payment.gateway,
        "status": payment.state,
        "amount": payment.amount.as_json(),
        "confirmation_url": payment.confirmation_url or None,
    }
