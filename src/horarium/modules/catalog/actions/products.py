"""Products: what is sold beside bookings. Their stock belongs to availability."""

from __future__ import annotations

from typing import Any, Final, Unpack

from django.db import transaction

from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.rules import check_text
from horarium.platform.tenancy.scope import business_scope

from ..models import Product
from .checks import MAX_MINOR, NAMED, Check, clean, need, whole
from .drafts import ProductFields
from .references import take_keys
from .written import add, change, lock

_CHECKS: Final[dict[str, Check]] = {
    **NAMED,
    "name": check_text("name", 120, required=True),
    "description": check_text("description", 5000),
    "price_minor": whole("price_minor", 0, MAX_MINOR),
    "max_per_order": whole("max_per_order", 1, 1000),
    "is_stocked": bool,
    "is_public": bool,
}


def create_product(business_id: int, actor: Actor, **fields: Unpack[ProductFields]) -> Product:
    need(fields, "name", "price_minor")
    with business_scope(business_id), transaction.atomic():
        product = Product(business_id=business_id, **_values(business_id, dict(fields)))
        return add(product, "product", actor, dict(fields))


def update_product(
    business_id: int, product_id: str, actor: Actor, **fields: Unpack[ProductFields]
) -> Product:
    """Orders keep the price that they were placed at."""
    with business_scope(business_id), transaction.atomic():
        product = lock(Product, "product", business_id, product_id)
        return change(product, "product", actor, _values(business_id, dict(fields)), dict(fields))


def archive_product(business_id: int, product_id: str, actor: Actor) -> None:
    """No longer sold; orders keep it."""
    update_product(business_id, product_id, actor, is_active=False)


def _values(business_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    keys = take_keys(business_id, fields, "category", "photo")
    return clean(fields, _CHECKS) | keys
