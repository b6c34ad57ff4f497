"""Writes of orders and bookings. Each runs in the caller's transaction and publishes what has become true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from horarium.kit.money import Money
from horarium.modules.availability.actions import Taking, firm_up, release, take
from horarium.modules.availability.models import OwnerKind
from horarium.platform.audit.actions import record, record_beside
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish, publish_beside
from horarium.platform.events.event import Event

from . import events
from .errors import IllegalTransition, OrderNotFound
from .models import Assignment, Booking, BookingState, Cancellation, CancelledBy, Order
from .new_rows import NewParts, insert_order
from .rules import ACTIVE, may_become


@dataclass(frozen=True, slots=True)
class NewClaim:
    """Time of one resource, seconds since the epoch, buffers included."""

    resource_id: int
    requirement_id: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class NewBooking:
    offering_id: int
    location_id: int
    starts_at: datetime
    ends_at: datetime
    party: int
    price: dict[str, Any]
    total_minor: int
    claims: tuple[NewClaim, ...]
    extra_ids: tuple[int, ...] = ()
    is_resource_chosen: bool = False
    needs_approval: bool = False
    cancel_free_hours: int = 0


@dataclass(frozen=True, slots=True)
class NewOrder:
    """`expires_at` makes it a hold until then; without it the bookings are confirmed, or pending, at once."""

    business_id: int
    customer_id: int
    contact_name: str
    contact_email: str
    contact_phone: str
    locale: str
    channel: str
    currency: str
    due_minor: int
    expires_at: datetime | None
    bookings: tuple[NewBooking, ...]
    notes: str = ""
    return_url: str = ""
    created_by_id: int | None = None
    staff_notes: str = field(default="")

    @property
    def total_minor(self) -> int:
        return sum(booking.total_minor for booking in self.bookings)


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An order as it has just been written: each booking with the keys of its resources."""

    order: Order
    bookings: tuple[tuple[Booking, tuple[int, ...]], ...]


def create_order(new: NewOrder, actor: Actor, now: datetime) -> PlacedOrder:
    """Write an order and take its time, all or nothing. Raises NotFree; then nothing is left of it.

    Call it in a transaction of its own or in a savepoint. The locks on resources come last.
    """
    order = Order(
        business_id=new.business_id,
        customer_id=new.customer_id,
        contact_name=new.contact_name,
        contact_email=new.contact_email,
        contact_phone=new.contact_phone,
        locale=new.locale,
        channel=new.channel,
        currency=new.currency,
        total_minor=new.total_minor,
        due_minor=new.due_minor,
        notes=new.notes,
        return_url=new.return_url,
        expires_at=new.expires_at,
        created_at=now,
        created_by_id=new.created_by_id,
    )
    bookings = [_booking(one, new, now) for one in new.bookings]
    parts = [
        NewParts([(c.resource_id, c.requirement_id) for c in one.claims], one.extra_ids)
        for one in new.bookings
    ]
    facts = _facts(order, bookings)
    entry = record_beside(new.business_id, actor, "order.placed", order.public_id, after=facts)
    insert_order(order, bookings, parts, [entry, *publish_beside(_news(order, bookings))])
    take(
        new.business_id,
        _takings(bookings, new.bookings),
        owner_kind=OwnerKind.BOOKING,
        now=now,
        expires_at=new.expires_at,
    )
    served = [tuple(claim.resource_id for claim in one.claims) for one in new.bookings]
    return PlacedOrder(order, tuple(zip(bookings, served, strict=True)))


def lock_order(business_id: int, order_id: str) -> Order:
    """The order's row, locked until the end of the transaction. Raises OrderNotFound."""
    order = (
        Order.objects.select_for_update(no_key=True)
        .filter(business_id=business_id, public_id=order_id)
        .first()
    )
    if order is None:
        raise OrderNotFound("order", params={"kind": "order"})
    return order


