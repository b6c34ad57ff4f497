"""What somebody on a waiting list wants, and the first time that fits: found by the same listings that guests see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from horarium.kit.errors import InvalidInput
from horarium.kit.zones import instant_of, local_date_of, zone
from horarium.modules.catalog.rules import Catalog, OfferingFacts

from .items import Guests, Item, SessionItem, SlotItem, StayItem
from .list_availability import MAX_DAYS, WishInput, compute, inquire
from .list_sessions import compute_sessions
from .list_stays import list_nights
from .sessions_asked import SessionWish, ask_sessions, choose_tickets
from .stay_inquiry import StayWish, inquire_wish

LONGEST_STAY = 60
"""Nights that can be waited for."""


@dataclass(frozen=True, slots=True)
class Wished:
    """An item of an order without its time. Slots: minutes and people; stays: nights and guests; sessions: tickets."""

    offering: str
    duration: int | None = None
    party: int | None = None
    nights: int | None = None
    guests: Guests | None = None
    rate_plan: str | None = None
    tickets: tuple[tuple[str, int], ...] = ()
    resource: str | None = None
    extras: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What was left open is left out."""
        kept: dict[str, Any] = {"offering": self.offering}
        for name in ("duration", "party", "nights", "rate_plan", "resource"):
            if (value := getattr(self, name)) is not None:
                kept[name] = value
        if self.guests is not None:
            kept["guests"] = self.guests.as_json()
        if self.tickets:
            kept["tickets"] = dict(self.tickets)
        if self.extras:
            kept["extras"] = list(self.extras)
        return kept


def wished_of_json(kept: Mapping[str, Any]) -> Wished:
    """The opposite of `Wished.as_json`."""
    guests = kept.get("guests")
    return Wished(
        offering=kept["offering"],
        duration=kept.get("duration"),
        party=kept.get("party"),
        nights=kept.get("nights"),
        guests=None if guests is None else Guests(guests["adults"], tuple(guests["child_ages"])),
        rate_plan=kept.get("rate_plan"),
        tickets=tuple(kept.get("tickets", {}).items()),
        resource=kept.get("resource"),
        extras=tuple(kept.get("extras", ())),
    )


@dataclass(frozen=True, slots=True)
class Fitting:
    """An item that can be ordered now, and when its time begins."""

    item: Item
    starts_at: datetime


def check_wished(catalog: Catalog, wished: Wished, first_on: date, last_on: date) -> tuple[Wished, int]:
    """The wish with what it must have, and how many people it is for. Raises NotFound, InvalidInput with the field."""
    offering = catalog.get_offering(wished.offering)
    _check_dates(first_on, last_on)
    wished = _only_own(offering, wished)
    if offering.mode == "stay":
        stay = inquire_wish(catalog, wished.offering, _stay_wish(wished))
        nights = wished.nights or 1
        if not 1 <= nights <= min(LONGEST_STAY, (last_on - first_on).days):
            raise InvalidInput("does not fit the dates", field="nights", params={"reason": "out_of_range"})
        return replace(wished, nights=nights, guests=stay.guests), stay.guests.count
    if offering.mode == "session":
        choose_tickets(offering, wished.tickets)
        return wished, sum(number for _, number in wished.tickets)
    inquiry = inquire(catalog, wished.offering, _slot_wish(wished))
    return replace(wished, duration=inquiry.wish.duration, party=inquiry.party), inquiry.party


def find_fitting(
    catalog: Catalog, wished: Wished, first_on: date, last_on: date, now: datetime
) -> Fitting | None:
    """The first time from `first_on` to `last_on` (local dates, both included) that a guest could book now.

    A stay lies within these dates as a whole. Raises NotFound, InvalidInput when the catalogue has changed since.
    """
    offering = catalog.get_offering(wished.offering)
    today = local_date_of(now, zone(offering.location.time_zone))
    first_on, last_on = max(first_on, today), min(last_on, today + timedelta(days=offering.horizon_days))
    last_on = min(last_on, first_on + timedelta(days=MAX_DAYS - 1))
    if last_on < first_on:
        return None
    find = {"stay": _find_stay, "session": _find_session}.get(offering.mode, _find_slot)
    return find(catalog, wished, first_on, last_on, now)


