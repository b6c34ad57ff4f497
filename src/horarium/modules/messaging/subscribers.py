"""What the module hears and writes messages about. Each handler reads the present state; order of events is free."""

from __future__ import annotations

from horarium.kit.clock import now
from horarium.modules.booking.events import BookingCancelled, BookingConfirmed, BookingMoved, BookingPending
from horarium.modules.booking.models import Booking, BookingState
from horarium.modules.booking.queries_orders import find_booking
from horarium.modules.catalog.queries import get_catalog
from horarium.modules.payments.events import LateMoneyRefunded
from horarium.platform.events.actions import subscribe
from horarium.platform.tenancy.events import MemberInvited

from .actions import write_message
from .compose import compose
from .rules import MessageKey, instant_mark, reminder_due_at


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
    mark = str(booking.sequence)
    _write(event.business_id, MessageKey("booking_moved", event.booking_id, mark))
    _remind(booking)


def on_booking_cancelled(event: BookingCancelled) -> None:
    """One message for all bookings of the order that were cancelled in the same instant."""
    booking = find_booking(event.business_id, event.booking_id)
    if booking is None or booking.state != BookingState.CANCELLED:
        return
    mark = instant_mark(booking.cancellation.at)
    _write(event.business_id, MessageKey("booking_cancelled", event.order_id, mark))


def on_late_money_refunded(event: LateMoneyRefunded) -> None:
    _write(event.business_id, MessageKey("late_money_refunded", event.subject, event.payment_id))


def on_member_invited(event: MemberInvited) -> None:
    _write(event.business_id, MessageKey("member_invited", event.invitation_id, "0"))


def connect() -> None:
    """Called once by the composition root."""
    subscribe(BookingConfirmed, on_booking_confirmed, name="messaging.booking_confirmed")
    subscribe(BookingPending, on_booking_pending, name="messaging.booking_pending")
    subscribe(BookingMoved, on_booking_moved, name="messaging.booking_moved")
    subscribe(BookingCancelled, on_booking_cancelled, name="messaging.booking_cancelled")
    subscribe(LateMoneyRefunded, on_late_money_refunded, name="messaging.late_money_refunded")
    subscribe(MemberInvited, on_member_invited, name="messaging.member_invited")


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
