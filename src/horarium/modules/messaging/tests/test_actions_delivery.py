"""Messages and a real SMTP server."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

from horarium.kit.errors import NotFound
from horarium.modules.booking.events import BookingConfirmed
from horarium.modules.booking.models import Order
from horarium.modules.messaging import actions, subscribers
from horarium.modules.messaging.errors import DeliveryFailed
from horarium.modules.messaging.models import Message
from horarium.platform.audit.actor import Actor

from .conftest import Place


class Mailbox:
    """An SMTP server's hands: keeps what it takes, and refuses with `refusal` when there is one."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusal = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield box
    finally:
        controller.stop()


def confirmation(order: Order) -> Message:
    booking = order.bookings.first()
    assert booking is not None
    subscribers.on_booking_confirmed(
        BookingConfirmed(
            business_id=order.business_id, booking_id=booking.public_id, order_id=order.public_id
        )
    )
    return Message.objects.get(template="booking_confirmed")


def send(row: Message) -> str:
    return actions.send_message(row.business_id, row.public_id)


def test_a_server_receives_text_html_and_a_calendar_file(place: Place, mailbox: Mailbox) -> None:
    row = confirmation(place(locale="ru"))
    assert send(row) == "sent"
    (mail,) = mailbox.mails
    assert str(mail["From"]) == "Салон Тежу <no-reply@example.org>"
    assert mail["To"] == "anna@example.org"
    assert mail["Reply-To"] == "hello@tejo.example.org"
    assert str(mail["Subject"]).strip() == "Бронирование подтверждено: Стрижка, вт, 1 дек., 10:00"
    assert mail["Message-ID"] == f"<{row.public_id}@book.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert "До встречи в «Салон Тежу»." in text.get_content()
    assert html is not None
    assert "Посмотреть или изменить бронирование" in html.get_content()
    (file,) = mail.iter_attachments()
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "booking.ics")
    assert file.get_param("method") == "REQUEST"
    calendar: Any = Calendar.from_ical(file.get_content())
    assert calendar["method"] == "REQUEST"
    assert calendar.events[0]["summary"] == "Стрижка · Салон Тежу"
    assert str(calendar.events[0]["attendee"]) == "mailto:anna@example.org"


def test_a_refusal_for_now_is_visible_and_tried_again(place: Place, mailbox: Mailbox) -> None:
    row = confirmation(place())
    mailbox.refusal = "451 try later"
    with pytest.raises(DeliveryFailed):
        send(row)
    row.refresh_from_db()
    assert (row.state, row.sent_at) == ("failed", None)
    assert "451" in row.error
    mailbox.refusal = ""
    assert send(row) == "sent"
    row.refresh_from_db()
    assert (row.state, row.error, len(mailbox.mails)) == ("sent", "", 1)


def test_a_refusal_for_good_is_not_tried_again(place: Place, mailbox: Mailbox) -> None:
    row = confirmation(place())
    mailbox.refusal = "550 no such mailbox"
    assert send(row) == "failed"
    row.refresh_from_db()
    assert "no such mailbox" in row.error
    jobs = ProcrastinateJob.objects.filter(task_name="messaging.send", args__message_id=row.public_id)
    assert jobs.count() == 1
    actions.send_again(row.business_id, row.public_id, actor=Actor.system())
    assert jobs.count() == 2
    mailbox.refusal = ""
    assert send(row) == "sent"
    with pytest.raises(NotFound):
        actions.send_again(row.business_id, row.public_id, actor=Actor.system())


def test_a_server_that_is_down_is_a_failure_to_try_again(place: Place, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    row = confirmation(place())
    with pytest.raises(DeliveryFailed):
        send(row)
    row.refresh_from_db()
    assert row.state == "failed"
