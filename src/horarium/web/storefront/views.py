"""The public pages of a business: choose, see when, say who, book."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from horarium.kit import clock
from horarium.platform.tenancy.models import Business
from horarium.platform.throttle.pages import limited
from horarium.web.components.words import words_of

from .details import ask_details
from .pages import base_context, found_or_404
from .selection import selection_of
from .sessions import show_sessions
from .shop import open_shop
from .slots import show_slots
from .stays import show_stay
from .visits import offers_visits

_PAGES = {"slot": show_slots, "stay": show_stay, "session": show_sessions}


@require_GET
def show_installation(request: HttpRequest) -> HttpResponse:
    businesses = Business.objects.filter(is_active=True).order_by("name")[:60]
    return render(request, "storefront/installation.html", {"businesses": businesses})


@require_GET
@found_or_404
def show_business(request: HttpRequest, slug: str) -> HttpResponse:
    shop = open_shop(slug, clock.now())
    context = {
        **base_context(shop, request),
        "shelves": shop.shelves(),
        "locations": list(shop.catalog.locations.values()),
        "words": words_of(shop.business.type),
        "offers_visits": offers_visits(shop),
        "has_products": shop.has_products,
    }
    return render(request, "storefront/business.html", context)


@require_GET
@found_or_404
def show_offering(request: HttpRequest, slug: str, offering_key: str) -> HttpResponse:
    """By the kind of its time."""
    shop = open_shop(slug, clock.now())
    offering = shop.catalog.get_offering(offering_key)
    return _PAGES[offering.mode](request, shop, offering)


@require_http_methods(["GET", "HEAD", "POST"])
@limited
@found_or_404
def show_details(request: HttpRequest, slug: str, offering_key: str) -> HttpResponse:
    shop = open_shop(slug, clock.now())
    offering = shop.catalog.get_offering(offering_key)
    data = request.POST if request.method == "POST" else request.GET
    return ask_details(request, shop, selection_of(shop, offering, data))
