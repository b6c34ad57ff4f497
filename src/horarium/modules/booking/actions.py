"""Writes of orders and bookings. Each runs in the caller's transaction and publishes what has become true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from horarium.kit.money import Money
from horarium.modules.availability.actions import firm_up, release
from horarium.modules.availability.actions_supplies import firm_up_supplies, release_supplies
from horarium.modules.availability.models import OwnerKind
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from . import events
from .actions_orders import NewClaim, news_of, wait_for_approval
from .errors import IllegalTransition, OrderNotFound
from .models import (
    Assignment,
    Booking,
    BookingExtra,
    BookingState,
    Cancellation,
    CancelledBy,
    Order,
    ProductLine,
)
from .rules import ACTIVE, may_become

WAITING = (BookingState.HELD, BookingState.EXPIRED)


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

    True when all its time and places were still there, be the hold lapsed or not; False when some of it has been taken
    by others since: then the caller rolls back the savepoint it called this in.
    """
    bookings = list(order.bookings.filter(state__in=WAITING))
    lines = list(order.product_lines.filter(state__in=WAITING))
    if not bookings and not lines:
        return False
    keys = [one.id for one in bookings]
    served = Assignment.objects.filter(booking__in=keys).count()
    if firm_up(order.business_id, OwnerKind.BOOKING, keys) < served:
        return False
    if not _firm_up_counted(order, keys, [one.id for one in lines]):
        return False
    settle_states(order, bookings, now)
    return True


def settle_states(order: Order, bookings: Sequence[Booking], now: datetime) -> None:
    """Confirmed or pending for bookings whose time has just been taken for good; the order's goods are sold."""
    for booking in bookings:
        booking.state = BookingState.PENDING if booking.needs_approval else BookingState.CONFIRMED
        booking.confirmed_at = None if booking.needs_approval else now
        if booking.approve_by is not None:
            # The days of waiting begin now, not when the hold was placed.
            booking.approve_by = min(booking.starts_at, booking.approve_by + (now - booking.created_at))
        booking.save(update_fields=["state", "confirmed_at", "approve_by"])
    wait_for_approval(bookings)
    order.product_lines.filter(state__in=WAITING).update(state=BookingState.CONFIRMED)
    order.expires_at = None
    order.save(update_fields=["expires_at"])
    for event in news_of(order, bookings):
        publish(event)


def _firm_up_counted(order: Order, booking_keys: Sequence[int], line_keys: Sequence[int]) -> bool:
    """Places and pieces of a hold; whether all of them were still there."""
    sessions = Booking.objects.filter(pk__in=booking_keys, session__isnull=False, party__gt=0).count()
    stocked = BookingExtra.objects.filter(booking__in=booking_keys, extra__product__is_stocked=True)
    pieces = stocked.values("booking", "extra__product").distinct().count()
    goods = ProductLine.objects.filter(pk__in=line_keys, product__is_stocked=True).count()
    held = firm_up_supplies(order.business_id, OwnerKind.BOOKING, booking_keys)
    sold = firm_up_supplies(order.business_id, OwnerKind.LINE, line_keys)
    return held >= sessions + pieces and sold >= goods


def approve_booking(booking: Booking, actor: Actor, now: datetime) -> None:
    """Staff says yes to a pending booking; compare-and-swap, so that two clicks confirm once.

    Raises IllegalTransition, also when the time to decide has passed.
    """
    keys = [booking.pk]
    firm_up(booking.business_id, OwnerKind.BOOKING, keys)
    firm_up_supplies(booking.business_id, OwnerKind.BOOKING, keys)
    in_time = Q(approve_by__isnull=True) | Q(approve_by__gt=now)
    changed = Booking.objects.filter(
        in_time, business_id=booking.business_id, pk=booking.pk, state=BookingState.PENDING
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
    keys = [booking.id for booking in cancelled]
    release(order.business_id, OwnerKind.BOOKING, keys)
    release_supplies(order.business_id, OwnerKind.BOOKING, keys)
    return cancelled


def expire_order(order: Order, now: datetime) -> bool:
    """Write down that a locked order's hold has passed its time. Tidies only: reads know it without this."""
    if order.expires_at is None or order.expires_at > now:
        return False
    bookings = order.bookings.filter(state=BookingState.HELD).update(state=BookingState.EXPIRED)
    lines = order.product_lines.filter(state=BookingState.HELD).update(state=BookingState.EXPIRED)
    if not bookings and not lines:
        return False
    record(order.business_id, Actor.system(), "order.expired", order.public_id)
    publish(events.OrderExpired(business_id=order.business_id, order_id=order.public_id))
    return True


def replace_assignments(booking: Booking, claims: Sequence[NewClaim]) -> None:
    """Name the resources that serve a booking now."""
    booking.assignments.all().delete()
    Assignment.objects.bulk_create(_assignments(booking, claims))


def note_refund(booking: Booking, refund: Money) -> None:
    """What a cancelled booking has given back, for the record of its cancellation."""
    Cancellation.objects.filter(business_id=booking.business_id, booking=booking).update(
        refunded_minor=refund.minor
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
