"""What a business offers: for the booking page of another site, the widget and agents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from horarium.api import etags
from horarium.api.answers.availability import Rendered, rendered
from horarium.api.answers.catalogue import business_json, offering_json
from horarium.api.languages import language_of
from horarium.api.schemas.answers import BusinessAnswer, OfferingAnswer, OfferingsAnswer
from horarium.kit.clock import now
from horarium.modules.catalog.queries import catalog_of
from horarium.modules.catalog.rules import Catalog
from horarium.workflows.remembered import Remembered

router = Router(tags=["Catalogue"])
_answers = Remembered(max_weight=5_000)


@router.get("/{slug:business}", response=BusinessAnswer, summary="A business")
def get_business(request: HttpRequest, business: str) -> HttpResponse:
    """Name, texts, languages, colours, places and the rules that a form needs to know."""

    def render(catalog: Catalog, language: str) -> Any:
        return business_json(catalog, language)

    return _answer(request, business, "business", render)


@router.get("/{slug:business}/offerings", response=OfferingsAnswer, summary="Its offerings")
def list_offerings(request: HttpRequest, business: str) -> HttpResponse:
    """Everything that guests can book, in the order of the business."""

    def render(catalog: Catalog, language: str) -> Any:
        today = now().date()
        found = catalog.listed_offerings()
        return {"offerings": [offering_json(catalog, one, language, today) for one in found]}

    return _answer(request, business, "offerings", render)


@router.get("/{slug:business}/offerings/{slug:offering}", response=OfferingAnswer, summary="One offering")
def get_offering(request: HttpRequest, business: str, offering: str) -> HttpResponse:
    """By its id or by its readable name."""

    def render(catalog: Catalog, language: str) -> Any:
        return offering_json(catalog, catalog.get_offering(offering), language, now().date())

    return _answer(request, business, f"offering:{offering}", render)


def _answer(
    request: HttpRequest, slug: str, what: str, render: Callable[[Catalog, str], Any]
) -> HttpResponse:
    """One query while the catalogue stays the same; an answer is kept for the rest of the (UTC) day."""
    catalog = catalog_of(slug)
    language = language_of(request, catalog.business.default_language)
    key = (catalog.business.id, what, language)
    at = now()
    kept = _answers.find(key, catalog.revision, at)
    found: Rendered
    if kept is None:
        found = rendered(render(catalog, language))
        midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        _answers.keep(key, catalog.revision, midnight.timestamp(), found, weight=1)
    else:
        found = kept.answer
    response = etags.answer(request, found, vary="Accept-Language")
    response.headers["Content-Language"] = language
    return response
