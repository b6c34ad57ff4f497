"""Bookings, sessions and orders to be: plain values between drawing and writing. Seconds since the epoch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from horarium.kit.money import Money
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.booking.rules import Agreed, Stake
from horarium.modules.catalog.rules import (
    OfferingFacts,
    PaymentTerms,
    ProductFacts,
    RatePlanFacts,
    TicketTypeFacts,
)
from horarium.modules.pricing.rules import PricedExtra, PriceQuote

from .people import Guest


@dataclass(slots=True)
class SessionDraft:
    """One dated session to be. `wanted`: places that the demo's guests will have booked by now."""

    offering: OfferingFacts
    starts: int
    ends: int
    capacity: int
    claims: list[Claim]
    wanted: int = 0
    schedule_id: int | None = None
    occurs_on: date | None = None
    min_places: int = 0
    decide_at: int | None = None
    decided_at: int | None = None
    note: str = ""
    is_shared: bool = False
    cancelled_at: int | None = None
    sold: int = 0


@dataclass(frozen=True, slots=True)
class TicketDraft:
    kind: TicketTypeFacts
    price: Money


@dataclass(slots=True)
class Draft:
    """One booking to be."""

    offering: OfferingFacts
    starts: int
    duration: int
    party: int
    extras: tuple[PricedExtra, ...]
    claims: list[Claim]
    is_chosen: bool
    quote: PriceQuote
    state: str = "confirmed"
    rate_plan: RatePlanFacts | None = None
    session: SessionDraft | None = None
    tickets: tuple[TicketDraft, ...] = ()
    guests: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ends(self) -> int:
        return self.starts + self.duration * 60

    @property
    def terms(self) -> PaymentTerms:
        return self.offering.terms if self.rate_plan is None else self.rate_plan.terms

    @property
    def places(self) -> int:
        return sum(one.kind.places for one in self.tickets)

    @property
    def agreed(self) -> Agreed:
        return Agreed(self.terms.policy, self.terms.due_now(self.quote.total).minor)

    @property
    def stake(self) -> Stake:
        total = self.quote.total
        return Stake(total, Money(self.agreed.deposit_minor, total.currency))


@dataclass(slots=True)
class LineDraft:
    """Goods to be sold."""

    product: ProductFacts
    quantity: int
    total: Money
    state: str = "confirmed"


@dataclass(slots=True)
class OrderDraft:
    guest: Guest
    bookings: list[Draft]
    lines: list[LineDraft] = field(default_factory=list)
    created: int = 0
    channel: str = "page"
    expires: int | None = None
    cancelled_at: int | None = None
    cancelled_by: str = ""
    reason: str = ""

    @property
    def total(self) -> Money:
        return sum((one.quote.total for one in self.bookings), self.total_of_lines)

    @property
    def total_of_lines(self) -> Money:
        zero = Money.zero(self.bookings[0].quote.total.currency)
        return sum((one.total for one in self.lines), zero)

    @property
    def due(self) -> Money:
        """What had to be paid before it was sure; goods are paid at once."""
        return sum((one.terms.due_now(one.quote.total) for one in self.bookings), self.total_of_lines)

    @property
    def hold_minutes(self) -> int:
        return min(one.terms.hold_minutes for one in self.bookings)

    @property
    def ends(self) -> int:
        return max(one.ends for one in self.bookings)
