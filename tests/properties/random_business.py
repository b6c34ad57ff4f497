"""Random small businesses for Hypothesis: several needs, overlapping pools, parts, buffers, breaks, nights, zones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from horarium.modules.catalog.models import Offering
from horarium.modules.resources.models import OpeningException, Resource
from horarium.platform.tenancy.models import Business
from tests.factories import make_business, make_location, make_need, make_offering, make_resource, open_week

ZONES = ["Europe/Lisbon", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata"]
HOURS = ["10:00-13:00", "09:00-11:00, 12:00-14:30", "22:00-02:00", "00:00-04:00", "08:15-12:05"]


@dataclass(frozen=True, slots=True)
class NeedPlan:
    candidates: tuple[int, ...]
    quantity: int
    from_minute: int
    until_minute: int | None
    is_choosable: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything drawn; `build` writes it into the database."""

    zone: str
    day: date
    location_hours: str
    own_hours: tuple[str | None, ...]
    needs: tuple[NeedPlan, ...]
    durations: tuple[int, ...]
    grid: int
    fixed_starts: tuple[int, ...]
    buffers: tuple[int, int]
    lead: int
    horizon: int
    closed_resource: int | None


@st.composite
def needs(draw: st.DrawFn, resources: int) -> NeedPlan:
    candidates = draw(st.lists(st.integers(0, resources - 1), min_size=1, max_size=resources, unique=True))
    starts = draw(st.sampled_from([0, 0, 0, 20]))
    return NeedPlan(
        candidates=tuple(sorted(candidates)),
        quantity=draw(st.integers(1, min(2, len(candidates)))),
        from_minute=starts,
        until_minute=draw(st.sampled_from([None, None, starts + 25])),
        is_choosable=draw(st.booleans()),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    resources = draw(st.integers(1, 4))
    return Plan(
        zone=draw(st.sampled_from(ZONES)),
        day=date(2026, 9, 1) + timedelta(days=draw(st.integers(0, 220))),
        location_hours=draw(st.sampled_from(HOURS)),
        own_hours=tuple(draw(st.sampled_from([None, None, *HOURS])) for _ in range(resources)),
        needs=tuple(draw(st.lists(needs(resources), min_size=1, max_size=3))),
        durations=tuple(sorted(draw(st.sets(st.sampled_from([30, 45, 60, 90]), min_size=1, max_size=2)))),
        grid=draw(st.sampled_from([15, 20, 30, 60])),
        fixed_starts=tuple(draw(st.sampled_from([(), (), (600, 660, 1350), (90, 150)]))),
        buffers=(draw(st.sampled_from([0, 0, 10])), draw(st.sampled_from([0, 0, 15]))),
        lead=draw(st.sampled_from([0, 60, 24 * 60])),
        horizon=draw(st.sampled_from([0, 2, 60])),
        closed_resource=draw(st.none() | st.integers(0, resources - 1)),
    )


def build(plan: Plan) -> tuple[Business, Offering, list[Resource]]:
    business = make_business()
    place = make_location(business, hours=plan.location_hours, time_zone=plan.zone)
    resources = []
    for hours in plan.own_hours:
        resource = make_resource(place)
        if hours is not None:
            open_week(resource, hours)
        resources.append(resource)
    if plan.closed_resource is not None:
        OpeningException.objects.create(
            business=business, resource=resources[plan.closed_resource], first_on=plan.day, last_on=plan.day
        )
    offering = make_offering(
        place,
        durations=list(plan.durations),
        grid_minutes=plan.grid,
        fixed_starts=list(plan.fixed_starts),
        buffer_before=plan.buffers[0],
        buffer_after=plan.buffers[1],
        lead_minutes=plan.lead,
        horizon_days=plan.horizon,
    )
    for position, need in enumerate(plan.needs):
        make_need(
            offering,
            [resources[one] for one in need.candidates],
            quantity=need.quantity,
            from_minute=need.from_minute,
            until_minute=need.until_minute,
            is_choosable=need.is_choosable,
            position=position,
        )
    return business, offering, resources
