"""An order as its customer sees it: what to say first, and what can be done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from horarium.kit.money import Money
from horarium.web.components.terms import PriceLine, cancellation_text, price_lines
from horarium.workflows.order_view import BookingView, OrderView


@dataclass(frozen=True, slots=True)
class Headline:
    hue: str
    icon: str
    title: str | Promise
    text: str | Promise


HEADLINES: Final[dict[str, Headline]] = {
    "held": Headline(
        "hold", "timer", _("Your time is held"), _("Pay before the time runs out, and it is yours.")
    ),
    "offered": Headline(
        "hold",
        "timer",
        _("A time is kept for you"),
        _("One click, and it is yours. Nobody else can book it meanwhile."),
    ),
    "unanswered": Headline(
        "plain",
        "timer-off",
        _("Your request was not answered in time"),
        _("It is over and costs you nothing. The time is no longer kept for you."),
    ),
    "paying": Headline(
        "hold",
        "loader-circle",
        _("Waiting for the payment"),
        _("This page changes by itself once it is through."),
    ),
    "pending": Headline(
        "warn",
        "hourglass",
        _("Your request has been sent"),
        _("The time is kept for you until it is answered by e-mail."),
    ),
    "confirmed": Headline(
        "ok", "circle-check", _("You are booked"), _("All about it is on this page and in the e-mail to you.")
    ),
    "checked_in": Headline("info", "log-in", _("You have arrived"), _("Enjoy your time.")),
    "completed": Headline("plain", "check-check", _("This visit is over"), _("Thank you for coming.")),
    "cancelled": Headline(
        "plain", "circle-x", _("This booking is cancelled"), _("The time is free for others again.")
    ),
    "expired": Headline(
        "plain",
        "timer-off",
        _("The hold has run out"),
        _("The time was not paid for and is no longer kept for you."),
    ),
    "no_show": Headline("bad", "user-x", _("You did not come"), _("Please contact the business.")),
}

PAYABLE: Final = frozenset({"held", "pending", "confirmed", "checked_in", "completed"})


@dataclass(frozen=True, slots=True)
class ShownBooking:
    view: BookingView
    lines: list[PriceLine]
    cancellation: str
    again_url: str
    place: str
    map_url: str
    google_url: str


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """`mark` changes whenever the page would look different; `is_waiting` asks the page to look again."""

    headline: Headline
    bookings: tuple[ShownBooking, ...]
    can_pay: bool
    can_accept: bool
    can_cancel: bool
    is_waiting: bool
    is_over: bool
    returning: Money
    mark: str


def show(view: OrderView, now: datetime, *, is_paying: bool = False) -> ShownOrder:
    """`is_paying`: a payment is under way."""
    state = _state(view, is_paying=is_paying)
    facts = [view.paid.minor, view.payment_state, view.returning.minor, is_paying]
    facts += [(one.state, one.sequence) for one in view.bookings]
    return ShownOrder(
        headline=HEADLINES.get(state, HEADLINES["confirmed"]),
        bookings=tuple(_booking(one, view, now) for one in view.bookings),
        can_pay=bool(view.due_now) and view.status in PAYABLE,
        can_accept=state == "offered",
        can_cancel=any(one.can_cancel for one in view.bookings),
        is_waiting=is_paying or view.status == "held",
        is_over=view.status in ("cancelled", "expired"),
        returning=view.returning,
        mark=hashlib.sha256(repr(facts).encode()).hexdigest()[:12],
    )


def _state(view: OrderView, *, is_paying: bool) -> str:
    """The key of the headline: the order's status, and more exactly where that matters to the guest."""
    if view.status == "held" and not view.due_now:
        return "offered"
    if view.status == "expired" and any(one.approve_by is not None for one in view.bookings):
        return "unanswered"
    return "paying" if is_paying and view.status == "held" else view.status


def _booking(one: BookingView, view: OrderView, now: datetime) -> ShownBooking:
    language = get_language() or "en"
    parts = (one.location.text(part, language) for part in ("address", "city"))
    place = ", ".join(part for part in parts if part)
    return ShownBooking(
        view=one,
        lines=price_lines(one.lines, one.offering, view.total.currency),
        cancellation=cancellation_text(
            one.terms,
            view.total.currency,
            one.start,
            now,
            is_prepaid=bool(view.paid) or view.status == "held",
        )
        if one.is_active
        else "",
        again_url=reverse("storefront_offering", args=[view.business.slug, one.offering.slug]),
        place=place,
        map_url=f"https://www.openstreetmap.org/search?{urlencode({'query': place})}" if place else "",
        google_url=_google_url(one, one.offering.text("name", language), view.business.name, place),
    )


def _google_url(one: BookingView, name: str, business: str, place: str) -> str:
    """A calendar entry without anything that opens this page."""
    stamp = "%Y%m%dT%H%M%S"
    query = {
        "action": "TEMPLATE",
        "text": f"{name}, {business}",
        "dates": f"{one.start:{stamp}}/{one.end:{stamp}}",
        "ctz": one.location.time_zone,
        "location": place,
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(query)}"
