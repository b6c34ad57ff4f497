"""Bookings as a calendar shows them: what takes the time of which resources, however many bookings there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from horarium.kit.money import Money
from horarium.modules.ledger.queries import flows_of
from horarium.modules.ledger.rules import payment_state

from .rules import TAKES_TIME

LONGEST_DAYS = 8
"""Longer than any booking and its buffers: how far back a booking may start that still reaches into a day."""


@dataclass(frozen=True, slots=True)
class Served:
    """The time that a booking takes of one resource, buffers included. Instants in UTC."""

    resource_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """The money of an order: what it costs, what came in, and what that makes of it."""

    total: Money
    paid: Money
    state: str


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A booking that takes time. Instants in UTC; `money` is the order's, `price` its own."""

    id: str
    order_id: str
    state: str
    starts_at: datetime
    ends_at: datetime
    party: int
    offering_key: int
    contact_name: str
    contact_phone: str
    notes: str
    price: Money
    expires_at: datetime | None
    served: tuple[Served, ...]
    money: OrderMoney | None


_SQL = """
SELECT b.public_id, o.public_id, b.state, b.starts_at, b.ends_at, b.party, b.offering_id, o.contact_name,
    o.contact_phone, concat_ws(' · ', nullif(b.staff_notes, ''), nullif(o.notes, '')), b.total_minor, o.currency,
    CASE WHEN b.state = 'held' THEN o.expires_at END,
    (SELECT json_agg(json_build_array(a.resource_id, date_part('epoch', lower(t.during))::bigint,
            date_part('epoch', upper(t.during))::bigint) ORDER BY a.requirement_id, a.id)
        FROM booking_assignment a
        LEFT JOIN availability_allocation t ON t.business_id = a.business_id AND t.owner_kind = 'booking'
            AND t.owner_id = b.id AND t.resource_id = a.resource_id AND t.state IN ('held', 'taken')
        WHERE a.business_id = b.business_id AND a.booking_id = b.id),
    (SELECT sum(s.total_minor) FROM booking_booking s WHERE s.business_id = b.business_id
        AND s.order_id = b.order_id AND s.state NOT IN ('cancelled', 'expired', 'no_show'))
FROM booking_booking b
JOIN booking_order o ON o.business_id = b.business_id AND o.id = b.order_id
WHERE b.business_id = %(business)s AND b.state = ANY(%(states)s)
    AND (b.state <> 'held' OR o.expires_at > %(now)s)
    AND (b.state <> 'pending' OR b.approve_by IS NULL OR b.approve_by > %(now)s)
    AND b.starts_at > %(starts)s - make_interval(days => %(longest)s)
    AND b.starts_at < %(ends)s AND b.ends_at > %(starts)s
    AND EXISTS (SELECT 1 FROM booking_assignment a WHERE a.business_id = b.business_id AND a.booking_id = b.id
        AND a.resource_id = ANY(%(resources)s))
ORDER BY b.starts_at, b.id
"""


def list_calendar(
    business_id: int,
    resource_ids: Collection[int],
    starts_at: datetime,
    ends_at: datetime,
    *,
    now: datetime,
    with_money: bool = True,
) -> list[CalendarRow]:
    """Bookings that touch `[starts_at, ends_at)` and are served by any of the resources, by start.

    Holds that have run out are left out. One statement, and one for the money of their orders.
    """
    values: dict[str, Any] = {
        "business": business_id,
        "states": list(TAKES_TIME),
        "now": now,
        "starts": starts_at,
        "ends": ends_at,
        "resources": list(resource_ids),
        "longest": LONGEST_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        found = cursor.fetchall()
    money = _money_of(business_id, found) if with_money and found else {}
    return [_row(one, money.get(one[1])) for one in found]


def _money_of(business_id: int, found: list[Any]) -> dict[str, OrderMoney]:
    flows = flows_of(business_id, {one[1] for one in found})
    result = {}
    for one in found:
        flow, currency, total = flows[one[1]], one[11], int(one[14] or 0)
        state = str(payment_state(total + flow.fees, flow.paid, refunded=flow.refunded))
        result[one[1]] = OrderMoney(Money(total, currency), Money(flow.paid, currency), state)
    return result


def _row(one: Any, money: OrderMoney | None) -> CalendarRow:
    starts_at, ends_at = one[3].astimezone(UTC), one[4].astimezone(UTC)
    served = tuple(
        Served(
            resource_id,
            starts_at if starts is None else datetime.fromtimestamp(starts, UTC),
            ends_at if ends is None else datetime.fromtimestamp(ends, UTC),
        )
        for resource_id, starts, ends in one[13] or ()
    )
    return CalendarRow(
        id=one[0],
        order_id=one[1],
        state=one[2],
        starts_at=starts_at,
        ends_at=ends_at,
        party=one[5],
        offering_key=one[6],
        contact_name=one[7],
        contact_phone=one[8],
        notes=one[9],
        price=Money(one[10], one[11]),
        expires_at=one[12],
        served=served,
        money=money,
    )
