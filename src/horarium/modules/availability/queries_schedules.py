"""Schedules as staff see and change them, and which of them made a session."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django_scopes import scopes_disabled

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


def list_paused_schedules(business_id: int, offering_id: int, today: date) -> list[Schedule]:
    """Those that make no sessions, copied or ended, whose dates are not over. `offering_id`: the key."""
    resting = Schedule.objects.filter(business_id=business_id, offering_id=offering_id, is_active=False)
    return [one for one in resting if is_to_come(one, today)]


def is_to_come(schedule: Schedule, today: date) -> bool:
    """Whether any of its dates may still come."""
    goes_on = bool(schedule.weekdays) and (schedule.last_on is None or schedule.last_on >= today)
    return goes_on or any(one >= today for one in schedule.dates)


def list_schedules_to_fill() -> list[tuple[int, str]]:
    """(business, schedule) of all active ones of all active businesses."""
    with scopes_disabled():
        active = Schedule.objects.filter(is_active=True, business__is_active=True, offering__is_active=True)
        return list(active.order_by("business_id", "id").values_list("business_id", "public_id"))


def get_schedule(business_id: int, schedule_id: str) -> Schedule:
    """One that rests, too. Raises NotFound."""
    found = Schedule.objects.filter(business_id=business_id, public_id=schedule_id).first()
    if found is None:
        raise NotFound("schedule", params={"kind": "schedule"})
    return found


def origins_of_sessions(business_id: int, session_ids: Collection[int]) -> dict[int, Origin]:
    """By the key of the session; those that staff or guests made are not in it. One query."""
    rows = Session.objects.filter(
        business_id=business_id, pk__in=list(session_ids), schedule__isnull=False, occurs_on__isnull=False
    ).values_list("pk", "schedule__public_id", "occurs_on", "is_edited")
    return {key: Origin(str(schedule), on, edited) for key, schedule, on, edited in rows if on is not None}
