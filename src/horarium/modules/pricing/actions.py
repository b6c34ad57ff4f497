"""Changes of price lists. Prices of bookings that are made stay as they were frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction

from horarium.modules.catalog.models import Mode, Offering
from horarium.modules.catalog.queries import lock_offering
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.rules import check_text, check_translations, refuse
from horarium.platform.tenancy.scope import business_scope

from .models import Basis, PriceRule
from .rules import names_of

MAX_RULES = 200
MAX_MINOR = 10**12
MAX_NIGHTS = 366
MAX_AGE = 120

BASES: Final = {
    Mode.SLOT: {
        *(Basis.FLAT, Basis.PER_PERSON, Basis.PER_HOUR, Basis.PER_PERSON_HOUR),
        *(Basis.PER_DAY, Basis.PER_PERSON_DAY),
    },
    Mode.STAY: {Basis.PER_NIGHT, Basis.PER_PERSON_NIGHT},
    Mode.SESSION: {Basis.FLAT, Basis.PER_PERSON},
}
"""What may price an offering itself, by its mode."""
BASES_OF_EXTRAS: Final = {
    **BASES,
    Mode.STAY: {Basis.FLAT, Basis.PER_PERSON, Basis.PER_NIGHT, Basis.PER_PERSON_NIGHT},
}


_SAID: Final = (
    "basis", "amount_minor", "name", "duration", "from_minute", "until_minute", "valid_from", "valid_until", "priority",
    "min_nights", "max_nights", "from_age", "until_age",
)  # fmt: skip
"""What a line says besides what it points to."""


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """One line of a price list; empty conditions always fit. `translations`: its `name` by language.

    `extra`, `rate_plan`, `ticket_type` are public ids. Nights and ages as in the model: both included. `id`: the line
    that this one was until now.
    """

    basis: str
    amount_minor: int
    name: str = ""
    extra: str = ""
    duration: int | None = None
    weekdays: tuple[int, ...] = ()
    from_minute: int | None = None
    until_minute: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    priority: int = 0
    rate_plan: str = ""
    ticket_type: str = ""
    min_nights: int | None = None
    max_nights: int | None = None
    from_age: int | None = None
    until_age: int | None = None
    id: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    """Keys of what the rules of an offering may point to, by public id."""

    extra: dict[str, int]
    rate_plan: dict[str, int]
    ticket_type: dict[str, int]


def set_prices(
    business_id: int, offering_id: str, drafts: Sequence[PriceDraft], actor: Actor
) -> list[PriceRule]:
    """Replace the price list of an offering and its extras. Raises NotFound, and InvalidInput `prices.<n>.<field>`.

    A line that names its `id`, or says the same as one that was there, keeps its public id.
    """
    if len(drafts) > MAX_RULES:
        raise refuse("prices", "too_long", "too many rules")
    for number, draft in enumerate(drafts):
        _check(draft, f"prices.{number}")
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id)
        known = _Known(
            *(
                dict(rows.values_list("public_id", "pk"))
                for rows in (offering.extras.all(), offering.rate_plans.all(), offering.ticket_types.all())
            )
        )
        old = PriceRule.objects.filter(business_id=business_id, offering=offering)
        rules = [_rule(offering, one, known, f"prices.{number}") for number, one in enumerate(drafts)]
        _keep_ids(list(old), rules, [one.id for one in drafts])
        before = [{"name": one.name, "basis": one.basis, "amount_minor": one.amount_minor} for one in old]
        old.delete()
        # Of equal priority the newer wins, so the first of the list is written last.
        PriceRule.objects.bulk_create(rules[::-1])
        after = {"prices": [asdict(one) for one in drafts]}
        record(business_id, actor, "prices.changed", offering_id, before={"prices": before}, after=after)
        bump_catalog_revision(business_id)
        return rules


def draft_of(rule: PriceRule) -> PriceDraft:
    """A line as it is, to be written again."""
    return PriceDraft(
        **{name: getattr(rule, name) for name in _SAID},
        weekdays=tuple(rule.weekdays),
        extra=rule.extra.public_id if rule.extra else "",
        rate_plan=rule.rate_plan.public_id if rule.rate_plan else "",
        ticket_type=rule.ticket_type.public_id if rule.ticket_type else "",
        id=rule.public_id,
        translations=rule.translations,
    )


def _keep_ids(old: Sequence[PriceRule], rules: Sequence[PriceRule], named: Sequence[str]) -> None:
    """First for those that name their id, then for those that say the same as one that nobody has named."""
    left = {one.public_id: one for one in old}
    others = []
    for rule, public_id in zip(rules, named, strict=True):
        if left.pop(public_id, None) is None:
            others.append(rule)
        else:
            rule.public_id = public_id
    same = {_said(one): one.public_id for one in left.values()}
    for rule in others:
        rule.public_id = same.pop(_said(rule), rule.public_id)


def _said(rule: PriceRule) -> tuple[Any, ...]:
    keys = (
        rule.extra_id,
        rule.rate_plan_id,
        rule.ticket_type_id,
        *rule.weekdays,
        names_of(rule.translations),
    )
    return (*(getattr(rule, name) for name in _SAID), *keys)


def _rule(offering: Offering, draft: PriceDraft, known: _Known, field: str) -> PriceRule:
    _check_mode(draft, offering.mode, field)
    keys: dict[str, Any] = {}
    for name in ("extra", "rate_plan", "ticket_type"):
        wanted, keys_of_kind = getattr(draft, name), getattr(known, name)
        if wanted and wanted not in keys_of_kind:
            raise refuse(f"{field}.{name}", "extra" if name == "extra" else "unknown", f"no such {name}")
        keys[f"{name}_id"] = keys_of_kind.get(wanted)
    return PriceRule(
        business_id=offering.business_id,
        offering=offering,
        **keys,
        name=draft.name.strip(),
        translations=_translations(draft),
        basis=draft.basis,
        amount_minor=draft.amount_minor,
        duration=draft.duration,
        weekdays=sorted(set(draft.weekdays)),
        from_minute=draft.from_minute,
        until_minute=draft.until_minute,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        min_nights=draft.min_nights,
        max_nights=draft.max_nights,
        from_age=draft.from_age,
        until_age=draft.until_age,
        priority=draft.priority,
    )


def _translations(draft: PriceDraft) -> dict[str, dict[str, str]]:
    """Names alone; where the line itself has none, guests are told none."""
    named = names_of(draft.translations) if draft.name.strip() else ()
    return {code: {"name": name.strip()} for code, name in named if name.strip()}


def _check(draft: PriceDraft, field: str) -> None:
    check_text(f"{field}.name", 80)(draft.name)
    for code, texts in check_translations(draft.translations).items():
        check_text(f"{field}.name_{code}", 80)(texts.get("name", ""))
    if draft.basis not in Basis.values:
        raise refuse(f"{field}.basis", "unknown", "no such basis", allowed=Basis.values)
    if not 0 <= draft.amount_minor <= MAX_MINOR:
        raise refuse(f"{field}.amount_minor", "out_of_range", "not an amount")
    if any(not 0 <= day <= 6 for day in draft.weekdays):
        raise refuse(f"{field}.weekdays", "weekday", "no such weekday")
    if (draft.from_minute is None) != (draft.until_minute is None):
        raise refuse(f"{field}.until_minute", "required", "both or none")
    if draft.from_minute is not None and not 0 <= draft.from_minute < (draft.until_minute or 0) <= 1440:
        raise refuse(f"{field}.until_minute", "end_before_start", "ends before it starts")
    if draft.valid_from and draft.valid_until and draft.valid_until < draft.valid_from:
        raise refuse(f"{field}.valid_until", "end_before_start", "ends before it starts")
    if not -1000 <= draft.priority <= 1000:
        raise refuse(f"{field}.priority", "out_of_range", "not from -1000 to 1000")
    _check_bounds(draft, field, "min_nights", "max_nights", range(1, MAX_NIGHTS + 1))
    _check_bounds(draft, field, "from_age", "until_age", range(MAX_AGE + 1))


def _check_bounds(draft: PriceDraft, field: str, first: str, last: str, allowed: range) -> None:
    low, high = getattr(draft, first), getattr(draft, last)
    for name, value in ((first, low), (last, high)):
        if value is not None and value not in allowed:
            raise refuse(f"{field}.{name}", "out_of_range", "outside of what can be", max=allowed[-1])
    if low is not None and high is not None and high < low:
        raise refuse(f"{field}.{last}", "end_before_start", "ends before it starts")


def _check_mode(draft: PriceDraft, mode: str, field: str) -> None:
    """A condition that an offering of this mode never meets would make a rule that silently counts for nothing."""
    allowed = (BASES_OF_EXTRAS if draft.extra else BASES)[Mode(mode)]
    if draft.basis not in allowed:
        raise refuse(f"{field}.basis", "unknown", "not for this mode", allowed=sorted(allowed))
    of_stays = ("rate_plan", "min_nights", "max_nights", "from_age", "until_age")
    foreign = ("duration", "from_minute") if mode == Mode.STAY else of_stays
    for name in foreign:
        if getattr(draft, name) not in (None, ""):
            raise refuse(f"{field}.{name}", "unknown", "not for this mode")
    if draft.ticket_type and (mode != Mode.SESSION or draft.extra):
        raise refuse(f"{field}.ticket_type", "unknown", "not for this mode")
