"""Visits: every plan can be booked as it is, and no other choice of starts makes a better first plan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, permutations, product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import read_stamp
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_catalog
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.plan_bookings import inquire_items, plan_items
from horarium.workflows.plan_visits import Step, Visit, plan_visits
from tests.factories import make_business, make_location, make_offering, make_resource

DAY = date(2026, 12, 1)
NOW = datetime(2026, 11, 30, tzinfo=UTC)
GRID = 30
FIRST, LAST = 10 * 60, 13 * 60


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Business, list[Offering], Visit]:
    """Three hours, up to three people or places, up to three offerings, some of the time taken."""
    business = make_business()
    place = make_location(business, hours="10:00-13:00")
    resources = [make_resource(place) for _ in range(draw(st.integers(1, 3)))]
    offerings = []
    for _ in range(draw(st.integers(1, 3))):
        needs = draw(
            st.lists(st.sets(st.sampled_from(range(len(resources))), min_size=1), min_size=1, max_size=2)
        )
        offerings.append(
            make_offering(
                place,
                needs=[[resources[key] for key in sorted(one)] for one in needs],
                durations=[draw(st.sampled_from([30, 60]))],
                grid_minutes=GRID,
                lead_minutes=0,
                buffer_after=draw(st.sampled_from([0, 0, 15])),
                party_max=draw(st.sampled_from([1, 2])),
            )
        )
    for _ in range(draw(st.integers(0, 2))):
        _take_something(business, draw(st.sampled_from(offerings)), draw(st.integers(0, 5)))
    steps = tuple(
        Step(
            draw(st.sampled_from(offerings)).public_id,
            tuple(sorted(draw(st.sets(st.sampled_from(["ann", "ben"]), min_size=1)))),
            draw(st.sampled_from([None, (), *((one,) for one in range(number))])),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    return business, offerings, Visit(steps, (DAY,), draw(st.sampled_from([0, 30, 60])))


def _take_something(business: Business, offering: Offering, number: int) -> None:
    start = at(FIRST + number * GRID)
    try:
        with transaction.atomic():
            checkout = Checkout(Contact("Guest", "guest@example.org"), (SlotItem(offering.public_id, start),))
            place_order(business.slug, checkout, Actor.guest("api"), NOW)
    except NotFree:
        pass


def at(minute: int) -> datetime:
    return datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + timedelta(minutes=minute)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_plan_can_be_booked_and_brute_force_finds_none_better(data: st.DataObject) -> None:
    with transaction.atomic():
        savepoint = transaction.savepoint()
        business, offerings, visit = data.draw(worlds())
        _check(business, offerings, visit)
        transaction.savepoint_rollback(savepoint)


def _check(business: Business, offerings: list[Offering], visit: Visit) -> None:
    found = plan_visits(business.slug, visit, NOW)
    assert found.is_complete
    for plan in found.plans:
        items = [one.item for one in plan.items]
        assert _is_bookable(business, items)
    ranks = [(one.length, one.idle, one.start) for one in found.plans]
    assert ranks == sorted(ranks)
    best = _by_force(business, {one.public_id: one for one in offerings}, visit)
    assert (ranks[0] if ranks else None) == best


def _is_bookable(business: Business, items: list[SlotItem]) -> bool:
    stamp = read_stamp(business.slug)
    catalog = get_catalog(stamp.business_id, stamp.catalog_revision)
    try:
        plan_items(inquire_items(catalog, items), items, NOW)
    except NotFree:
        return False
    return True


Line = tuple[int, str, frozenset[str], int, int]
"""Step, offering, people, party, minutes."""


def _lines(offerings: dict[str, Offering], visit: Visit) -> list[Line]:
    lines: list[Line] = []
    for number, step in enumerate(visit.steps):
        offering = offerings[step.offering]
        minutes = offering.durations[0]
        if len(step.people) <= offering.party_max:
            lines.append((number, step.offering, frozenset(step.people), len(step.people), minutes))
        else:
            lines += [(number, step.offering, frozenset({one}), 1, minutes) for one in step.people]
    return lines


def _by_force(
    business: Business, offerings: dict[str, Offering], visit: Visit
) -> tuple[int, int, datetime] | None:
    lines = _lines(offerings, visit)
    every = product(range(FIRST, LAST, GRID), repeat=len(visit.steps))
    ranked = sorted(rank for starts in every if (rank := _rank(lines, visit, starts)) is not None)
    for length, idle, first, starts in ranked:
        items = [SlotItem(line[1], at(starts[line[0]]), party=line[3]) for line in lines]
        if any(_is_bookable(business, list(order)) for order in permutations(items)):
            return length, idle, at(first)
    return None


def _rank(
    lines: list[Line], visit: Visit, starts: tuple[int, ...]
) -> tuple[int, int, int, tuple[int, ...]] | None:
    """Length, idle, first minute and starts; None where the visit's own rules are broken."""
    ends = {line[0]: starts[line[0]] + line[4] for line in lines}
    idle = 0
    for number, step in enumerate(visit.steps):
        same = [one for one in range(number) if set(visit.steps[one].people) & set(step.people)]
        if any(starts[number] < ends[one] for one in (same if step.after is None else step.after)):
            return None
    for person in ("ann", "ben"):
        spans = sorted((starts[one[0]], ends[one[0]]) for one in lines if person in one[2])
        waits = [later[0] - earlier[1] for earlier, later in pairwise(spans)]
        if any(not 0 <= wait <= visit.max_idle for wait in waits):
            return None
        idle += sum(waits)
    return max(ends.values()) - min(starts), idle, min(starts), starts
