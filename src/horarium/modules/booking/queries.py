"""Reads of bookings for staff.

A page costs one statement, however many rows there are, while the catalogue stays; orders that have lost some of
their bookings cost two more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from horarium.kit.clock import now as present
from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.catalog.queries import get_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.modules.customers.rules import search_terms
from horarium.modules.ledger.queries import flow_of_row, flow_sql
from horarium.modules.ledger.rules import payment_state
from horarium.platform.database.prepared import prepared_cursor, seconds_of
from horarium.platform.tenancy.queries_keys import KEY_STANDS, KnownKey

from .rules import VOID, effective_state, may_change_rooms

T = TypeVar("T")

PAGE_SIZE = 25
MAX_PAGE_SIZE = 200
COUNT_UP_TO = 1000
ORDERS = {"start": "b.starts_at, b.id", "-start": "b.starts_at DESC, b.id DESC", "-created": "b.id DESC"}


@dataclass(frozen=True, slots=True)
class BookingFilters:
    """Empty means any. `[since, until)` are aware instants of the start; the rest are public ids and words.

    `states` are effective: a hold that has passed its time counts as `expired`. `search` looks into the
    customer's name, e-mail and phone, and finds a booking or order by its whole id.
    """

    states: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    resource: str = ""
    offering: str = ""
    location: str = ""
    customer: str = ""
    order: str = ""
    channel: str = ""
    search: str = ""
    member_id: int | None = None
    """Only bookings served by resources of this member, and those of sessions that have taken one: what a specialist
    may see.
    """


@dataclass(frozen=True, slots=True)
class PageWanted:
    """`order`: a key of ORDERS."""

    number: int = 1
    size: int = PAGE_SIZE
    order: str = "-start"


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    rows: tuple[T, ...]
    number: int
    size: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class Assigned:
    """A resource that serves the booking."""

    id: str
    name: str
    kind: str
    color: str


class BookingRow(NamedTuple):
    """One booking in a list. Instants are in the location's zone; `paid` and `payment_state` are the order's.

    A named tuple, because a frozen dataclass of so many fields takes four times as long to make.
    """

    id: str
    order_id: str
    state: str
    start: datetime
    end: datetime
    time_zone: str
    party: int
    offering_id: str
    offering_name: str
    location_id: str
    location_name: str
    resources: tuple[Assigned, ...]
    may_change_rooms: bool
    customer_id: str
    customer_name: str
    contact_name: str
    contact_email: str
    contact_phone: str
    price: Money
    order_total: Money
    paid: Money
    payment_state: str
    channel: str
    notes: str
    staff_notes: str
    needs_approval: bool
    expires_at: datetime | None
    created_at: datetime


# Planning a join costs more than running it, so names come from the catalogue in memory: its revision is read along.
_COLUMNS = f"""
SELECT b.public_id, o.public_id, b.state, b.total_minor, o.total_minor, o.currency,
    b.starts_at, b.ends_at, o.expires_at, b.approve_by, b.created_at, b.party, b.offering_id, b.location_id,
    (SELECT array_agg(a.resource_id ORDER BY a.id) FROM booking_assignment a
     WHERE a.business_id = b.business_id AND a.booking_id = b.id),
    b.is_pinned OR b.is_resource_chosen, c.public_id, c.name, o.contact_name, o.contact_email, o.contact_phone,
    o.channel, o.notes, b.staff_notes, b.needs_approval,
    {flow_sql(business="o.business_id", subject="o.public_id")},
    (SELECT catalog_revision FROM tenancy_business WHERE id = %(business)s)
