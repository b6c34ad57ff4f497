"""Weekly hours and dated exceptions of resources and locations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Location
from horarium.platform.tenancy.rules import check_text, refuse
from horarium.platform.tenancy.scope import business_scope

from ..models import Opening, OpeningException, Resource
from ..rules import WeeklyRule, check_interval, check_week

MAX_INTERVALS = 200


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on `weekday` (0 = Monday), minutes from its local midnight; an end above 1440 is after midnight."""

    weekday: int
    starts: int
    ends: int
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class DatedHours:
    """What holds on each date of `[first_on, last_on]` instead of the week. Without minutes: closed."""

    first_on: date
    last_on: date
    starts: int | None = None
    ends: int | None = None
    reason: str = ""


def set_week(
    business_id: int,
    owner_id: str,
    week: Sequence[Hours],
    actor: Actor,
    *,
    follows_location: bool | None = None,
) -> None:
    """Replace the weekly hours of a resource or location, named by its public id.

    A resource's own hours count when it does not follow its location: `follows_location` sets that, too.
    """
    if len(week) > MAX_INTERVALS:
        raise refuse("week", "too_long", "too many intervals")
    check_week([_rule(one) for one in week], field="week")
    with business_scope(business_id), transaction.atomic():
        owner = _lock_owner(business_id, owner_id)
        before = [_told(one) for one in Opening.objects.filter(**owner)]
        Opening.objects.filter(**owner).delete()
        Opening.objects.bulk_create(
            Opening(
                weekday=one.weekday,
                starts_minute=one.starts,
                ends_minute=one.ends,
                valid_from=one.valid_from,
                valid_until=one.valid_until,
                **owner,
            )
            for one in week
        )
        if follows_location is not None and "resource_id" in owner:
            Resource.objects.filter(business_id=business_id, pk=owner["resource_id"]).update(
                follows_location=follows_location
            )
        after = {"week": [asdict(one) for one in week], "follows_location": follows_location}
        record(business_id, actor, "openings.changed", owner_id, before={"week": before}, after=after)
        bump_catalog_revision(business_id)


def add_exception(business_id: int, owner_id: str, hours: DatedHours, actor: Actor) -> OpeningException:
    """Other hours, or none, on some dates."""
    if hours.last_on < hours.first_on:
        raise refuse("last_on", "end_before_start", "ends before it starts")
    if (hours.starts is None) != (hours.ends is None):
        raise refuse("ends", "required", "both or none")
    if hours.starts is not None and hours.ends is not None:
        check_interval(hours.starts, hours.ends, field="starts")
    with business_scope(business_id), transaction.atomic():
        owner = _lock_owner(business_id, owner_id)
        found = OpeningException.objects.create(
            first_on=hours.first_on,
            last_on=hours.last_on,
            starts_minute=hours.starts,
            ends_minute=hours.ends,
            reason=check_text("reason", 120)(hours.reason),
            **owner,
        )
        record(
            business_id, actor, "exception.added", found.public_id, after={"owner": owner_id, **asdict(hours)}
        )
        bump_catalog_revision(business_id)
        return found


def remove_exception(business_id: int, exception_id: str, actor: Actor) -> None:
    """The week counts again on those dates."""
    with business_scope(business_id), transaction.atomic():
        found = OpeningException.objects.filter(business_id=business_id, public_id=exception_id).first()
        if found is None:
            raise NotFound("exception", params={"kind": "exception"})
        before = {"first_on": found.first_on, "last_on": found.last_on, "reason": found.reason}
        found.delete()
        record(business_id, actor, "exception.removed", exception_id, before=before)
        bump_catalog_revision(business_id)


def _lock_owner(business_id: int, owner_id: str) -> dict[str, Any]:
    """Columns that name the owner; its row is locked, so that two changes of one week follow each other."""
    is_resource = owner_id.startswith("res_")
    table: Any = Resource if is_resource else Location
    found = table.objects.select_for_update(no_key=True).filter(business_id=business_id, public_id=owner_id)
    key = found.values_list("pk", flat=True).first()
    if key is None:
        raise NotFound("owner of openings", params={"kind": "resource" if is_resource else "location"})
    return {"business_id": business_id, "resource_id" if is_resource else "location_id": key}


def _rule(hours: Hours) -> WeeklyRule:
    return WeeklyRule(hours.weekday, hours.starts, hours.ends, hours.valid_from, hours.valid_until)


def _told(row: Opening) -> dict[str, Any]:
    return {"weekday": row.weekday, "starts": row.starts_minute, "ends": row.ends_minute}
