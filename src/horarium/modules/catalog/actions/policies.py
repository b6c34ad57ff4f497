"""Policies: what cancelling, rescheduling and not coming cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Unpack

from django.db import transaction

from horarium.kit.errors import Conflict
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.rules import check_text, check_translations
from horarium.platform.tenancy.scope import business_scope

from ..models import BookingRules, Offering, Policy, RatePlan
from ..rules import Tier, check_tiers
from .checks import MAX_MINOR, Check, clean, need, whole
from .drafts import PolicyFields
from .written import add, change, lock, remove


def _tiers(field: str, *, must_reach_start: bool) -> Check:
    def check(value: Sequence[Tier]) -> list[dict[str, int]]:
        tiers = check_tiers(value, field=field, must_reach_start=must_reach_start)
        return [one.as_json() for one in tiers]

    return check


_CHECKS: Final[dict[str, Check]] = {
    "name": check_text("name", 80, required=True),
    "translations": check_translations,
    "cancellation": _tiers("cancellation", must_reach_start=True),
    "rescheduling": _tiers("rescheduling", must_reach_start=False),
    "no_show_percent": whole("no_show_percent", 0, 100),
    "no_show_minor": whole("no_show_minor", 0, MAX_MINOR),
}


def create_policy(business_id: int, actor: Actor, **fields: Unpack[PolicyFields]) -> Policy:
    """Without tiers guests may neither cancel nor reschedule by themselves."""
    need(fields, "name")
    values = clean(dict(fields), _CHECKS)
    with business_scope(business_id), transaction.atomic():
        return add(Policy(business_id=business_id, **values), "policy", actor, values)


def update_policy(business_id: int, policy_id: str, actor: Actor, **fields: Unpack[PolicyFields]) -> Policy:
    """Bookings keep the terms that they were sold on."""
    values = clean(dict(fields), _CHECKS)
    with business_scope(business_id), transaction.atomic():
        policy = lock(Policy, "policy", business_id, policy_id)
        return change(policy, "policy", actor, values, values)


def delete_policy(business_id: int, policy_id: str, actor: Actor) -> None:
    """Raises Conflict while an offering, a rate plan or the booking rules name it: their terms would change unseen."""
    with business_scope(business_id), transaction.atomic():
        policy = lock(Policy, "policy", business_id, policy_id)
        users: tuple[Any, ...] = (Offering, RatePlan, BookingRules)
        if any(one.objects.filter(business_id=business_id, policy=policy).exists() for one in users):
            raise Conflict("in use", params={"reason": "in_use"})
        remove(policy, "policy", actor, {"name": policy.name})
