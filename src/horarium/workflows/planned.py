"""What planning an item gives, whatever its kind: everything that checkout writes down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from horarium.kit.money import Money
from horarium.modules.availability.actions_shared_slots import NewSession
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.booking.actions_orders import NewBooking, NewClaim, NewLine, NewSupply, NewTicket
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.rules import OfferingFacts, PaymentTerms, ProductFacts
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
    as (supply key, quantity), those of the session being `session_supply`; `guests` as `Booking.guests`. `new_session`:
    a shared slot, whose session is joined or made when the booking is written.
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
    session_supply: int | None = None
    new_session: NewSession | None = None
    rate_plan_id: int | None = None
    guests: dict[str, Any] = field(default_factory=dict)
    is_resource_chosen: bool = False
    needs_approval: bool = False
    reseats: tuple[Reseat, ...] = ()

    def as_new_booking(self) -> NewBooking:
        """What is written of it."""
        return NewBooking(
            offering_id=self.offering.id,
            location_id=self.offering.location.id,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            party=self.party,
            price=self.quote.as_json(),
            total_minor=self.quote.total.minor,
            claims=new_claims(self.claims),
            extras=tuple((extra.id, extra.quantity) for extra in self.extras),
            supplies=tuple(self._new_supply(*one) for one in self.supplies),
            tickets=tuple(NewTicket(one.ticket_type_id, one.price_minor) for one in self.tickets),
            session_id=self.session_id,
            rate_plan_id=self.rate_plan_id,
            guests=self.guests,
            terms=Agreed(self.terms.policy, self.due_now.minor).as_json(),
            is_resource_chosen=self.is_resource_chosen,
            needs_approval=self.needs_approval,
            approval_hours=self.terms.approval_hours,
        )

    def _new_supply(self, supply_id: int, quantity: int) -> NewSupply:
        if supply_id != self.session_supply:
            return NewSupply(supply_id, quantity)
        return NewSupply(supply_id, quantity, numbers=len(self.tickets), starts_at=self.starts_at)


@dataclass(frozen=True, slots=True)
class PlannedProduct:
    """Goods that are there now. `supply_id` is None where pieces are not counted."""

    product: ProductFacts
    quantity: int
    quote: PriceQuote
    due_now: Money
    supply_id: int | None

    @property
    def supplies(self) -> tuple[tuple[int, int], ...]:
        return () if self.supply_id is None else ((self.supply_id, self.quantity),)

    def as_new_line(self) -> NewLine:
        return NewLine(
            self.product.id, self.quantity, self.quote.as_json(), self.quote.total.minor, self.supply_id
        )


Planned = PlannedBooking | PlannedProduct


@dataclass(frozen=True, slots=True)
class Besides:
    """What differs from what is written: owners whose own time and places count as free, and what earlier items of
    the same order take and move.
    """

    owners: tuple[tuple[str, int], ...] = ()
    claims: tuple[Claim, ...] = ()
    reseats: tuple[Reseat, ...] = ()
    supplies: Mapping[int, int] = field(default_factory=dict)
    bookings: tuple[PlannedBooking, ...] = ()
    """Guests of one new shared session meet in it."""

    def after(self, planned: Iterable[Planned]) -> Besides:
        """With what these items take."""
        earlier = list(planned)
        bookings = [one for one in earlier if isinstance(one, PlannedBooking)]
        supplies = Counter(self.supplies)
        for one in earlier:
            supplies.update(dict(one.supplies))
        return Besides(
            self.owners,
            (*self.claims, *(claim for one in bookings for claim in one.claims), *session_claims(bookings)),
            (*self.reseats, *(move for one in bookings for move in one.reseats)),
            supplies,
            (*self.bookings, *bookings),
        )


NOTHING = Besides()


def session_claims(planned: Iterable[PlannedBooking]) -> list[Claim]:
    """Time of resources that the new sessions of these bookings take, besides the bookings' own claims."""
    fresh = [one.new_session for one in planned if one.new_session is not None]
    return [claim for one in fresh for claim in one.claims or ()]


def new_claims(claims: Iterable[Claim]) -> tuple[NewClaim, ...]:
    return tuple(NewClaim(one.resource_id, one.need_id, one.starts, one.ends) for one in claims)
