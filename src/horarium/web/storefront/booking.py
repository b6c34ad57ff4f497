"""From the details of a guest to an order: one call into the workflow, once for each attempt."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from horarium.modules.booking.models import Channel, Order
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact
from horarium.workflows.place_series import Line
from horarium.workflows.place_series_guests import order_lines

from .attempts import place_once
from .forms import DetailsForm
from .shop import Shop


def new_attempt() -> str:
    return secrets.token_urlsafe(16)


def guest_of(request: HttpRequest) -> Actor:
    return Actor.guest("page", ip=request.META.get("REMOTE_ADDR") or None)


def place(
    shop: Shop,
    lines: Sequence[Line],
    form: DetailsForm,
    request: HttpRequest,
    *,
    chosen: Mapping[str, object],
    then: Callable[[Order], None] | None = None,
) -> str:
    """The id of the order. `chosen`: what makes this attempt another than the last.

    `then` runs in the same transaction. Raises NotFree, SeriesClash, InvalidInput.
    """
    data: dict[str, Any] = form.cleaned_data
    contact = Contact(data["name"], data["email"], data["phone"], get_language() or "")
    checkout = Checkout(contact, (), notes=data["notes"], channel=Channel.PAGE)
    actor = guest_of(request)

    def order() -> Order:
        placed = order_lines(shop.business.slug, lines, checkout, actor, shop.now)
        if then is not None:
            then(placed)
        return placed

    return place_once(
        shop.business.id, request.POST.get("attempt", "")[:80], {**chosen, **data}, shop.now, order
    )
