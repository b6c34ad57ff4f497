"""The lines of a cart as its page shows them, whatever their kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.formats import range_text
from horarium.web.components.reasons import reason_text
from horarium.web.components.terms import PriceLine, price_lines, sale_terms_text
from horarium.workflows.carts import CartLine, CartView
from horarium.workflows.items import Item, ProductItem, SessionItem, SlotItem, StayItem
from horarium.workflows.planned import PlannedBooking

from .choice import Choice
from .extras import extra_names
from .selection import Alternative, Selection, SessionSelection, SlotSelection, StaySelection
from .shop import Shop
from .stay_choice import StayChoice
from .stay_words import dates_text, guests_text, nights_text


@dataclass(frozen=True, slots=True)
class ShownLine:
    """`facts`: when, who, with what. `refusal` says why it cannot be had now; empty: it can."""

    number: int
    item: Item
    name: str
    photo: str
    facts: tuple[str, ...]
    price: Money | None
    lines: Sequence[PriceLine]
    terms: str
    refusal: str
    alternatives: Sequence[Alternative]
    selection: Selection | None
    change_url: str
    quantity: int | None
    most: int

    @property
    def is_free(self) -> bool:
        return not self.refusal


@dataclass(frozen=True, slots=True)
class CartSummary:
    """`lines`: those that can be had. `hold_minutes`: of the one hold for all of them."""

    lines: tuple[ShownLine, ...]
    total: Money
    due_now: Money
    rest: Money
    needs_approval: bool
    hold_minutes: int
    cancellation: str = ""


def shown_lines(shop: Shop, view: CartView) -> list[ShownLine]:
    return [_shown(shop, line) for line in view.lines]


def build_cart_summary(shop: Shop, view: CartView, lines: Sequence[ShownLine]) -> CartSummary:
    planned = [one.planned for one in view.lines if isinstance(one.planned, PlannedBooking)]
    held = [one.terms.hold_minutes for one in planned if one.due_now]
    return CartSummary(
        lines=tuple(line for line in lines if line.is_free),
        total=view.total,
        due_now=view.due_now,
        rest=view.total - view.due_now,
        needs_approval=any(one.needs_approval for one in planned),
        hold_minutes=min(held, default=15),
    )


def _shown(shop: Shop, line: CartLine) -> ShownLine:
    language = get_language() or "en"
    offering, product = line.offering, line.product
    selection = _selection(line, offering) if offering else None
    named = offering or product
    most = product.max_per_order if product else 0
    return ShownLine(
        number=line.number,
        item=line.item,
        name=named.text("name", language) if named else _("Not on offer any more"),
        photo=named.photo if named else "",
        facts=_facts(line, offering) if offering else (),
        price=line.planned.quote.total if line.planned else None,
        lines=_price_lines(line, offering, shop.business.currency),
        terms=_terms(shop, line),
        refusal=_refusal(line, selection),
        alternatives=[selection.alternative(one) for one in line.alternatives] if selection else (),
        selection=selection,
        change_url=selection.back_url(shop) if selection else _home(shop),
        quantity=line.item.quantity if isinstance(line.item, ProductItem) else None,
        most=most,
    )


def _home(shop: Shop) -> str:
    return reverse("storefront_business", args=[shop.business.slug])


def _selection(line: CartLine, offering: OfferingFacts) -> Selection | None:
    """The same choice as on the page of the offering."""
    starts_at = line.planned.starts_at if isinstance(line.planned, PlannedBooking) else None
    match item := line.item:
        case SlotItem():
            return SlotSelection(
                offering,
                Choice(item.duration, item.party, item.resource, item.extras, start=item.start),
            )
        case StayItem():
            choice = StayChoice(
                check_in=item.check_in,
                check_out=item.check_out,
                adults=item.guests.adults,
                child_ages=item.guests.child_ages,
                rate_plan=item.rate_plan,
                resource=item.resource,
                extras=item.extras,
            )
            return StaySelection(offering, choice)
        case SessionItem():
            return SessionSelection(
                offering,
                Choice(
                    extras=item.extras,
                    start=item.start or starts_at,
                    session=item.session,
                    tickets=item.tickets,
                ),
            )
    return None


def _facts(line: CartLine, offering: OfferingFacts) -> tuple[str, ...]:
    item, planned = line.item, line.planned
    tz = zone(offering.location.time_zone)
    facts: list[str] = []
    if isinstance(item, StayItem):
        facts.append(dates_text(item.check_in, item.check_out))
        facts.append(nights_text((item.check_out - item.check_in).days))
        facts.append(guests_text(item.guests.adults, len(item.guests.child_ages)))
        plan = next((one for one in offering.rate_plans if one.public_id == item.rate_plan), None)
        facts += [plan.text("name", get_language() or "en")] if plan else []
    elif isinstance(planned, PlannedBooking):
        facts.append(range_text(planned.starts_at.astimezone(tz), planned.ends_at.astimezone(tz)))
    elif isinstance(item, SlotItem | SessionItem) and item.start is not None:
        facts.append(SlotSelection(offering, Choice(start=item.start)).when())
    if isinstance(item, SessionItem):
        names = {one.public_id: one.text("name", get_language() or "en") for one in offering.ticket_types}
        facts += [f"{number} × {names.get(key, '')}".strip() for key, number in item.tickets if number]
    if isinstance(item, SlotItem) and item.party and item.party > 1:
        facts.append(f"× {item.party}")
    return (*facts, *extra_names(offering, getattr(item, "extras", ())))


def _price_lines(line: CartLine, offering: OfferingFacts | None, currency: str) -> Sequence[PriceLine]:
    if line.planned is None or offering is None:
        return ()
    return price_lines(line.planned.quote.as_json()["lines"], offering, currency)  # type: ignore[arg-type]


def _terms(shop: Shop, line: CartLine) -> str:
    if not isinstance(line.planned, PlannedBooking):
        return ""
    planned = line.planned
    start = planned.starts_at.astimezone(zone(planned.offering.location.time_zone))
    return sale_terms_text(planned.terms, shop.business.currency, start, shop.now)


def _refusal(line: CartLine, selection: Selection | None) -> str:
    match line.reason:
        case "":
            return ""
        case "needs_offering":
            return _("An extra of this goes together with another offering only: add that to the order, too.")
        case "not_found":
            return _("This is not on offer any more.")
        case "capacity" if line.product is not None:
            return _("There is less left than that.")
    if selection is not None:
        return selection.refusal(line.reason)
    return reason_text(line.reason)