def confirm_order(order: Order, now: datetime) -> bool:
    """Turn a locked order's hold into bookings: confirmed, or pending where staff must approve.

    True when all its time was still there, be the hold lapsed or not; False when some of it has been taken by
    others since: then the caller rolls back the savepoint it called this in.
    """
    bookings = list(order.bookings.filter(state__in=[BookingState.HELD, BookingState.EXPIRED]))
    if not bookings:
        return False
    expected = Assignment.objects.filter(booking__in=bookings).count()
    if firm_up(order.business_id, OwnerKind.BOOKING, [one.id for one in bookings]) < expected:
        return False
    settle_states(order, bookings, now)
    return True


def settle_states(order: Order, bookings: Sequence[Booking], now: datetime) -> None:
    """Confirmed or pending for bookings whose time has just been taken for good."""
    for booking in bookings:
        booking.state = BookingState.PENDING if booking.needs_approval else BookingState.CONFIRMED
        booking.confirmed_at = None if booking.needs_approval else now
        booking.save(update_fields=["state", "confirmed_at"])
    order.expires_at = None
    order.save(update_fields=["expires_at"])
    for event in _news(order, bookings):
        publish(event)


def approve_booking(booking: Booking, actor: Actor, now: datetime) -> None:
    """Staff says yes to a pending booking; compare-and-swap, so that two clicks confirm once."""
    changed = Booking.objects.filter(
        business_id=booking.business_id, pk=booking.pk, state=BookingState.PENDING
    ).update(state=BookingState.CONFIRMED, confirmed_at=now)
    if not changed:
        raise IllegalTransition("not pending", params={"state": booking.state})
    record(booking.business_id, actor, "booking.confirmed", booking.public_id, before={"state": "pending"})
    publish(
        events.BookingConfirmed(
            business_id=booking.business_id, booking_id=booking.public_id, order_id=booking.order.public_id
        )
    )


def mark_booking(booking: Booking, new: str, actor: Actor) -> None:
    """Arrival, no-show or completion of a booking. Raises IllegalTransition."""
    if not may_become(booking.state, new):
        raise IllegalTransition("state", params={"state": booking.state, "wanted": new})
    changed = Booking.objects.filter(
        business_id=booking.business_id, pk=booking.pk, state=booking.state
    ).update(state=new)
    if not changed:
        raise IllegalTransition("state", params={"state": booking.state, "wanted": new})
    record(
        booking.business_id,
        actor,
        f"booking.{new}",
        booking.public_id,
        before={"state": booking.state},
        after={"state": new},
    )
    fact = {
        BookingState.CHECKED_IN: events.BookingCheckedIn,
        BookingState.COMPLETED: events.BookingCompleted,
        BookingState.NO_SHOW: events.BookingNotShown,
    }[BookingState(new)]
    publish(
        fact(business_id=booking.business_id, booking_id=booking.public_id, order_id=booking.order.public_id)
    )


def write_staff_notes(booking: Booking, text: str, actor: Actor) -> None:
    """What colleagues should know; the guest never sees it."""
    if text == booking.staff_notes:
        return
    before, booking.staff_notes = booking.staff_notes, text
    booking.save(update_fields=["staff_notes"])
    record(
        booking.business_id,
        actor,
        "booking.noted",
        booking.public_id,
        before={"staff_notes": before},
        after={"staff_notes": text},
    )


def cancel_bookings(
    order: Order, bookings: Iterable[Booking], *, by: CancelledBy, actor: Actor, reason: str, now: datetime
) -> list[Booking]:
    """Cancel those of a locked order's bookings that are still active and give back their time."""
    cancelled = []
    for booking in bookings:
        if booking.state not in ACTIVE:
            continue
        before, booking.state = booking.state, BookingState.CANCELLED
        booking.sequence += 1
        booking.save(update_fields=["state", "sequence"])
        Cancellation.objects.create(
            business_id=order.business_id,
            booking=booking,
            by=by,
            user_id=actor.user_id,
            reason=reason,
            at=now,
        )
        record(
            order.business_id,
            actor,
            "booking.cancelled",
            booking.public_id,
            before={"state": before},
            after={"state": "cancelled", "reason": reason},
        )
        publish(
            events.BookingCancelled(
                business_id=order.business_id, booking_id=booking.public_id, order_id=order.public_id, by=by
            )
        )
        cancelled.append(booking)
    release(order.business_id, OwnerKind.BOOKING, [booking.id for booking in cancelled])
    return cancelled


