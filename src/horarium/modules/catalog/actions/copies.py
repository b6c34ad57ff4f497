"""An offering once more, with everything that belongs to it but its prices and schedules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import BusinessOwned
from horarium.platform.tenancy.scope import business_scope

from ..models import Extra, Offering, RatePlan, Requirement, RequirementChoice, Restriction, TicketType
from .checks import OFFERING
from .offerings import free_slug
from .references import lock_offering

Row = TypeVar("Row", bound=BusinessOwned)


@dataclass(frozen=True, slots=True)
class CopiedOffering:
    """`parts`: public ids of extras, rate plans and ticket types of the copy by those of the original."""

    original: Offering
    offering: Offering
    parts: Mapping[str, str]


def copy_offering(
    business_id: int,
    offering_id: str,
    actor: Actor,
    *,
    name: str,
    names: Mapping[str, str] | None = None,
    today: date,
) -> CopiedOffering:
    """Hidden from guests, under a new name (`names`: by language) and address. What is archived, and restrictions of
    dates before `today`, are left out. Raises NotFound, InvalidInput.
    """
    text = OFFERING["name"](name)
    with business_scope(business_id), transaction.atomic():
        original = lock_offering(business_id, offering_id)
        offering = copy_of(
            original,
            name=text,
            translations=_named(original.translations, names or {}),
            slug=free_slug(business_id, text),
            is_public=False,
            is_active=True,
        )
        offering.save()
        extras = _copy_parts(Extra, original, offering)
        plans = _copy_parts(RatePlan, original, offering)
        tickets = _copy_parts(TicketType, original, offering)
        _copy_needs(original, offering, extras)
        _copy_restrictions(original, offering, plans, today)
        record(
            business_id,
            actor,
            "offering.copied",
            offering.public_id,
            after={"original": offering_id, "name": text},
        )
        bump_catalog_revision(business_id)
        parts = {one.public_id: new.public_id for one, new in (*extras, *plans, *tickets)}
        return CopiedOffering(original, offering, parts)


def copy_of(row: Row, **changes: Any) -> Row:
    """A new row, not saved, with the values of another and an id of its own."""
    fields = [one for one in type(row)._meta.concrete_fields if one.name not in ("id", "public_id", *changes)]
    kept = {one.attname: getattr(row, one.attname) for one in fields if one.attname not in changes}
    return type(row)(**kept, **changes)


def _named(translations: Mapping[str, Mapping[str, str]], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        code: {**texts, "name": names[code][:120]} if "name" in texts and code in names else dict(texts)
        for code, texts in translations.items()
    }


def _copy_parts(table: Any, original: Offering, offering: Offering) -> list[tuple[Any, Any]]:
    """(old, new) of those that are not archived."""
    rows = table.objects.filter(business_id=original.business_id, offering=original, is_active=True)
    pairs = [(one, copy_of(one, offering_id=offering.pk)) for one in rows]
    table.objects.bulk_create([new for _old, new in pairs])
    return pairs


def _copy_needs(original: Offering, offering: Offering, extras: Sequence[tuple[Any, Any]]) -> None:
    business_id = original.business_id
    extra_keys = {old.pk: new.pk for old, new in extras}
    needs = Requirement.objects.filter(business_id=business_id, offering=original)
    standing = [one for one in needs if one.extra_id is None or one.extra_id in extra_keys]
    pairs = [
        (one, copy_of(one, offering_id=offering.pk, extra_id=extra_keys.get(one.extra_id or 0)))
        for one in standing
    ]
    Requirement.objects.bulk_create([new for _old, new in pairs])
    keys = {old.pk: new.pk for old, new in pairs}
    choices = RequirementChoice.objects.filter(business_id=business_id, requirement_id__in=list(keys))
    RequirementChoice.objects.bulk_create(
        [copy_of(one, requirement_id=keys[one.requirement_id]) for one in choices]
    )


def _copy_restrictions(
    original: Offering, offering: Offering, plans: Sequence[tuple[Any, Any]], today: date
) -> None:
    keys = {old.pk: new.pk for old, new in plans}
    standing = Restriction.objects.filter(
        Q(rate_plan=None) | Q(rate_plan_id__in=list(keys)),
        business_id=original.business_id,
        offering=original,
        last_on__gte=today,
    )
    Restriction.objects.bulk_create(
        [
            copy_of(one, offering_id=offering.pk, rate_plan_id=keys.get(one.rate_plan_id or 0))
            for one in standing
        ]
    )
