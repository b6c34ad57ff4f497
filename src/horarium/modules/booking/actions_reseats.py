"""Stays that change rooms so that another one can be sold. Pinned ones never do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from horarium.modules.availability.actions import lock_resources
from horarium.modules.availability.actions_reseats import Reseating, reseat
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.rules.reasons import Reason
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from . import events
from .models import Assignment, Booking, BookingState
from .queries_orders import get_booking

RESEATABLE = (BookingState.HELD, BookingState.PENDING, BookingState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class NewReseat:
    """A booking's room from `leaves` to `gets`, for `[starts, ends)` in seconds; the names are for the record."""

    booking_id: int
    leaves: int
    gets: int
    starts: int
    ends: int
    leaves_name: str
    gets_name: str


def reseat_bookings(
    business_id: int, reseats: Sequence[NewReseat], *, also: Collection[int], actor: Actor, now: datetime
) -> None:
    """Give these bookings their other rooms, and lock the resources of `also` for what is taken next.

    Raises NotFree when one of them has changed since it was planned: pinned, moved, arrived or gone.
    """
    moves = [Reseating(one.booking_id, one.leaves, one.gets, one.starts, one.ends) for one in reseats]
    reseat(business_id, moves, owner_kind=OwnerKind.BOOKING, also=also, now=now)
    rooms = {one.booking_id: one for one in reseats}
    for booking in _lock_movable(business_id, rooms):
        _write_room(booking, rooms[booking.pk], actor)


def _lock_movable(business_id: int, keys: Collection[int]) -> list[Booking]:
    bookings = list(
        Booking.objects.select_for_update(no_key=True, of=("self",))
        .select_related("order")
        .filter(
            business_id=business_id,
            pk__in=list(keys),
            state__in=RESEATABLE,
            is_pinned=False,
            is_resource_chosen=False,
        )
        .order_by("pk")
    )
    if len(bookings) != len(keys):
        raise NotFree(Reason.TAKEN)
    return bookings


def _write_room(booking: Booking, one: NewReseat, actor: Actor) -> None:
    served = Assignment.objects.filter(business_id=booking.business_id, booking=booking)
    served.filter(resource_id=one.leaves).update(resource_id=one.gets)
    record(
        booking.business_id,
        actor,
        "booking.reseated",
        booking.public_id,
        before={"resource": one.leaves_name},
        after={"resource": one.gets_name},
    )
    publish(
        events.BookingReseated(
            business_id=booking.business_id, booking_id=booking.public_id, order_id=booking.order.public_id
        )
    )


def pin_booking(business_id: int, booking_id: str, *, is_pinned: bool, actor: Actor) -> Booking:
    """Whether a stay keeps its room. What was offered by moving it is looked at anew. Raises OrderNotFound."""
    with transaction.atomic():
        booking = get_booking(business_id, booking_id)
        rooms = set(Assignment.objects.filter(booking=booking).values_list("resource_id", flat=True))
        lock_resources(business_id, rooms)
        if booking.is_pinned != is_pinned:
            booking.is_pinned = is_pinned
            booking.save(update_fields=["is_pinned"])
            action = "booking.pinned" if is_pinned else "booking.unpinned"
            record(business_id, actor, action, booking_id)
    return booking
