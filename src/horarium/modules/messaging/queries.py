"""Reads of messages, for the back office, and the calendar file of an order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from horarium.kit.errors import NotFound
from horarium.modules.booking.models import BookingState
from horarium.modules.booking.queries_orders import find_order, list_bookings_of

from . import content
from .calendar_file import calendar_file
from .models import Message

PAGE_SIZE = 50
_IN_CALENDAR = frozenset(
    {BookingState.PENDING, BookingState.CONFIRMED, BookingState.CHECKED_IN, BookingState.COMPLETED}
)


@dataclass(frozen=True, slots=True)
class MessageView:
    """`html` must only be shown in a sandboxed frame. `about`: the order, booking, payment or invitation."""

    public_id: str
    template: str
    locale: str
    to_name: str
    to_address: str
    subject: str
    state: str
    error: str
    about: str
    due_at: datetime
    sent_at: datetime | None
    created_at: datetime
    html: str = ""
    text: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class MessagePage:
    messages: tuple[MessageView, ...]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_size))


def list_messages(
    business_id: int,
    *,
    page: int = 1,
    search: str = "",
    state: str = "",
    page_size: int = PAGE_SIZE,
) -> MessagePage:
    """The newest first, without bodies; two queries, whatever the number of rows."""
    found = Message.objects.filter(business_id=business_id)
    if state:
        found = found.filter(state=state)
    for term in search.split():
        found = found.filter(
            Q(to_address__icontains=term)
            | Q(to_name__icontains=term)
            | Q(subject__icontains=term)
            | Q(about=term)
        )
    first = (max(1, page) - 1) * page_size
    rows = found.defer("html", "text", "calendar").order_by("-id")[first : first + page_size]
    return MessagePage(
        messages=tuple(_view(row) for row in rows),
        total=found.count(),
        page=max(1, page),
        page_size=page_size,
    )


def list_messages_about(business_id: int, subjects: Collection[str]) -> tuple[MessageView, ...]:
    """What was said about these orders and bookings, the newest first, without bodies."""
    rows = Message.objects.filter(business_id=business_id, about__in=subjects)
    return tuple(_view(row) for row in rows.defer("html", "text", "calendar").order_by("-id")[:100])


def get_message(business_id: int, public_id: str) -> MessageView:
    """One message with its bodies. Raises NotFound."""
    row = Message.objects.filter(business_id=business_id, public_id=public_id).first()
    if row is None:
        raise NotFound("no such message")
    return _view(row, bodies=True)


def count_failed(business_id: int) -> int:
    """Messages that no server has taken yet."""
    return Message.objects.filter(business_id=business_id, state="failed").count()


def get_order_calendar(business_id: int, order_id: str) -> bytes:
    """The bookings of an order as a file to download: those that stand; cancelled ones when none does.

    A hold is no booking: an order of holds only is not found.
    """
    order = find_order(business_id, order_id)
    bookings = list_bookings_of(order) if order else []
    standing = [one for one in bookings if one.state in _IN_CALENDAR]
    told = standing or [one for one in bookings if one.state == BookingState.CANCELLED]
    if order is None or not told:
        raise NotFound("no such booking")
    language = content.order_language(order)
    return calendar_file([content.calendar_booking(one, order, language) for one in told], "PUBLISH")


def _view(row: Message, *, bodies: bool = False) -> MessageView:
    return MessageView(
        public_id=row.public_id,
        template=row.template,
        locale=row.locale,
        to_name=row.to_name,
        to_address=row.to_address,
        subject=row.subject,
        state=row.state,
        error=row.error,
        about=row.about,
        due_at=row.due_at,
        sent_at=row.sent_at,
        created_at=row.created_at,
        html=row.html if bodies else "",
        text=row.text if bodies else "",
        calendar=row.calendar if bodies else "",
    )
