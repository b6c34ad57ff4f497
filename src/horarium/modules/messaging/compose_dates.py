"""One message about all dates of a series that were changed at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation

from horarium.kit.clock import now
from horarium.modules.booking.models import Booking, BookingState, Order
from horarium.modules.booking.queries_orders import list_bookings_of
from horarium.modules.booking.queries_series import ChangedDates, find_changed_dates

from . import content, wording_dates
from .letters import Draft, Letter, about_dates
from .rules import MessageKey, read_sequence_mark

_COMING = (BookingState.CONFIRMED, BookingState.PENDING)


def dates_changed(business_id: int, key: MessageKey) -> Draft | None:
    """It tells of those dates that are still as that change has left them; the others have messages of their own."""
    order = content.find_told_order(business_id, key.subject)
    changed = find_changed_dates(business_id, *read_sequence_mark(key.mark))
    if order is None or changed is None:
        return None
    of_order = list_bookings_of(order)
    subject = [
        one
        for one in of_order
        if changed.sequences.get(one.public_id) == one.sequence
        and one.state in _COMING
        and one.ends_at > now()
    ]
    return _letter(key, order, of_order, subject, changed) if subject else None


def _letter(
    key: MessageKey,
    order: Order,
    of_order: Sequence[Booking],
    subject: Sequence[Booking],
    changed: ChangedDates,
) -> Draft:
    language = content.order_language(order)
    sender = content.sender_of(order.business, language)
    dates = []
    for one in subject:
        line = content.line_of(one, order, language=language, now=now())
        dates.append(content.date_line_of(one, changed.was[one.public_id], line, language))
    with translation.override(language):
        words = wording_dates.moved if any(one.was for one in dates) else wording_dates.changed
        said = words(dates[0].line.title, len(dates), sender.name)
        name, url = content.recipient_name(order), content.order_url(order)
        return about_dates(
            key,
            Letter(language, sender, said, url, order.contact_email, name),
            dates=dates,
            goods=content.standing_goods(order, language),
            account=content.account_of(order, of_order, (), language),
            calendar=content.calendars("REQUEST", order, subject, language, now()),
        )
