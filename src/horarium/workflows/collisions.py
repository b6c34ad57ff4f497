"""Who has the time that somebody wants: bookings, sessions and blocks by name. For staff only, never for guests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.queries_blocks import TakenTime, list_taken, name_blocks, name_sessions
from horarium.modules.availability.rules.blocks import BlockSpan
from horarium.modules.booking.models import Booking
from horarium.modules.booking.queries_names import name_bookings
from horarium.modules.catalog.rules import Catalog, OfferingFacts

from .items import Item, SlotItem, StayItem


@dataclass(frozen=True, slots=True)
class Collision:
    """One owner of taken time. `kind`: booking, session or block; instants in UTC are the owner's, without buffers.

    `title` is the guest's name or the block's reason; `resource_ids` are those in question that it takes.
    """

    kind: str
    id: str
    title: str
    state: str
    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[int, ...]
    offering_key: int | None = None
    taken: tuple[TakenTime, ...] = ()


def list_collisions(
    business_id: int,
    spans: Sequence[BlockSpan],
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> list[Collision]:
    """What takes time of these resources in these spans, by start. At most four queries."""
    by_owner: dict[tuple[str, int], list[TakenTime]] = {}
    for one in list_taken(business_id, spans, now, besides=besides):
        by_owner.setdefault((one.owner_kind, one.owner_id), []).append(one)
    found = [
        *_bookings(business_id, _of_kind(by_owner, "booking")),
        *_sessions(business_id, _of_kind(by_owner, "session")),
        *_blocks(business_id, _of_kind(by_owner, "block")),
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.id))


def collisions_of_item(catalog: Catalog, item: Item, now: datetime) -> list[Collision]:
    """Who has the time that an item of an order wants: of the resource it names, else of all that could serve it."""
    if isinstance(item, SlotItem):
        offering = catalog.get_offering(item.offering, public_only=False)
        starts_at, minutes = item.start, item.duration or offering.durations[0]
        span = _span(catalog, offering, starts_at, starts_at + timedelta(minutes=minutes), item.resource)
    elif isinstance(item, StayItem):
        offering = catalog.get_offering(item.offering, public_only=False)
        tz = zone(offering.location.time_zone)
        starts_at = instant_of(item.check_in, offering.check_in, tz)
        ends_at = instant_of(item.check_out, offering.check_out, tz)
        span = _span(catalog, offering, starts_at, ends_at, item.resource)
    else:
        return []
    return list_collisions(catalog.business.id, [span], now)


def collisions_of_move(
    catalog: Catalog, booking: Booking, start: datetime | None, resource: str | None, now: datetime
) -> list[Collision]:
    """Who has the time that a booking should move to; the booking itself is not in its own way."""
    offering = catalog.offering_of_key(booking.offering_id)
    starts_at = start or booking.starts_at
    span = _span(catalog, offering, starts_at, starts_at + (booking.ends_at - booking.starts_at), resource)
    if resource is None:
        keys = sorted(one.resource_id for one in booking.assignments.all())
        span = BlockSpan(span.starts_at, span.ends_at, tuple(keys))
    return list_collisions(catalog.business.id, [span], now, besides=[("booking", booking.pk)])


def _span(
    catalog: Catalog, offering: OfferingFacts, starts_at: datetime, ends_at: datetime, resource: str | None
) -> BlockSpan:
    """With buffers."""
    named = catalog.find_resource(resource) if resource else None
    keys = [named.id] if named else sorted(offering.resource_ids())
    return BlockSpan(
        starts_at - timedelta(minutes=offering.buffer_before),
        ends_at + timedelta(minutes=offering.buffer_after),
        tuple(keys),
    )


def _of_kind(by_owner: dict[tuple[str, int], list[TakenTime]], kind: str) -> dict[int, list[TakenTime]]:
    return {key: rows for (owner_kind, key), rows in by_owner.items() if owner_kind == kind}


def _bookings(business_id: int, rows: dict[int, list[TakenTime]]) -> list[Collision]:
    names = name_bookings(business_id, rows)
    return [
        Collision(
            "booking",
            one.id,
            one.contact_name,
            one.state,
            one.starts_at,
            one.ends_at,
            _resources(rows[key]),
            one.offering_key,
            tuple(rows[key]),
        )
        for key, one in names.items()
    ]


def _sessions(business_id: int, rows: dict[int, list[TakenTime]]) -> list[Collision]:
    names = name_sessions(business_id, rows) if rows else {}
    return [
        Collision(
            "session",
            one.id,
            "",
            "scheduled",
            one.starts_at,
            one.ends_at,
            _resources(rows[key]),
            one.offering_id,
            tuple(rows[key]),
        )
        for key, one in names.items()
    ]


def _blocks(business_id: int, rows: dict[int, list[TakenTime]]) -> list[Collision]:
    names = name_blocks(business_id, rows) if rows else {}
    return [
        Collision(
            "block",
            one.public_id,
            one.reason,
            "blocked",
            one.starts_at,
            one.ends_at,
            _resources(rows[key]),
            None,
            tuple(rows[key]),
        )
        for key, one in names.items()
    ]


def _resources(rows: Iterable[TakenTime]) -> tuple[int, ...]:
    return tuple(sorted({one.resource_id for one in rows}))
