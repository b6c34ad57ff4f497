"""Locations."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from ..models import Location
from ..rules import LocationFields, clean_location
from ..scope import business_scope
from .changes import apply
from .revision import bump_catalog_revision


@transaction.atomic
def create_location(business_id: int, actor: Actor, **fields: Unpack[LocationFields]) -> Location:
    """Needs name, country and time zone. Raises InvalidInput with the field at fault."""
    values = clean_location(fields, is_new=True)
    location = Location.objects.create(business_id=business_id, **values)
    record(business_id, actor, "location.created", location.public_id, after=dict(values))
    bump_catalog_revision(business_id)
    return location


@transaction.atomic
def update_location(
    business_id: int, location_id: str, actor: Actor, **fields: Unpack[LocationFields]
) -> Location:
    """Change the given fields. Instants that are booked stay what they are when the zone changes (T-16)."""
    values = clean_location(fields)
    with business_scope(business_id):
        location = Location.objects.select_for_update().filter(public_id=location_id).first()
    if location is None:
        raise NotFound("location", params={"kind": "location"})
    before, after = apply(location, dict(values))
    if after:
        record(business_id, actor, "location.changed", location_id, before=before, after=after)
        bump_catalog_revision(business_id)
    return location