def expire_order(order: Order, now: datetime) -> bool:
    """Write down that a locked order's hold has passed its time. Tidies only: reads know it without this."""
    if order.expires_at is None or order.expires_at > now:
        return False
    held = list(order.bookings.filter(state=BookingState.HELD))
    if not held:
        return False
    Booking.objects.filter(business_id=order.business_id, pk__in=[one.pk for one in held]).update(
        state=BookingState.EXPIRED
    )
    record(order.business_id, Actor.system(), "order.expired", order.public_id)
    publish(events.OrderExpired(business_id=order.business_id, order_id=order.public_id))
    return True


def replace_assignments(booking: Booking, claims: Sequence[NewClaim]) -> None:
    """Name the resources that serve a booking now."""
    booking.assignments.all().delete()
    Assignment.objects.bulk_create(_assignments(booking, claims))


def takings_of(booking: Booking, claims: Sequence[NewClaim]) -> list[Taking]:
    return [Taking(one.resource_id, one.starts, one.ends, booking.id) for one in claims]


def note_refund(booking: Booking, refund: Money) -> None:
    """What a cancelled booking has given back, for the record of its cancellation."""
    Cancellation.objects.filter(business_id=booking.business_id, booking=booking).update(
        refunded_minor=refund.minor
    )


def _booking(one: NewBooking, new: NewOrder, now: datetime) -> Booking:
    state = BookingState.HELD
    if new.expires_at is None:
        state = BookingState.PENDING if one.needs_approval else BookingState.CONFIRMED
    return Booking(
        business_id=new.business_id,
        offering_id=one.offering_id,
        location_id=one.location_id,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        party=one.party,
        state=state,
        price=one.price,
        total_minor=one.total_minor,
        is_resource_chosen=one.is_resource_chosen,
        needs_approval=one.needs_approval,
        cancel_free_hours=one.cancel_free_hours,
        staff_notes=new.staff_notes,
        created_at=now,
        confirmed_at=now if state == BookingState.CONFIRMED else None,
    )


def _assignments(booking: Booking, claims: Sequence[NewClaim]) -> list[Assignment]:
    return [
        Assignment(
            business_id=booking.business_id,
            booking=booking,
            resource_id=claim.resource_id,
            requirement_id=claim.requirement_id,
        )
        for claim in claims
    ]


def _takings(bookings: Sequence[Booking], new: Sequence[NewBooking]) -> list[Taking]:
    pairs = zip(bookings, new, strict=True)
    return [taking for booking, one in pairs for taking in takings_of(booking, one.claims)]


def _facts(order: Order, bookings: Sequence[Booking]) -> dict[str, Any]:
    return {
        "total_minor": order.total_minor,
        "channel": order.channel,
        "bookings": [
            {"id": one.public_id, "starts_at": one.starts_at.isoformat(), "state": str(one.state)}
            for one in bookings
        ],
    }


def _news(order: Order, bookings: Sequence[Booking]) -> list[Event]:
    """What others should hear of bookings that have just been held or made."""
    if order.expires_at is not None:
        return [events.OrderHeld(business_id=order.business_id, order_id=order.public_id)]
    return [
        (events.BookingConfirmed if one.state == BookingState.CONFIRMED else events.BookingPending)(
            business_id=order.business_id, booking_id=one.public_id, order_id=order.public_id
        )
        for one in bookings
    ]


def record_move(booking: Booking, starts_at: datetime, ends_at: datetime, actor: Actor) -> None:
    """Write the new time of a booking whose allocations have been moved."""
    before = {"starts_at": booking.starts_at.isoformat(), "ends_at": booking.ends_at.isoformat()}
    booking.starts_at, booking.ends_at, booking.sequence = starts_at, ends_at, booking.sequence + 1
    booking.save(update_fields=["starts_at", "ends_at", "sequence"])
    after = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    record(booking.business_id, actor, "booking.moved", booking.public_id, before=before, after=after)
    publish(
        events.BookingMoved(
            business_id=booking.business_id, booking_id=booking.public_id, order_id=booking.order.public_id
        )
    )
