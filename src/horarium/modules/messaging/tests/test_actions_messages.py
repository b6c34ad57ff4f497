"""From facts to messages: what is written, what is sent, what is left unsaid."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from icalendar import Calendar

from horarium.kit.clock import frozen
from horarium.kit.errors import NotFound
from horarium.kit.money import Money
from horarium.modules.booking.events import BookingCancelled, BookingConfirmed, BookingMoved, BookingPending
from horarium.modules.booking.models import Booking, BookingState, Cancellation, Order
from horarium.modules.ledger.actions import receive_money
from horarium.modules.messaging import actions, queries, subscribers
from horarium.modules.messaging.models import Message
from horarium.modules.payments.events import LateMoneyRefunded
from horarium.modules.payments.models import Payment
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import invite_member
from horarium.platform.tenancy.events import MemberInvited
from horarium.platform.tenancy.models import Business, Invitation

from .conftest import NOW, START, Place

NBSP = "\u00a0"


def confirm(order: Order) -> None:
    for booking in order.bookings.all():
        subscribers.on_booking_confirmed(
            BookingConfirmed(
                business_id=order.business_id, booking_id=booking.public_id, order_id=order.public_id
            )
        )


def cancel(order: Order, *, refunded: int = 0) -> None:
    for booking in order.bookings.all():
        booking.state, booking.sequence = BookingState.CANCELLED, booking.sequence + 1
        booking.save()
        Cancellation.objects.create(
            business_id=order.business_id, booking=booking, by="guest", at=NOW, refunded_minor=refunded
        )
    for booking in order.bookings.all():
        subscribers.on_booking_cancelled(
            BookingCancelled(
                business_id=order.business_id,
                booking_id=booking.public_id,
                order_id=order.public_id,
                by="guest",
            )
        )


def message(template: str) -> Message:
    return Message.objects.get(template=template)


def send(row: Message) -> str:
    return actions.send_message(row.business_id, row.public_id)


ENGLISH = f"""\
Your booking is confirmed

Hello, Anna! See you at Salon Tejo.

Haircut
Tuesday, December 1, 2026, 10:00{NBSP}AM–11:30{NBSP}AM
Local time: Lisbon

With: Inês
Address: Baixa, Rua Augusta 1, Lisboa
Price: €45
Free cancellation until Mon, Nov 30, 2026, 10:00{NBSP}AM.

Total: €45
Left to pay: €45

View or change booking:
https://book.example.org/my/TOKEN

The attached file brings your calendar up to date.

