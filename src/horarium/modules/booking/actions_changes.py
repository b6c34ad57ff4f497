"""What becomes of a booking after it was made: arrival, changes, no-show, cancellation.

Each runs in the caller's transaction, with the order locked, and publishes what has become true. Time is taken and
given back before the rows of bookings are written: everybody locks in that order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from horarium.kit.money import Money
from horarium.modules.availability.actions import release, retake
from horarium.modules.availability.actions_supplies import SupplyTaking, release_supplies, retake_supplies
from horarium.modules.availability.models import OwnerKind
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor
from horarium.platform.events.actions import publish

from . import events
from .actions import replace_assignments
from .actions_orders import NewBooking, takings_of, wait_for_approval
from .actions_reseats import NewReseat, reseat_bookings
from .actions_tickets import issue_tickets, void_tickets
from .errors import IllegalTransition
from .models import Booking, BookingExtra, BookingState, Cancellation, CancelledBy, Order, Ticket
from .queries_goods import LINE_CANCELLED
from .rules import ACTIVE, agreed_of_json, may_become


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
    Ticket.objects.filter(business_id=order.business_id, booking__in=keys, voided_at=None).update(
        voided_at=now
    )
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


def cancel_lines(order: Order, refunds: Mapping[str, Money], actor: Actor, reason: str) -> None:
    """Cancel goods of a locked order that have not been handed over, and put the pieces back.

    `refunds`: the lines that are meant, with what each of them gives back.
    """
    lines = list(order.product_lines.filter(public_id__in=refunds, state__in=ACTIVE).order_by("id"))
    release_supplies(order.business_id, OwnerKind.LINE, [one.pk for one in lines])
    for line in lines:
        before, line.state = line.state, BookingState.CANCELLED
        line.save(update_fields=["state"])
        refund = refunds[line.public_id]
        record(
            order.business_id,
            actor,
            LINE_CANCELLED,
            line.public_id,
            before={"state": before},
            after={"state": "cancelled", "reason": reason, "refunded_minor": refund.minor},
        )
    if lines:
        first = lines[0].public_id
        publish(events.GoodsCancelled(business_id=order.business_id, order_id=order.public_id, line_id=first))


def note_refund(booking: Booking, refund: Money) -> None:
    """What a cancelled booking has given back, for the record of its cancellation."""
    Cancellation.objects.filter(business_id=booking.business_id, booking=booking).update(
        refunded_minor=refund.minor
    )


def note_override(business_id: int, overridden: Overridden, actor: Actor, *, subject: str) -> None:
    """Staff went beyond the terms or a limit of guests: what they decided and why, for the audit log."""
    record(
        business_id,
        actor,
        "terms.overridden",
        subject,
        after={**overridden.facts, "reason": overridden.reason},
    )


def retake_time(
    booking: Booking, new: NewBooking, reseats: Sequence[NewReseat], actor: Actor, now: datetime
) -> dict[int, int]:
    """Take the time and places of what a booking becomes, and give back what it had. Raises NotFree.

    Returns the last ticket number of each supply. Resources come first, then supplies: everybody locks in that order.
    """
    business_id, kind = booking.business_id, OwnerKind.BOOKING
    if reseats:
        also = {one.resource_id for one in new.claims} | set(
            booking.assignments.values_list("resource_id", flat=True)
        )
        reseat_bookings(business_id, reseats, also=also, actor=actor, now=now)
    if new.claims:
        retake(business_id, takings_of(booking, new.claims), owner_kind=kind, now=now)
    else:
        release(business_id, kind, [booking.id])
    fresh = len(_fresh_kinds(booking, new))
    takings = [
        SupplyTaking(one.supply_id, one.quantity, booking.id, fresh if one.numbers else 0, one.starts_at)
        for one in new.supplies
    ]
    last = retake_supplies(business_id, takings, owner_kind=kind, owner_ids=[booking.id], now=now)
    return {supply_id: number for (supply_id, _), number in last.items()}


def write_change(
    order: Order,
    booking: Booking,
    new: NewBooking,
    actor: Actor,
    now: datetime,
    *,
    last_numbers: Mapping[int, int],
) -> None:
    """Write what a booking of a locked order has become, after `retake_time`. What differs is audited and told."""
    before = _facts(booking)
    served = set(booking.assignments.values_list("resource_id", flat=True))
    fresh = _fresh_kinds(booking, new)
    _void_tickets(booking, new, now)
    _write_row(booking, new)
    replace_assignments(booking, new.claims)
    _replace_extras(booking, new.extras)
    for one in new.supplies:
        if one.numbers and fresh:
            issue_tickets(booking, fresh, last_number=last_numbers[one.supply_id])
    wait_for_approval([booking])
    order.total_minor += booking.total_minor - before["total_minor"]
    order.due_minor = min(order.due_minor, order.total_minor)
    order.save(update_fields=["total_minor", "due_minor"])
    after = _facts(booking)
    changed = [name for name in after if after[name] != before[name]]
    is_moved = bool(_TIME & set(changed)) or served != {one.resource_id for one in new.claims}
    record(
        booking.business_id,
        actor,
        "booking.moved" if set(changed) <= _TIME | {"carried_minor"} else "booking.changed",
        booking.public_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    fact = events.BookingMoved if is_moved else events.BookingChanged
    publish(fact(business_id=booking.business_id, booking_id=booking.public_id, order_id=order.public_id))


_TIME = frozenset({"starts_at", "ends_at"})


def _write_row(booking: Booking, new: NewBooking) -> None:
    names = (
        *("starts_at", "ends_at", "party", "price", "total_minor", "session_id", "rate_plan_id", "guests"),
        *("is_resource_chosen", "terms"),
    )
    for name in names:
        setattr(booking, name, getattr(new, name))
    booking.sequence += 1
    booking.save(update_fields=[*(name.removesuffix("_id") for name in names), "sequence"])


def _facts(booking: Booking) -> dict[str, Any]:
    return {
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "party": booking.party,
        "guests": booking.guests,
        "extras": sorted(booking.extra_lines.values_list("extra__public_id", "quantity")),
        "total_minor": booking.total_minor,
        "carried_minor": agreed_of_json(booking.terms).carried_minor,
    }


def _replace_extras(booking: Booking, extras: Sequence[tuple[int, int]]) -> None:
    booking.extra_lines.all().delete()
    BookingExtra.objects.bulk_create(
        BookingExtra(business_id=booking.business_id, booking=booking, extra_id=key, quantity=quantity)
        for key, quantity in extras
    )


def _standing_tickets(booking: Booking) -> list[Ticket]:
    return list(booking.tickets.filter(voided_at=None).order_by("number"))


def _fresh_kinds(booking: Booking, new: NewBooking) -> list[tuple[int, int]]:
    """Kind and price of the tickets that must be issued: in another session all, else those that came to it."""
    kinds = [(one.ticket_type_id, one.price_minor) for one in new.tickets]
    if new.session_id != booking.session_id:
        return kinds
    standing = Counter(one.ticket_type_id for one in _standing_tickets(booking))
    fresh = []
    for kind, price in kinds:
        if standing[kind]:
            standing[kind] -= 1
        else:
            fresh.append((kind, price))
    return fresh


def _void_tickets(booking: Booking, new: NewBooking, now: datetime) -> None:
    """Those that the booking has no more: of another session all, else the last ones of their kind."""
    kept: Counter[int] = Counter()
    if new.session_id == booking.session_id:
        kept.update(one.ticket_type_id for one in new.tickets)
    gone = []
    for ticket in _standing_tickets(booking):
        if kept[ticket.ticket_type_id]:
            kept[ticket.ticket_type_id] -= 1
        else:
            gone.append(ticket.pk)
    if gone:
        Ticket.objects.filter(business_id=booking.business_id, pk__in=gone).update(voided_at=now)
