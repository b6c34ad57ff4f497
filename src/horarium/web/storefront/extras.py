"""Extras as they can be chosen: each with its price and how many of it are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from horarium.kit.money import Money
from horarium.modules.catalog.rules import ExtraFacts, OfferingFacts
from horarium.workflows.lowest_price import extra_price

from .shop import Shop


@dataclass(frozen=True, slots=True)
class WantedExtra:
    """`price`: what one of it adds at its cheapest, counted by `per` (an hour, a night, a person)."""

    extra: ExtraFacts
    price: Money | None
    per: str
    quantity: int


def wanted_extras(shop: Shop, offering: OfferingFacts, taken: Sequence[str]) -> list[WantedExtra]:
    return [_wanted(shop, offering, extra, taken.count(extra.public_id)) for extra in offering.extras]


def extra_names(offering: OfferingFacts, taken: Sequence[str]) -> tuple[str, ...]:
    """`Breakfast × 2`, in the reader's language."""
    language = get_language() or "en"
    counted = [(one, taken.count(one.public_id)) for one in offering.extras]
    return tuple(
        one.text("name", language) + (f" × {number}" if number > 1 else "")
        for one, number in counted
        if number
    )


def _wanted(shop: Shop, offering: OfferingFacts, extra: ExtraFacts, quantity: int) -> WantedExtra:
    rules, today = shop.rules.get(offering.id, ()), shop.today(offering)
    found = extra_price(rules, extra, shop.business.currency, today)
    if found is None:
        return WantedExtra(extra, None, "", quantity)
    return WantedExtra(extra, found.amount or None, _per(found.basis), quantity)


def _per(basis: str) -> str:
    return {
        "per_hour": _("an hour"),
        "per_day": _("a day"),
        "per_night": _("a night"),
        "per_person": _("a person"),
        "per_person_hour": _("a person and hour"),
        "per_person_day": _("a person and day"),
        "per_person_night": _("a person and night"),
    }.get(basis, "")
