"""Businesses."""

from __future__ import annotations

from typing import Any, Unpack

from django.db import IntegrityError, transaction

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from ..errors import CurrencyFixed, SlugTaken
from ..events import BusinessCreated
from ..models import Business
from ..rules import BusinessFields, clean_business
from .changes import apply
from .revision import bump_catalog_revision


@transaction.atomic
def create_business(actor: Actor, **fields: Unpack[BusinessFields]) -> Business:
    """Needs slug, name, type, currency and country. Raises InvalidInput with the field, or SlugTaken."""
    values = clean_business(fields, is_new=True)
    _check_slug_is_free(values["slug"])
    business = _saved(Business(**values))
    record(business.pk, actor, "business.created", business.public_id, after=dict(values))
    publish(BusinessCreated(business_id=business.pk))
    return business


@transaction.atomic
def update_business(business_id: int, actor: Actor, **fields: Unpack[BusinessFields]) -> Business:
    """Change the given fields. Raises InvalidInput with the field, SlugTaken or CurrencyFixed."""
    values = clean_business(fields)
    business = Business.objects.select_for_update().filter(pk=business_id).first()
    if business is None:
        raise NotFound("business", params={"kind": "business"})
    if values.get("currency", business.currency) != business.currency:
        raise CurrencyFixed("a business keeps its currency", field="currency")
    if values.get("slug", business.slug) != business.slug:
        _check_slug_is_free(values["slug"])
    changed = _changed(business, dict(values))
    if changed is not None:
        before, after = changed
        record(business_id, actor, "business.changed", business.public_id, before=before, after=after)
        bump_catalog_revision(business_id)
    return business


def _check_slug_is_free(slug: str) -> None:
    if Business.objects.filter(slug=slug).exists():
        raise SlugTaken("the address is taken", field="slug", params={"reason": "taken"})


def _saved(business: Business) -> Business:
    try:
        with transaction.atomic():
            business.save(force_insert=True)
    except IntegrityError as error:
        raise SlugTaken("the address is taken", field="slug", params={"reason": "taken"}) from error
    return business


def _changed(business: Business, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    try:
        with transaction.atomic():
            before, after = apply(business, values)
    except IntegrityError as error:
        raise SlugTaken("the address is taken", field="slug", params={"reason": "taken"}) from error
    return (before, after) if after else None
