"""What the module hears and writes messages about. Each handler reads the present state; order of events is free."""

from __future__ import annotations

from horarium.kit.clock import now
from horarium.modules.booking.events import (
    BookingCancelled,
    BookingChanged,
    BookingConfirmed,
    BookingMoved,
    BookingPending,
    GoodsCancelled,
    GoodsSold,
    OfferLapsed,
    TimeOffered,
    WaitingJoined,
)
from horarium.modules.booking.models import Booking, BookingState, CancelledBy
from horarium.modules.booking.queries_orders import find_booking
from horarium.modules.booking.queries_series import find_changed_dates
from horarium.modules.catalog.queries import get_catalog
from horarium.modules.payments.events import LateMoneyRefunded
from horarium.platform.events.actions import subscribe
from horarium.platform.tenancy.events import MemberInvited

from .actions import write_message
from .compose import compose
from .rules import MessageKey, instant_mark, reminder_due_at, sequence_mark


def on_booking_confirmed(event: BookingConfirmed) -> None:
    """One message for all bookings of the order that were confirmed in the same instant, a reminder for each."""
    booking = find_booking(event.business_id, event.booking_id)
    if booking is None or booking.confirmed_at is None:
        return
    mark = instant_mark(booking.confirmed_at)
    _write(event.business_id, MessageKey("booking_confirmed", event.order_id, mark))
    _remind(booking)


def on_booking_pending(event: BookingPending) -> None:
    _write(event.business_id, MessageKey("booking_pending", event.order_id, "0"))


def on_booking_moved(event: BookingMoved) -> None:
    booking = find_booking(event.business_id, event.booking_id)
    if booking is None:
        return
    _write(event.business_id, _change_key(booking, "booking_moved"))
    _remind(booking)


def on_booking_changed(event: BookingChanged) -> None:
    """Other contents at the same time: the price and what is still to be paid may be others."""
    booking = find_booking(event.business_id, event.booking_id)
    if booking is not None:
        _write(event.business_id, _change_key(booking, "booking_changed"))


def on_booking_cancelled(event: BookingCancelled) -> None:
    """One message for all bookings of the order that were cancelled in the same instant."""
    booking = find_booking(event.business_id, event.booking_id)
    if booking is None or booking.state != BookingState.CANCELLED:
        return
    mark = instant_mark(booking.cancellation.at)
    _write(event.business_id, MessageKey(_ending(booking), event.order_id, mark))


def on_goods_sold(event: GoodsSold) -> None:
    _write(event.business_id, MessageKey("goods_sold", event.order_id, "0"))


def on_goods_cancelled(event: GoodsCancelled) -> None:
    _write(event.business_id, MessageKey("goods_cancelled", event.order_id, event.line_id))


def on_late_money_refunded(event: LateMoneyRefunded) -> None:
    _write(event.business_id, MessageKey("late_money_refunded", event.subject, event.payment_id))


def on_waiting_joined(event: WaitingJoined) -> None:
    _write(event.business_id, MessageKey("waiting_joined", event.entry_id, "0"))


def on_time_offered(event: TimeOffered) -> None:
    _write(event.business_id, MessageKey("time_offered", event.order_id, "0"))


def on_offer_lapsed(event: OfferLapsed) -> None:
    _write(event.business_id, MessageKey("offer_lapsed", event.entry_id, "0"))


def on_member_invited(event: MemberInvited) -> None:
    _write(event.business_id, MessageKey("member_invited", event.invitation_id, "0"))


def connect() -> None:
    """Called once by the composition root."""
    subscribe(BookingConfirmed, on_booking_confirmed, name="messaging.booking_confirmed")
    subscribe(BookingPending, on_booking_pending, name="messaging.booking_pending")
    subscribe(BookingMoved, on_booking_moved, name="messaging.booking_moved")
    subscribe(BookingChanged, on_booking_changed, name="messaging.booking_changed")
    subscribe(BookingCancelled, on_booking_cancelled, name="messaging.booking_cancelled")
    subscribe(GoodsSold, on_goods_sold, name="messaging.goods_sold")
    subscribe(GoodsCancelled, on_goods_cancelled, name="messaging.goods_cancelled")
    subscribe(LateMoneyRefunded, on_late_money_refunded, name="messaging.late_money_refunded")
    subscribe(WaitingJoined, on_waiting_joined, name="messaging.waiting_joined")
    subscribe(TimeOffered, on_time_offered, name="messaging.time_offered")
    subscribe(OfferLapsed, on_offer_lapsed, name="messaging.offer_lapsed")
    subscribe(MemberInvited, on_member_invited, name="messaging.member_invited")


def _change_key(booking: Booking, alone: str) -> MessageKey:
    """One message for all dates of a series that were changed at once; else one of its own."""
    changed = find_changed_dates(booking.business_id, booking.public_id, booking.sequence)
    if changed is None:
        return MessageKey(alone, booking.public_id, str(booking.sequence))
    return MessageKey("dates_changed", booking.order.public_id, sequence_mark(*changed.first))


def _ending(booking: Booking) -> str:
    """What has ended: a booking, or a request that nobody had agreed on yet."""
    if not booking.needs_approval or booking.confirmed_at is not None:
        return "booking_cancelled"
    refusals = {CancelledBy.STAFF: "request_declined", CancelledBy.SYSTEM: "request_expired"}
    return refusals.get(CancelledBy(booking.cancellation.by), "booking_cancelled")


def _write(business_id: int, key: MessageKey) -> None:
    draft = compose(business_id, key)
    if draft is not None:
        write_message(business_id, draft)


def _remind(booking: Booking) -> None:
    """Put a reminder of this very start in; one of a former start finds out by itself that it is not true."""
    hours = get_catalog(booking.business_id).business.reminder_hours
    due_at = reminder_due_at(booking.starts_at, hours, now())
    if due_at is None:
        return
    key = MessageKey("booking_reminder", booking.public_id, instant_mark(booking.starts_at))
    draft = compose(booking.business_id, key)
    if draft is not None:
        write_message(booking.business_id, draft, due_at=due_at)
