"""Carts: what guests put aside. A cart takes no time; whoever knows its id may read and change it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from ninja import Router

from horarium.api import etags
from horarium.api.answers.carts import cart_json
from horarium.api.idempotency import idempotent
from horarium.api.languages import language_of
from horarium.api.schemas.carts import CartAnswer, CartInput
from horarium.api.texts import FIELDS, REASONS
from horarium.kit.clock import now
from horarium.workflows.carts import CartView, open_cart, put_cart

router = Router(tags=["Orders"])


@router.post("/{slug:business}/carts", response={201: CartAnswer}, summary="Put items aside")
@idempotent
def create_cart(request: HttpRequest, business: str, wanted: CartInput) -> HttpResponse:
    """Kept for 30 days after its last change. The answer says of every line whether it can be had now."""
    view = put_cart(business, "", [one.as_item() for one in wanted.items], now())
    location = f"/api/v1/public/{business}/carts/{view.id}"
    return etags.made(_told(request, view), location=location)


@router.get("/{slug:business}/carts/{public_id:cart}", response=CartAnswer, summary="A cart")
def get_cart(request: HttpRequest, business: str, cart: str) -> HttpResponse:
    """As it can be booked now: prices, sum, and which line cannot be had and why. Gone once it has been ordered."""
    return etags.private(request, _told(request, open_cart(business, cart, now())))


@router.put("/{slug:business}/carts/{public_id:cart}", response=CartAnswer, summary="Change a cart")
def change_cart(request: HttpRequest, business: str, cart: str, wanted: CartInput) -> HttpResponse:
    """Puts these items in place of the old ones."""
    view = put_cart(business, cart, [one.as_item() for one in wanted.items], now())
    return etags.made(_told(request, view), status=200)


def _told(request: HttpRequest, view: CartView) -> dict[str, object]:
    language = language_of(request, view.business.default_language)
    with override(language):
        texts = {
            line.reason: gettext(REASONS.get(line.reason) or FIELDS.get(line.reason, FIELDS["unknown"]))
            for line in view.lines
            if line.reason
        }
    return cart_json(view, texts, language)
