"""The page of an offering that is sold by session: coming dates, places left, tickets; shared slots as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.rules import OfferingFacts, TicketTypeFacts
from horarium.web.components.reasons import reason_text
from horarium.workflows.checkout import Quote, quote_items
from horarium.workflows.list_sessions import SessionDay, SessionListing, SessionSlot, list_sessions
from horarium.workflows.sessions_asked import SessionWish

from .calendar import build_calendar
from .choice import Choice
from .extras import wanted_extras
from .month import first_of, last_of
from .pages import base_context, page_of_choice
from .session_summary import build_session_summary
from .shop import Shop

LOOK_AHEAD = 92
FEW_DATES = 8


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One date of a tour. `url` is empty when it cannot be chosen; `note` says why, or how much is left."""

    slot: SessionSlot
    url: str
    note: str
    is_few: bool
    is_chosen: bool
    is_full: bool


@dataclass(frozen=True, slots=True)
class TicketRow:
    kind: TicketTypeFacts
    price: Money
    quantity: int
    most: int


@dataclass(frozen=True, slots=True)
class Dates:
    """Coming sessions by day, from the first of a month to the end of it or of the next."""

    first: date
    days: tuple[tuple[date, tuple[SessionRow, ...]], ...]
    previous: str
    next: str


def show_sessions(request: HttpRequest, shop: Shop, offering: OfferingFacts) -> HttpResponse:
    choice = Choice.of(request.GET).fitted(offering, frozenset())
    if offering.is_shared:
        calendar, chosen = _shared(shop, offering, choice)
        dates, choice = None, calendar.choice
        choice = replace(choice, start=chosen.start if chosen else None)
    else:
        calendar = None
        dates, chosen, choice = _dates(shop, offering, choice)
    quote, refusal = _quoted(shop, offering, choice) if chosen else (None, "")
    book_url = reverse("storefront_details", args=[shop.business.slug, offering.slug])
    context = {
        **base_context(shop, request),
        "offering": offering,
        "choice": choice,
        "calendar": calendar,
        "dates": dates,
        "chosen": chosen,
        "tickets": _tickets(choice, chosen) if chosen else (),
        "extras": wanted_extras(shop, offering, choice.extras),
        "summary": build_session_summary(shop, offering, choice, quote),
        "refusal": refusal,
        "can_book": quote is not None,
        "book_url": book_url + replace(choice, month=None, day=None).query(),
        "pairs": replace(choice, month=None, day=None).pairs(),
        "kept": [pair for pair in choice.pairs() if not pair[0].startswith(("ticket-", "extra"))],
        "has_bar": True,
        "goes_to_times": "session" in request.GET or "start" in request.GET or "day" in request.GET,
        "zone": offering.location.time_zone,
    }
    return page_of_choice(request, "storefront/sessions.html", context)


def _shared(shop: Shop, offering: OfferingFacts, choice: Choice) -> tuple[Any, SessionSlot | None]:
    calendar = build_calendar(shop, offering, choice, request_path(shop, offering))
    day = calendar.choice.day
    if day is None or choice.start is None:
        return calendar, None
    listing = _list(shop, offering, replace(choice, tickets=()), day, day)
    found = (one for each in listing.days for one in each.sessions)
    chosen = next((one for one in found if one.start == choice.start and one.reason is None), None)
    return calendar, chosen


def request_path(shop: Shop, offering: OfferingFacts) -> str:
    return reverse("storefront_offering", args=[shop.business.slug, offering.slug])


def _dates(shop: Shop, offering: OfferingFacts, choice: Choice) -> tuple[Dates, SessionSlot | None, Choice]:
    today, last_day = shop.today(offering), shop.last_day(offering)
    first = first_of(min(max(choice.month or today, today), last_day))
    days = _shown_days(shop, offering, first, today)
    if choice.month is None and not any(day.sessions for day in days):
        later = _list(shop, offering, choice, today, today + timedelta(days=LOOK_AHEAD)).days
        next_day = next((day.date for day in later if day.sessions), None)
        if next_day is not None:
            first = first_of(next_day)
            days = _shown_days(shop, offering, first, today)
    slots = [slot for day in days for slot in day.sessions]
    chosen = next((one for one in slots if one.session == choice.session and one.reason is None), None)
    shown = replace(
        choice,
        month=first,
        session=chosen.session if chosen else None,
        start=chosen.start if chosen else None,
    )
    last = last_of(days[-1].date if days else first)
    rows = tuple(
        (day.date, tuple(_row(one, shown, chosen) for one in day.sessions)) for day in days if day.sessions
    )
    clear = {"session": None, "start": None}
    dates = Dates(
        first,
        rows,
        shown.query(month=first_of(first - timedelta(days=1)), **clear) if first > today else "",
        shown.query(month=last + timedelta(days=1), **clear) if last < last_day else "",
    )
    return dates, chosen, shown


def _shown_days(shop: Shop, offering: OfferingFacts, first: date, today: date) -> Sequence[SessionDay]:
    """A month, and the next one, too, where few dates are in it."""
    days = _list(shop, offering, Choice(), max(first, today), last_of(first)).days
    if sum(bool(day.sessions) for day in days) >= FEW_DATES:
        return days
    return _list(
        shop, offering, Choice(), max(first, today), last_of(last_of(first) + timedelta(days=1))
    ).days


def _list(shop: Shop, offering: OfferingFacts, choice: Choice, first: date, last: date) -> SessionListing:
    return list_sessions(
        shop.business.slug,
        offering.public_id,
        first_on=first,
        last_on=last,
        wish=SessionWish(1, choice.duration),
        now=shop.now,
    )


def _row(slot: SessionSlot, choice: Choice, chosen: SessionSlot | None) -> SessionRow:
    note = places_text(slot)
    is_full = slot.reason is Reason.CAPACITY and not slot.places
    if slot.reason is not None:
        note = _("fully booked") if is_full else reason_text(str(slot.reason))
    return SessionRow(
        slot=slot,
        url="" if slot.reason else choice.query(session=slot.session, start=None),
        note=note,
        is_few=slot.places * 4 < slot.capacity,
        is_chosen=chosen is not None and slot.session == chosen.session,
        is_full=is_full,
    )


def places_text(slot: SessionSlot) -> str:
    """`3 of 10 places left`."""
    return ngettext("%(left)d of %(all)d places left", "%(left)d of %(all)d places left", slot.places) % {
        "left": slot.places,
        "all": slot.capacity,
    }


def _tickets(choice: Choice, slot: SessionSlot) -> tuple[TicketRow, ...]:
    wanted = dict(choice.tickets or ())
    return tuple(
        TicketRow(one.ticket_type, one.price, wanted.get(one.ticket_type.public_id, 0), one.most)
        for one in slot.tickets
    )


def _quoted(shop: Shop, offering: OfferingFacts, choice: Choice) -> tuple[Quote | None, str]:
    """What these tickets cost now, or why they cannot be had."""
    item = choice.item(offering)
    if item is None:
        return None, _("Choose at least one ticket.")
    try:
        return quote_items(shop.business.slug, [item], shop.now), ""
    except NotFree as refusal:
        return None, reason_text(str(refusal.reason))
    except InvalidInput as error:
        if (error.field or "").endswith("tickets"):
            return None, _("Choose at least one ticket with a place.")
        return None, _("This cannot be booked together. Change what you have chosen.")
