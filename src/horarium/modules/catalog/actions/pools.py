"""Pools, as far as offerings need them."""

from __future__ import annotations

from horarium.modules.resources.actions import delete_pool
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from ..models import RequirementChoice


def remove_pool(business_id: int, pool_id: str, actor: Actor) -> None:
    """Raises Conflict while an offering needs it."""
    with business_scope(business_id):
        choices = RequirementChoice.objects.filter(business_id=business_id, pool__public_id=pool_id)
        is_used = choices.exists()
    delete_pool(business_id, pool_id, actor, is_used=is_used)
