"""Rate plans of stays. Their prices belong to the price list of the offering."""

from __future__ import annotations

from typing import Any, Final, Unpack

from django.db import transaction

from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.rules import check_text
from horarium.platform.tenancy.scope import business_scope

from ..models import Mode, Prepayment, RatePlan
from .checks import MAX_MINOR, NAMED, Check, check_deposit, clean, need, one_of, whole
from .drafts import RatePlanFields
from .references import lock_offering, take_keys
from .written import add, change, lock

_CHECKS: Final[dict[str, Check]] = {
    **NAMED,
    "name": check_text("name", 80, required=True),
    "prepayment": one_of("prepayment", ["", *Prepayment.values]),
    "deposit_value": whole("deposit_value", 0, MAX_MINOR),
}


def create_rate_plan(
    business_id: int, offering_id: str, actor: Actor, **fields: Unpack[RatePlanFields]
) -> RatePlan:
    """Raises NotFound, and InvalidInput `offering` for what is no stay."""
    need(fields, "name")
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id, mode=Mode.STAY)
        values = _values(business_id, dict(fields))
        plan = RatePlan(business_id=business_id, offering=offering, **values)
        check_deposit(plan.prepayment, plan.deposit_value)
        return add(plan, "rate_plan", actor, {"offering": offering_id, **fields})


def update_rate_plan(
    business_id: int, plan_id: str, actor: Actor, **fields: Unpack[RatePlanFields]
) -> RatePlan:
    """Bookings keep the price and terms that they were sold on."""
    with business_scope(business_id), transaction.atomic():
        plan = lock(RatePlan, "rate_plan", business_id, plan_id)
        values = _values(business_id, dict(fields))
        check_deposit(
            values.get("prepayment", plan.prepayment), values.get("deposit_value", plan.deposit_value)
        )
        return change(plan, "rate_plan", actor, values, dict(fields))


def archive_rate_plan(business_id: int, plan_id: str, actor: Actor) -> None:
    """No longer sold; its bookings keep it."""
    update_rate_plan(business_id, plan_id, actor, is_active=False)


def _values(business_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    keys = take_keys(business_id, fields, "policy")
    return clean(fields, _CHECKS) | keys
