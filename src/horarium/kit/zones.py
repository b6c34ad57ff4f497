"""From wall clocks to instants and back, across every change of a zone's offset.

A wall time that a forward change skips (a *gap*) means the first instant that exists after it; one that
a backward change repeats (a *fold*) means its first occurrence. Instants given back are aware and in UTC.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from horarium.kit.errors import InvalidInput
from horarium.kit.period import Period

_DAY_MINUTES: Final = 24 * 60
_NOT_PLACES: Final = frozenset({"Factory", "localtime"})


class UnknownZone(InvalidInput):
    """No such name in the IANA time zone database."""

    code = "zone.unknown"


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The IANA zone of this exact name; anything else raises `UnknownZone`."""
    if name not in _names():
        raise UnknownZone(f"unknown time zone {name!r}", params={"zone": name})
    return ZoneInfo(name)


@lru_cache(maxsize=65_536)
def instant_of(local_date: date, minutes_from_midnight: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the wall clock shows so many minutes after 00:00 of the date.

    1440 minutes and more mean the wall clock of later dates, a negative number that of earlier ones: 1500 is
    01:00 of the next day, however long the day between is. In a gap: the first existing instant after it;
    in a fold: the first occurrence.
    """
    wall = _wall(local_date, minutes_from_midnight, zone)
    before, after = _offsets(wall)
    utc = wall.replace(tzinfo=UTC)
    if before < after:
        return _change_between(utc - after, utc - before, zone)
    return utc - before


def exists(local_date: date, minutes: int, zone: ZoneInfo) -> bool:
    """Whether the wall clock ever shows this time (minutes as in `instant_of`); false in a gap."""
    before, after = _offsets(_wall(local_date, minutes, zone))
    return before >= after


def local_day(local_date: date, zone: ZoneInfo) -> Period:
    """From 00:00 of the date to 00:00 of the next: 24 hours, or more or less where the offset changes.

    A date that the zone left out altogether (Apia, 30 December 2011) raises `InvalidPeriod`.
    """
    return Period(instant_of(local_date, 0, zone), instant_of(local_date, _DAY_MINUTES, zone))


def local_date_of(instant: datetime, zone: ZoneInfo) -> date:
    """The date on the wall at this (aware) instant."""
    return instant.astimezone(zone).date()


def minutes_of(instant: datetime, zone: ZoneInfo) -> int:
    """Whole minutes after 00:00 that the wall clock shows at this (aware) instant, 0 to 1439."""
    wall = instant.astimezone(zone)
    return wall.hour * 60 + wall.minute


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones()) - _NOT_PLACES


def _wall(local_date: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, _DAY_MINUTES)
    day = date.fromordinal(local_date.toordinal() + days)
    return datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=zone)


def _offsets(wall: datetime) -> tuple[timedelta, timedelta]:
    """Offsets of the two readings of a wall time (PEP 495): equal, growing in a gap, falling in a fold."""
    first, second = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if first is None or second is None:
        raise ValueError("a wall time needs a zone")
    return first, second


def _change_between(earlier: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """The first second after `earlier`, up to `later`, that has the offset of `later`."""
    offset = later.astimezone(zone).utcoffset()
    low, high = 0, int((later - earlier).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (earlier + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return earlier + timedelta(seconds=high)