"""
_TOTALS = """
SELECT o.public_id, sum(part.total_minor) FROM booking_order o, LATERAL (
    SELECT b.total_minor, b.state FROM booking_booking b WHERE b.business_id = o.business_id AND b.order_id = o.id
    UNION ALL
    SELECT l.total_minor, l.state FROM booking_productline l WHERE l.business_id = o.business_id AND l.order_id = o.id
) AS part
WHERE o.business_id = %s AND o.public_id = ANY(%s) AND part.state NOT IN ('cancelled', 'expired', 'no_show')
GROUP BY o.public_id
"""
_JOINS = {
    "o": "JOIN booking_order o ON o.business_id = b.business_id AND o.id = b.order_id",
    "c": "JOIN customers_customer c ON c.business_id = o.business_id AND c.id = o.customer_id",
    "f": "JOIN catalog_offering f ON f.business_id = b.business_id AND f.id = b.offering_id",
    "l": "JOIN tenancy_location l ON l.business_id = b.business_id AND l.id = b.location_id",
}
_ALIAS = re.compile(r"\b([ocfl])\.")
# The page is cut first, from the bookings' own index: only its rows are then joined and summed up. The number of rows
# stands in the text and the offset behind a SELECT: as plain parameters they would make every plan that is kept look
# dearer than a new one, and planning this costs twice what running it does.
_PAGE = """
WITH page AS MATERIALIZED (SELECT b.id {matching} ORDER BY {order} LIMIT {limit:d} OFFSET (SELECT %(offset)s::bigint))
{columns}
FROM page JOIN booking_booking b ON b.business_id = %(business)s AND b.id = page.id
JOIN booking_order o ON o.business_id = b.business_id AND o.id = b.order_id
JOIN customers_customer c ON c.business_id = o.business_id AND c.id = o.customer_id
ORDER BY {order}
"""
_LAPSED = """(b.state = 'held' AND o.expires_at <= %(now)s
    OR b.state = 'pending' AND coalesce(b.approve_by <= %(now)s, false))"""
_STATES = f"""
AND (b.state = ANY(%(states)s) AND NOT {_LAPSED} OR 'expired' = ANY(%(states)s) AND {_LAPSED})
"""
_SERVED_BY = """
AND EXISTS (SELECT 1 FROM booking_assignment a JOIN resources_resource r
    ON r.business_id = a.business_id AND r.id = a.resource_id
    WHERE a.business_id = b.business_id AND a.booking_id = b.id AND {condition})
"""
# A session holds its guide by itself: bookings of it are assigned to nobody.
_OF_MEMBER = f"""
AND (TRUE {_SERVED_BY.format(condition="r.member_id = %(member)s")} OR EXISTS (
    SELECT 1 FROM availability_allocation a
    JOIN resources_resource r ON r.business_id = a.business_id AND r.id = a.resource_id
    WHERE a.business_id = b.business_id AND a.owner_kind = 'session' AND a.owner_id = b.session_id
        AND a.state <> 'released' AND r.member_id = %(member)s))
