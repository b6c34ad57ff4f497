"""Bookings and orders to be: plain values between drawing and writing."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.kit.money import Money
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.catalog.rules import ExtraFacts, OfferingFacts
from horarium.modules.pricing.rules import PriceQuote

from .people import Guest


@dataclass(slots=True)
class Draft:
    """One booking to be. Seconds since the epoch."""

    offering: OfferingFacts
    starts: int
    duration: int
    party: int
    extras: tuple[ExtraFacts, ...]
    claims: list[Claim]
    is_chosen: bool
    quote: PriceQuote
    state: str = "confirmed"

    @property
    def ends(self) -> int:
        return self.starts + self.duration * 60


@dataclass(slots=True)
class OrderDraft:
    guest: Guest
    bookings: list[Draft]
    created: int = 0
    channel: str = "page"
    expires: int | None = None
    cancelled_at: int | None = None
    cancelled_by: str = ""
    reason: str = ""

    @property
    def total(self) -> Money:
        return sum((one.quote.total for one in self.bookings[1:]), self.bookings[0].quote.total)

    @property
    def due(self) -> Money:
        zero = Money.zero(self.total.currency)
        return sum((one.offering.terms.due_now(one.quote.total) for one in self.bookings), zero)
