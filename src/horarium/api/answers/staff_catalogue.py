"""The catalogue as staff see it, as JSON."""

from __future__ import annotations

from typing import Any

from horarium.modules.availability.queries_supplies import Movement, SupplyFacts
from horarium.modules.catalog.models import (
    Category,
    Extra,
    Offering,
    Policy,
    Product,
    RatePlan,
    Requirement,
    Restriction,
    TicketType,
)
from horarium.modules.pricing.models import PriceRule

from .staff import file_json, picked

_OFFERING = (
    "slug", "name", "summary", "description", "translations", "durations", "grid_minutes", "fixed_starts",
    "buffer_before", "buffer_after", "lead_minutes", "horizon_days", "party_min", "party_max", "prepayment",
    "deposit_value", "hold_minutes", "needs_approval", "approval_hours", "cancel_free_hours", "check_in_minute",
    "check_out_minute", "included_guests", "capacity", "is_shared", "has_waiting_list", "repeats_up_to", "position",
    "is_public", "is_active", "mode",
)  # fmt: skip
_NEED = (
    "label", "quantity", "from_minute", "until_minute", "is_choosable", "is_per_person",
)  # fmt: skip
_EXTRA = ("name", "summary", "translations", "max_quantity", "extends_before", "extends_after")
_PRICE = (
    "name", "translations", "basis", "amount_minor", "duration", "weekdays", "from_minute", "until_minute",
    "valid_from", "valid_until", "min_nights", "max_nights", "from_age", "until_age", "priority",
)  # fmt: skip
_POLICY = ("name", "translations", "cancellation", "rescheduling", "no_show_percent", "no_show_minor")
_RATE_PLAN = ("name", "summary", "translations", "prepayment", "deposit_value", "position", "is_active")
_RESTRICTION = (
    "first_on", "last_on", "weekdays", "min_nights", "max_nights", "min_nights_on_arrival", "closed_to_arrival",
    "closed_to_departure", "is_closed",
)  # fmt: skip
_TICKET_TYPE = ("name", "summary", "translations", "places", "max_per_order", "position", "is_active")
_PRODUCT = (
    "name", "summary", "description", "translations", "price_minor", "is_stocked", "max_per_order", "position",
    "is_public", "is_active",
)  # fmt: skip


def category_row_json(category: Category) -> dict[str, Any]:
    return {"id": category.public_id, **picked(category, ("name", "translations", "position"))}


def offering_row_json(offering: Offering) -> dict[str, Any]:
    return {
        "id": offering.public_id,
        **picked(offering, _OFFERING),
        "location": offering.location.public_id,
        "category": None if offering.category is None else offering.category.public_id,
        "policy": _id_of(offering.policy),
        "photo": file_json(offering.photo),
        "needs": [_need_json(one) for one in offering.requirements.all()],
        "extras": [_extra_json(one) for one in offering.extras.all() if one.is_active],
    }


def price_rule_json(rule: PriceRule) -> dict[str, Any]:
    parts = {name: _id_of(getattr(rule, name)) for name in ("extra", "rate_plan", "ticket_type")}
    return {**picked(rule, _PRICE), **parts}


def policy_json(policy: Policy) -> dict[str, Any]:
    return {"id": policy.public_id, **picked(policy, _POLICY)}


def rate_plan_json(plan: RatePlan) -> dict[str, Any]:
    return {"id": plan.public_id, **picked(plan, _RATE_PLAN), "policy": _id_of(plan.policy)}


def restriction_json(one: Restriction) -> dict[str, Any]:
    return {"id": one.public_id, **picked(one, _RESTRICTION), "rate_plan": _id_of(one.rate_plan)}


def ticket_type_json(ticket: TicketType) -> dict[str, Any]:
    return {"id": ticket.public_id, **picked(ticket, _TICKET_TYPE)}


def product_json(product: Product) -> dict[str, Any]:
    return {
        "id": product.public_id,
        **picked(product, _PRODUCT),
        "category": None if product.category is None else product.category.public_id,
        "photo": file_json(product.photo),
    }


def stock_json(supply: SupplyFacts | None) -> dict[str, Any]:
    """Zeros for a product that has never had any."""
    names = ("total", "sold", "held", "free")
    return {name: 0 if supply is None else getattr(supply, name) for name in names}


def movement_json(one: Movement) -> dict[str, Any]:
    return {"id": one.id, "delta": one.delta, "reason": one.reason, "at": one.at}


def _need_json(need: Requirement) -> dict[str, Any]:
    choices = [one.resource or one.pool for one in need.choices.all()]
    return {
        "id": need.public_id,
        **picked(need, _NEED),
        "extra": _id_of(need.extra),
        "choices": [one.public_id for one in choices if one is not None],
    }


def _extra_json(extra: Extra) -> dict[str, Any]:
    return {
        "id": extra.public_id,
        **picked(extra, _EXTRA),
        "product": _id_of(extra.product),
        "needs_offering": _id_of(extra.needs_offering),
    }


def _id_of(row: Any) -> str:
    """Empty for nothing."""
    return "" if row is None else str(row.public_id)
