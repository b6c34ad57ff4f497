"""Moving a booking: new time first, the old one released in the same transaction. The frozen price stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django_scopes import scope

from horarium.modules.availability.actions import retake
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.booking.actions import lock_order, record_move, replace_assignments, takings_of
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.rules import MOVABLE
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.audit.actor import Actor

from .list_availability import Slot, compute, inquire
from .plan_bookings import Item, Planned, plan_items


@dataclass(frozen=True, slots=True)
class Move:
    """Where a booking should go. What is None stays as it is; `resource` replaces one of its resources."""

    start: datetime | None = None
    resource: str | None = None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class MoveVerdict:
    """Whether a move can be done, before it is: the reason against it, and the nearest starts."""

    reason: str | None
    alternatives: tuple[Slot, ...] = ()


def preview_move(business_id: int, booking_id: str, move: Move, now: datetime) -> MoveVerdict:
    """What `move_booking` would say. Raises NotFound, InvalidInput."""
    with scope(business=business_id):
        booking = get_booking(business_id, booking_id)
        if booking.state not in MOVABLE:
            return MoveVerdict("state")
        try:
            _plan_move(booking, move, now)
        except NotFree as refusal:
            return MoveVerdict(str(refusal.reason), refusal.params.get("alternatives", ()))  # type: ignore[arg-type]
        return MoveVerdict(None)


def list_move_starts(
    business_id: int, booking_id: str, day: date, move: Move, now: datetime
) -> tuple[Slot, ...]:
    """Free starts of a local date for a booking, its own time included. Raises NotFound, InvalidInput."""
    with scope(business=business_id):
        booking = get_booking(business_id, booking_id)
        catalog = get_current_catalog(business_id)
        item = _item_of(catalog, booking, move)
        inquiry = inquire(catalog, item.offering, item.wish, staff=True)
        own = [(OwnerKind.BOOKING.value, booking.id)]
        listing, _ = compute(inquiry, day, day, now, besides=own)
    return listing.days[0].slots


def move_booking(business_id: int, booking_id: str, move: Move, actor: Actor, now: datetime) -> Booking:
    """Move by staff. Raises NotFree with alternatives; then the old booking stands as it was."""
    with scope(business=business_id), transaction.atomic():
        booking = get_booking(business_id, booking_id)
        lock_order(business_id, booking.order.public_id)
        booking.refresh_from_db(fields=["state", "starts_at", "ends_at", "sequence"])
        if booking.state not in MOVABLE:
            raise IllegalTransition("state", params={"state": booking.state})
        planned = _plan_move(booking, move, now)
        claims = planned.as_new_booking().claims
        retake(business_id, takings_of(booking, claims), owner_kind=OwnerKind.BOOKING, now=now)
        replace_assignments(booking, claims)
        record_move(booking, planned.starts_at, planned.ends_at, actor)
        return booking


def plan_again(
    catalog: Catalog,
    booking: Booking,
    start: datetime,
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]],
    move: Move | None = None,
) -> Planned:
    """Plan an existing booking for a start, on its present resources when they are free.

    Where the guest chose the resource, only that one will do. Raises NotFree.
    """
    own = tuple(besides)
    resources = [one.resource_id for one in booking.assignments.order_by("id")]
    item = replace(_item_of(catalog, booking, move or Move()), start=start)
    inquiry = inquire(catalog, item.offering, item.wish, staff=True)
    keep = inquiry.wish.chosen or frozenset(one for one in resources if one in inquiry.resource_ids())
    try:
        return plan_items(
            [replace(inquiry, wish=replace(inquiry.wish, chosen=keep))], [item], now, besides=own
        )[0]
    except NotFree:
        if booking.is_resource_chosen or inquiry.wish.chosen:
            raise
        return plan_items([inquiry], [item], now, besides=own)[0]


def _item_of(catalog: Catalog, booking: Booking, move: Move) -> Item:
    minutes = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
    return Item(
        offering=catalog.offering_of_key(booking.offering_id).public_id,
        start=move.start or booking.starts_at,
        duration=move.duration or minutes,
        resource=move.resource,
        party=booking.party,
        extras=tuple(extra.public_id for extra in booking.extras.all()),
    )


def _plan_move(booking: Booking, move: Move, now: datetime) -> Planned:
    catalog = get_current_catalog(booking.business_id)
    besides = [(OwnerKind.BOOKING.value, booking.id)]
    return plan_again(catalog, booking, move.start or booking.starts_at, now, besides=besides, move=move)