Questions? Just reply to this message.
Salon Tejo · +351 21 234 5678
"""


def test_a_confirmation_tells_all_in_english(place: Place) -> None:
    confirm(place())
    row = message("booking_confirmed")
    assert row.subject == "Booking confirmed: Haircut, Tue, Dec 1, 10:00 AM"
    assert (row.to_address, row.to_name, row.locale, row.state) == (
        "anna@example.org",
        "Anna",
        "en",
        "queued",
    )
    token = row.text.split("/my/")[1].split()[0]
    assert token.startswith("ord_")
    assert row.text.replace(token, "TOKEN") == ENGLISH
    assert f'href="https://book.example.org/my/{token}"' in row.html
    assert "border-top:4px solid #aa3355" in row.html


@pytest.mark.parametrize(
    ("locale", "subject", "pieces"),
    [
        (
            "ru",
            "Бронирование подтверждено: Стрижка, вт, 1 дек., 10:00",
            [
                "До встречи в «Салон Тежу».",
                "Вторник, 1 декабря 2026\u202fг., 10:00–11:30",
                "Местное время: Лиссабон",
                "Байша, Rua Augusta 1, Лиссабон",
                f"Осталось оплатить: 45{NBSP}€",
                "Посмотреть или изменить бронирование:",
            ],
        ),
        (
            "es-CL",
            "Reserva confirmada: Corte, mar, 1 dic, 10:00",
            [
                "Nos vemos en Salon Tejo.",
                "Martes, 1 de diciembre de 2026, 10:00–11:30",
                "Hora local: Lisboa",
                f"Pendiente de pago: 45{NBSP}€",
                "Ver o cambiar la reserva:",
            ],
        ),
    ],
)
def test_a_confirmation_speaks_the_language_of_the_guest(
    place: Place, locale: str, subject: str, pieces: list[str]
) -> None:
    confirm(place(locale=locale))
    row = message("booking_confirmed")
    assert row.subject == subject
    assert [piece for piece in pieces if piece not in row.text] == []
    assert 'lang="' + locale[:2] in row.html


def test_what_is_paid_and_what_is_left_come_from_the_ledger(place: Place, business: Business) -> None:
    order = place()
    receive_money(
        business.pk,
        key="paid",
        into="gateway:test",
        amount=Money(1500, "EUR"),
        subject=order.public_id,
        occurred_at=NOW,
    )
    confirm(order)
    assert "Total: €45\nPaid: €15\nLeft to pay: €30\n" in message("booking_confirmed").text


def test_a_repeated_event_writes_one_message(place: Place) -> None:
    """T-75."""
    order = place()
    confirm(order)
    confirm(order)
    assert sorted(Message.objects.values_list("template", flat=True)) == [
        "booking_confirmed",
        "booking_reminder",
    ]


def test_bookings_confirmed_together_are_one_message_with_a_file_each(place: Place) -> None:
    confirm(place(starts=(START, START + timedelta(days=1))))
    row = message("booking_confirmed")
    assert row.subject.startswith("Booking confirmed: Haircut + 1, ")
    assert row.text.count("Haircut\n") == 2
    assert "Total: €90" in row.text
    assert row.calendar.count("BEGIN:VCALENDAR") == 2
    assert Message.objects.filter(template="booking_reminder").count() == 2


@pytest.mark.parametrize("state", [BookingState.HELD, BookingState.EXPIRED, BookingState.CANCELLED])
def test_nothing_is_said_of_a_hold_or_a_failed_order(place: Place, state: str) -> None:
    """T-53: mails before payment, or on a failed one."""
    order = place(state=state, expires_at=NOW + timedelta(minutes=15))
    confirm(order)
    cancel(order)
    booking = order.bookings.get()
    subscribers.on_booking_pending(
        BookingPending(business_id=order.business_id, booking_id=booking.public_id, order_id=order.public_id)
    )
    assert not Message.objects.exists()


def test_a_guest_without_an_address_is_not_written_to(place: Place) -> None:
    confirm(place(contact_email=""))
    assert not Message.objects.exists()


def test_a_request_waits_for_approval_without_a_calendar_file(place: Place) -> None:
    order = place(state=BookingState.PENDING)
    subscribers.on_booking_pending(
        BookingPending(
            business_id=order.business_id,
            booking_id=order.bookings.get().public_id,
            order_id=order.public_id,
        )
    )
    row = message("booking_pending")
    assert row.subject == "Waiting for approval: Haircut, Tue, Dec 1, 10:00 AM"
    assert "The time is kept for you. Salon Tejo will look at the request" in row.text
    assert row.calendar == ""


def test_a_cancellation_tells_the_refund_and_cancels_the_calendar(place: Place) -> None:
    order = place()
    cancel(order, refunded=4500)
    row = message("booking_cancelled")
    assert row.subject.startswith("Booking cancelled: Haircut")
    assert "Refund: €45" in row.text
    assert "Left to pay" not in row.text
    assert "https://book.example.org/b/salon" in row.text
    calendar: Any = Calendar.from_ical(row.calendar)
    assert calendar["method"] == "CANCEL"
    assert (calendar.events[0]["sequence"], calendar.events[0]["status"]) == (1, "CANCELLED")


def test_a_move_raises_the_sequence_and_makes_the_old_reminder_untrue(place: Place) -> None:
    """T-79: no reminder of a time that no longer applies; calendars get a growing SEQUENCE."""
    order = place()
    confirm(order)
    booking = order.bookings.get()
    booking.starts_at += timedelta(days=2)
    booking.ends_at += timedelta(days=2)
    booking.sequence = 1
    booking.save()
    subscribers.on_booking_moved(
        BookingMoved(business_id=order.business_id, booking_id=booking.public_id, order_id=order.public_id)
    )
    row = message("booking_moved")
    assert row.subject == "New time: Haircut, Thu, Dec 3, 10:00 AM"
    calendar: Any = Calendar.from_ical(row.calendar)
    assert calendar.events[0]["sequence"] == 1
    assert calendar.events[0]["uid"] == f"{booking.public_id}@book.example.org"
    old, new = Message.objects.filter(template="booking_reminder").order_by("id")
    assert new.due_at - old.due_at == timedelta(days=2)
    assert (send(old), send(new)) == ("skipped", "sent")


def test_a_reminder_is_due_before_the_start_and_skipped_after_a_cancellation(place: Place) -> None:
    """T-79: the state is read again at the moment of sending."""
    order = place()
    confirm(order)
    reminder = message("booking_reminder")
    assert reminder.due_at == START - timedelta(hours=24)
    assert reminder.about == order.bookings.get().public_id
    cancel(order)
    assert send(reminder) == "skipped"
    assert send(message("booking_confirmed")) == "skipped"
    assert mail.outbox == []


def test_a_booking_at_short_notice_gets_no_reminder(place: Place) -> None:
    confirm(place(starts=(NOW + timedelta(hours=24, minutes=59),)))
    assert [row.template for row in Message.objects.all()] == ["booking_confirmed"]


def test_a_booking_of_the_past_gets_no_message(place: Place) -> None:
    confirm(place(starts=(NOW - timedelta(days=3),)))
    assert not Message.objects.exists()


def test_a_message_is_sent_once(place: Place) -> None:
    """T-75."""
    confirm(place())
    row = message("booking_confirmed")
    assert (send(row), send(row)) == ("sent", "sent")
    (sent,) = mail.outbox
    assert sent.from_email == '"Salon Tejo" <no-reply@example.org>'
    assert sent.to == ["anna@example.org"]
    assert sent.reply_to == ["hello@tejo.example.org"]
    row.refresh_from_db()
    assert (row.state, row.sent_at) == ("sent", NOW)


def test_without_a_mail_server_messages_are_kept(place: Place, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    confirm(place())
    assert send(message("booking_confirmed")) == "kept"


def test_a_message_is_true_when_it_leaves(place: Place, business: Business) -> None:
    confirm(place())
    business.name = "Salon Douro"
    business.save()
    with frozen(NOW + timedelta(days=10)):
        assert send(message("booking_reminder")) == "sent"
    assert "A reminder of your booking at Salon Douro." in str(mail.outbox[0].body)


def test_a_name_that_advertises_is_not_carried_and_html_is_escaped(place: Place) -> None:
    """A stranger can type anybody's address: the mail must not be their leaflet."""
    confirm(place(contact_name="Win at http://evil.example <script>"))
    row = message("booking_confirmed")
    assert "evil" not in row.text + row.html + row.calendar
    assert "Hello" not in row.text


