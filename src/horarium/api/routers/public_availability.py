"""Free time: when, with whom, for how much, and why not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from ninja import Query, Router

from horarium.api import etags
from horarium.api.answers.availability import explanation_json, render_listing, rendered
from horarium.api.answers.orders import quote_json
from horarium.api.languages import language_of
from horarium.api.schemas.answers import AvailabilityAnswer, QuoteAnswer, WhyAnswer
from horarium.api.schemas.public import AvailabilityQuery, QuoteInput, WhyQuery
from horarium.api.texts import REASONS
from horarium.kit.clock import now
from horarium.workflows.checkout import quote_items
from horarium.workflows.list_availability import explain_start, list_days_as

router = Router(tags=["Free time"])


@router.get(
    "/{slug:business}/offerings/{slug:offering}/availability",
    response=AvailabilityAnswer,
    summary="Free starts of each day",
)
def get_availability(
    request: HttpRequest, business: str, offering: str, query: Query[AvailabilityQuery]
) -> HttpResponse:
    """Local dates `from` to `to`, both included, at most 93. A day without free starts says why."""
    found = list_days_as(
        business,
        offering,
        first_on=query.first_on,
        last_on=query.last_on,
        wish=query.as_input(),
        now=now(),
        render=render_listing,
    )
    return etags.answer(request, found)


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
    quote = quote_items(business, [item.as_item() for item in wanted.items], now())
    return etags.made(quote_json(quote), status=200)
