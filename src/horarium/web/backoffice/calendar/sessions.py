"""Sessions of a week: how many places are taken, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import get_language

from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.queries_sessions import SessionFacts, read_sessions
from horarium.modules.booking.queries_faces import DayRow, list_session_guests
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import day_text

from .choice import Choice


def session_week(office: Office, choice: Choice, now: datetime) -> dict[str, Any]:
    """Two queries, however many sessions and guests there are."""
    tz = zone(choice.time_zone)
    starts_at = instant_of(choice.first_on, 0, tz)
    found = sessions_between(office, choice, starts_at, instant_of(choice.last_on, 1440, tz), now)
    guests = list_session_guests(office.business.pk, [one.id for one in found], now)
    days = []
    for day in choice.days:
        of_day = [one for one in found if local_date_of(one.starts_at, tz) == day]
        days.append(
            {
                "on": day,
                "label": day_text(day, long=True),
                "today": day == choice.today,
                "sessions": [session_row(office, choice, one, guests, now) for one in of_day],
            }
        )
    return {"days": days, "count": len(found)}


def sessions_between(
    office: Office, choice: Choice, starts_at: datetime, ends_at: datetime, now: datetime
) -> list[SessionFacts]:
    """Those that this member may see, without shared ones that nobody has any more. One query."""
    offerings = [one.id for one in sessions_of(choice.catalog)]
    found = read_sessions(office.business.pk, offerings, starts_at, ends_at, now) if offerings else []
    return [
        one
        for one in found
        if one.is_alive and (not one.resources or _is_mine(choice, one) or choice.sees_all)
    ]


def sessions_of(catalog: Catalog) -> list[OfferingFacts]:
    return [one for one in catalog.offerings.values() if one.mode == "session" or one.is_shared]


def session_row(
    office: Office, choice: Choice, one: SessionFacts, guests: Sequence[DayRow], now: datetime
) -> dict[str, Any]:
    catalog = choice.catalog
    offering = catalog.offering_of_key(one.offering_id)
    names = [resource_name(catalog.resources[key]) for key in one.resources if key in catalog.resources]
    return {
        "id": one.public_id,
        "name": offering.text("name", get_language() or "en"),
        "start": one.starts_at,
        "end": one.ends_at,
        "zone": offering.location.time_zone,
        "places": ", ".join(names),
        "taken": one.taken,
        "total": one.total,
        "held": one.held,
        "is_full": one.taken >= one.total,
        "is_cancelled": not one.is_scheduled,
        "is_over": one.ends_at <= now,
        "missing": _missing(one),
        "note": one.note,
        "guests": [_guest(catalog, row) for row in guests if row.session_key == one.id],
        "url": _url(office, one.public_id),
        "has_door": one.is_scheduled and (choice.sees_all or _is_mine(choice, one)),
    }


def _is_mine(choice: Choice, one: SessionFacts) -> bool:
    """Whether it has taken any of the resources that this member sees."""
    return any(each.id in one.resources for each in choice.able)


def _missing(one: SessionFacts) -> int:
    """How many places must still be sold for it to run."""
    return max(0, one.min_places - one.sold) if one.is_scheduled and one.decided_at is None else 0


def _guest(catalog: Catalog, row: DayRow) -> dict[str, Any]:
    offering = catalog.offering_of_key(row.offering_key)
    language = get_language() or "en"
    names = {one.public_id: one.text("name", language) for one in offering.ticket_types}
    tickets = row.guests.get("tickets", {})
    told = ", ".join(f"{names.get(key, '')} × {count}".strip() for key, count in tickets.items())
    return {"row": row, "tickets": told or (f"× {row.party}" if row.party > 1 else "")}


def _url(office: Office, session_id: str) -> str:
    """The session's own screen."""
    try:
        return office.url("session", session_id)
    except NoReverseMatch:
        return ""
