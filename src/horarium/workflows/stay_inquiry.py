"""What is asked of a stay, checked against the catalogue, and the rooms that could serve it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from horarium.kit.errors import InvalidInput
from horarium.kit.zones import zone
from horarium.modules.availability.queries_stays import read_taken
from horarium.modules.availability.rules.restrictions import LONGEST, Restrictions
from horarium.modules.availability.rules.solver import Limits
from horarium.modules.availability.rules.stays import (
    Room,
    StayTimes,
    closed_nights,
    needs_of,
    room_need,
    times_of,
)
from horarium.modules.booking.rules_limits import guest_window
from horarium.modules.catalog.rules import (
    Catalog,
    ExtraFacts,
    Need,
    OfferingFacts,
    PaymentTerms,
    RatePlanFacts,
    choose_extras,
)
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Company, PricedExtra, Rule, StayTariff

from .items import Guests
from .list_availability import choose_resource

ADULT_AT = 18
REACH_DAYS = 4 * 366
FREE = Room()


@dataclass(frozen=True, slots=True)
class StayWish:
    """What the guest asked for besides the dates, as it came: people and public ids."""

    guests: Guests | None = None
    rate_plan: str | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoldPlan:
    """A rate plan (None: the offering has none) with what binds stays under it."""

    plan: RatePlanFacts | None
    restrictions: Restrictions
    terms: PaymentTerms

    @property
    def id(self) -> int | None:
        return None if self.plan is None else self.plan.id

    @property
    def public_id(self) -> str:
        return "" if self.plan is None else self.plan.public_id


@dataclass(frozen=True, slots=True)
class StayInquiry:
    """A wish that the catalogue understands, with everything to answer it but what is taken.

    `plans`: those that may be sold, the asked one only if one was asked for; the first is preferred among equals.
    """

    catalog: Catalog
    offering: OfferingFacts
    guests: Guests
    plans: tuple[SoldPlan, ...]
    rules: tuple[Rule, ...]
    taken_extras: tuple[tuple[ExtraFacts, int], ...]
    chosen: frozenset[int] = frozenset()
    staff: bool = False
    needs: tuple[Need, ...] = field(init=False)
    times: StayTimes = field(init=False)

    def __post_init__(self) -> None:
        times = {extra.id: number for extra, number in self.taken_extras}
        object.__setattr__(self, "needs", tuple(needs_of(self.offering, times, self.guests.count)))
        object.__setattr__(self, "times", times_of(self.offering, self.taken_extras))

    @property
    def tz(self) -> ZoneInfo:
        return zone(self.offering.location.time_zone)

    @property
    def extras(self) -> tuple[PricedExtra, ...]:
        return tuple(
            PricedExtra(one.id, one.public_id, one.name, number) for one, number in self.taken_extras
        )

    @property
    def takes_goods(self) -> bool:
        return any(extra.product_id is not None for extra, _ in self.taken_extras)

    def resource_ids(self) -> list[int]:
        return sorted({one for need in self.needs for one in need.candidates})

    def limits(self, now: datetime) -> Limits:
        """Arrivals between lead time and horizon for guests; staff may book from a year ago on, years ahead."""
        if self.staff:
            second = int(now.timestamp()) + (1 if now.microsecond else 0)
            return Limits(second - 366 * 86400, second + 3 * 366 * 86400)
        return Limits(*guest_window(self.offering, now))

    def tariff(self, sold: SoldPlan, nights: int) -> StayTariff:
        company = Company(
            nights, self.guests.adults, self.guests.child_ages, self.offering.included_guests, sold.id
        )
        return StayTariff(self.rules, company, self.catalog.business.currency, self.extras)

    def without_choice(self) -> StayInquiry:
        return replace(self, chosen=frozenset())


def inquire_wish(
    catalog: Catalog, offering_key: str, wish: StayWish, *, staff: bool = False, unseen: bool = False
) -> StayInquiry:
    """Check a wish against the catalogue. Raises NotFound, or InvalidInput with the field.

    `unseen`: as a guest, but of an offering that may be hidden from guests.
    """
    offering = catalog.get_offering(offering_key, public_only=not (staff or unseen))
    if offering.mode != "stay":
        raise InvalidInput("not sold by nights", field="offering", params={"reason": "mode"})
    chosen: frozenset[int] = frozenset()
    if wish.resource is not None:
        chosen = frozenset({choose_resource(catalog, offering, wish.resource, staff=staff)})
    return StayInquiry(
        catalog=catalog,
        offering=offering,
        guests=_choose_guests(offering, wish.guests),
        plans=_choose_plans(offering, wish.rate_plan, staff=staff),
        rules=get_price_list(catalog.business.id, catalog.revision).get(offering.id, ()),
        taken_extras=tuple(
            (extra, wish.extras.count(extra.public_id))
            for extra in choose_extras(offering, list(wish.extras))
        ),
        chosen=chosen,
        staff=staff,
    )


def check_dates(check_in: date, check_out: date, now: datetime) -> None:
    """Refuse dates that make no stay, before anything is computed. Raises InvalidInput."""
    if abs((check_in - now.astimezone(UTC).date()).days) > REACH_DAYS:
        raise InvalidInput("date out of reach", field="check_in", params={"reason": "date"})
    nights = (check_out - check_in).days
    if nights < 1:
        raise InvalidInput(
            "leaves before it arrives", field="check_out", params={"reason": "end_before_start"}
        )
    if nights > LONGEST:
        raise InvalidInput(
            "stay too long", field="check_out", params={"reason": "range_too_long", "days": LONGEST}
        )


def _choose_guests(offering: OfferingFacts, guests: Guests | None) -> Guests:
    """Without any: as many adults as the offering is at least for."""
    if guests is None:
        return Guests(adults=offering.party_min)
    wrong_ages = any(not 0 <= age < ADULT_AT for age in guests.child_ages)
    if guests.adults < 1 or wrong_ages:
        raise InvalidInput("no such guests", field="guests", params={"reason": "out_of_range"})
    if not offering.party_min <= guests.count <= offering.party_max:
        bounds = {"min": offering.party_min, "max": offering.party_max}
        raise InvalidInput("party outside of bounds", field="guests", params={"reason": "capacity", **bounds})
    return guests


def _choose_plans(offering: OfferingFacts, wanted: str | None, *, staff: bool) -> tuple[SoldPlan, ...]:
    """Staff sells what restrictions forbid to guests."""
    plans: list[RatePlanFacts | None] = [
        plan for plan in offering.rate_plans if wanted is None or plan.public_id == wanted
    ]
    if wanted is not None and not plans:
        raise InvalidInput("no such rate plan", field="rate_plan", params={"reason": "unknown"})
    binding = () if staff else offering.restrictions
    return tuple(
        SoldPlan(
            plan,
            Restrictions(binding, None if plan is None else plan.id),
            offering.terms if plan is None else plan.terms,
        )
        for plan in plans or [None]
    )


@dataclass(frozen=True, slots=True)
class House:
    """The resources of an inquiry over some dates, and when the first hold in them runs out (seconds)."""

    rooms: dict[int, Room]
    lapses_at: float | None


def read_house(
    inquiry: StayInquiry,
    first_on: date,
    last_on: date,
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> House:
    """What is in the way between the first arrival and the last departure. One query."""
    catalog, resource_ids = inquiry.catalog, inquiry.resource_ids()
    seconds = inquiry.times.takes(first_on), inquiry.times.gives(last_on)
    taken = read_taken(catalog.business.id, resource_ids, seconds, now, besides=besides)
    margin = timedelta(days=3)
    rooms = {}
    for one in resource_ids:
        facts = catalog.resources[one]
        location = catalog.locations[facts.location_id]
        dates = first_on - margin, last_on + margin
        closed = closed_nights(facts.rules, location.rules, location.time_zone, *dates)
        room = taken.rooms.get(one, FREE)
        rooms[one] = replace(room, closed=closed) if closed else room
    return House(rooms, taken.lapses_at)


def rooms_by_offering(catalog: Catalog, among: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """For every stay offering that sells any of these rooms: which of them."""
    rooms, found = frozenset(among), {}
    for offering in catalog.offerings.values():
        need = room_need(offering) if offering.mode == "stay" else None
        if need is not None and rooms.intersection(need.candidates):
            found[offering.id] = rooms.intersection(need.candidates)
    return found
