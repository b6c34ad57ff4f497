"""Requirements and extras of one offering. Rows that stay keep their ids, because bookings refer to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from horarium.modules.resources.queries import keys_of_choices
from horarium.platform.tenancy.rules import check_text, check_translations, refuse

from ..models import Extra, Mode, Offering, Requirement, RequirementChoice
from ..rules import STEP
from .checks import whole
from .drafts import ExtraDraft, NeedDraft
from .references import key_of

MAX_PARTS = 20


def write_extras(offering: Offering, drafts: Sequence[ExtraDraft]) -> list[Extra]:
    """Those that are not named any more are put away, not deleted. Returns the extras in the order sent."""
    if len(drafts) > MAX_PARTS:
        raise refuse("extras", "too_long", "too many extras")
    known = {
        one.public_id: one
        for one in Extra.objects.filter(business_id=offering.business_id, offering=offering)
    }
    result = []
    for number, draft in enumerate(drafts):
        field = f"extras.{number}"
        extra = (
            known.pop(draft.id, None)
            if draft.id
            else Extra(business_id=offering.business_id, offering=offering)
        )
        if extra is None:
            raise refuse(f"{field}.id", "unknown", "no such extra")
        _fill(extra, draft, offering, field)
        extra.position, extra.is_active = number, True
        extra.save()
        result.append(extra)
    Extra.objects.filter(business_id=offering.business_id, pk__in=[one.pk for one in known.values()]).update(
        is_active=False
    )
    return result


def write_needs(offering: Offering, drafts: Sequence[NeedDraft], added: Sequence[Extra]) -> None:
    """Replace the requirements. `added`: extras sent along, which drafts may name by their number."""
    if len(drafts) > MAX_PARTS:
        raise refuse("needs", "too_long", "too many requirements")
    business_id = offering.business_id
    known = {
        one.public_id: one for one in Requirement.objects.filter(business_id=business_id, offering=offering)
    }
    for number, draft in enumerate(drafts):
        field = f"needs.{number}"
        _check(draft, field)
        need = (
            known.pop(draft.id, None) if draft.id else Requirement(business_id=business_id, offering=offering)
        )
        if need is None:
            raise refuse(f"{field}.id", "unknown", "no such requirement")
        need.label, need.quantity = check_text(f"{field}.label", 80)(draft.label), draft.quantity
        need.from_minute, need.until_minute = draft.from_minute, draft.until_minute
        need.is_choosable, need.is_per_person = draft.is_choosable, draft.is_per_person
        need.position = number
        need.extra = _extra(offering, draft.extra, added, field)
        need.save()
        _write_choices(need, draft.choices, field)
    Requirement.objects.filter(business_id=business_id, pk__in=[one.pk for one in known.values()]).delete()


def told(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as the audit log keeps them."""
    return {
        name: [asdict(one) if is_dataclass(one) and not isinstance(one, type) else one for one in value]
        if name in ("needs", "extras")
        else value
        for name, value in fields.items()
    }


def _fill(extra: Extra, draft: ExtraDraft, offering: Offering, field: str) -> None:
    extra.name = check_text(f"{field}.name", 120, required=True)(draft.name)
    extra.summary = check_text(f"{field}.summary", 200)(draft.summary)
    extra.translations = check_translations(draft.translations)
    extra.max_quantity = whole(f"{field}.max_quantity", 1, 1000)(draft.max_quantity) or 1
    for name in ("extends_before", "extends_after"):
        minutes = whole(f"{field}.{name}", 0, 1440, step=STEP)(getattr(draft, name))
        if minutes and offering.mode != Mode.STAY:
            raise refuse(f"{field}.{name}", "mode", "only a stay is made longer")
        setattr(extra, name, minutes)
    business_id = offering.business_id
    extra.product_id = key_of(business_id, "product", draft.product, at=f"{field}.product")
    extra.needs_offering_id = key_of(
        business_id, "needs_offering", draft.needs_offering, at=f"{field}.needs_offering"
    )
    if extra.needs_offering_id == offering.pk:
        raise refuse(f"{field}.needs_offering", "unknown", "the offering itself")


def _check(draft: NeedDraft, field: str) -> None:
    if not draft.choices:
        raise refuse(f"{field}.choices", "required", "one of nothing")
    if not 1 <= draft.quantity <= 100:
        raise refuse(f"{field}.quantity", "out_of_range", "not from 1 to 100", min=1, max=100)
    until = draft.until_minute
    if draft.from_minute < 0 or draft.from_minute % STEP or (until is not None and until % STEP):
        raise refuse(f"{field}.from_minute", "not_five_minutes", "not in steps of five minutes")
    if until is not None and until <= draft.from_minute:
        raise refuse(f"{field}.until_minute", "end_before_start", "ends before it starts")


def _extra(offering: Offering, wanted: str, added: Sequence[Extra], field: str) -> Extra | None:
    if not wanted:
        return None
    if wanted.startswith("#") and wanted[1:].isdigit() and int(wanted[1:]) < len(added):
        return added[int(wanted[1:])]
    found = Extra.objects.filter(
        business_id=offering.business_id, offering=offering, public_id=wanted
    ).first()
    if found is None:
        raise refuse(f"{field}.extra", "extra", "no such extra")
    return found


def _write_choices(need: Requirement, choices: Sequence[str], field: str) -> None:
    wanted = set(choices)
    business_id = need.business_id
    resources, pools = keys_of_choices(business_id, wanted)
    if len(resources) + len(pools) != len(wanted):
        raise refuse(f"{field}.choices", "unknown", "no such resource or pool")
    RequirementChoice.objects.filter(business_id=business_id, requirement=need).delete()
    RequirementChoice.objects.bulk_create(
        [
            *(
                RequirementChoice(business_id=business_id, requirement=need, resource_id=key)
                for key in resources
            ),
            *(RequirementChoice(business_id=business_id, requirement=need, pool_id=key) for key in pools),
        ]
    )
