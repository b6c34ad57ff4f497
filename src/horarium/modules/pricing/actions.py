"""Changes of price lists. Prices of bookings that are made stay as they were frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import lock_offering
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.rules import check_text, refuse
from horarium.platform.tenancy.scope import business_scope

from .models import Basis, PriceRule

MAX_RULES = 200
MAX_MINOR = 10**12


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """One line of a price list; empty conditions always fit. `extra` is the public id of an extra."""

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


def set_prices(
    business_id: int, offering_id: str, drafts: Sequence[PriceDraft], actor: Actor
) -> list[PriceRule]:
    """Replace the price list of an offering and its extras. Raises NotFound, and InvalidInput `prices.<n>.<field>`."""
    if len(drafts) > MAX_RULES:
        raise refuse("prices", "too_long", "too many rules")
    for number, draft in enumerate(drafts):
        _check(draft, f"prices.{number}")
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id)
        extras = {extra.public_id: extra.pk for extra in offering.extras.all()}
        old = PriceRule.objects.filter(business_id=business_id, offering=offering)
        before = [{"name": one.name, "basis": one.basis, "amount_minor": one.amount_minor} for one in old]
        old.delete()
        # Of equal priority the newer wins, so the first of the list is written last.
        rules = [_rule(offering, one, extras, number) for number, one in enumerate(drafts)]
        PriceRule.objects.bulk_create(rules[::-1])
        after = {"prices": [asdict(one) for one in drafts]}
        record(business_id, actor, "prices.changed", offering_id, before={"prices": before}, after=after)
        bump_catalog_revision(business_id)
        return rules


def _rule(offering: Offering, draft: PriceDraft, extras: dict[str, int], number: int) -> PriceRule:
    if draft.extra and draft.extra not in extras:
        raise refuse(f"prices.{number}.extra", "extra", "no such extra")
    return PriceRule(
        business_id=offering.business_id,
        offering=offering,
        extra_id=extras.get(draft.extra),
        name=draft.name.strip(),
        basis=draft.basis,
        amount_minor=draft.amount_minor,
        duration=draft.duration,
        weekdays=sorted(set(draft.weekdays)),
        from_minute=draft.from_minute,
        until_minute=draft.until_minute,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        priority=draft.priority,
    )


def _check(draft: PriceDraft, field: str) -> None:
    check_text(f"{field}.name", 80)(draft.name)
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
