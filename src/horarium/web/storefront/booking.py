"""From the details of a guest to an order: one call into the workflow, and what to do with its refusals."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.models import Channel
from horarium.modules.catalog.rules import OfferingFacts
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, Quote, place_order, quote_items
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import Slot

from .attempts import place_once
from .choice import Choice
from .forms import DetailsForm
from .shop import Shop


def new_attempt() -> str:
    return secrets.token_urlsafe(16)


def guest_of(request: HttpRequest) -> Actor:
    return Actor.guest("page", ip=request.META.get("REMOTE_ADDR") or None)


def item_of(offering: OfferingFacts, choice: Choice, start: datetime) -> SlotItem:
    return SlotItem(
        offering=offering.public_id,
        start=start,
        duration=choice.duration,
        resource=choice.resource,
        party=choice.party,
        extras=choice.extras,
    )


def quote_choice(shop: Shop, offering: OfferingFacts, choice: Choice) -> Quote:
    """Raises NotFree, InvalidInput."""
    if choice.start is None:
        raise InvalidInput("no start is chosen", field="start", params={"reason": "required"})
    return quote_items(shop.business.slug, [item_of(offering, choice, choice.start)], shop.now)


def place(
    shop: Shop, offering: OfferingFacts, choice: Choice, form: DetailsForm, request: HttpRequest
) -> str:
    """The id of the order. Raises NotFree, InvalidInput."""
    if choice.start is None:
        raise ValueError("nothing to place without a start")
    data = form.cleaned_data
    contact = Contact(data["name"], data["email"], data["phone"], get_language() or "")
    item = item_of(offering, choice, choice.start)
    checkout = Checkout(contact, (item,), notes=data["notes"], channel=Channel.PAGE)
    actor = guest_of(request)
    content = {"choice": choice.pairs(), **data}
    return place_once(
        shop.business.id,
        request.POST.get("attempt", "")[:80],
        content,
        shop.now,
        lambda: place_order(shop.business.slug, checkout, actor, shop.now),
    )


def alternatives_of(refusal: NotFree) -> tuple[Slot, ...]:
    found: tuple[Slot, ...] = refusal.params.get("alternatives", ())  # type: ignore[assignment]
    return found


def instead_value(slot: Slot, choice: Choice) -> str:
    """What the button of an alternative sends: its start, and the chosen resource when it is free then."""
    kept = choice.resource if choice.resource in slot.resources else ""
    return f"{slot.start.isoformat()} {kept}".strip()


def with_instead(choice: Choice, data: QueryDict) -> Choice:
    """The choice after the button of an alternative."""
    start, _, resource = data.get("instead", "").partition(" ")
    instead = QueryDict(mutable=True)
    instead["start"] = start
    return replace(choice, start=Choice.of(instead).start, resource=resource or None)
