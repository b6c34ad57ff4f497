"""What may be said about a session, and the checks that it must pass."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.rules import Catalog, OfferingFacts

from .sessions import resources_of

STEP = 5
LONGEST = 14 * 1440
MOST_PLACES = 100_000
MOST_DECIDE_HOURS = 24 * 90


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """A session by itself, as it comes from staff. What is None is as the offering has it; `resources`: public ids."""

    offering: str
    starts_at: datetime
    duration: int | None = None
    capacity: int | None = None
    min_places: int = 0
    decide_hours: int = 24
    resources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What is None stays. `resources`: public ids of those wished; the others are chosen."""

    starts_at: datetime | None = None
    duration: int | None = None
    capacity: int | None = None
    min_places: int | None = None
    decide_hours: int | None = None
    resources: tuple[str, ...] | None = None
    note: str | None = None


def session_offering(catalog: Catalog, public_id: str) -> OfferingFacts:
    """Raises NotFound, and InvalidInput for an offering of another mode."""
    offering = catalog.get_offering(public_id, public_only=False)
    if offering.mode != "session":
        raise refuse("offering", "mode", "not an offering with sessions")
    return offering


def check_duration(duration: int) -> int:
    if duration % STEP or not STEP <= duration <= LONGEST:
        raise refuse("duration", "not_five_minutes", "not in steps of five minutes up to fourteen days")
    return duration


def check_capacity(capacity: int) -> int:
    if not 1 <= capacity <= MOST_PLACES:
        raise refuse("capacity", "out_of_range", "not a number of places")
    return capacity


def check_minimum(min_places: int, decide_hours: int, capacity: int) -> None:
    if not 0 <= min_places <= capacity:
        raise refuse("min_places", "out_of_range", "more than there are")
    if not 0 <= decide_hours <= MOST_DECIDE_HOURS:
        raise refuse("decide_hours", "out_of_range", "not within ninety days")


def check_start(starts_at: datetime, now: datetime) -> None:
    if starts_at.tzinfo is None or starts_at <= now or starts_at - now > timedelta(days=3 * 366):
        raise refuse("starts_at", "date", "not a time to come")
    if int(starts_at.timestamp()) % (STEP * 60) or starts_at.microsecond:
        raise refuse("starts_at", "not_five_minutes", "not in steps of five minutes")


def check_note(note: str) -> str:
    if len(note.strip()) > 200:
        raise refuse("note", "too_long", "longer than 200 characters")
    return note.strip()


def check_resources(catalog: Catalog, offering: OfferingFacts, wished: Collection[str]) -> frozenset[int]:
    """Keys of resources that can serve the offering. Raises InvalidInput."""
    able = resources_of(offering)
    found = set()
    for public_id in wished:
        resource = catalog.find_resource(public_id)
        if resource is None or resource.id not in able:
            raise refuse("resources", "resource_unavailable", "does not serve this offering")
        found.add(resource.id)
    return frozenset(found)


def decide_at(starts_at: datetime, min_places: int, decide_hours: int) -> datetime | None:
    return starts_at.astimezone(UTC) - timedelta(hours=decide_hours) if min_places else None


def refuse(field: str, reason: str, message: str) -> InvalidInput:
    return InvalidInput(message, field=field, params={"reason": reason})
