"""Rows of the same business that are named by their public ids."""

from __future__ import annotations

from typing import Any, Final

from horarium.kit.errors import NotFound
from horarium.platform.files.models import StoredFile
from horarium.platform.tenancy.models import Location
from horarium.platform.tenancy.rules import refuse

from ..models import Category, Mode, Offering, Policy, Product, RatePlan

_TABLES: Final[dict[str, Any]] = {
    "location": Location,
    "category": Category,
    "photo": StoredFile,
    "policy": Policy,
    "product": Product,
    "needs_offering": Offering,
}


def take_keys(business_id: int, fields: dict[str, Any], *names: str) -> dict[str, int | None]:
    """Take these fields out and return their keys, as `<name>_id`. Raises InvalidInput."""
    return {
        f"{name}_id": key_of(business_id, name, fields.pop(name), at=name) for name in names if name in fields
    }


def key_of(business_id: int, name: str, public_id: str | None, *, at: str) -> int | None:
    """None for an empty id, which only a location may not have. Raises InvalidInput at the field `at`."""
    if not public_id and name != "location":
        return None
    found = _TABLES[name].objects.filter(business_id=business_id, public_id=public_id)
    key: int | None = found.values_list("pk", flat=True).first()
    if key is None:
        raise refuse(at, "unknown", f"no such {name}")
    return key


def lock_offering(business_id: int, offering_id: str, *, mode: Mode | None = None) -> Offering:
    """Raises NotFound, and InvalidInput for an offering of another mode."""
    found = Offering.objects.select_for_update(no_key=True).filter(
        business_id=business_id, public_id=offering_id
    )
    offering = found.first()
    if offering is None:
        raise NotFound("offering", params={"kind": "offering"})
    if mode is not None and offering.mode != mode:
        raise refuse("offering", "mode", f"only for offerings of the mode {mode}")
    return offering


def plan_key(offering: Offering, public_id: str) -> int | None:
    """None for an empty id: every plan."""
    if not public_id:
        return None
    found = RatePlan.objects.filter(
        business_id=offering.business_id, offering=offering, public_id=public_id
    ).values_list("pk", flat=True)
    key = found.first()
    if key is None:
        raise refuse("rate_plan", "unknown", "no such rate plan")
    return key
