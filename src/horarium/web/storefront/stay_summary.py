"""The live summary of a stay: which nights, for whom, in which plan, for how much, on which terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from horarium.kit.money import Money
from horarium.kit.zones import instant_of, zone
from horarium.modules.catalog.rules import OfferingFacts, PaymentTerms, RatePlanFacts
from horarium.modules.resources.rules import ResourceFacts
from horarium.web.components.formats import money_text, time_text
from horarium.web.components.terms import PriceLine, price_lines, sale_terms_text
from horarium.workflows.list_stays import PlanQuote

from .extras import extra_names
from .prices import PriceFrom
from .shop import Shop
from .stay_choice import StayChoice
from .stay_words import guests_text, nights_text


@dataclass(frozen=True, slots=True)
class StaySummary:
    """Without a plan's quote there is only `price`, the lowest of a night."""

    offering: OfferingFacts
    check_in: date | None
    check_out: date | None
    arrives_from: str
    leaves_until: str
    nights: str
    guests: str
    plan: RatePlanFacts | None
    room: ResourceFacts | None
    extras: tuple[str, ...]
    price: PriceFrom
    lines: Sequence[PriceLine]
    total: Money | None
    due_now: Money | None
    rest: Money | None
    terms: PaymentTerms
    cancellation: str


def build_stay_summary(
    shop: Shop, offering: OfferingFacts, choice: StayChoice, found: PlanQuote | None
) -> StaySummary:
    plan = found.plan if found else None
    terms = plan.terms if plan else offering.terms
    tz = zone(offering.location.time_zone)
    start = instant_of(choice.check_in, offering.check_in, tz).astimezone(tz) if choice.check_in else None
    lines = found.quote.as_json()["lines"] if found else []
    return StaySummary(
        offering=offering,
        check_in=choice.check_in,
        check_out=choice.check_out,
        arrives_from=clock_text(offering.check_in),
        leaves_until=clock_text(offering.check_out),
        nights=nights_text(choice.nights) if choice.nights else "",
        guests=guests_text(choice.adults or 1, len(choice.child_ages)),
        plan=plan,
        room=next((one for one in shop.choosable(offering) if one.public_id == choice.resource), None),
        extras=extra_names(offering, choice.extras),
        price=shop.price_from(offering),
        lines=price_lines(lines, offering, shop.business.currency),  # type: ignore[arg-type]
        total=found.quote.total if found else None,
        due_now=found.due_now if found else None,
        rest=found.quote.total - found.due_now if found else None,
        terms=terms,
        cancellation=_("The terms depend on the rate you choose.")
        if plan is None and offering.rate_plans
        else sale_terms_text(terms, shop.business.currency, start, shop.now),
    )


def chosen_plan(plans: Sequence[PlanQuote], choice: StayChoice) -> PlanQuote | None:
    """The asked plan, else the cheapest, as checkout takes it; the first of equals."""
    asked = next((one for one in plans if one.plan and one.plan.public_id == choice.rate_plan), None)
    return asked or min(plans, key=lambda one: one.quote.total.minor, default=None)


def payment_text(terms: PaymentTerms, due_now: Money) -> str:
    """When the money is asked for."""
    if not due_now:
        return _("You pay at the visit.")
    if terms.prepayment == "full":
        return _("You pay all of it now.")
    return _("You pay %(amount)s now and the rest at the visit.") % {"amount": money_text(due_now)}


def clock_text(minute: int) -> str:
    """A wall-clock time of day."""
    return time_text(time(minute // 60 % 24, minute % 60))
