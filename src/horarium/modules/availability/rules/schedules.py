"""Which dated sessions a schedule makes, and what becomes of those that are there already.

A schedule speaks in wall-clock time of its location. A start in a gap of the clock is the first instant after it, one
in a repeated hour its first occurrence, and the duration is real time; a date that the zone left out has no session.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from horarium.kit.zones import instant_of, local_date_of


@dataclass(frozen=True, slots=True)
class ScheduleRule:
    """On `weekdays` (0 = Monday) from `first_on` to `last_on` (None: on and on), and on `dates`, save `except_on`."""

    first_on: date
    starts_minute: int
    duration: int
    weekdays: frozenset[int] = frozenset()
    dates: frozenset[date] = frozenset()
    except_on: frozenset[date] = frozenset()
    last_on: date | None = None

    def is_on(self, day: date) -> bool:
        if day in self.except_on:
            return False
        in_season = self.first_on <= day and (self.last_on is None or day <= self.last_on)
        return day in self.dates or (in_season and day.weekday() in self.weekdays)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A session that should be: the local date it stands for, instants in UTC."""

    on: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class KnownSession:
    """A session that a schedule has made. `places`: how many of it are sold or held now."""

    id: int
    on: date
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool
    is_edited: bool
    places: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What makes the sessions as the schedule says.

    `sold`: sessions with guests that do not fit the schedule any more. Nothing is done about them here; the second
    value is when they should be, or None when they should not be at all.
    """

    add: tuple[Occurrence, ...] = ()
    move: tuple[tuple[KnownSession, Occurrence], ...] = ()
    drop: tuple[KnownSession, ...] = ()
    keep: tuple[KnownSession, ...] = ()
    sold: tuple[tuple[KnownSession, Occurrence | None], ...] = ()


def occurrences(rule: ScheduleRule, first: date, last: date, tz: ZoneInfo) -> list[Occurrence]:
    """The sessions of the local dates `[first, last]`, by date."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if not rule.is_on(day):
            continue
        starts_at = instant_of(day, rule.starts_minute, tz)
        if local_date_of(starts_at, tz) == day:
            ends_at = starts_at + timedelta(minutes=rule.duration)
            found.append(Occurrence(day, starts_at.astimezone(UTC), ends_at.astimezone(UTC)))
    return found


def reconcile(wanted: Iterable[Occurrence], known: Iterable[KnownSession]) -> Changes:
    """Sessions that were cancelled or changed by themselves stay as they are; their dates are not filled again."""
    there = {one.on: one for one in known}
    add: list[Occurrence] = []
    move: list[tuple[KnownSession, Occurrence]] = []
    sold: list[tuple[KnownSession, Occurrence | None]] = []
    keep: list[KnownSession] = []
    for occurrence in wanted:
        session = there.pop(occurrence.on, None)
        if session is None:
            add.append(occurrence)
        elif session.is_cancelled or session.is_edited:
            continue
        elif (session.starts_at, session.ends_at) == (occurrence.starts_at, occurrence.ends_at):
            keep.append(session)
        elif session.places:
            sold.append((session, occurrence))
        else:
            move.append((session, occurrence))
    left = [one for one in there.values() if not one.is_cancelled and not one.is_edited]
    sold += [(one, None) for one in left if one.places]
    drop = tuple(one for one in left if not one.places)
    return Changes(tuple(add), tuple(move), drop, tuple(keep), tuple(sold))


def ended_before(rule: ScheduleRule, on: date) -> ScheduleRule:
    """The same schedule without anything on that date or later."""
    last = on - timedelta(days=1)
    return replace(
        rule,
        last_on=last if rule.last_on is None else min(rule.last_on, last),
        dates=frozenset(one for one in rule.dates if one < on),
        except_on=frozenset(one for one in rule.except_on if one < on),
    )


def begun_on(rule: ScheduleRule, on: date) -> ScheduleRule:
    """The same schedule without anything before that date."""
    return replace(
        rule,
        first_on=max(rule.first_on, on),
        dates=frozenset(one for one in rule.dates if one >= on),
        except_on=frozenset(one for one in rule.except_on if one >= on),
    )
