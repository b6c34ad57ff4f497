"""What messages tell, read from the orders: plain values in the language of the message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, BookingState, Order, ProductLine
from horarium.modules.booking.queries_orders import find_order, lines_of
from horarium.modules.booking.queries_stays import is_room_open
from horarium.modules.booking.rules import agreed_of_json, free_until
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.rules import translated
from horarium.modules.ledger.queries import flows_of
from horarium.platform.tenancy.models import Business, Location

from . import formats
from .calendar_file import CalendarBooking, Method, Status, calendar_file
from .rules import brand_colour, greeting_name, ink_on, language_of, one_line

PLACES = ("room", "hall", "vehicle")


@dataclass(frozen=True, slots=True)
class Sender:
    """The business as a message shows it."""

    name: str
    colour: str
    ink: str
    email: str
    phone: str
    website: str
    page_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One booking, ready to print."""

    title: str
    day: str
    time: str
    zone: str
    people: str
    rooms: str
    address: str
    directions: str
    party: int
    extras: str
    price: str
    free_until: str
    is_free_to_cancel: bool


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """Goods of one kind, ready to print."""

    title: str
    price: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """One of several dates that were changed at once, ready to print. `was` is empty where it begins as before."""

    was: str
    becomes: str
    line: Line


@dataclass(frozen=True, slots=True)
class Account:
    """The money of the whole order. Empty text: nothing to say."""

    total: str
    paid: str
    rest: str
    refund: str


def find_told_order(business_id: int, order_id: str) -> Order | None:
    """An order whose guest can be written to. Nothing is said of one that never got beyond a hold (T-53)."""
    order = find_order(business_id, order_id)
    if order is None or not order.contact_email or order.expires_at is not None:
        return None
    return order


def sender_of(business: Business, language: str) -> Sender:
    colour = brand_colour(business.brand_color)
    return Sender(
        name=translated(business.translations, "name", language, business.name),
        colour=colour,
        ink=ink_on(colour),
        email=business.email,
        phone=business.phone,
        website=business.website if business.website.startswith(("https://", "http://")) else "",
        page_url=f"{settings.PUBLIC_URL}/b/{business.slug}",
    )


def order_language(order: Order) -> str:
    return language_of(order.locale, order.business.default_language)


def order_url(order: Order) -> str:
    return f"{settings.PUBLIC_URL}/my/{order_token(order)}"


def line_of(booking: Booking, order: Order, *, language: str, now: datetime) -> Line:
    zone = ZoneInfo(booking.location.time_zone)
    starts, ends = booking.starts_at.astimezone(zone), booking.ends_at.astimezone(zone)
    price = Money(booking.total_minor, order.currency)
    until = free_until(agreed_of_json(booking.terms).terms_at(price), booking.starts_at)
    return Line(
        title=title_of(booking, language),
        day=formats.day_text(starts, language),
        time=formats.span_text(starts, ends, language),
        zone=formats.place_of_zone(booking.location.time_zone, language),
        people=_resources(booking, ("person",), language),
        rooms=_rooms(booking, language, now),
        address=address_of(booking.location, language),
        directions=translated(
            booking.location.translations, "directions", language, booking.location.directions
        ),
        party=booking.party,
        extras=", ".join(
            translated(line.extra.translations, "name", language, line.extra.name)
            for line in booking.extra_lines.all()
        ),
        price=_price(booking.total_minor, order, language),
        free_until=formats.moment_text(until.astimezone(zone), language) if until else "",
        is_free_to_cancel=until is not None and now <= until,
    )


def date_line_of(booking: Booking, was: datetime, line: Line, language: str) -> DateLine:
    zone = ZoneInfo(booking.location.time_zone)
    before = formats.moment_text(was.astimezone(zone), language) if was != booking.starts_at else ""
    return DateLine(before, formats.moment_text(booking.starts_at.astimezone(zone), language), line)


def goods_line_of(line: ProductLine, order: Order, language: str) -> GoodsLine:
    name = translated(line.product.translations, "name", language, line.product.name)
    title = name if line.quantity == 1 else f"{name} × {line.quantity}"
    return GoodsLine(title, _price(line.total_minor, order, language))