def _find_slot(
    catalog: Catalog, wished: Wished, first_on: date, last_on: date, now: datetime
) -> Fitting | None:
    inquiry = inquire(catalog, wished.offering, _slot_wish(wished))
    listing, _ = compute(inquiry, first_on, last_on, now)
    for day in listing.days:
        for slot in day.slots:
            item = SlotItem(
                wished.offering, slot.start, wished.duration, wished.resource, wished.party, wished.extras
            )
            return Fitting(item, slot.start)
    return None


def _find_stay(
    catalog: Catalog, wished: Wished, first_on: date, last_on: date, now: datetime
) -> Fitting | None:
    nights = wished.nights or 1
    last_arrival = last_on - timedelta(days=nights)
    if last_arrival < first_on:
        return None
    offering = catalog.get_offering(wished.offering)
    listing = list_nights(
        catalog.business.slug,
        wished.offering,
        first_on=first_on,
        last_on=last_arrival,
        wish=_stay_wish(wished),
        now=now,
        nights=nights,
    )
    for day in listing.days:
        if day.stay is not None and day.stay.reason is None:
            item = StayItem(
                wished.offering,
                day.stay.check_in,
                day.stay.check_out,
                wished.guests or Guests(),
                wished.rate_plan,
                wished.resource,
                wished.extras,
            )
            tz = zone(offering.location.time_zone)
            return Fitting(item, instant_of(day.stay.check_in, offering.check_in, tz))
    return None


def _find_session(
    catalog: Catalog, wished: Wished, first_on: date, last_on: date, now: datetime
) -> Fitting | None:
    offering = catalog.get_offering(wished.offering)
    tickets = choose_tickets(offering, wished.tickets)
    places = sum(one.places * number for one, number in tickets)
    asked = ask_sessions(catalog, wished.offering, SessionWish(max(1, places), wished.duration))
    listing, _ = compute_sessions(asked, first_on, last_on, now)
    for day in listing.days:
        for one in day.sessions:
            if one.reason is None:
                item = (
                    SessionItem(wished.tickets, session=one.session, extras=wished.extras)
                    if one.session is not None
                    else SessionItem(
                        wished.tickets, offering=wished.offering, start=one.start, extras=wished.extras
                    )
                )
                return Fitting(item, one.start)
    return None


def _slot_wish(wished: Wished) -> WishInput:
    return WishInput(wished.duration, wished.party, wished.resource, wished.extras)


def _stay_wish(wished: Wished) -> StayWish:
    return StayWish(wished.guests, wished.rate_plan, wished.resource, wished.extras)


_OF_MODE = {
    "slot": frozenset({"duration", "party", "resource"}),
    "stay": frozenset({"nights", "guests", "rate_plan", "resource"}),
    "session": frozenset({"tickets"}),
}
_OPTIONAL = ("duration", "party", "nights", "guests", "rate_plan", "tickets", "resource")


def _only_own(offering: OfferingFacts, wished: Wished) -> Wished:
    """With the offering's public id. Raises InvalidInput for what its mode does not have."""
    for name in _OPTIONAL:
        if getattr(wished, name) not in (None, ()) and name not in _OF_MODE[offering.mode]:
            raise InvalidInput("not of this mode", field=name, params={"reason": "mode"})
    return replace(wished, offering=offering.public_id)


def _check_dates(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise InvalidInput("range ends before it starts", field="to", params={"reason": "end_before_start"})
    if (last_on - first_on).days >= MAX_DAYS:
        raise InvalidInput(
            "range too long", field="to", params={"reason": "range_too_long", "days": MAX_DAYS}
        )
