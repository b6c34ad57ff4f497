"""From a fact to a message. Composed when the fact is heard and again when the message leaves (T-79)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from horarium.kit.clock import now
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, BookingState, Order
from horarium.modules.booking.queries_orders import find_booking, find_order, list_bookings_of
from horarium.modules.payments.queries import find_payment
from horarium.platform.tenancy.models import Invitation
from horarium.platform.tenancy.tokens import invitation_path

from . import compose_dates, compose_goods, compose_waiting, content, formats, wording, wording_waiting
from .calendar_file import Method
from .letters import Draft, Letter, about_order, notice
from .rules import MessageKey, instant_mark, language_of
from .wording import Wording


@dataclass(frozen=True, slots=True)
class _Kind:
    """A message about bookings: which of an order's bookings it speaks of, its words, its calendar file."""

    words: Callable[[str, str, str], Wording]
    speaks_of: Callable[[Booking, str], bool]
    method: Method | None


def _is_confirmed_then(booking: Booking, mark: str) -> bool:
    return (
        booking.state == BookingState.CONFIRMED
        and booking.confirmed_at is not None
        and instant_mark(booking.confirmed_at) == mark
    )


def _is_pending(booking: Booking, mark: str) -> bool:
    return booking.state == BookingState.PENDING


def _is_cancelled_then(booking: Booking, mark: str) -> bool:
    return booking.state == BookingState.CANCELLED and instant_mark(booking.cancellation.at) == mark


def _is_at_sequence(booking: Booking, mark: str) -> bool:
    return booking.state in _COMING and str(booking.sequence) == mark


def _is_at_start(booking: Booking, mark: str) -> bool:
    return booking.state == BookingState.CONFIRMED and instant_mark(booking.starts_at) == mark


_COMING = (BookingState.CONFIRMED, BookingState.PENDING)
_KINDS: dict[str, _Kind] = {
    "booking_confirmed": _Kind(wording.booking_confirmed, _is_confirmed_then, "REQUEST"),
    "booking_pending": _Kind(wording.booking_pending, _is_pending, None),
    "booking_cancelled": _Kind(wording.booking_cancelled, _is_cancelled_then, "CANCEL"),
    "booking_changed": _Kind(wording.booking_changed, _is_at_sequence, "REQUEST"),
    "booking_moved": _Kind(wording.booking_moved, _is_at_sequence, "REQUEST"),
    "booking_reminder": _Kind(wording.booking_reminder, _is_at_start, None),
    "request_declined": _Kind(wording_waiting.request_declined, _is_cancelled_then, None),
    "request_expired": _Kind(wording_waiting.request_expired, _is_cancelled_then, None),
}
_REFUSALS = frozenset({"booking_cancelled", "request_declined", "request_expired"})


def compose(business_id: int, key: MessageKey) -> Draft | None:
    """The message as of now, or None when it is no longer true or nobody can be reached."""
    if key.template in _KINDS:
        return _about_bookings(business_id, key)
    return _OTHERS[key.template](business_id, key)


def _about_bookings(business_id: int, key: MessageKey) -> Draft | None:
    """Nothing is said of a hold, nor of time that has passed."""
    kind = _KINDS[key.template]
    order_id = _order_id(business_id, key.subject)
    order = content.find_told_order(business_id, order_id) if order_id else None
    if order is None:
        return None
    of_order = list_bookings_of(order)
    subject = [
        one
        for one in of_order
        if key.subject in (order.public_id, one.public_id)
        and one.ends_at > now()
        and kind.speaks_of(one, key.mark)
    ]
    return _draft(key, kind, order, of_order, subject) if subject else None


def _order_id(business_id: int, subject: str) -> str:
    if subject.startswith("ord_"):
        return subject
    booking = find_booking(business_id, subject)
    return booking.order.public_id if booking is not None else ""


def _draft(
    key: MessageKey, kind: _Kind, order: Order, of_order: Sequence[Booking], subject: Sequence[Booking]
) -> Draft:
    language = content.order_language(order)
    sender = content.sender_of(order.business, language)
    instant = now()
    lines = [content.line_of(one, order, language=language, now=instant) for one in subject]
    is_cancelled = key.template in _REFUSALS
    is_declined = key.template == "request_declined"
    with translation.override(language):
        words = kind.words(_what(lines), _when(subject[0], language), sender.name)
        url = sender.page_url if is_cancelled else content.order_url(order)
        name = content.recipient_name(order)
        return about_order(
            key,
            Letter(language, sender, words, url, order.contact_email, name),
            lines=lines,
            goods=[] if is_cancelled else content.standing_goods(order, language),
            account=content.account_of(order, of_order, subject if is_cancelled else (), language),
            is_cancelled=is_cancelled,
            note=subject[0].cancellation.reason if is_declined else "",
            calendar=content.calendars(kind.method, order, subject, language, instant) if kind.method else "",
        )


def _late_money(business_id: int, key: MessageKey) -> Draft | None:
    """`key.mark` is the payment that came too late and goes back."""
    order = find_order(business_id, key.subject)
    payment = find_payment(business_id, key.mark)
    if order is None or payment is None or not order.contact_email:
        return None
    language = content.order_language(order)
    sender = content.sender_of(order.business, language)
    amount = Money(payment.amount_minor, payment.currency)
    with translation.override(language):
        words = wording.late_money_refunded(formats.money_text(amount, language), sender.name)
        return notice(
            key,
            Letter(
                language, sender, words, sender.page_url, order.contact_email, content.recipient_name(order)
            ),
        )


def _invitation(business_id: int, key: MessageKey) -> Draft | None:
    """Only the account with this very address can accept it, so the link may be kept with the message."""
    invitation = (
        Invitation.objects.select_related("business")
        .filter(business_id=business_id, public_id=key.subject, accepted_at=None, expires_at__gt=now())
        .first()
    )
    if invitation is None:
        return None
    language = language_of("", invitation.business.default_language)
    sender = content.sender_of(invitation.business, language)
    url = f"{settings.PUBLIC_URL}{invitation_path(invitation.public_id)}"
    with translation.override(language):
        words = wording.member_invited(invitation.role, sender.name)
        return notice(key, Letter(language, sender, words, url, invitation.email))


def _what(lines: Sequence[content.Line]) -> str:
    return lines[0].title if len(lines) == 1 else f"{lines[0].title} + {len(lines) - 1}"


def _when(booking: Booking, language: str) -> str:
    return formats.short_moment_text(
        booking.starts_at.astimezone(ZoneInfo(booking.location.time_zone)), language
    )


_OTHERS: dict[str, Callable[[int, MessageKey], Draft | None]] = {
    "late_money_refunded": _late_money,
    "member_invited": _invitation,
    "dates_changed": compose_dates.dates_changed,
    "goods_sold": compose_goods.goods_sold,
    "goods_cancelled": compose_goods.goods_cancelled,
    "waiting_joined": compose_waiting.waiting_joined,
    "time_offered": compose_waiting.time_offered,
    "offer_lapsed": compose_waiting.offer_lapsed,
}
TEMPLATES = frozenset((*_KINDS, *_OTHERS))
