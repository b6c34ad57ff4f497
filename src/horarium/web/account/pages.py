"""What all pages behind a guest's link have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from horarium.kit.errors import NotFound
from horarium.platform.audit.actor import Actor
from horarium.workflows.order_view import OrderView

from .shown import ShownOrder

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """A wrong link has no page; a right one is neither indexed, nor kept, nor told to other sites."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, **kwargs)
        except NotFound as error:
            raise Http404(error.code) from error
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_vary_headers(response, ["HX-Request"])
        return response

    return guarded


def base_context(view: OrderView, shown: ShownOrder) -> dict[str, Any]:
    return {
        "business": view.business,
        "home_url": reverse("storefront_business", args=[view.business.slug]),
        "order": view,
        "shown": shown,
        "page_url": reverse("order_page", args=[view.token]),
    }


def guest_of(request: HttpRequest) -> Actor:
    return Actor.guest("page", ip=request.META.get("REMOTE_ADDR") or None)
