"""Policies, products and the parts of stays and sessions, as staff see and change them: archived ones, too."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar, cast

from horarium.kit.errors import NotFound
from horarium.platform.tenancy.models import BusinessOwned

from .models import Policy, Product, RatePlan, Restriction, TicketType

Row = TypeVar("Row", bound=BusinessOwned)


def list_policies(business_id: int) -> list[Policy]:
    return list(Policy.objects.filter(business_id=business_id))


def get_policy(business_id: int, policy_id: str) -> Policy:
    """Raises NotFound."""
    return _one(Policy, "policy", business_id, policy_id)


def list_products(business_id: int) -> list[Product]:
    found = Product.objects.filter(business_id=business_id)
    return list(found.select_related("category", "photo"))


def get_product(business_id: int, product_id: str) -> Product:
    """Raises NotFound."""
    return _one(Product, "product", business_id, product_id, "category", "photo")


def list_rate_plans(business_id: int, offering_ids: Collection[int]) -> list[RatePlan]:
    found = RatePlan.objects.filter(business_id=business_id, offering_id__in=list(offering_ids))
    return list(found.select_related("policy"))


def get_rate_plan(business_id: int, plan_id: str) -> RatePlan:
    """Raises NotFound."""
    return _one(RatePlan, "rate_plan", business_id, plan_id, "offering", "policy")


def list_restrictions(business_id: int, offering_id: int) -> list[Restriction]:
    """In order of their first date."""
    found = Restriction.objects.filter(business_id=business_id, offering_id=offering_id)
    return list(found.select_related("rate_plan"))


def get_restriction(business_id: int, restriction_id: str) -> Restriction:
    """Raises NotFound."""
    return _one(Restriction, "restriction", business_id, restriction_id, "offering", "rate_plan")


def list_ticket_types(business_id: int, offering_ids: Collection[int]) -> list[TicketType]:
    return list(TicketType.objects.filter(business_id=business_id, offering_id__in=list(offering_ids)))


def get_ticket_type(business_id: int, ticket_type_id: str) -> TicketType:
    """Raises NotFound."""
    return _one(TicketType, "ticket_type", business_id, ticket_type_id, "offering")


def _one(table: type[Row], kind: str, business_id: int, public_id: str, *with_rows: str) -> Row:
    rows: Any = table
    found = rows.objects.filter(business_id=business_id, public_id=public_id)
    row = found.select_related(*with_rows).first() if with_rows else found.first()
    if row is None:
        raise NotFound(kind, params={"kind": kind})
    return cast(Row, row)
