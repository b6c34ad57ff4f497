"""Free time: when, with whom, for how much, and why not."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from ninja import Query, Router

from horarium.api import etags
from horarium.api.answers.availability import Rendered, explanation_json, render_listing, rendered
from horarium.api.answers.listings import render_nights, render_sessions
from horarium.api.answers.quotes import quote_json
from horarium.api.languages import language_of
from horarium.api.schemas.answers import AvailabilityAnswer, WhyAnswer
from horarium.api.schemas.listings import ListingQuery, NightsAnswer, SessionsAnswer
from horarium.api.schemas.public import QuoteInput, WhyQuery
from horarium.api.schemas.repeats import QuoteAnswer, lines_of
from horarium.api.texts import REASONS
from horarium.kit.clock import now
from horarium.kit.errors import InvalidInput
from horarium.modules.catalog.queries import catalog_of
from horarium.workflows.list_availability import explain_start, list_days_as
from horarium.workflows.list_sessions import list_sessions_as
from horarium.workflows.list_stays import list_nights_as
from horarium.workflows.place_series_guests import quote_lines

router = Router(tags=["Free time"])


@router.get(
    "/{slug:business}/offerings/{slug:offering}/availability",
    response=AvailabilityAnswer | NightsAnswer | SessionsAnswer,
    summary="Free starts, nights or places of each day",
)
def get_availability(
    request: HttpRequest, business: str, offering: str, query: Query[ListingQuery]
) -> HttpResponse:
    """Local dates `from` to `to`, both included, at most 93 (of a stay 400). A day without anything free says why.

    What a day holds, and what may be asked, follows the offering's `mode`.
    """
    at = now()
    if query.suits("slot"):
        try:
            return etags.answer(request, _slots(business, offering, query, at))
        except InvalidInput as error:
            if error.params.get("reason") != "mode":
                raise
    mode = _mode_of(business, offering)
    query.check_mode(mode)
    return etags.answer(request, _LISTINGS[mode](business, offering, query, at))


def _mode_of(business: str, offering: str) -> str:
    """Asked only when it is not by start: the listings most looked at stay at one query."""
    return catalog_of(business).get_offering(offering).mode


def _slots(business: str, offering: str, query: ListingQuery, at: datetime) -> Rendered:
    return list_days_as(
        business,
        offering,
        first_on=query.first_on,
        last_on=query.last_on,
        wish=query.as_wish(),
        now=at,
        render=render_listing,
    )


def _nights(business: str, offering: str, query: ListingQuery, at: datetime) -> Rendered:
    return list_nights_as(
        business,
        offering,
        (query.first_on, query.last_on),
        wish=query.as_stay_wish(),
        now=at,
        nights=query.nights,
        render=render_nights,
    )


def _sessions(business: str, offering: str, query: ListingQuery, at: datetime) -> Rendered:
    return list_sessions_as(
        business,
        offering,
        first_on=query.first_on,
        last_on=query.last_on,
        wish=query.as_session_wish(),
        now=at,
        render=render_sessions,
    )


_LISTINGS = {"slot": _slots, "stay": _nights, "session": _sessions}


@router.get(
    "/{slug:business}/offerings/{slug:offering}/availability/why",
    response=WhyAnswer,
    summary="Why a start is not free",
)
def get_why(request: HttpRequest, business: str, offering: str, query: Query[WhyQuery]) -> HttpResponse:
    """The same judgement as in listings and refusals, with the nearest free starts."""
    found = explain_start(business, offering, query.start, wish=query.as_input(), now=now())
    text = ""
    if found.reason is not None:
        with override(language_of(request)):
            text = gettext(REASONS[found.reason])
    return etags.answer(request, rendered(explanation_json(found, text)), vary="Accept-Language")


@router.post("/{slug:business}/quotes", response=QuoteAnswer, summary="The price of bookings")
def make_quote(request: HttpRequest, business: str, wanted: QuoteInput) -> HttpResponse:
    """As an order of these items would be held now; nothing is held and nothing is kept."""
    quote = quote_lines(business, lines_of(wanted.items), now())
    return etags.made(quote_json(quote, language_of(request, "")), status=200)
