"""The shown part of the calendar as plain values: the same for the grid in the browser and for the list without it.

At most five statements, however much there is: revision and catalogue, bookings, their money, blocks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from horarium.kit.zones import instant_of, local_date_of, minutes_of, zone
from horarium.modules.availability.queries import BlockRow, list_blocks
from horarium.modules.booking.queries_calendar import CalendarRow, Served, list_calendar
from horarium.modules.booking.rules import MOVABLE
from horarium.modules.catalog.rules import OfferingFacts
from horarium.modules.customers.rules import phone_text
from horarium.modules.resources.rules import ResourceFacts
from horarium.platform.tenancy.permissions import Permission
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import day_text, localized, money_text, time_text, weekday_text
from horarium.web.components.statuses import look_of

from .choice import Choice, may_write
from .wall import open_parts, parts_of

_USUAL_HOURS = (9 * 60, 18 * 60)
_FEWEST_MINUTES = 8 * 60
_DAY = 1440


def build_feed(office: Office, choice: Choice, now: datetime) -> dict[str, Any]:
    """Wall-clock minutes for drawing and instants for counting; all texts in the reader's language."""
    tz = zone(choice.time_zone)
    columns = choice.columns
    keys = [one.id for one in columns]
    starts_at, ends_at = instant_of(choice.first_on, 0, tz), instant_of(choice.last_on, _DAY, tz)
    sees_money = office.can(Permission.PAYMENTS_READ)
    rows = list_calendar(office.business.pk, keys, starts_at, ends_at, now=now, with_money=sees_money)
    blocks = [
        one
        for one in list_blocks(office.business.pk, starts_at, ends_at)
        if not set(keys).isdisjoint(one.resource_ids)
    ]
    items = [_booking(office, choice, row) for row in rows]
    items += [_block(office, choice, row) for row in blocks]
    hours = {
        f"{one.public_id}|{day}": open_parts(choice.catalog, one, day)
        for one in columns
        for day in choice.days
    }
    return {
        "view": choice.view,
        "zone": choice.time_zone,
        "now": {
            "on": str(local_date_of(now, tz)),
            "minute": minutes_of(now, tz),
            "at": int(now.timestamp() * 1000),
        },
        "range": _range(hours, items),
        "days": [_day(one, choice) for one in choice.days],
        "resources": [_column(one) for one in columns],
        "single": choice.resource is not None,
        "able": _able(choice, rows),
        "hours": hours,
        "items": items,
        "write": may_write(office),
    }


def _day(day: date, choice: Choice) -> dict[str, Any]:
    return {
        "on": str(day),
        "weekday": weekday_text(day, short=True),
        "number": day.day,
        "label": day_text(day, long=True),
        "today": day == choice.today,
    }


def _column(resource: ResourceFacts) -> dict[str, Any]:
    return {
        "id": resource.public_id,
        "name": resource_name(resource),
        "title": resource.title,
        "color": resource.color,
    }


