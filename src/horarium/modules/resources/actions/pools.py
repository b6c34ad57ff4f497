"""Pools: resources that can stand in for each other."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from horarium.kit.errors import Conflict, NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.rules import check_text, refuse
from horarium.platform.tenancy.scope import business_scope

from ..models import Pool, PoolResource, Resource

_name = check_text("name", 120, required=True)


def create_pool(business_id: int, name: str, resource_ids: Sequence[str], actor: Actor) -> Pool:
    with business_scope(business_id), transaction.atomic():
        pool = Pool.objects.create(business_id=business_id, name=_name(name))
        _fill(pool, resource_ids)
        after = {"name": pool.name, "resources": list(resource_ids)}
        record(business_id, actor, "pool.created", pool.public_id, after=after)
        bump_catalog_revision(business_id)
        return pool


def update_pool(
    business_id: int,
    pool_id: str,
    actor: Actor,
    *,
    name: str | None = None,
    resource_ids: Sequence[str] | None = None,
) -> Pool:
    """Change its name, its resources, or both."""
    with business_scope(business_id), transaction.atomic():
        pool = _lock(business_id, pool_id)
        before = {"name": pool.name, "resources": list(pool.resources.values_list("public_id", flat=True))}
        if name is not None:
            pool.name = _name(name)
            pool.save(update_fields=["name"])
        if resource_ids is not None:
            PoolResource.objects.filter(business_id=business_id, pool=pool).delete()
            _fill(pool, resource_ids)
        after = {"name": pool.name, "resources": None if resource_ids is None else list(resource_ids)}
        record(business_id, actor, "pool.changed", pool_id, before=before, after=after)
        bump_catalog_revision(business_id)
        return pool


def delete_pool(business_id: int, pool_id: str, actor: Actor, *, is_used: bool) -> None:
    """`is_used`: whether an offering needs it, which the catalogue knows. Then it stays: Conflict."""
    if is_used:
        raise Conflict("the pool is needed by an offering")
    with business_scope(business_id), transaction.atomic():
        pool = _lock(business_id, pool_id)
        pool.delete()
        record(business_id, actor, "pool.deleted", pool_id, before={"name": pool.name})
        bump_catalog_revision(business_id)


def _lock(business_id: int, pool_id: str) -> Pool:
    pool = Pool.objects.select_for_update().filter(business_id=business_id, public_id=pool_id).first()
    if pool is None:
        raise NotFound("pool", params={"kind": "pool"})
    return pool


def _fill(pool: Pool, resource_ids: Sequence[str]) -> None:
    found = Resource.objects.filter(business_id=pool.business_id, public_id__in=list(resource_ids))
    keys = list(found.values_list("pk", flat=True))
    if len(keys) != len(set(resource_ids)):
        raise refuse("resources", "unknown", "no such resource")
    PoolResource.objects.bulk_create(
        PoolResource(business_id=pool.business_id, pool=pool, resource_id=key) for key in keys
    )
