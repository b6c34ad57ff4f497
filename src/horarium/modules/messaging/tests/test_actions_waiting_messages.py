"""Messages to those who wait, and about requests that were not agreed on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from horarium.kit.clock import frozen
from horarium.modules.booking.events import BookingCancelled, OfferLapsed, TimeOffered, WaitingJoined
from horarium.modules.booking.models import Booking, BookingState, Cancellation, Order, WaitingEntry
from horarium.modules.booking.tokens import order_token, waiting_token
from horarium.modules.messaging import actions, subscribers
from horarium.modules.messaging.models import Message, MessageState

from .conftest import NOW, Place

HOUR = timedelta(hours=1)


def make_entry(order: Order, **fields: object) -> WaitingEntry:
    booking = order.bookings.first()
    assert booking is not None
    values: dict[str, object] = {
        "offering": booking.offering,
        "customer": order.customer,
        "contact_name": "Anna",
        "contact_email": "anna@example.org",
        "locale": "en",
        "first_on": date(2026, 12, 1),
        "last_on": date(2026, 12, 3),
        "created_at": NOW,
        **fields,
    }
    return WaitingEntry.objects.create(business=order.business, **values)


def message(template: str) -> Message:
    return Message.objects.get(template=template)


def test_who_joins_is_told_with_a_link_to_leave(place: Place) -> None:
    entry = make_entry(place(state="confirmed"))
    subscribers.on_waiting_joined(WaitingJoined(business_id=entry.business_id, entry_id=entry.public_id))
    said = message("waiting_joined")
    assert said.subject == "On the waiting list: Haircut, Tue, Dec 1 – Thu, Dec 3"
    assert said.to_address == "anna@example.org"
    assert f"https://book.example.org/waiting/{waiting_token(entry.public_id)}/" in said.text


@pytest.mark.parametrize(
    ("locale", "due", "subject", "button"),
    [
        (
            "en",
            0,
            "Free for you until Fri, Nov 20, 1:00 PM: Haircut, Tue, Dec 1, 10:00 AM",
            "Take this time",
        ),
        ("ru", 0, "Свободно для вас до пт, 20 нояб., 13:00: Стрижка, вт, 1 дек., 10:00", "Занять это время"),
        ("es", 4500, "Libre para ti hasta vie, 20 nov, 13:00: Corte, mar, 1 dic, 10:00", "pagar 45\u00a0€"),
    ],
)
def test_an_offer_says_until_when_and_opens_the_order(
    place: Place, locale: str, due: int, subject: str, button: str
) -> None:
    order = place(
        state="held", expires_at=NOW + HOUR, due_minor=due, locale=locale, contact_email="a@example.org"
    )
    subscribers.on_time_offered(
        TimeOffered(business_id=order.business_id, entry_id="wait_1", order_id=order.public_id)
    )
    said = message("time_offered")
    assert said.subject == subject
    assert button in said.text
    assert f"/my/{order_token(order)}" in said.html


def test_an_offer_that_is_over_is_not_sent_any_more(place: Place) -> None:
    """T-79."""
    order = place(state="held", expires_at=NOW + HOUR, contact_email="a@example.org")
    subscribers.on_time_offered(
        TimeOffered(business_id=order.business_id, entry_id="wait_1", order_id=order.public_id)
    )
    said = message("time_offered")
    with frozen(NOW + HOUR):
        assert actions.send_message(order.business_id, said.public_id) == MessageState.SKIPPED
    assert mail.outbox == []


def test_who_let_an_offer_pass_is_told(place: Place) -> None:
    entry = make_entry(place(state="confirmed"), state="lapsed", locale="ru")
    subscribers.on_offer_lapsed(OfferLapsed(business_id=entry.business_id, entry_id=entry.public_id))
    said = message("offer_lapsed")
    assert said.subject == "Больше не закреплено за вами: Стрижка"
    assert "https://book.example.org/b/salon" in said.text


@pytest.mark.parametrize(
    ("by", "template", "heading"),
    [
        ("staff", "request_declined", "Your request was declined"),
        ("system", "request_expired", "Your request was not answered in time"),
        ("guest", "booking_cancelled", "Your booking is cancelled"),
    ],
)
def test_a_request_that_was_never_agreed_on_ends_in_its_own_words(
    place: Place, by: str, template: str, heading: str
) -> None:
    order = place(state="pending", contact_email="a@example.org")
    Booking.objects.update(needs_approval=True, state=BookingState.CANCELLED)
    booking = order.bookings.get()
    Cancellation.objects.create(
        business_id=order.business_id,
        booking=booking,
        by=by,
        at=NOW,
        reason="Private event",
        refunded_minor=4500,
    )
    subscribers.on_booking_cancelled(
        BookingCancelled(
            business_id=order.business_id, booking_id=booking.public_id, order_id=order.public_id, by=by
        )
    )
    said = message(template)
    assert heading in said.text
    assert "Refund: €45" in said.text
    assert ("Private event" in said.text) is (by == "staff")
