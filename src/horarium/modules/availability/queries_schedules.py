"""Schedules as staff see and change them, and which of them made a session."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from horarium.kit.errors import NotFound

from .models import Schedule, Session


@dataclass(frozen=True, slots=True)
class Origin:
    """The schedule that made a session, and the date that the session stands for."""

    schedule_id: str
    on: date
    is_edited: bool


def list_schedules(business_id: int, offering_id: int) -> list[Schedule]:
    """Those that are not ended, by their time of day. `offering_id`: the key."""
    return list(Schedule.objects.filter(business_id=business_id, offering_id=offering_id, is_active=True))


def get_schedule(business_id: int, schedule_id: str) -> Schedule:
    """Raises NotFound."""
    found = Schedule.objects.filter(business_id=business_id, public_id=schedule_id, is_active=True).first()
    if found is None:
        raise NotFound("schedule", params={"kind": "schedule"})
    return found


def origins_of_sessions(business_id: int, session_ids: Collection[int]) -> dict[int, Origin]:
    """By the key of the session; those that staff or guests made are not in it. One query."""
    rows = Session.objects.filter(
        business_id=business_id, pk__in=list(session_ids), schedule__isnull=False, occurs_on__isnull=False
    ).values_list("pk", "schedule__public_id", "occurs_on", "is_edited")
    return {key: Origin(str(schedule), on, edited) for key, schedule, on, edited in rows if on is not None}