def standing_goods(order: Order, language: str) -> list[GoodsLine]:
    return [goods_line_of(one, order, language) for one in lines_of(order) if one.state in _STANDS]


def account_of(
    order: Order,
    bookings: Sequence[Booking],
    cancelled: Sequence[Booking],
    language: str,
    *,
    of_goods: int = 0,
) -> Account:
    """Total of the order's `bookings` and goods that still stand, what the business holds, what is left to pay;
    the refund of those `cancelled`, and of goods in minor units.
    """
    parts: list[Booking | ProductLine] = [*bookings, *lines_of(order)]
    total = sum(one.total_minor for one in parts if one.state in _STANDS)
    flow = flows_of(order.business_id, [order.public_id])[order.public_id]
    rest = max(total - (flow.paid - flow.fees), 0)
    refund = sum(one.cancellation.refunded_minor for one in cancelled) + of_goods
    return Account(
        total=_price(total, order, language),
        paid=_price(flow.paid, order, language),
        rest=_price(rest, order, language),
        refund=_price(refund, order, language),
    )


_STANDS = frozenset(
    {BookingState.PENDING, BookingState.CONFIRMED, BookingState.CHECKED_IN, BookingState.COMPLETED}
)


def title_of(booking: Booking, language: str) -> str:
    return translated(booking.offering.translations, "name", language, booking.offering.name)


def address_of(location: Location, language: str) -> str:
    parts = ("name", "address", "city")
    texts = (translated(location.translations, part, language, getattr(location, part)) for part in parts)
    return ", ".join(text for text in texts if text)


def _resources(booking: Booking, kinds: Sequence[str], language: str) -> str:
    resources = (part.resource for part in booking.assignments.all())
    return ", ".join(
        translated(one.translations, "name", language, one.name)
        for one in sorted(resources, key=lambda one: (one.position, one.pk))
        if one.kind in kinds
    )


def _rooms(booking: Booking, language: str, now: datetime) -> str:
    """None that may still change."""
    is_open = is_room_open(booking, booking.offering.mode, booking.state, now)
    return "" if is_open else _resources(booking, PLACES, language)


def _price(minor: int, order: Order, language: str) -> str:
    return formats.money_text(Money(minor, order.currency), language) if minor else ""


def calendar_booking(booking: Booking, order: Order, language: str) -> CalendarBooking:
    """A booking for a calendar file."""
    sender, url = sender_of(order.business, language), order_url(order)
    people = _resources(booking, ("person",), language)
    return CalendarBooking(
        booking_id=booking.public_id,
        host=urlsplit(settings.PUBLIC_URL).hostname or "localhost",
        sequence=booking.sequence,
        status=_calendar_status(booking.state),
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        time_zone=booking.location.time_zone,
        changed_at=_changed_at(booking),
        summary=f"{title_of(booking, language)} · {sender.name}",
        location=address_of(booking.location, language),
        description="\n".join(part for part in (people, sender.phone, url) if part),
        url=url,
        organizer_name=sender.name,
        organizer_email=sender.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee_name=greeting_name(order.contact_name),
        attendee_email=order.contact_email,
    )


def calendars(
    method: Method, order: Order, bookings: Sequence[Booking], language: str, instant: datetime
) -> str:
    """A file for each booking, one after the other."""
    files = (
        calendar_file([replace(calendar_booking(one, order, language), changed_at=instant)], method)
        for one in bookings
    )
    return "".join(one.decode() for one in files)


def _calendar_status(state: str) -> Status:
    if state in (BookingState.CANCELLED, BookingState.EXPIRED):
        return "CANCELLED"
    return "TENTATIVE" if state in (BookingState.HELD, BookingState.PENDING) else "CONFIRMED"


def _changed_at(booking: Booking) -> datetime:
    if booking.state == BookingState.CANCELLED and hasattr(booking, "cancellation"):
        return booking.cancellation.at
    return booking.confirmed_at or booking.created_at


def recipient_name(order: Order) -> str:
    return one_line(order.contact_name, 120)
