"""Random small hotels for Hypothesis: pools that overlap, parking, plans, seasons, restrictions, closed dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from horarium.modules.catalog.models import Extra, Offering, RatePlan, Restriction
from horarium.modules.resources.models import OpeningException, Resource
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.platform.tenancy.models import Business
from tests.factories import make_business, make_location, make_need, make_offering, make_price, make_resource

ZONES = ["Europe/Moscow", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca"]
DAYS = 12
USUAL = (None, None, 9000, None)


@dataclass(frozen=True, slots=True)
class RestrictionPlan:
    first: int
    last: int
    plan: int | None
    rules: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class HotelPlan:
    """Everything drawn; `build` writes it into the database. Dates are numbers of days from `first_on`."""

    zone: str
    first_on: date
    rooms: int
    second_pool: tuple[int, ...]
    parking: int | None
    clocks: tuple[int, int]
    buffers: tuple[int, int]
    early: int
    lead: int
    horizon: int
    plans: int
    prices: tuple[tuple[int | None, int | None, int, int | None], ...]
    restrictions: tuple[RestrictionPlan, ...]
    closed: tuple[tuple[int | None, int], ...]
    is_choosable: bool


@st.composite
def restrictions(draw: st.DrawFn, plans: int) -> RestrictionPlan:
    first = draw(st.integers(0, DAYS))
    rule = st.sampled_from(
        [
            ("min_nights", 2),
            ("min_nights", 3),
            ("max_nights", 2),
            ("min_nights_on_arrival", 3),
            ("closed_to_arrival", True),
            ("closed_to_departure", True),
            ("is_closed", True),
        ]
    )
    return RestrictionPlan(
        first=first,
        last=first + draw(st.integers(0, 3)),
        plan=draw(st.sampled_from([None, *range(plans)])),
        rules=(draw(rule),),
    )


@st.composite
def hotels(draw: st.DrawFn) -> HotelPlan:
    rooms, plans = draw(st.integers(1, 4)), draw(st.integers(0, 2))
    price = st.tuples(
        st.sampled_from([None, *range(plans)]),
        st.sampled_from([None, None, 4]),
        st.integers(1, 5).map(lambda one: one * 1000),
        st.sampled_from([None, None, 2]),
    )
    room = st.integers(0, rooms - 1)
    return HotelPlan(
        zone=draw(st.sampled_from(ZONES)),
        first_on=date(2026, 9, 1) + timedelta(days=draw(st.integers(0, 220))),
        rooms=rooms,
        second_pool=tuple(sorted(draw(st.sets(room, min_size=1)))),
        parking=draw(st.sampled_from([None, None, 1, 2])),
        clocks=draw(st.sampled_from([(900, 720), (840, 840), (0, 0), (1320, 600)])),
        buffers=draw(st.sampled_from([(0, 0), (0, 120), (30, 240)])),
        early=draw(st.sampled_from([120, 300])),
        lead=draw(st.sampled_from([0, 0, 600, 48 * 60])),
        horizon=draw(st.sampled_from([6, 60, 60])),
        plans=plans,
        prices=tuple(draw(st.lists(price, max_size=3)))
        + ((None, None, 9000, None),) * draw(st.integers(0, 1)),
        restrictions=tuple(draw(st.lists(restrictions(plans), max_size=2))),
        closed=tuple(draw(st.lists(st.tuples(st.none() | room, st.integers(0, DAYS)), max_size=2))),
        is_choosable=draw(st.booleans()),
    )


@dataclass(frozen=True, slots=True)
class Hotel:
    business: Business
    offering: Offering
    second: Offering
    rooms: list[Resource]
    early: Extra
    plans: list[RatePlan]


def build(plan: HotelPlan) -> Hotel:
    """The offering sells all rooms, the `second` some of them."""
    business = make_business()
    place = make_location(business, time_zone=plan.zone)
    rooms = [make_resource(place, kind="room") for _ in range(plan.rooms)]
    fields: dict[str, Any] = {
        "mode": "stay",
        "durations": [],
        "check_in_minute": plan.clocks[0],
        "check_out_minute": plan.clocks[1],
        "buffer_before": plan.buffers[0],
        "buffer_after": plan.buffers[1],
        "lead_minutes": plan.lead,
        "horizon_days": plan.horizon,
        "party_max": 4,
        "included_guests": 2,
    }
    offering = make_offering(place, **fields)
    make_need(offering, rooms, is_choosable=plan.is_choosable)
    if plan.parking is not None:
        make_need(offering, [make_resource(place, kind="equipment") for _ in range(plan.parking)], position=1)
    second = make_offering(place, needs=[[rooms[one] for one in plan.second_pool]], **fields)
    make_price(second, 5000, basis="per_night")
    early = Extra.objects.create(
        business=business, offering=offering, name="Early arrival", extends_before=plan.early
    )
    make_price(offering, 700, basis="flat", extra=early)
    plans = [
        RatePlan.objects.create(business=business, offering=offering, name=f"Plan {number}", position=number)
        for number in range(plan.plans)
    ]
    _terms(plan, offering, plans)
    for room, day in plan.closed:
        on = plan.first_on + timedelta(days=day)
        owner = {"location": place} if room is None else {"resource": rooms[room]}
        OpeningException.objects.create(business=business, first_on=on, last_on=on, **owner)
    bump_catalog_revision(business.pk)
    return Hotel(business, offering, second, rooms, early, plans)


def _terms(plan: HotelPlan, offering: Offering, plans: list[RatePlan]) -> None:
    for number, from_day, amount, nights in plan.prices:
        make_price(
            offering,
            amount,
            basis="per_night",
            rate_plan=None if number is None else plans[number],
            valid_from=None if from_day is None else plan.first_on + timedelta(days=from_day),
            min_nights=nights,
        )
    for one in plan.restrictions:
        Restriction.objects.create(
            business_id=offering.business_id,
            offering=offering,
            rate_plan=None if one.plan is None else plans[one.plan],
            first_on=plan.first_on + timedelta(days=one.first),
            last_on=plan.first_on + timedelta(days=one.last),
            **dict(one.rules),
        )
