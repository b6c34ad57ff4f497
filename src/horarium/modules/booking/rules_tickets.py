"""Who may enter with a ticket, and how a ticket is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from horarium.kit.zones import local_date_of

DOORS_OPEN = timedelta(hours=4)
"""Before a session that begins after midnight, people of the evening before are let in."""
PAID = frozenset({"confirmed", "checked_in", "completed", "no_show"})
"""States of a booking whose tickets open the door; those who were marked as not come may come late."""
GONE = frozenset({"cancelled", "expired"})


class Entry(StrEnum):
    """What the door says to a ticket."""

    OK = "ok"
    ALREADY_IN = "already_in"
    WRONG_DAY = "wrong_day"
    WRONG_SESSION = "wrong_session"
    CANCELLED = "cancelled"
    NOT_CONFIRMED = "not_confirmed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shown:
    """A ticket as the door sees it; `is_expected`: it is for the session that the door is open for."""

    is_void: bool
    booking_state: str
    starts_at: datetime
    ends_at: datetime
    checked_in_at: datetime | None
    is_expected: bool = True


def may_enter(ticket: Shown, now: datetime, tz: ZoneInfo) -> Entry:
    """The first that is true in this order. On the date of the session at its location, or while it lasts."""
    if ticket.is_void or ticket.booking_state in GONE:
        return Entry.CANCELLED
    if ticket.booking_state not in PAID:
        return Entry.NOT_CONFIRMED
    if not ticket.is_expected:
        return Entry.WRONG_SESSION
    if not is_its_day(ticket.starts_at, ticket.ends_at, now, tz):
        return Entry.WRONG_DAY
    return Entry.OK if ticket.checked_in_at is None else Entry.ALREADY_IN


def is_its_day(starts_at: datetime, ends_at: datetime, now: datetime, tz: ZoneInfo) -> bool:
    if starts_at - DOORS_OPEN <= now < ends_at:
        return True
    return local_date_of(now, tz) == local_date_of(starts_at, tz)


def code_of(read: str) -> str:
    """The code in what was scanned or typed: by itself, or at the end of an address; case and gaps do not matter."""
    last = read.strip().rstrip("/").rpartition("/")[2]
    return "".join(last.split()).replace("-", "").upper()
