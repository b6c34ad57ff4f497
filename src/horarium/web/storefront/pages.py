"""What all pages of a business have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from horarium.kit.errors import NotFound

from .cart_cookie import cart_of
from .shop import Shop

View = Callable[..., HttpResponse]


def found_or_404(view: View) -> View:
    """What is unknown, hidden or not open has no page."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except NotFound as error:
            raise Http404(error.code) from error

    return guarded


def base_context(shop: Shop, request: HttpRequest) -> dict[str, Any]:
    slug = shop.business.slug
    return {
        "business": shop.business,
        "home_url": reverse("storefront_business", args=[slug]),
        "cart_url": reverse("storefront_cart", args=[slug]),
        "cart_add_url": reverse("storefront_cart_add", args=[slug]),
        "cart_count": cart_of(request, slug).count,
        "page_url": request.path,
        "now": shop.now,
    }


def page_of_choice(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; with htmx only the part that has changed."""
    is_partial = bool(getattr(request, "htmx", False))
    response = render(request, f"{template}#calendar_update" if is_partial else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
