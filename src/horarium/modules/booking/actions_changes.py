"""What becomes of a booking after it was made: arrival, changes, no-show, cancellation.

Each runs in the caller's transaction, with the order locked, and publishes what has become true. Time is taken and
given back before the rows of bookings are written: everybody locks in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from horarium.kit.money import Money
from horarium.modules.availability.actions import release
from horarium.modules.availability.actions_supplies import release_supplies
from horarium.modules.availability.models import OwnerKind
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from . import events
from .actions import replace_assignments
from .actions_orders import NewBooking
from .actions_tickets import void_tickets
from .errors import IllegalTransition
from .models import Booking, BookingExtra, BookingState, Cancellation, CancelledBy, Order
from .rules import ACTIVE, may_become


@dataclass(frozen=True, slots=True)
class Overridden:
    """What staff decided otherwise than the terms say, and why."""

    reason: str
    facts: dict[str, Any]


def mark_booking(booking: Booking, new: str, actor: Actor, now: datetime) -> None:
    """Arrival, no-show or completion of a booking. Raises IllegalTransition."""
    if not may_become(booking.state, new):
        raise IllegalTransition("state", params={"state": booking.state, "wanted": new})
    values: dict[str, Any] = {"state": new}
    if new == BookingState.CHECKED_IN:
        values["checked_in_at"] = now
    changed = Booking.objects.filter(
        business_id=booking.business_id, pk=booking.pk, state=booking.state
    ).update(**values)
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


def note_check_out(booking: Booking, now: datetime) -> None:
    """The guest has left."""
    Booking.objects.filter(business_id=booking.business_id, pk=booking.pk).update(checked_out_at=now)


def announce_arrival(booking: Booking, arrives_at: datetime | None, actor: Actor) -> None:
    """When the guest says they will come; None takes it back."""
    before = booking.arrives_at
    if before == arrives_at:
        return
    booking.arrives_at = arrives_at
    booking.save(update_fields=["arrives_at"])
    record(
        booking.business_id,
        actor,
        "booking.arrival_announced",
        booking.public_id,
        before={"arrives_at": before},
        after={"arrives_at": arrives_at},
    )
    publish(
        events.ArrivalAnnounced(
            business_id=booking.business_id, booking_id=booking.public_id, order_id=booking.order.public_id
        )
    )


def cancel_bookings(
    order: Order, bookings: Iterable[Booking], *, by: CancelledBy, actor: Actor, reason: str, now: datetime
) -> list[Booking]:
    """Cancel those of a locked order's bookings that are still active and give back their time."""
    going = [one for one in bookings if one.state in ACTIVE]
    keys = [booking.id for booking in going]
    release(order.business_id, OwnerKind.BOOKING, keys)
    release_supplies(order.business_id, OwnerKind.BOOKING, keys)
    void_tickets(going, now)
    for booking in going:
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
    return going


def note_refund(booking: Booking, refund: Money) -> None:
    """What a cancelled booking has given back, for the record of its cancellation."""
    Cancellation.objects.filter(business_id=booking.business_id, booking=booking).update(
        refunded_minor=refund.minor
    )


def note_override(order: Order, overridden: Overridden, actor: Actor, *, subject: str) -> None:
    """Staff went beyond the terms: what they decided and why, for the audit log."""
    record(
        order.business_id,
        actor,
        "terms.overridden",
        subject,
        after={**overridden.facts, "reason": overridden.reason},
    )


def write_change(order: Order, booking: Booking, new: NewBooking, actor: Actor) -> None:
    """Write what a booking of a locked order has become, after its time was taken.

    Its row, the resources that serve it, its extras, and the order's total. What differs is audited and told.
    """
    before = _facts(booking)
    resources = sorted(booking.assignments.values_list("resource_id", flat=True))
    _write_row(booking, new)
    replace_assignments(booking, new.claims)
    _replace_extras(booking, new.extras)
    order.total_minor += booking.total_minor - before["total_minor"]
    order.due_minor = min(order.due_minor, order.total_minor)
    order.save(update_fields=["total_minor", "due_minor"])
    after = _facts(booking)
    changed = [name for name in after if after[name] != before[name]]
    is_moved = {"starts_at", "ends_at"} & set(changed) or resources != sorted(
        {one.resource_id for one in new.claims}
    )
    is_moved_only = set(changed) <= {"starts_at", "ends_at"}
    record(
        booking.business_id,
        actor,
        "booking.moved" if is_moved_only else "booking.changed",
        booking.public_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    fact = events.BookingMoved if is_moved else events.BookingChanged
    publish(
        fact(business_id=booking.business_id, booking_id=booking.public_id, order_id=booking.order.public_id)
    )


def _write_row(booking: Booking, new: NewBooking) -> None:
    booking.starts_at, booking.ends_at = new.starts_at, new.ends_at
    booking.party = new.party
    booking.price, booking.total_minor = new.price, new.total_minor
    booking.is_resource_chosen = new.is_resource_chosen
    booking.sequence += 1
    booking.save(
        update_fields=[
            "starts_at",
            "ends_at",
            "party",
            "price",
            "total_minor",
            "is_resource_chosen",
            "sequence",
        ]
    )


def _facts(booking: Booking) -> dict[str, Any]:
    return {
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "party": booking.party,
        "extras": sorted(booking.extra_lines.values_list("extra__public_id", "quantity")),
        "total_minor": booking.total_minor,
    }


def _replace_extras(booking: Booking, extras: Sequence[tuple[int, int]]) -> None:
    booking.extra_lines.all().delete()
    BookingExtra.objects.bulk_create(
        BookingExtra(business_id=booking.business_id, booking=booking, extra_id=extra_id, quantity=quantity)
        for extra_id, quantity in extras
    )
