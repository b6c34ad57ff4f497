"""The agenda of a day: who arrives, who leaves, and what starts in which hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language

from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.availability.queries_blocks import list_taken
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.booking.queries_faces import DayRow, list_day
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import localized

from .choice import Choice
from .rooms import stays_of
from .sessions import session_row, sessions_between


def day_plan(office: Office, choice: Choice, now: datetime) -> dict[str, Any]:
    """Three queries, however much there is."""
    tz = zone(choice.time_zone)
    starts_at, ends_at = instant_of(choice.day, 0, tz), instant_of(choice.day, 1440, tz)
    rows = _rows(office, choice, (starts_at, ends_at), now)
    stays = [one for one in rows if _mode(choice, one) == "stay"]
    sessions = sessions_between(office, choice, starts_at, ends_at, now)
    lines = [_line(choice, one) for one in rows if _mode(choice, one) != "stay" and one.session_key is None]
    lines += [
        {
            "session": session_row(office, choice, one, [], now),
            "at": one.starts_at,
            "is_over": one.ends_at <= now,
        }
        for one in sessions
    ]
    return {
        "arrivals": [_line(choice, one) for one in stays if local_date_of(one.starts_at, tz) == choice.day],
        "departures": [_line(choice, one) for one in stays if local_date_of(one.ends_at, tz) == choice.day],
        "staying": [
            _line(choice, one)
            for one in stays
            if local_date_of(one.starts_at, tz) < choice.day < local_date_of(one.ends_at, tz)
        ],
        "has_stays": bool(stays_of(choice.catalog)),
        "hours": _hours(lines, choice.time_zone),
        "now": now,
    }


def _rows(office: Office, choice: Choice, between: tuple[datetime, datetime], now: datetime) -> list[DayRow]:
    """Of the day, with the guests who slept here before it: their departure may be in the morning."""
    rooms = {key for offering in stays_of(choice.catalog) for key in offering.resource_ids()}
    mine = {one.id for one in choice.able}
    span = BlockSpan(between[0] - timedelta(hours=1), between[1], tuple(sorted(rooms & mine)))
    taken = list_taken(office.business.pk, [span], now)
    keys = {one.owner_id for one in taken if one.owner_kind == "booking"}
    rows = list_day(office.business.pk, *between, now, keys=keys)
    places = {one.location_id for one in choice.able}
    return [
        one
        for one in rows
        if not mine.isdisjoint(one.resource_ids)
        or (choice.sees_all and not one.resource_ids and _place(choice, one) in places)
    ]


def _place(choice: Choice, row: DayRow) -> int:
    return choice.catalog.offering_of_key(row.offering_key).location.id


def _mode(choice: Choice, row: DayRow) -> str:
    return choice.catalog.offering_of_key(row.offering_key).mode


def _line(choice: Choice, row: DayRow) -> dict[str, Any]:
    offering = choice.catalog.offering_of_key(row.offering_key)
    resources = choice.catalog.resources
    return {
        "row": row,
        "at": row.starts_at,
        "zone": offering.location.time_zone,
        "what": offering.text("name", get_language() or "en"),
        "places": ", ".join(resource_name(resources[key]) for key in row.resource_ids if key in resources),
        "nights": (
            localized(row.ends_at, choice.time_zone).date()
            - localized(row.starts_at, choice.time_zone).date()
        ).days,
        "is_over": row.state in ("completed", "no_show") or row.checked_out_at is not None,
    }


def _hours(lines: list[dict[str, Any]], zone_name: str) -> list[dict[str, Any]]:
    """By the hour of the wall clock, in the order of time."""
    found: dict[datetime, list[dict[str, Any]]] = {}
    for line in sorted(lines, key=lambda one: one["at"]):
        hour = localized(line["at"], zone_name).replace(minute=0, second=0, microsecond=0)
        found.setdefault(hour, []).append(line)
    return [{"at": at, "lines": of_hour} for at, of_hour in found.items()]
