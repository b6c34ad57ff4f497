"""What planning an item gives, whatever its kind: everything that checkout writes down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from horarium.kit.money import Money
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.catalog.rules import OfferingFacts, PaymentTerms
from horarium.modules.pricing.rules import PricedExtra, PriceQuote


@dataclass(frozen=True, slots=True)
class Reseat:
    """Another stay that must sleep in another room first: its booking's key, and the room it leaves and gets."""

    booking_id: int
    leaves: int
    gets: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class PlannedTicket:
    ticket_type_id: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class PlannedBooking:
    """An item that can be booked now. Instants in UTC; `claims` are the resources' time, `supplies` places and pieces
    as (supply key, quantity); `guests` as `Booking.guests`.
    """

    offering: OfferingFacts
    starts_at: datetime
    ends_at: datetime
    party: int
    quote: PriceQuote
    due_now: Money
    terms: PaymentTerms
    claims: tuple[Claim, ...] = ()
    supplies: tuple[tuple[int, int], ...] = ()
    extras: tuple[PricedExtra, ...] = ()
    tickets: tuple[PlannedTicket, ...] = ()
    session_id: int | None = None
    rate_plan_id: int | None = None
    guests: dict[str, Any] = field(default_factory=dict)
    is_resource_chosen: bool = False
    needs_approval: bool = False
    reseats: tuple[Reseat, ...] = ()
