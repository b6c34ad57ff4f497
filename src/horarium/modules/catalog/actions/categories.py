"""Categories: how a long list of offerings is read."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.actions.changes import apply
from horarium.platform.tenancy.rules import check_text, check_translations
from horarium.platform.tenancy.scope import business_scope

from ..models import Category
from .checks import clean, whole

_CHECKS = {
    "name": check_text("name", 120, required=True),
    "translations": check_translations,
    "position": whole("position", 0, 1_000_000),
}


def create_category(business_id: int, name: str, actor: Actor, **fields: Any) -> Category:
    with business_scope(business_id), transaction.atomic():
        values = clean({"name": name, **fields}, _CHECKS)
        category = Category.objects.create(business_id=business_id, **values)
        record(business_id, actor, "category.created", category.public_id, after=values)
        bump_catalog_revision(business_id)
        return category


def update_category(business_id: int, category_id: str, actor: Actor, **fields: Any) -> Category:
    with business_scope(business_id), transaction.atomic():
        category = _lock(business_id, category_id)
        before, after = apply(category, clean(fields, _CHECKS))
        if after:
            record(business_id, actor, "category.changed", category_id, before=before, after=after)
            bump_catalog_revision(business_id)
        return category


def delete_category(business_id: int, category_id: str, actor: Actor) -> None:
    """Its offerings stay, without a category."""
    with business_scope(business_id), transaction.atomic():
        category = _lock(business_id, category_id)
        category.delete()
        record(business_id, actor, "category.deleted", category_id, before={"name": category.name})
        bump_catalog_revision(business_id)


def _lock(business_id: int, category_id: str) -> Category:
    found = (
        Category.objects.select_for_update().filter(business_id=business_id, public_id=category_id).first()
    )
    if found is None:
        raise NotFound("category", params={"kind": "category"})
    return found
