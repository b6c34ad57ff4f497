"""Schedules and sessions as staff see them, as JSON."""

from __future__ import annotations

from typing import Any

from horarium.modules.availability.actions_schedules import SavedSchedule
from horarium.modules.availability.models import Schedule
from horarium.modules.availability.queries_sessions import SessionFacts
from horarium.modules.catalog.rules import Catalog

from .staff import picked

_SCHEDULE = (
    "first_on", "last_on", "starts_minute", "weekdays", "dates", "except_on", "duration", "capacity", "min_places",
    "decide_hours", "resources", "note",
)  # fmt: skip
_SESSION = (
    "state", "total", "taken", "held", "is_shared", "min_places", "decide_at", "decided_at", "note", "cancel_reason",
)  # fmt: skip


def schedule_json(schedule: Schedule) -> dict[str, Any]:
    return {"id": schedule.public_id, **picked(schedule, _SCHEDULE)}


def saved_json(saved: SavedSchedule) -> dict[str, Any]:
    filled = saved.filled
    return {
        "schedule": schedule_json(saved.schedule),
        "following": None if saved.following is None else schedule_json(saved.following),
        **picked(filled, ("created", "moved", "dropped")),
        "sold": [
            {
                "session": one.session_id,
                "start": one.starts_at,
                "places": one.places,
                "wanted": one.wanted_at,
            }
            for one in filled.sold
        ],
        "unseated": [{"on": day, "reason": str(reason)} for day, reason in filled.unseated],
    }


def session_json(catalog: Catalog, session: SessionFacts) -> dict[str, Any]:
    taken = [catalog.resources[key].public_id for key in session.resources if key in catalog.resources]
    return {
        "id": session.public_id,
        "start": session.starts_at,
        "end": session.ends_at,
        **picked(session, _SESSION),
        "resources": taken,
    }
