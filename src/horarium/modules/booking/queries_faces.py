"""Bookings as a day's agenda and as the guests of sessions. Holds that have run out are left out."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from .rules import TAKES_TIME

_COLUMNS = """
    b.public_id, b.state, b.starts_at, b.ends_at, b.party, b.offering_id, b.session_id, o.contact_name,
    o.contact_phone, concat_ws(' · ', nullif(b.staff_notes, ''), nullif(o.notes, '')), b.arrives_at, b.checked_in_at,
    b.checked_out_at, b.guests, ARRAY(SELECT a.resource_id FROM booking_assignment a
        WHERE a.business_id = b.business_id AND a.booking_id = b.id ORDER BY a.requirement_id, a.id)
FROM booking_booking b
JOIN booking_order o ON o.business_id = b.business_id AND o.id = b.order_id
WHERE b.business_id = %(business)s AND b.state = ANY(%(states)s) AND (b.state <> 'held' OR o.expires_at > %(now)s)
"""
_DAY_SQL = f"""
SELECT {_COLUMNS}
    AND (b.id = ANY(%(keys)s) OR b.starts_at >= %(starts)s AND b.starts_at < %(ends)s)
ORDER BY b.starts_at, b.id
"""
_SESSIONS_SQL = f"SELECT {_COLUMNS} AND b.session_id = ANY(%(keys)s) ORDER BY o.contact_name, b.id"


@dataclass(frozen=True, slots=True)
class DayRow:
    """A booking of a day. Instants in UTC; `guests` as on the booking; `resource_ids` in the order of the needs."""

    id: str
    state: str
    starts_at: datetime
    ends_at: datetime
    party: int
    offering_key: int
    session_key: int | None
    contact_name: str
    contact_phone: str
    notes: str
    arrives_at: datetime | None
    checked_in_at: datetime | None
    checked_out_at: datetime | None
    guests: dict[str, Any]
    resource_ids: tuple[int, ...]


def list_day(
    business_id: int, starts_at: datetime, ends_at: datetime, now: datetime, *, keys: Collection[int] = ()
) -> list[DayRow]:
    """Bookings that start in `[starts_at, ends_at)`, and those of these keys, by start. One query."""
    return _rows(_DAY_SQL, business_id, now, {"starts": starts_at, "ends": ends_at, "keys": list(keys)})


def list_session_guests(business_id: int, session_keys: Collection[int], now: datetime) -> list[DayRow]:
    """Bookings of these sessions, by the guest's name. One query."""
    return _rows(_SESSIONS_SQL, business_id, now, {"keys": list(session_keys)}) if session_keys else []


def _rows(sql: str, business_id: int, now: datetime, values: dict[str, Any]) -> list[DayRow]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, "business": business_id, "states": list(TAKES_TIME), "now": now})
        return [DayRow(*(*row[:13], _json(row[13]), tuple(row[14]))) for row in cursor.fetchall()]


def _json(value: Any) -> dict[str, Any]:
    """Django's cursor gives jsonb as text."""
    if isinstance(value, str):
        return json.loads(value)  # type: ignore[no-any-return]  # an object by the model's default
    return value or {}
