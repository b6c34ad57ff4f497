"""Goods that are sold beside bookings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from horarium.api import etags
from horarium.api.answers.availability import rendered
from horarium.api.answers.listings import products_json
from horarium.api.languages import language_of
from horarium.api.schemas.listings import ProductsAnswer
from horarium.kit.clock import now
from horarium.workflows.list_products import list_products

router = Router(tags=["Catalogue"])


@router.get("/{slug:business}/products", response=ProductsAnswer, summary="Its goods")
def get_products(request: HttpRequest, business: str) -> HttpResponse:
    """Everything that can be added to an order, with what is left of it."""
    found = list_products(business, now())
    language = language_of(request, found.business.default_language)
    response = etags.answer(request, rendered(products_json(found, language)), vary="Accept-Language")
    response.headers["Content-Language"] = language
    return response