def _booking(office: Office, choice: Choice, row: CalendarRow) -> dict[str, Any]:
    catalog, look = choice.catalog, look_of(row.state)
    offering = catalog.offering_of_key(row.offering_key)
    served = [one for one in row.served if one.resource_id in catalog.resources]
    return {
        "type": "booking",
        "id": row.id,
        "state": row.state,
        "word": str(look.word),
        "icon": look.icon,
        "title": row.contact_name,
        "what": offering.text("name", get_language() or "en"),
        "places": ", ".join(resource_name(catalog.resources[one.resource_id]) for one in served),
        "resources": [catalog.resources[one.resource_id].public_id for one in served],
        "offering": offering.public_id,
        "time": _time(row.starts_at, row.ends_at, choice),
        "at": _wall(row.starts_at, choice),
        "end": _instant(row.ends_at),
        "expires": _instant(row.expires_at) if row.expires_at else None,
        "minutes": int((row.ends_at - row.starts_at).total_seconds() // 60),
        "url": office.url("booking", row.id),
        "move": office.url("calendar_move", row.id) if row.state in MOVABLE and may_write(office) else None,
        "parts": [part for one in served for part in _parts(row, one, choice)],
        "card": _card(row, offering),
    }


def _card(row: CalendarRow, offering: OfferingFacts) -> dict[str, Any]:
    """What a glance at a booking tells."""
    told: dict[str, Any] = {
        "phone": phone_text(row.contact_phone) if row.contact_phone.startswith("+") else row.contact_phone,
        "party": row.party if offering.party_max > 1 else None,
        "notes": row.notes[:160],
    }
    if row.money is not None:
        look = look_of(row.money.state)
        told["price"] = money_text(row.price)
        told["payment"] = {"state": row.money.state, "word": str(look.word), "icon": look.icon}
    return told


def _parts(row: CalendarRow, served: Served, choice: Choice) -> list[dict[str, Any]]:
    """The guest's time on one resource, with the minutes before and after that it is also taken."""
    starts, ends = max(row.starts_at, served.starts_at), min(row.ends_at, served.ends_at)
    if ends <= starts:
        starts, ends = served.starts_at, served.ends_at
    before = int((starts - served.starts_at).total_seconds() // 60)
    after = int((served.ends_at - ends).total_seconds() // 60)
    resource = choice.catalog.resources[served.resource_id].public_id
    found = [
        {
            "resource": resource,
            "on": str(one.on),
            "from": one.starts,
            "until": one.ends,
            "before": 0,
            "after": 0,
        }
        for one in parts_of(starts, ends, choice.days, zone(choice.time_zone))
    ]
    if found:
        found[0]["before"], found[-1]["after"] = max(0, before), max(0, after)
    return found


def _block(office: Office, choice: Choice, row: BlockRow) -> dict[str, Any]:
    look, catalog = look_of("blocked"), choice.catalog
    known = [catalog.resources[one] for one in row.resource_ids if one in catalog.resources]
    tz = zone(choice.time_zone)
    parts = list(parts_of(row.starts_at, row.ends_at, choice.days, tz))
    is_short = local_date_of(row.starts_at, tz) == local_date_of(row.ends_at, tz)
    writes = may_write(office)
    return {
        "type": "block",
        "id": row.public_id,
        "state": "blocked",
        "word": str(look.word),
        "icon": look.icon,
        "title": row.reason or _("Blocked"),
        "what": "",
        "places": ", ".join(resource_name(one) for one in known),
        "resources": [one.public_id for one in known],
        "offering": "",
        "time": _time(row.starts_at, row.ends_at, choice),
        "at": _wall(row.starts_at, choice),
        "end": _instant(row.ends_at),
        "expires": None,
        "minutes": int((row.ends_at - row.starts_at).total_seconds() // 60),
        "url": office.url("calendar_block", row.public_id) if writes else None,
        "move": office.url("calendar_block_move", row.public_id) if writes and is_short else None,
        "parts": [
            {"resource": one.public_id, "on": str(part.on), "from": part.starts, "until": part.ends}
            for one in known
            for part in parts
        ],
        "card": {},
    }


def _time(starts_at: datetime, ends_at: datetime, choice: Choice) -> str:
    """`10:00–11:00`, with the day where it is another one."""
    starts, ends = localized(starts_at, choice.time_zone), localized(ends_at, choice.time_zone)
    if starts.date() == ends.date():
        return f"{time_text(starts)}\u2013{time_text(ends)}"
    return f"{day_text(starts.date())}, {time_text(starts)} \u2013 {day_text(ends.date())}, {time_text(ends)}"


def _wall(moment: datetime, choice: Choice) -> dict[str, Any]:
    tz = zone(choice.time_zone)
    return {"on": str(local_date_of(moment, tz)), "minute": minutes_of(moment, tz)}


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _able(choice: Choice, rows: list[CalendarRow]) -> dict[str, list[str]]:
    """Which of the shown columns can serve each offering that is there."""
    shown = {one.id: one.public_id for one in choice.columns}
    keys = {row.offering_key for row in rows}
    offerings = [choice.catalog.offering_of_key(key) for key in keys]
    return {
        one.public_id: [shown[key] for key in sorted(one.resource_ids() & shown.keys())] for one in offerings
    }


def _range(hours: dict[str, list[tuple[int, int]]], items: list[dict[str, Any]]) -> dict[str, int]:
    """Whole hours that hold all opening times and all bookings; blocks may reach out of them."""
    spans = [span for one in hours.values() for span in one] or [_USUAL_HOURS]
    spans += [
        (part["from"], part["until"]) for one in items if one["type"] == "booking" for part in one["parts"]
    ]
    first = min(starts for starts, _ends in spans) // 60 * 60
    last = -(-max(ends for _starts, ends in spans) // 60) * 60
    if last - first < _FEWEST_MINUTES:
        first = max(0, min(first, _DAY - _FEWEST_MINUTES))
        last = min(_DAY, first + _FEWEST_MINUTES)
    return {"from": first, "until": last}
