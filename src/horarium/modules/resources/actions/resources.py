"""Resources."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.files.models import StoredFile
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.actions.changes import apply
from horarium.platform.tenancy.models import Location, Member
from horarium.platform.tenancy.rules import check_text, check_translations, refuse
from horarium.platform.tenancy.scope import business_scope

from ..models import Resource, ResourceKind


class ResourceFields(TypedDict, total=False):
    """`location`, `member` and `photo` are public ids; an empty `member` or `photo` takes it away."""

    location: str
    kind: str
    name: str
    title: str
    description: str
    translations: dict[str, dict[str, str]]
    color: str
    photo: str
    member: str
    follows_location: bool
    position: int
    is_active: bool


_CHECKS = {
    "name": check_text("name", 120, required=True),
    "title": check_text("title", 120),
    "description": check_text("description", 5000),
    "color": check_text("color", 7),
    "translations": check_translations,
}
_PLAIN = ("follows_location", "position", "is_active")


def create_resource(business_id: int, actor: Actor, **fields: Unpack[ResourceFields]) -> Resource:
    """Needs name, kind and location."""
    for name in ("name", "kind", "location"):
        if name not in fields:
            raise refuse(name, "required", f"{name} is missing")
    with business_scope(business_id), transaction.atomic():
        resource = Resource.objects.create(business_id=business_id, **_clean(business_id, dict(fields)))
        record(business_id, actor, "resource.created", resource.public_id, after=dict(fields))
        bump_catalog_revision(business_id)
        return resource


def update_resource(
    business_id: int, resource_id: str, actor: Actor, **fields: Unpack[ResourceFields]
) -> Resource:
    """Change the given fields. What is booked already stays as it is."""
    with business_scope(business_id), transaction.atomic():
        resource = lock_resource(business_id, resource_id)
        before, after = apply(resource, _clean(business_id, dict(fields)))
        if after:
            told = {name: fields[name.removesuffix("_id")] for name in after}  # type: ignore[literal-required]
            record(business_id, actor, "resource.changed", resource_id, before=before, after=told)
            bump_catalog_revision(business_id)
        return resource


def archive_resource(business_id: int, resource_id: str, actor: Actor) -> None:
    """No longer bookable; its past and coming bookings keep it."""
    update_resource(business_id, resource_id, actor, is_active=False)


def lock_resource(business_id: int, resource_id: str) -> Resource:
    found = Resource.objects.select_for_update(no_key=True).filter(
        business_id=business_id, public_id=resource_id
    )
    resource = found.first()
    if resource is None:
        raise NotFound("resource", params={"kind": "resource"})
    return resource


def _clean(business_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _CHECKS:
            cleaned[name] = _CHECKS[name](value)
        elif name in _PLAIN:
            cleaned[name] = value
        elif name == "kind":
            if value not in ResourceKind.values:
                raise refuse("kind", "unknown", "no such kind", allowed=ResourceKind.values)
            cleaned[name] = value
        else:
            cleaned[f"{name}_id"] = _key_of(business_id, name, value)
    return cleaned


def _key_of(business_id: int, field: str, public_id: str) -> int | None:
    tables: dict[str, Any] = {"location": Location, "member": Member, "photo": StoredFile}
    if field not in tables:
        raise refuse(field, "unknown", "no such field")
    if not public_id and field != "location":
        return None
    found = tables[field].objects.filter(business_id=business_id, public_id=public_id)
    key: int | None = found.values_list("pk", flat=True).first()
    if key is None:
        raise refuse(field, "unknown", f"no such {field}")
    return key
