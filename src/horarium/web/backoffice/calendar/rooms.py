"""The chessboard: rooms by days of a month, a bar from each arrival to its departure; a table, without scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from horarium.kit.zones import instant_of, local_date_of, minutes_of, zone
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.booking.rules import AMENDABLE, MOVABLE
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.modules.resources.rules import ResourceFacts
from horarium.web.backoffice.bookings.rows import resource_name
from horarium.web.backoffice.shell import Office
from horarium.web.components.formats import day_text, weekday_text
from horarium.workflows.collisions import Collision, list_collisions

from .choice import PAGE_ROOMS, Choice, may_write

_NOON: Final = 720


@dataclass(slots=True)
class Segment:
    """A stretch of a row, `span` half-days long: a bar, or free time that may begin a booking."""

    span: int
    kind: str
    title: str = ""
    told: str = ""
    url: str = ""
    more: int = 0
    is_past: bool = False
    bar: _Bar | None = None
    stay: MovableStay | None = None


@dataclass(frozen=True, slots=True)
class MovableStay:
    """What dragging it to other nights needs: local dates, public ids. `is_here`: it has begun, so its dates stay."""

    url: str
    offering: str
    arrives: date
    leaves: date
    is_here: bool


@dataclass(frozen=True, slots=True)
class RoomRow:
    resource: ResourceFacts
    name: str
    segments: list[Segment]
    taken: frozenset[int]
    """Numbers of the nights that somebody has."""
    offerings: tuple[str, ...]
    """Public ids of what sells its nights."""


@dataclass(frozen=True, slots=True)
class RoomGroup:
    """The rooms of a room type and, by night, how many of them are free."""

    name: str
    rows: list[RoomRow]
    free: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Bar:
    """In half-days of what is shown."""

    starts: int
    ends: int
    collision: Collision


def chessboard(office: Office, choice: Choice, now: datetime) -> dict[str, Any]:
    """At most four queries, however many rooms and bookings there are."""
    tz = zone(choice.time_zone)
    days = choice.days
    groups = _rooms(choice)
    first = (choice.page - 1) * PAGE_ROOMS
    shown = [(name, room) for name, rooms in groups for room in rooms][first : first + PAGE_ROOMS]
    span = BlockSpan(
        instant_of(days[0], 0, tz), instant_of(days[-1], 1440, tz), tuple(room.id for _name, room in shown)
    )
    found = list_collisions(office.business.pk, [span], now) if shown else []
    rows: dict[str, list[RoomRow]] = {}
    for name, room in shown:
        bars = _bars([one for one in found if room.id in one.resource_ids], choice)
        rows.setdefault(name, []).append(_row(office, choice, room, bars))
    count = sum(len(rooms) for _name, rooms in groups)
    return {
        "count": count,
        "pages": max(1, -(-count // PAGE_ROOMS)),
        "days": [_day(one, choice) for one in days],
        "halves": 2 * len(days),
        "today": choice.today,
        "groups": [RoomGroup(name, of_group, _free(of_group, len(days))) for name, of_group in rows.items()],
    }


def _rooms(choice: Choice) -> list[tuple[str, list[ResourceFacts]]]:
    """Rooms by the offering that sells their nights; a room of several stands with the first."""
    language = get_language() or "en"
    seen: set[int] = set()
    groups = []
    for offering in stays_of(choice.catalog):
        rooms = [one for one in choice.able if one.id in offering.resource_ids() and one.id not in seen]
        seen.update(one.id for one in rooms)
        if rooms:
            rooms.sort(key=lambda one: (one.position, one.id))
            groups.append((offering.text("name", language), rooms))
    return groups


def stays_of(catalog: Catalog) -> list[OfferingFacts]:
    return [one for one in catalog.offerings.values() if one.mode == "stay" and one.is_active]


def _day(day: date, choice: Choice) -> dict[str, Any]:
    return {
        "on": day,
        "weekday": weekday_text(day, short=True),
        "number": day.day,
        "label": day_text(day, long=True),
        "today": day == choice.today,
        "weekend": day.weekday() > 4,
    }


def _bars(found: list[Collision], choice: Choice) -> list[_Bar]:
    """Places in half-days: a stay goes from the afternoon of its arrival to the morning of its departure."""
    tz, first, last = zone(choice.time_zone), choice.first_on, 2 * len(choice.days)
    bars = []
    for one in found:
        is_stay = (
            one.offering_key is not None and choice.catalog.offering_of_key(one.offering_key).mode == "stay"
        )
        starts, ends = local_date_of(one.starts_at, tz), local_date_of(one.ends_at, tz)
        begin = 2 * (starts - first).days + int(is_stay or minutes_of(one.starts_at, tz) >= _NOON)
        minute = minutes_of(one.ends_at, tz)
        end = 2 * (ends - first).days + (1 if is_stay else -(-minute // _NOON))
        begin, end = max(0, begin), min(last, max(end, begin + 1))
        if begin < end:
            bars.append(_Bar(begin, end, one))
    return sorted(bars, key=lambda bar: (bar.starts, bar.ends))


def _row(office: Office, choice: Choice, room: ResourceFacts, bars: list[_Bar]) -> RoomRow:
    segments: list[Segment] = []
    at, last = 0, 2 * len(choice.days)
    for bar in bars:
        begin = max(bar.starts, at)
        if begin >= bar.ends:
            segments[-1].more += 1
            continue
        segments += _gaps(office, choice, room, at, begin)
        segments.append(_segment(office, choice, bar, bar.ends - begin))
        at = bar.ends
    segments += _gaps(office, choice, room, at, last)
    nights = {night for bar in bars for night in range(len(choice.days)) if _covers(bar, night)}
    sold = tuple(one.public_id for one in stays_of(choice.catalog) if room.id in one.resource_ids())
    return RoomRow(room, resource_name(room), segments, frozenset(nights), sold)


def _covers(bar: _Bar, night: int) -> bool:
    """Whether it takes some of the night that begins on the afternoon of the day of this number."""
    return bar.starts < 2 * night + 3 and bar.ends > 2 * night + 1


def _gaps(office: Office, choice: Choice, room: ResourceFacts, first: int, last: int) -> list[Segment]:
    """Free time night by night; each may begin a booking."""
    segments = []
    while first < last:
        end = min(last, first + 1 if first % 2 == 0 else first + 2)
        day = choice.first_on + timedelta(days=first // 2)
        is_open = first % 2 == 1 and day >= choice.today and may_write(office)
        told: dict[str, Any] = {"resource": room.public_id, "on": day}
        url = f"{office.url('booking_new')}?{urlencode(told)}" if is_open else ""
        title = f"{resource_name(room)}, {day_text(day)}" if is_open else ""
        segments.append(Segment(end - first, "free", title, "", url, is_past=day < choice.today))
        first = end
    return segments


def _segment(office: Office, choice: Choice, bar: _Bar, span: int) -> Segment:
    one, tz = bar.collision, zone(choice.time_zone)
    first, last = local_date_of(one.starts_at, tz), local_date_of(one.ends_at, tz)
    told = f"{day_text(first)} \u2013 {day_text(last)}"
    if one.kind == "booking":
        stay = _movable(office, choice, one) if may_write(office) else None
        url = office.url("booking", one.id)
        return Segment(span, one.state, one.title, told, url, bar=bar, stay=stay)
    if one.kind == "session":
        key = one.offering_key
        name = choice.catalog.offering_of_key(key).text("name", get_language() or "en") if key else ""
        return Segment(span, "confirmed", name, told, bar=bar)
    url = office.url("calendar_block", one.id) if may_write(office) else ""
    return Segment(span, "blocked", one.title or _("Blocked"), told, url, bar=bar)


def _movable(office: Office, choice: Choice, one: Collision) -> MovableStay | None:
    """A stay in one of these rooms; who is here may still change rooms."""
    offering = choice.catalog.offering_of_key(one.offering_key) if one.offering_key else None
    is_stay = offering is not None and offering.mode == "stay"
    if offering is None or not is_stay or one.state not in AMENDABLE or len(one.resource_ids) != 1:
        return None
    tz = zone(offering.location.time_zone)
    return MovableStay(
        office.url("calendar_move_stay", one.id),
        offering.public_id,
        local_date_of(one.starts_at, tz),
        local_date_of(one.ends_at, tz),
        one.state not in MOVABLE,
    )


def _free(rows: list[RoomRow], nights: int) -> list[int]:
    return [sum(1 for row in rows if night not in row.taken) for night in range(nights)]
