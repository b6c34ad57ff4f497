"""A message on its way out: headers that cannot be forged, text, HTML and calendar files."""

from __future__ import annotations

from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from email.utils import parseaddr, quote
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from .calendar_file import split_files
from .models import Message
from .rules import one_line

_NO_SERVER: Final = (
    "django.core.mail.backends.dummy.EmailBackend",
    "django.core.mail.backends.console.EmailBackend",
)


def is_mail_server_set() -> bool:
    """Without one, messages are kept for the back office."""
    return settings.EMAIL_BACKEND not in _NO_SERVER


def send_mail(message: Message, *, business_name: str, reply_to: str) -> None:
    """Hand the message to the mail server. Raises what the server or the network raises.

    The Message-ID is the message's own: a mail that leaves twice after a crash is known for the same one.
    """
    mail = EmailMultiAlternatives(
        subject=one_line(message.subject),
        body=message.text,
        from_email=_from(business_name),
        to=[message.to_address],
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": _message_id(message), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(message.html, "text/html")
    files = split_files(message.calendar)
    for number, file in enumerate(files, start=1):
        mail.attach(_calendar_part(file, "booking.ics" if len(files) == 1 else f"booking-{number}.ics"))
    mail.send()


def _from(business_name: str) -> str:
    """The address of the installation under the name of the business."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    name = one_line(business_name, 100)
    return f'"{quote(name)}" <{address}>' if name else address


def _message_id(message: Message) -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<{message.public_id}@{host}>"


def _calendar_part(file: str, name: str) -> MIMEBase:
    part = MIMEText(file, "calendar", "utf-8")
    part.set_param("method", _method(file))
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _method(file: str) -> str:
    lines = (line for line in file.splitlines() if line.startswith("METHOD:"))
    return next(lines, "METHOD:PUBLISH").removeprefix("METHOD:")
