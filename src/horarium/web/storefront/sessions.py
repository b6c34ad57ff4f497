"""The page of an offering that is sold by session: coming dates, places left, tickets; shared slots as a calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.catalog.rules import OfferingFacts, TicketTypeFacts
from horarium.web.components.reasons import reason_text
from horarium.workflows.checkout import Quote, quote_items
from horarium.workflows.list_sessions import SessionListing, SessionSlot, list_sessions
from horarium.workflows.sessions_asked import SessionWish

from .calendar import build_calendar, days_on_sale
from .choice import Choice
from .dates import build_dates
from .extras import wanted_extras
from .pages import base_context, page_of_choice
from .session_summary import build_session_summary
from .shop import Shop


@dataclass(frozen=True, slots=True)
class TicketRow:
    kind: TicketTypeFacts
    price: Money
    quantity: int
    most: int


def show_sessions(request: HttpRequest, shop: Shop, offering: OfferingFacts) -> HttpResponse:
    choice = Choice.of(request.GET).fitted(offering, frozenset())
    if offering.is_shared:
        calendar, chosen = _shared(shop, offering, choice)
        dates, choice = None, calendar.choice
        choice = replace(choice, start=chosen.start if chosen else None)
    else:
        calendar = None
        dates, chosen, choice = build_dates(
            choice,
            lambda first, last: _list(shop, offering, choice, first, last).days,
            today=shop.today(offering),
            last_day=shop.last_day(offering),
        )
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
    calendar = build_calendar(
        offering,
        choice,
        days_on_sale(shop, offering, choice),
        today=shop.today(offering),
        last_day=shop.last_day(offering),
        details_url=request_path(shop, offering),
    )
    day = calendar.choice.day
    if day is None or choice.start is None:
        return calendar, None
    listing = _list(shop, offering, replace(choice, tickets=()), day, day)
    found = (one for each in listing.days for one in each.sessions)
    chosen = next((one for one in found if one.start == choice.start and one.reason is None), None)
    return calendar, chosen


def request_path(shop: Shop, offering: OfferingFacts) -> str:
    return reverse("storefront_offering", args=[shop.business.slug, offering.slug])


def _list(shop: Shop, offering: OfferingFacts, choice: Choice, first: date, last: date) -> SessionListing:
    return list_sessions(
        shop.business.slug,
        offering.public_id,
        first_on=first,
        last_on=last,
        wish=SessionWish(1, choice.duration),
        now=shop.now,
    )


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
