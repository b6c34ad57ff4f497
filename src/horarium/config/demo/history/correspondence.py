"""Messages of the last days, composed by the product itself as they would have been at their time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from horarium.kit import clock
from horarium.modules.booking.models import Booking, BookingState
from horarium.modules.messaging.compose import compose
from horarium.modules.messaging.letters import Draft
from horarium.modules.messaging.models import Message, MessageState
from horarium.modules.messaging.rules import MessageKey, instant_mark

Occasion = tuple[datetime, MessageKey]
MOST: Final = {"booking_confirmed": 18, "booking_reminder": 8, "booking_cancelled": 5, "booking_pending": 3}


def write_correspondence(business_id: int, reminder_hours: int, now: datetime) -> None:
    """The newest of each kind. They are kept, not sent: the demo's guests have no mailboxes."""
    occasions = [
        *_newest(_confirmed(now), now),
        *_newest(_reminders(reminder_hours, now), now),
        *_newest(_cancelled(now), now),
        *_newest(_pending(now), now),
    ]
    messages = []
    for at, key in sorted(occasions, key=lambda one: one[0]):
        with clock.frozen(at):
            draft = compose(business_id, key)
        if draft is not None:
            messages.append(_message(business_id, draft, at))
    Message.objects.bulk_create(messages)


def _newest(occasions: list[Occasion], now: datetime) -> list[Occasion]:
    told = {str(key): (at, key) for at, key in occasions if at <= now}
    newest = sorted(told.values(), key=lambda one: one[0], reverse=True)
    return newest[: MOST[newest[0][1].template]] if newest else []


def _confirmed(now: datetime) -> list[Occasion]:
    rows = Booking.objects.filter(
        state=BookingState.CONFIRMED, starts_at__gt=now, confirmed_at__gt=now - timedelta(days=14)
    ).values_list("confirmed_at", "order__public_id")
    return [
        (at, MessageKey("booking_confirmed", order_id, instant_mark(at)))
        for at, order_id in rows
        if at is not None
    ]


def _reminders(hours: int, now: datetime) -> list[Occasion]:
    ahead = timedelta(hours=hours)
    rows = Booking.objects.filter(
        state=BookingState.CONFIRMED, starts_at__gt=now, starts_at__lte=now + ahead
    ).values_list("starts_at", "confirmed_at", "public_id")
    return [
        (starts - ahead, MessageKey("booking_reminder", booking_id, instant_mark(starts)))
        for starts, confirmed, booking_id in rows
        if confirmed is not None and confirmed < starts - ahead
    ]


def _cancelled(now: datetime) -> list[Occasion]:
    rows = Booking.objects.filter(
        state=BookingState.CANCELLED, cancellation__at__gt=now - timedelta(days=14)
    ).values_list("cancellation__at", "order__public_id")
    return [(at, MessageKey("booking_cancelled", order_id, instant_mark(at))) for at, order_id in rows]


def _pending(now: datetime) -> list[Occasion]:
    rows = Booking.objects.filter(state=BookingState.PENDING, starts_at__gt=now).values_list(
        "created_at", "order__public_id"
    )
    return [(at, MessageKey("booking_pending", order_id, "0")) for at, order_id in rows]


def _message(business_id: int, draft: Draft, at: datetime) -> Message:
    return Message(
        business_id=business_id,
        key=str(draft.key),
        template=draft.key.template,
        about=draft.key.subject,
        locale=draft.locale,
        to_name=draft.to_name,
        to_address=draft.to_address,
        subject=draft.subject,
        html=draft.html,
        text=draft.text,
        calendar=draft.calendar,
        state=MessageState.KEPT,
        due_at=at,
        sent_at=at,
        created_at=at,
    )
