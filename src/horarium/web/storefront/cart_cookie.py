"""Which cart is this browser's: a cookie of the booking page that names nobody and is no session."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from horarium.workflows.carts import count_items

COOKIE: Final = "cart"
DAYS: Final = 30
_ID: Final = re.compile(r"cart_[0-9a-z]{1,27}")


@dataclass(frozen=True, slots=True)
class KnownCart:
    """`id` is empty without a cart."""

    id: str = ""
    count: int = 0


def cart_id_of(request: HttpRequest) -> str:
    found = request.COOKIES.get(COOKIE, "")
    return found if _ID.fullmatch(found) else ""


def cart_of(request: HttpRequest, slug: str) -> KnownCart:
    """Nothing is asked for those who have no cart."""
    cart_id = cart_id_of(request)
    return KnownCart(cart_id, count_items(slug, cart_id)) if cart_id else KnownCart()


def remember_cart(response: HttpResponse, slug: str, cart_id: str) -> None:
    response.set_cookie(
        COOKIE,
        cart_id,
        max_age=DAYS * 86400,
        path=reverse("storefront_business", args=[slug]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_cart(response: HttpResponse, slug: str) -> None:
    response.delete_cookie(COOKIE, path=reverse("storefront_business", args=[slug]), samesite="Lax")
