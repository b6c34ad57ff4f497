"""Restrictions of stays: single ones, and what a hotel sets for many dates at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final, Unpack

from django.db import transaction

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.rules import refuse
from horarium.platform.tenancy.scope import business_scope

from ..models import Mode, Offering, Restriction
from ..rules import Dates, Limited, Limits, laid_over
from .checks import MAX_NIGHTS, Check, check_weekdays, clean, need, whole
from .drafts import LimitFields, RestrictionFields
from .references import lock_offering, plan_key
from .written import add, change, lock, remove

MAX_RESTRICTIONS: Final = 1000
LONGEST: Final = timedelta(days=1100)
_LIMITS: Final[dict[str, Check]] = {
    "min_nights": whole("min_nights", 1, MAX_NIGHTS, or_none=True),
    "max_nights": whole("max_nights", 1, MAX_NIGHTS, or_none=True),
    "min_nights_on_arrival": whole("min_nights_on_arrival", 1, MAX_NIGHTS, or_none=True),
    "closed_to_arrival": bool,
    "closed_to_departure": bool,
    "is_closed": bool,
}
_CHECKS: Final[dict[str, Check]] = {
    **_LIMITS,
    "first_on": lambda value: value,
    "last_on": lambda value: value,
    "weekdays": check_weekdays,
}


def create_restriction(
    business_id: int, offering_id: str, actor: Actor, **fields: Unpack[RestrictionFields]
) -> Restriction:
    """Counts besides those that are there. Raises NotFound, and InvalidInput `offering` for what is no stay."""
    need(fields, "first_on", "last_on")
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id, mode=Mode.STAY)
        if Restriction.objects.filter(business_id=business_id, offering=offering).count() >= MAX_RESTRICTIONS:
            raise refuse("first_on", "too_many", "too many restrictions")
        restriction = Restriction(
            business_id=business_id, offering=offering, **_values(offering, dict(fields))
        )
        _check_together(restriction)
        return add(restriction, "restriction", actor, {"offering": offering_id, **fields})


def update_restriction(
    business_id: int, restriction_id: str, actor: Actor, **fields: Unpack[RestrictionFields]
) -> Restriction:
    with business_scope(business_id), transaction.atomic():
        restriction = lock(Restriction, "restriction", business_id, restriction_id)
        values = _values(restriction.offering, dict(fields))
        kept = {name: getattr(restriction, name) for name in (*_CHECKS, "rate_plan_id")}
        _check_together(Restriction(business_id=business_id, **(kept | values)))
        return change(restriction, "restriction", actor, values, dict(fields))


def delete_restriction(business_id: int, restriction_id: str, actor: Actor) -> None:
    with business_scope(business_id), transaction.atomic():
        restriction = lock(Restriction, "restriction", business_id, restriction_id)
        told = {name: getattr(restriction, name) for name in _CHECKS}
        remove(restriction, "restriction", actor, told)


def restrict_dates(
    business_id: int,
    offering_id: str,
    actor: Actor,
    *,
    dates: Dates,
    rate_plan: str = "",
    **limits: Unpack[LimitFields],
) -> list[Restriction]:
    """Afterwards the given limits are exactly so on these dates; None or False takes one away.

    Other dates, other limits and those of other rate plans stay. Returns all restrictions of that plan.
    """
    values = clean(dict(limits), _LIMITS)
    _check_dates(dates)
    if not values:
        raise refuse("min_nights", "nothing_set", "nothing to set")
    with business_scope(business_id), transaction.atomic():
        offering = lock_offering(business_id, offering_id, mode=Mode.STAY)
        key = plan_key(offering, rate_plan)
        rows = Restriction.objects.filter(business_id=business_id, offering=offering, rate_plan_id=key)
        known = [(_limited(one), one) for one in rows]
        wanted = laid_over([one for one, _row in known], dates, values)
        if any((one.min_nights or 1) > (one.max_nights or MAX_NIGHTS) for _dates, one in wanted):
            raise refuse("max_nights", "range", "fewer nights than the least")
        if len(wanted) > MAX_RESTRICTIONS:
            raise refuse("first_on", "too_many", "too many restrictions")
        if _replace(offering, key, known, wanted):
            told = _told(dates) | {"rate_plan": rate_plan, **limits}
            record(business_id, actor, "restrictions.changed", offering_id, after=told)
            bump_catalog_revision(business_id)
        return list(rows.order_by("first_on", "id"))


def _replace(
    offering: Offering, plan_id: int | None, known: list[tuple[Limited, Restriction]], wanted: list[Limited]
) -> bool:
    """Rows that say the same as before keep their ids."""
    missing, superfluous = list(wanted), []
    for limited, row in known:
        if limited in missing:
            missing.remove(limited)
        else:
            superfluous.append(row.pk)
    Restriction.objects.filter(business_id=offering.business_id, pk__in=superfluous).delete()
    Restriction.objects.bulk_create(
        [
            Restriction(
                business_id=offering.business_id,
                offering=offering,
                rate_plan_id=plan_id,
                **(_told(dates) | asdict(limits)),
            )
            for dates, limits in missing
        ]
    )
    return bool(missing or superfluous)


def _limited(row: Restriction) -> Limited:
    return Dates(row.first_on, row.last_on, frozenset(row.weekdays)), Limits.of(row)


def _told(dates: Dates) -> dict[str, Any]:
    return {
        "first_on": dates.first_on,
        "last_on": dates.last_on,
        "weekdays": check_weekdays(dates.weekdays),
    }


def _values(offering: Offering, fields: dict[str, Any]) -> dict[str, Any]:
    keys: Mapping[str, int | None] = (
        {"rate_plan_id": plan_key(offering, fields.pop("rate_plan"))} if "rate_plan" in fields else {}
    )
    return {**clean(fields, _CHECKS), **keys}


def _check_together(row: Restriction) -> None:
    _check_dates(Dates(row.first_on, row.last_on, frozenset(row.weekdays)))
    limits = Limits.of(row)
    if not limits:
        raise refuse("min_nights", "nothing_set", "it restricts nothing")
    if (limits.min_nights or 1) > (limits.max_nights or MAX_NIGHTS):
        raise refuse("max_nights", "range", "fewer nights than the least")


def _check_dates(dates: Dates) -> None:
    if dates.last_on < dates.first_on:
        raise refuse("last_on", "end_before_start", "ends before it starts")
    if dates.last_on - dates.first_on > LONGEST:
        raise refuse("last_on", "range_too_long", "longer than three years")
    if dates.is_empty:
        raise refuse("weekdays", "no_such_day", "none of these weekdays between the dates")
