"""One chosen thing of any kind on its way to the order: what it is, where it was chosen, what may come instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.http import QueryDict
from django.urls import reverse

from horarium.kit.money import Money
from horarium.kit.zones import local_date_of, zone
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.formats import moment_text
from horarium.web.components.reasons import reason_text
from horarium.web.components.typed_dates import read_date, read_instant
from horarium.workflows.checkout import Quote
from horarium.workflows.items import Item
from horarium.workflows.list_availability import Slot
from horarium.workflows.list_sessions import SessionSlot
from horarium.workflows.list_stays import PlanQuote, StayOffer
from horarium.workflows.planned import PlannedBooking

from .choice import Choice
from .session_summary import build_session_summary
from .shop import Shop
from .stay_choice import StayChoice
from .stay_summary import build_stay_summary
from .stay_words import dates_text, stay_refusal
from .summary import build_summary


@dataclass(frozen=True, slots=True)
class Alternative:
    """`value` is what its button sends."""

    text: str
    price: Money | None
    value: str


class Selection(Protocol):
    """`when`: the chosen time in a few words."""

    @property
    def offering(self) -> OfferingFacts: ...
    @property
    def summary_template(self) -> str: ...

    def item(self) -> Item | None: ...
    def pairs(self) -> list[tuple[str, str]]: ...
    def instead(self, value: str) -> Selection: ...
    def alternative(self, one: Any) -> Alternative: ...
    def back_url(self, shop: Shop) -> str: ...
    def when(self) -> str: ...
    def refusal(self, reason: str) -> str: ...
    def summary(self, shop: Shop, quote: Quote | None) -> Any: ...


def selection_of(shop: Shop, offering: OfferingFacts, data: QueryDict) -> Selection:
    """Read from a query or a form."""
    rooms = frozenset(one.public_id for one in shop.choosable(offering))
    if offering.mode == "stay":
        return StaySelection(offering, StayChoice.of(data).fitted(offering, rooms))
    if offering.mode == "session":
        return SessionSelection(offering, Choice.of(data).fitted(offering, frozenset()))
    return SlotSelection(offering, Choice.of(data))


@dataclass(frozen=True)
class SlotSelection:
    offering: OfferingFacts
    choice: Choice
    summary_template: str = "storefront/_summary.html"

    def item(self) -> Item | None:
        return self.choice.item(self.offering)

    def pairs(self) -> list[tuple[str, str]]:
        return self.choice.pairs()

    def instead(self, value: str) -> SlotSelection:
        start, _, resource = value.partition(" ")
        return replace(
            self, choice=replace(self.choice, start=read_instant(start), resource=resource or None)
        )

    def alternative(self, one: Slot) -> Alternative:
        """Its button sends the start, and the chosen resource when it is free then."""
        kept = self.choice.resource if self.choice.resource in one.resources else ""
        return Alternative(moment_text(one.start), one.price, f"{one.start.isoformat()} {kept}".strip())

    def back_url(self, shop: Shop) -> str:
        """The calendar, open on the day of the chosen time."""
        tz = zone(self.offering.location.time_zone)
        day = local_date_of(self.choice.start, tz) if self.choice.start else None
        return f"{_page(shop, self.offering)}{self.choice.query(day=day, month=day, start=None)}#times"

    def when(self) -> str:
        return _moment(self.offering, self.choice)

    def refusal(self, reason: str) -> str:
        return reason_text(reason)

    def summary(self, shop: Shop, quote: Quote | None) -> Any:
        return build_summary(shop, self.offering, self.choice, quote)


@dataclass(frozen=True)
class StaySelection:
    offering: OfferingFacts
    choice: StayChoice
    summary_template: str = "storefront/_stay_summary.html"

    def item(self) -> Item | None:
        return self.choice.item(self.offering)

    def pairs(self) -> list[tuple[str, str]]:
        return replace(self.choice, month=None).pairs()

    def instead(self, value: str) -> StaySelection:
        first, _, last = value.partition(" ")
        choice = replace(self.choice, resource=None, check_in=read_date(first), check_out=read_date(last))
        return replace(self, choice=choice)

    def alternative(self, one: StayOffer) -> Alternative:
        return Alternative(
            dates_text(one.check_in, one.check_out), one.total, f"{one.check_in} {one.check_out}"
        )

    def back_url(self, shop: Shop) -> str:
        return f"{_page(shop, self.offering)}{self.choice.query(month=self.choice.check_in)}#calendar"

    def when(self) -> str:
        if self.choice.check_in is None or self.choice.check_out is None:
            return ""
        return dates_text(self.choice.check_in, self.choice.check_out)

    def refusal(self, reason: str) -> str:
        return stay_refusal(reason)

    def summary(self, shop: Shop, quote: Quote | None) -> Any:
        return build_stay_summary(shop, self.offering, self.choice, self._plan(quote))

    def _plan(self, quote: Quote | None) -> PlanQuote | None:
        planned = quote.planned[0] if quote else None
        if not isinstance(planned, PlannedBooking):
            return None
        plans = {one.id: one for one in self.offering.rate_plans}
        return PlanQuote(plans.get(planned.rate_plan_id or 0), planned.quote, planned.due_now)


@dataclass(frozen=True)
class SessionSelection:
    offering: OfferingFacts
    choice: Choice
    summary_template: str = "storefront/_session_summary.html"

    def item(self) -> Item | None:
        return self.choice.item(self.offering)

    def pairs(self) -> list[tuple[str, str]]:
        return replace(self.choice, month=None, day=None).pairs()

    def instead(self, value: str) -> SessionSelection:
        session, _, start = value.partition(" ")
        changed = replace(self.choice, session=session or None, start=read_instant(start))
        return replace(self, choice=changed)

    def alternative(self, one: SessionSlot) -> Alternative:
        key = "" if self.offering.is_shared else one.session or ""
        return Alternative(moment_text(one.start), one.price, f"{key} {one.start.isoformat()}")

    def back_url(self, shop: Shop) -> str:
        tz = zone(self.offering.location.time_zone)
        day = local_date_of(self.choice.start, tz) if self.choice.start else None
        return f"{_page(shop, self.offering)}{self.choice.query(day=day, month=day)}#calendar"

    def when(self) -> str:
        return _moment(self.offering, self.choice)

    def refusal(self, reason: str) -> str:
        return reason_text(reason)

    def summary(self, shop: Shop, quote: Quote | None) -> Any:
        return build_session_summary(shop, self.offering, self.choice, quote)


def _page(shop: Shop, offering: OfferingFacts) -> str:
    return reverse("storefront_offering", args=[shop.business.slug, offering.slug])


def _moment(offering: OfferingFacts, choice: Choice) -> str:
    if choice.start is None:
        return ""
    return moment_text(choice.start.astimezone(zone(offering.location.time_zone)))
