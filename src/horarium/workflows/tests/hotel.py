"""A small hotel in Lisbon, and how guests look at its nights, stay and are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django_scopes import scopes_disabled

from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.models import Assignment, Booking
from horarium.modules.catalog.models import Extra, Offering, RatePlan, Restriction
from horarium.modules.resources.models import Resource
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.checkout import Checkout, place_order
from horarium.workflows.items import Guests, StayItem
from horarium.workflows.list_stays import Night, StayExplanation, explain_stay, list_nights
from horarium.workflows.stay_inquiry import StayWish
from tests.factories import make_offering, make_pool, make_price, make_resource

from .stage import ANNA_WRITES, GUEST, NOW, STAFF, make_place


def dec(day: int) -> date:
    return date(2026, 12, day)


@dataclass(frozen=True)
class Hotel:
    """A night costs 100 euros for two; check-in at 15:00, check-out at noon. Winter in Lisbon has the time of UTC."""

    offering: Offering
    rooms: list[Resource]

    @property
    def slug(self) -> str:
        return str(self.offering.business.slug)

    def plan(self, name: str, amount: int | None = None, **fields: Any) -> RatePlan:
        plan = RatePlan.objects.create(
            business=self.offering.business, offering=self.offering, name=name, **fields
        )
        if amount is not None:
            make_price(self.offering, amount, basis="per_night", rate_plan=plan)
        bump_catalog_revision(self.offering.business_id)
        return plan

    def restrict(self, first: int, last: int, **rules: Any) -> None:
        Restriction.objects.create(
            business=self.offering.business,
            offering=self.offering,
            first_on=dec(first),
            last_on=dec(last),
            **rules,
        )
        bump_catalog_revision(self.offering.business_id)

    def add_extra(self, name: str, amount: int | None = None, basis: str = "flat", **fields: Any) -> Extra:
        extra = Extra.objects.create(
            business=self.offering.business, offering=self.offering, name=name, **fields
        )
        if amount is not None:
            make_price(self.offering, amount, basis=basis, extra=extra)
        bump_catalog_revision(self.offering.business_id)
        return extra

    def let_guests_choose(self) -> None:
        with scopes_disabled():
            self.offering.requirements.update(is_choosable=True)
        bump_catalog_revision(self.offering.business_id)

    def item(self, first: int, last: int, **fields: Any) -> StayItem:
        return StayItem(self.offering.public_id, dec(first), dec(last), **{"guests": Guests(2), **fields})

    def book(
        self, first: int, last: int, *, now: datetime = NOW, staff: bool = False, **fields: Any
    ) -> Booking:
        """A stay of two from one day of December to another, in the `room` of this number if it is said."""
        room = fields.pop("room", None)
        if room is not None:
            fields["resource"] = self.rooms[room].public_id
        checkout = Checkout(ANNA_WRITES, (self.item(first, last, **fields),))
        order = place_order(self.slug, checkout, STAFF if staff else GUEST, now, staff=staff)
        with scopes_disabled():
            return Booking.objects.get(order=order)

    def put(self, room: int, first: int, last: int, **fields: Any) -> Booking:
        """A stay in this very room that may yet move, unless the fields pin it."""
        booking = self.book(first, last, room=room, staff=True)
        with scopes_disabled():
            free = {"is_resource_chosen": False, "is_pinned": False}
            Booking.objects.filter(pk=booking.pk).update(**{**free, **fields})
        return booking

    def refusal(self, first: int, last: int, **fields: Any) -> NotFree:
        with pytest.raises(NotFree) as refused:
            self.book(first, last, **fields)
        return refused.value

    def room_of(self, booking: Booking) -> int:
        with scopes_disabled():
            [found] = Assignment.objects.filter(booking=booking).values_list("resource_id", flat=True)
        return [room.pk for room in self.rooms].index(found)

    def nights(
        self, first: int, last: int, *, now: datetime = NOW, nights: int | None = None, **wish: Any
    ) -> tuple[Night, ...]:
        asked = StayWish(**{"guests": Guests(2), **wish})
        return list_nights(
            self.slug,
            self.offering.public_id,
            first_on=dec(first),
            last_on=dec(last),
            wish=asked,
            now=now,
            nights=nights,
        ).days

    def explain(self, first: int, last: int, *, now: datetime = NOW, **wish: Any) -> StayExplanation:
        asked = StayWish(**{"guests": Guests(2), **wish})
        return explain_stay(
            self.slug, self.offering.public_id, dates=(dec(first), dec(last)), wish=asked, now=now
        )


def make_hotel(rooms: int = 2, *, price: int | None = 10_000, **fields: Any) -> Hotel:
    place = make_place(hours="")
    pool = [make_resource(place, kind="room") for _ in range(rooms)]
    usual = {"mode": "stay", "durations": [], "party_max": 4, "included_guests": 2, "lead_minutes": 60}
    offering = make_offering(
        place, needs=[[make_pool(pool)]], price=price, basis="per_night", **{**usual, **fields}
    )
    return Hotel(offering, pool)