def test_texts_of_the_business_are_escaped_in_html(place: Place, business: Business) -> None:
    """T-123."""
    business.name = "Salon <img src=x onerror=alert(1)>\r\nBcc: all@example.org"
    business.brand_color = "red;}x"
    business.save()
    confirm(place())
    row = message("booking_confirmed")
    assert "<img" not in row.html
    assert "red;}" not in row.html
    assert send(row) == "sent"
    assert mail.outbox[0].message()["Bcc"] is None
    assert mail.outbox[0].recipients() == ["anna@example.org"]


def test_late_money_is_explained(place: Place, business: Business) -> None:
    order = place(state=BookingState.EXPIRED, expires_at=NOW - timedelta(minutes=1))
    payment = Payment.objects.create(
        business=business,
        subject=order.public_id,
        gateway="test",
        amount_minor=4500,
        currency="EUR",
        created_at=NOW,
    )
    event = LateMoneyRefunded(business_id=business.pk, payment_id=payment.public_id, subject=order.public_id)
    subscribers.on_late_money_refunded(event)
    subscribers.on_late_money_refunded(event)
    row = message("late_money_refunded")
    assert row.subject == "Your payment is being returned: €45"
    assert "Your payment of €45 reached Salon Tejo after the time for it had run out" in row.text
    assert row.about == order.public_id


def test_an_invitation_carries_its_link_until_it_is_withdrawn(business: Business) -> None:
    invited = invite_member(business.pk, email="new@example.org", role="operator", actor=Actor.system())
    subscribers.on_member_invited(
        MemberInvited(business_id=business.pk, invitation_id=invited.invitation.public_id)
    )
    row = message("member_invited")
    assert (row.subject, row.to_address) == ("Invitation to Salon Tejo", "new@example.org")
    assert f"https://book.example.org{invited.path}" in row.text
    Invitation.objects.update(expires_at=NOW)
    assert send(row) == "skipped"


def test_the_back_office_reads_messages_page_by_page(
    place: Place, business: Business, django_assert_num_queries: Any
) -> None:
    order = place()
    confirm(order)
    with django_assert_num_queries(2):
        page = queries.list_messages(business.pk, search="ANNA haircut")
    assert [view.template for view in page.messages] == ["booking_reminder", "booking_confirmed"]
    assert (page.total, page.pages, page.messages[0].html) == (2, 1, "")
    view = queries.get_message(business.pk, page.messages[1].public_id)
    assert view.html.startswith("<!doctype html>")
    (about,) = queries.list_messages_about(business.pk, [order.public_id])
    assert about.public_id == view.public_id
    with pytest.raises(NotFound):
        queries.get_message(business.pk, "msg_unknown")


@pytest.mark.parametrize("count", [10, 1000])
def test_a_page_of_messages_costs_two_queries(
    business: Business, count: int, django_assert_num_queries: Any
) -> None:
    Message.objects.bulk_create(
        Message(
            business=business, key=f"t:{n}:0", to_address="a@x.org", subject="s", due_at=NOW, created_at=NOW
        )
        for n in range(count)
    )
    with django_assert_num_queries(2):
        page = queries.list_messages(business.pk)
    assert (page.total, len(page.messages)) == (count, min(count, 50))


def test_the_calendar_of_an_order_is_of_bookings_not_of_holds(place: Place, business: Business) -> None:
    order = place()
    calendar: Any = Calendar.from_ical(queries.get_order_calendar(business.pk, order.public_id))
    assert calendar["method"] == "PUBLISH"
    assert calendar.events[0]["status"] == "CONFIRMED"
    Booking.objects.update(state=BookingState.CANCELLED)
    calendar = Calendar.from_ical(queries.get_order_calendar(business.pk, order.public_id))
    assert calendar.events[0]["status"] == "CANCELLED"
    Booking.objects.update(state=BookingState.HELD)
    with pytest.raises(NotFound):
        queries.get_order_calendar(business.pk, order.public_id)
