"""Writes of orders and bookings. Each runs in the caller's transaction and publishes what has become true."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from horarium.modules.availability.actions import firm_up, lock_resources
from horarium.modules.availability.actions_shared_slots import keep_sessions
from horarium.modules.availability.actions_supplies import firm_up_supplies, lock_supplies, supplies_of
from horarium.modules.availability.models import OwnerKind
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from . import events
from .actions_orders import NewClaim, news_of, wait_for_approval
from .actions_waiting import settle_offer
from .errors import ApprovalExpired, IllegalTransition, OrderNotFound
from .models import (
    Assignment,
    Booking,
    BookingExtra,
    BookingState,
    Order,
    ProductLine,
    WaitingState,
)
from .queries_orders import resources_of

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


def lock_orders_of(business_id: int, booking_ids: Collection[str]) -> list[Booking]:
    """The bookings of these public ids, the rows of their orders locked in the order of their keys."""
    orders = Order.objects.select_for_update(no_key=True, of=("self",)).filter(
        business_id=business_id,
        pk__in=Booking.objects.filter(public_id__in=booking_ids).values("order_id"),
    )
    locked = [one.pk for one in orders.order_by("pk")]
    return list(Booking.objects.filter(order__in=locked, public_id__in=booking_ids))


def lock_for_changes(
    business_id: int,
    bookings: Sequence[Booking],
    *,
    resource_ids: Collection[int],
    supply_ids: Collection[int] = (),
) -> None:
    """What several changes of one transaction may need, besides what the bookings have: in everybody's order."""
    served = {key for keys in resources_of(business_id, bookings).values() for key in keys}
    lock_resources(business_id, served.union(resource_ids))
    held = supplies_of(business_id, OwnerKind.BOOKING, [one.pk for one in bookings])
    lock_supplies(business_id, {*held, *supply_ids})


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
    if not _firm_up_counted(order, keys, [one.id for one in lines], now):
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
    sold = order.product_lines.filter(state__in=WAITING).update(state=BookingState.CONFIRMED)
    order.expires_at = None
    order.save(update_fields=["expires_at"])
    settle_offer(order, WaitingState.TAKEN)
    for event in news_of(order, bookings, has_goods=sold > 0):
        publish(event)


def _firm_up_counted(
    order: Order, booking_keys: Sequence[int], line_keys: Sequence[int], now: datetime
) -> bool:
    """Places and pieces of a hold; whether all of them were still there."""
    sessions = Booking.objects.filter(pk__in=booking_keys, session__isnull=False, party__gt=0).count()
    stocked = BookingExtra.objects.filter(booking__in=booking_keys, extra__product__is_stocked=True)
    pieces = stocked.values("booking", "extra__product").distinct().count()
    goods = ProductLine.objects.filter(pk__in=line_keys, product__is_stocked=True).count()
    held = firm_up_supplies(order.business_id, OwnerKind.BOOKING, booking_keys)
    sold = firm_up_supplies(order.business_id, OwnerKind.LINE, line_keys)
    kept = Booking.objects.filter(pk__in=booking_keys, session__is_shared=True).values_list(
        "session", flat=True
    )
    is_kept = keep_sessions(order.business_id, list(kept), now=now)
    return is_kept and held >= sessions + pieces and sold >= goods


def approve_booking(booking: Booking, actor: Actor, now: datetime) -> None:
    """Staff says yes to a pending booking; compare-and-swap, so that two clicks confirm once.

    Raises IllegalTransition; ApprovalExpired when the time to decide has passed.
    """
    if booking.state == BookingState.PENDING and booking.approve_by is not None and booking.approve_by <= now:
        raise ApprovalExpired("too late", params={"state": "expired"})
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


def expire_order(order: Order, now: datetime) -> bool:
    """Write down that a locked order's hold has passed its time. Tidies only: reads know it without this."""
    if order.expires_at is None or order.expires_at > now:
        return False
    bookings = order.bookings.filter(state=BookingState.HELD).update(state=BookingState.EXPIRED)
    lines = order.product_lines.filter(state=BookingState.HELD).update(state=BookingState.EXPIRED)
    if not bookings and not lines:
        return False
    settle_offer(order, WaitingState.LAPSED)
    record(order.business_id, Actor.system(), "order.expired", order.public_id)
    publish(events.OrderExpired(business_id=order.business_id, order_id=order.public_id))
    return True


def replace_assignments(booking: Booking, claims: Sequence[NewClaim]) -> None:
    """Name the resources that serve a booking now."""
    booking.assignments.all().delete()
    Assignment.objects.bulk_create(_assignments(booking, claims))


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
