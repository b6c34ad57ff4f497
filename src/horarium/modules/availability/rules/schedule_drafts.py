"""What may be said about a schedule, and the checks that it must pass."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from horarium.modules.catalog.rules import Catalog, OfferingFacts

from .session_drafts import (
    STEP,
    check_capacity,
    check_duration,
    check_minimum,
    check_note,
    check_resources,
    refuse,
)

LONGEST_SCHEDULE = timedelta(days=10 * 366)
MOST_DATES = 500


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """A schedule as it comes from staff. What is None is as the offering has it; `resources`: public ids."""

    offering: str
    first_on: date
    starts_minute: int
    weekdays: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    except_on: tuple[date, ...] = ()
    last_on: date | None = None
    duration: int | None = None
    capacity: int | None = None
    min_places: int = 0
    decide_hours: int = 24
    resources: tuple[str, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def check_schedule(catalog: Catalog, offering: OfferingFacts, draft: ScheduleDraft) -> dict[str, Any]:
    """The columns of a schedule. Raises InvalidInput with the field."""
    if not draft.weekdays and not draft.dates:
        raise refuse("weekdays", "required", "neither weekdays nor dates")
    if any(not 0 <= one <= 6 for one in draft.weekdays):
        raise refuse("weekdays", "weekday", "no such weekday")
    if not 0 <= draft.starts_minute < 1440 or draft.starts_minute % STEP:
        raise refuse("starts_minute", "not_five_minutes", "not in steps of five minutes of a day")
    last_on = draft.last_on or draft.first_on
    if last_on < draft.first_on or last_on - draft.first_on > LONGEST_SCHEDULE:
        raise refuse("last_on", "end_before_start", "ends before it starts, or after ten years")
    for name in ("dates", "except_on"):
        if len(getattr(draft, name)) > MOST_DATES:
            raise refuse(name, "too_long", "more than 500 dates")
    duration = check_duration(offering.durations[0] if draft.duration is None else draft.duration)
    capacity = check_capacity(offering.capacity if draft.capacity is None else draft.capacity)
    check_minimum(draft.min_places, draft.decide_hours, capacity)
    check_resources(catalog, offering, draft.resources)
    return {
        "first_on": draft.first_on,
        "last_on": draft.last_on,
        "starts_minute": draft.starts_minute,
        "weekdays": sorted(set(draft.weekdays)),
        "dates": sorted(set(draft.dates)),
        "except_on": sorted(set(draft.except_on)),
        "duration": duration,
        "capacity": capacity,
        "min_places": draft.min_places,
        "decide_hours": draft.decide_hours,
        "resources": list(draft.resources),
        "note": check_note(draft.note),
    }
