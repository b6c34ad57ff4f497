"""Schedules of an offering that is copied."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from .models import Schedule
from .queries_schedules import is_to_come, list_schedules

_KEPT = (
    "weekdays", "dates", "except_on", "first_on", "last_on", "starts_minute", "duration", "capacity", "min_places",
    "decide_hours", "resources", "note",
)  # fmt: skip


def copy_schedules(
    business_id: int, original_id: int, offering_id: int, actor: Actor, *, today: date
) -> list[Schedule]:
    """Those of one offering that are not over, for another one (both by key). They rest until somebody starts them."""
    with business_scope(business_id), transaction.atomic():
        found = [one for one in list_schedules(business_id, original_id) if is_to_come(one, today)]
        copies = [
            Schedule(
                business_id=business_id,
                offering_id=offering_id,
                is_active=False,
                **{name: getattr(one, name) for name in _KEPT},
            )
            for one in found
        ]
        Schedule.objects.bulk_create(copies)
        for one, copy in zip(found, copies, strict=True):
            record(business_id, actor, "schedule.copied", copy.public_id, after={"original": one.public_id})
        return copies