"""


def list_bookings(
    business_id: int,
    filters: BookingFilters | None = None,
    page: PageWanted | None = None,
    key: KnownKey | None = None,
) -> Page[BookingRow]:
    """A page of bookings with the money of their orders, in one statement.

    `key`: nothing is found unless this API key stands.
    """
    wanted = page or PageWanted()
    size = min(max(1, wanted.size), MAX_PAGE_SIZE)
    number = max(1, wanted.number)
    where, values = _where(business_id, filters or BookingFilters())
    values["offset"] = (number - 1) * size
    if key is not None:
        where, values = f"{where} AND {KEY_STANDS}", values | key.values
    with prepared_cursor(counts=True) as cursor:
        cursor.execute(_page_sql(where, ORDERS[wanted.order], size + 1), values)
        found = cursor.fetchall()
    has_next, found = len(found) > size, found[:size]
    return Page(_rows(business_id, found, values["now"]), number, size, has_next)


def count_bookings(business_id: int, filters: BookingFilters | None = None) -> int:
    """How many there are, counted up to COUNT_UP_TO: beyond that a list says "more than"."""
    where, values = _where(business_id, filters or BookingFilters())
    with prepared_cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 {_matching(where)} LIMIT %(limit)s) AS found",
            {**values, "limit": COUNT_UP_TO},
        )
        return int(cursor.fetchone()[0])


def find_booking_row(
    business_id: int, booking_id: str, filters: BookingFilters | None = None
) -> BookingRow | None:
    """One booking as lists show it, when the filters let it through."""
    where, values = _where(business_id, filters or BookingFilters())
    with prepared_cursor(counts=True) as cursor:
        sql = _page_sql(f"{where} AND b.public_id = %(id)s", ORDERS["start"], 1)
        cursor.execute(sql, {**values, "id": booking_id, "offset": 0})
        return next(iter(_rows(business_id, cursor.fetchall(), values["now"])), None)


def _page_sql(where: str, order: str, limit: int) -> str:
    return _PAGE.format(matching=_matching(where), order=order, limit=limit, columns=_COLUMNS)


def _matching(where: str) -> str:
    """Bookings of the business, joined with no more than the conditions speak of."""
    spoken = set(_ALIAS.findall(where))
    needed = spoken | {"o"} if "c" in spoken else spoken
    joins = " ".join(join for alias, join in _JOINS.items() if alias in needed)
    return f"FROM booking_booking b {joins} WHERE b.business_id = %(business)s {where}"


def _where(business_id: int, filters: BookingFilters) -> tuple[str, dict[str, Any]]:
    """Conditions are ours, values are bound."""
    values: dict[str, Any] = {"business": business_id, "now": present()}
    parts = []

    def add(condition: str, name: str, value: object) -> None:
        if value:
            parts.append(condition)
            values[name] = value

    add(_STATES, "states", list(filters.states))
    add("AND b.starts_at >= %(since)s", "since", filters.since)
    add("AND b.starts_at < %(until)s", "until", filters.until)
    add(_SERVED_BY.format(condition="r.public_id = %(resource)s"), "resource", filters.resource)
    add(_OF_MEMBER, "member", filters.member_id)
    add("AND f.public_id = %(offering)s", "offering", filters.offering)
    add("AND l.public_id = %(location)s", "location", filters.location)
    add("AND c.public_id = %(customer)s", "customer", filters.customer)
    add("AND o.public_id = %(order)s", "order", filters.order)
    add("AND o.channel = %(channel)s", "channel", filters.channel)
    if terms := search_terms(filters.search):
        patterns = [f"%{_literal(term)}%" for term in terms]
        add(
            "AND (c.search LIKE ALL(%(terms)s) OR b.public_id = %(text)s OR o.public_id = %(text)s)",
            "terms",
            patterns,
        )
        values["text"] = filters.search.strip()
    return " ".join(parts), values


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _rows(business_id: int, found: list[Any], now: datetime) -> tuple[BookingRow, ...]:
    if not found:
        return ()
    several = [order_id for _, order_id, state, price, total, *_ in found if price != total or state in VOID]
    left = standing_totals(business_id, several)
    sight = _Sight(get_catalog(business_id, found[0][-1]), now)
    return tuple([_row(one, sight, left) for one in found])


def standing_totals(business_id: int, several: list[str]) -> dict[str, int]:
    """The price of what stands of orders of several parts, goods included; those of which nothing stands are not in it.

    Only these need another question.
    """
    if not several:
        return {}
    with prepared_cursor() as cursor:
        cursor.execute(_TOTALS, [business_id, several])
        return {order_id: int(total) for order_id, total in cursor.fetchall()}


class _Sight:
    """What the rows of one page share: names by key, and each set of resources made once."""

    def __init__(self, catalog: Catalog, now: datetime) -> None:
        self.now = now
        self.offerings = {one.id: one for one in catalog.offerings.values()}
        self.locations = {key: (one, zone(one.time_zone)) for key, one in catalog.locations.items()}
        self._resources = catalog.resources
        self._assigned: dict[tuple[int, ...], tuple[Assigned, ...]] = {}

    def assigned(self, keys: Iterable[int]) -> tuple[Assigned, ...]:
        wanted = tuple(keys)
        known = self._assigned.get(wanted)
        if known is None:
            found = (self._resources[key] for key in wanted)
            known = tuple(Assigned(one.public_id, one.name, one.kind, one.color) for one in found)
            self._assigned[wanted] = known
        return known


# The same pages are read again and again, and neither amounts nor instants grow old.
_money = lru_cache(maxsize=4096)(Money)


@lru_cache(maxsize=8192)
def _instant(counted: int, tz: tzinfo) -> datetime:
    return datetime.fromtimestamp(seconds_of(counted), tz)


def _row(one: Any, sight: _Sight, left: dict[str, int]) -> BookingRow:
    """`left`: the price of what stands of orders of several bookings. Of one of which nothing stands, the first price
    is shown, and only the fees that were kept had to be paid.
    """
    (
        booking_id, order_id, state, price, total, currency, starts, ends, expires, approve, created,
        party, offering_key, location_key, served_by, is_kept, customer_id, customer_name, contact_name,
        contact_email, contact_phone, channel, notes, staff_notes, needs_approval, sums, _,
    ) = one  # fmt: skip
    flow = flow_of_row(sums)
    due = total = left.get(order_id, total)
    if order_id in left or state not in VOID:
        due += flow.fees
    elif flow.fees:
        due = flow.fees
    offering, (location, tz) = sight.offerings[offering_key], sight.locations[location_key]
    expires_at = None if expires is None else _instant(expires, tz)
    approve_by = None if approve is None else _instant(approve, tz)
    start = _instant(starts, tz)
    state = effective_state(state, expires_at, sight.now, approve_by)
    may_change = may_change_rooms(offering.mode, state, is_kept=is_kept, has_begun=start <= sight.now)
    standing = payment_state(due, flow.paid, refunded=flow.refunded).value
    # In the order of the fields: by their names it takes three times as long, and there are many rows.
    return BookingRow(
        booking_id, order_id, state, start, _instant(ends, tz), location.time_zone, party,
        offering.public_id, offering.name, location.public_id, location.name,
        sight.assigned(served_by or ()), may_change, customer_id, customer_name,
        contact_name, contact_email, contact_phone,
        _money(price, currency), _money(total, currency), _money(flow.paid, currency), standing,
        channel, notes, staff_notes, needs_approval, expires_at, _instant(created, tz),
    )  # fmt: skip
