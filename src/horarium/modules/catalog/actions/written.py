"""Writing one row of the catalogue: the change, its audit entry and the new revision, together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.actions.changes import apply
from horarium.platform.tenancy.models import BusinessOwned

Row = TypeVar("Row", bound=BusinessOwned)


def lock(table: type[Row], kind: str, business_id: int, public_id: str) -> Row:
    """Raises NotFound."""
    rows: Any = table
    found = rows.objects.select_for_update(no_key=True).filter(business_id=business_id, public_id=public_id)
    row = found.first()
    if row is None:
        raise NotFound(kind, params={"kind": kind})
    return cast(Row, row)


def add(row: Row, kind: str, actor: Actor, told: Mapping[str, Any]) -> Row:
    """`told`: what the audit log keeps, in public ids."""
    row.save()
    record(row.business_id, actor, f"{kind}.created", _id(row), after=dict(told))
    bump_catalog_revision(row.business_id)
    return row


def change(row: Row, kind: str, actor: Actor, values: Mapping[str, Any], told: Mapping[str, Any]) -> Row:
    """Nothing is written when nothing differs."""
    before, after = apply(row, values)
    if after:
        record(row.business_id, actor, f"{kind}.changed", _id(row), before=before, after=changed(told, after))
        bump_catalog_revision(row.business_id)
    return row


def changed(told: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Of what was said, that which made a difference."""
    return {name: value for name, value in told.items() if name in after or f"{name}_id" in after}


def remove(row: BusinessOwned, kind: str, actor: Actor, told: Mapping[str, Any]) -> None:
    public_id = _id(row)
    row.delete()
    record(row.business_id, actor, f"{kind}.deleted", public_id, before=dict(told))
    bump_catalog_revision(row.business_id)


def _id(row: BusinessOwned) -> str:
    return str(cast(Any, row).public_id)
