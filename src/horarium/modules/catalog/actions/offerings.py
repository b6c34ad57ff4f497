"""Offerings with what they need and what can be added."""

from __future__ import annotations

from typing import Any, Final, Unpack

from django.db import IntegrityError, transaction

from horarium.kit.text import slugify_ascii
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.actions.changes import apply
from horarium.platform.tenancy.rules import refuse
from horarium.platform.tenancy.scope import business_scope

from ..models import Mode, Offering
from .checks import OFFERING, check_deposit, clean, need
from .drafts import OfferingFields
from .parts import told, write_extras, write_needs
from .references import lock_offering, take_keys

_REFERENCES = ("location", "category", "photo", "policy")
_OF_MODES: Final = {
    "durations": (Mode.SLOT, Mode.SESSION),
    "grid_minutes": (Mode.SLOT, Mode.SESSION),
    "fixed_starts": (Mode.SLOT, Mode.SESSION),
    "check_in_minute": (Mode.STAY,),
    "check_out_minute": (Mode.STAY,),
    "included_guests": (Mode.STAY,),
    "capacity": (Mode.SESSION,),
    "is_shared": (Mode.SESSION,),
    "repeats_up_to": (Mode.SLOT,),
}


def create_offering(business_id: int, actor: Actor, **fields: Unpack[OfferingFields]) -> Offering:
    """Needs name, location, durations (but a stay) and one of `needs`, which hidden ones may lack."""
    need(fields, "name", "location")
    given: dict[str, Any] = dict(fields)
    with business_scope(business_id), transaction.atomic():
        if "slug" not in fields:
            given["slug"] = free_slug(business_id, OFFERING["name"](fields["name"]))
        values = _values(business_id, given)
        values.setdefault("durations", [])
        _check_together(Offering(business_id=business_id), values)
        offering = _insert(business_id, values)
        _write_parts(offering, given)
        record(business_id, actor, "offering.created", offering.public_id, after=told(given))
        bump_catalog_revision(business_id)
        return offering


def update_offering(
    business_id: int, offering_id: str, actor: Actor, **fields: Unpack[OfferingFields]
) -> Offering:
    """Change the given fields. Bookings keep the time, price and terms that they were made with.

    The mode stays: bookings of another could not be kept.
    """
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id)
        if fields.get("mode", offering.mode) != offering.mode:
            raise refuse("mode", "mode_fixed", "an offering keeps its mode")
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


def _values(business_id: int, fields: dict[str, Any]) -> dict[str, Any]:
    plain = {name: value for name, value in fields.items() if name not in ("needs", "extras")}
    keys = take_keys(business_id, plain, *_REFERENCES)
    return clean(plain, OFFERING) | keys


def _check_together(offering: Offering, values: dict[str, Any]) -> None:
    """What single fields cannot tell, as it will be when the values are written."""

    def then(name: str) -> Any:
        return values.get(name, getattr(offering, name))

    mode = then("mode")
    for name, modes in _OF_MODES.items():
        if name in values and values[name] != getattr(offering, name) and values[name] and mode not in modes:
            raise refuse(name, "mode", f"not of an offering of the mode {mode}")
    if mode != Mode.STAY and not then("durations"):
        raise refuse("durations", "required", "no duration")
    if mode == Mode.SESSION and len(then("durations")) > 1:
        raise refuse("durations", "only_one", "a session has one usual length")
    if then("party_max") < then("party_min"):
        raise refuse("party_max", "end_before_start", "fewer than the least")
    if mode == Mode.STAY and then("included_guests") > then("party_max"):
        raise refuse("included_guests", "too_many_included", "more than may come", max=then("party_max"))
    if then("check_out_minute") > then("check_in_minute"):
        raise refuse("check_out_minute", "after_check_in", "leaves after the next has come")
    check_deposit(then("prepayment"), then("deposit_value"))


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


def free_slug(business_id: int, name: str) -> str:
    """The name as an address, with a number when another offering has it."""
    slug = slugify_ascii(name)[:70].strip("-") or "offering"
    taken = set(
        Offering.objects.filter(business_id=business_id, slug__startswith=slug).values_list("slug", flat=True)
    )
    if slug not in taken:
        return slug
    return next(one for number in range(2, len(taken) + 3) if (one := f"{slug}-{number}") not in taken)
