"""Messages to those who wait: that they are on the list, that a time is kept for them, that it is not any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from django.conf import settings
from django.utils import translation

from horarium.kit.clock import now
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, BookingState, Order, WaitingEntry, WaitingState
from horarium.modules.booking.queries_orders import find_order, list_bookings_of
from horarium.modules.booking.queries_waiting import find_waiting_entry
from horarium.modules.booking.tokens import waiting_path
from horarium.modules.catalog.rules import translated

from . import content, formats, wording_waiting
from .letters import Draft, Letter, about_order, notice
from .rules import MessageKey, language_of, one_line
from .wording import Wording


def waiting_joined(business_id: int, key: MessageKey) -> Draft | None:
    """True as long as the place is there."""
    entry = find_waiting_entry(business_id, key.subject)
    if entry is None or entry.state not in (WaitingState.WAITING, WaitingState.OFFERED):
        return None
    url = f"{settings.PUBLIC_URL}{waiting_path(entry.public_id)}"
    return _letter(key, entry, wording_waiting.waiting_joined, url)


def offer_lapsed(business_id: int, key: MessageKey) -> Draft | None:
    entry = find_waiting_entry(business_id, key.subject)
    if entry is None or entry.state != WaitingState.LAPSED:
        return None
    url = f"{settings.PUBLIC_URL}/b/{entry.business.slug}"
    return _letter(key, entry, wording_waiting.offer_lapsed, url)


def time_offered(business_id: int, key: MessageKey) -> Draft | None:
    """About an order that holds the time: true while it does."""
    order = find_order(business_id, key.subject)
    if order is None or not order.contact_email or order.expires_at is None or order.expires_at <= now():
        return None
    held = [one for one in list_bookings_of(order) if one.state == BookingState.HELD]
    return _offer(key, order, held, order.expires_at) if held else None


def _offer(key: MessageKey, order: Order, held: list[Booking], until: datetime) -> Draft:
    language = content.order_language(order)
    sender = content.sender_of(order.business, language)
    lines = [content.line_of(one, order, language=language, now=now()) for one in held]
    zone = ZoneInfo(held[0].location.time_zone)
    when = formats.short_moment_text(held[0].starts_at.astimezone(zone), language)
    due = Money(order.due_minor, order.currency)
    with translation.override(language):
        words = wording_waiting.time_offered(
            lines[0].title,
            when,
            formats.short_moment_text(until.astimezone(zone), language),
            formats.money_text(due, language) if due else "",
        )
        letter = Letter(
            language,
            sender,
            words,
            content.order_url(order),
            order.contact_email,
            content.recipient_name(order),
        )
        account = content.account_of(order, (), (), language)
        return about_order(key, letter, lines=lines, account=account)


def _letter(
    key: MessageKey, entry: WaitingEntry, words: Callable[[str, str, str], Wording], url: str
) -> Draft | None:
    if not entry.contact_email:
        return None
    language = language_of(entry.locale, entry.business.default_language)
    sender = content.sender_of(entry.business, language)
    what = translated(entry.offering.translations, "name", language, entry.offering.name)
    with translation.override(language):
        said = words(what, _dates(entry.first_on, entry.last_on, language), sender.name)
        name = one_line(entry.contact_name, 120)
        return notice(key, Letter(language, sender, said, url, entry.contact_email, name))


def _dates(first_on: date, last_on: date, language: str) -> str:
    first, last = (format_skeleton("MMMEd", one, locale=language) for one in (first_on, last_on))
    return first if first_on == last_on else f"{first} – {last}"
