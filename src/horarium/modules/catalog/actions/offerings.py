"""Offerings with what they need and what can be added."""

from __future__ import annotations

from typing import Any, Unpack

from django.db import IntegrityError, transaction

from horarium.kit.errors import NotFound
from horarium.kit.text import slugify_ascii
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.files.models import StoredFile
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.actions.changes import apply
from horarium.platform.tenancy.models import Location
from horarium.platform.tenancy.rules import refuse
from horarium.platform.tenancy.scope import business_scope

from ..models import Category, Offering
from .drafts import OFFERING, OfferingFields, clean
from .parts import told, write_extras, write_needs

_TABLES: dict[str, Any] = {"location": Location, "category": Category, "photo": StoredFile}


def create_offering(business_id: int, actor: Actor, **fields: Unpack[OfferingFields]) -> Offering:
    """Needs name, location, durations and at least one of `needs`; hidden ones may lack the last."""
    for name in ("name", "location", "durations"):
        if name not in fields:
            raise refuse(name, "required", f"{name} is missing")
    given: dict[str, Any] = dict(fields)
    with business_scope(business_id), transaction.atomic():
        if "slug" not in fields:
            given["slug"] = _free_slug(business_id, OFFERING["name"](fields["name"]))
        values = _values(business_id, given)
        _check_together(Offering(business_id=business_id), values)
        offering = _insert(business_id, values)
        _write_parts(offering, given)
        record(business_id, actor, "offering.created", offering.public_id, after=told(given))
        bump_catalog_revision(business_id)
        return offering


def update_offering(
    business_id: int, offering_id: str, actor: Actor, **fields: Unpack[OfferingFields]
) -> Offering:
    """Change the given fields. Bookings keep the time, price and terms that they were made with."""
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id)
        values = _values(business_id, dict(fields))
        _check_together(offering, values)
        try:
            with transaction.atomic():
                before, after = apply(offering, values)
        except IntegrityError as error:
            raise _refusal(error) from None
        _write_parts(offering, dict(fields))
        if after or "needs" in fields or "extras" in fields:
            record(
                business_id, actor, "offering.changed", offering_id, before=before, after=told(dict(fields))
            )
            bump_catalog_revision(business_id)
        return offering


def archive_offering(business_id: int, offering_id: str, actor: Actor) -> None:
    """No longer bookable; its bookings keep it."""
    update_offering(business_id, offering_id, actor, is_active=False)


def lock_offering(business_id: int, offering_id: str) -> Offering:
    found = Offering.objects.select_for_update(no_key=True).filter(
        business_id=business_id, public_id=offering_id
    )
    offering = found.first()
    if offering is None:
        raise NotFound("offering", params={"kind": "offering"})
    return offering


def _values(business_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in fields.items() if name not in (*_TABLES, "needs", "extras")}
    values = clean(plain, OFFERING)
    for name in _TABLES.keys() & fields.keys():
        values[f"{name}_id"] = _key_of(business_id, name, fields[name])
    return values


def _key_of(business_id: int, field: str, public_id: str) -> int | None:
    if not public_id and field != "location":
        return None
    found = _TABLES[field].objects.filter(business_id=business_id, public_id=public_id)
    key: int | None = found.values_list("pk", flat=True).first()
    if key is None:
        raise refuse(field, "unknown", f"no such {field}")
    return key


def _check_together(offering: Offering, values: dict[str, Any]) -> None:
    """What single fields cannot tell, as it will be when the values are written."""

    def then(name: str) -> Any:
        return values.get(name, getattr(offering, name))

    if then("party_max") < then("party_min"):
        raise refuse("party_max", "end_before_start", "fewer than the least")
    if then("prepayment") == "deposit_percent" and not 1 <= then("deposit_value") <= 100:
        raise refuse("deposit_value", "out_of_range", "not a percentage", min=1, max=100)


def _write_parts(offering: Offering, fields: dict[str, Any]) -> None:
    added = write_extras(offering, fields["extras"]) if "extras" in fields else []
    if "needs" in fields:
        write_needs(offering, fields["needs"], added)


def _insert(business_id: int, values: dict[str, Any]) -> Offering:
    try:
        with transaction.atomic():
            return Offering.objects.create(business_id=business_id, **values)
    except IntegrityError as error:
        raise _refusal(error) from None


def _refusal(error: IntegrityError) -> Exception:
    if "offering_slug" in str(error):
        return refuse("slug", "taken", "another offering has this address")
    return error


def _free_slug(business_id: int, name: str) -> str:
    """The name as an address, with a number when another offering has it."""
    slug = slugify_ascii(name)[:70].strip("-") or "offering"
    taken = set(
        Offering.objects.filter(business_id=business_id, slug__startswith=slug).values_list("slug", flat=True)
    )
    if slug not in taken:
        return slug
    return next(one for number in range(2, len(taken) + 3) if (one := f"{slug}-{number}") not in taken)
