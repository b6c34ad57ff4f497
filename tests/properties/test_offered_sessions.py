"""Offered ⇔ bookable for sessions and shared slots: what is listed is planned, the rest refused alike (T-03, T-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horarium.kit.errors import HorariumError
from horarium.kit.zones import instant_of, local_day, zone
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.actions_sessions import cancel_session
from horarium.modules.availability.actions_supplies import SupplyTaking, take_supplies
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.tests.session_scene import (
    SYSTEM,
    Tours,
    add_session,
    make_tours,
    sessions,
)
from horarium.modules.catalog.queries import get_current_catalog
from horarium.workflows.items import SessionItem
from horarium.workflows.list_sessions import SessionSlot, compute_sessions
from horarium.workflows.plan_sessions import inquire_session, open_planned, plan_session
from horarium.workflows.planned import PlannedBooking
from horarium.workflows.sessions_asked import SessionWish, ask_sessions

from .random_business import HOURS, ZONES

_owners = count(1)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything drawn; `build` writes it into the database."""

    zone: str
    day: date
    hours: str
    guides: int
    needs: bool
    is_shared: bool
    capacity: int
    duration: int
    grid: int
    buffers: tuple[int, int]
    lead: int
    horizon: int
    hours_before: int
    places: int
    staff: bool


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    return Scene(
        zone=draw(st.sampled_from(ZONES)),
        day=date(2026, 9, 1) + timedelta(days=draw(st.integers(0, 220))),
        hours=draw(st.sampled_from(HOURS)),
        guides=draw(st.integers(1, 3)),
        needs=draw(st.booleans()),
        is_shared=draw(st.booleans()),
        capacity=draw(st.integers(1, 4)),
        duration=draw(st.sampled_from([30, 45, 90])),
        grid=draw(st.sampled_from([15, 30, 60])),
        buffers=(draw(st.sampled_from([0, 0, 10])), draw(st.sampled_from([0, 0, 15]))),
        lead=draw(st.sampled_from([0, 60, 24 * 60])),
        horizon=draw(st.sampled_from([0, 1, 60])),
        hours_before=draw(st.sampled_from([6, 6, -9, 30])),
        places=draw(st.integers(1, 3)),
        staff=draw(st.booleans()),
    )


def build(scene: Scene) -> Tours:
    tours = make_tours(
        guides=scene.guides,
        hours=scene.hours,
        needs=scene.needs,
        is_shared=scene.is_shared,
        capacity=scene.capacity,
        durations=[scene.duration],
        grid_minutes=scene.grid,
        buffer_before=scene.buffers[0],
        buffer_after=scene.buffers[1],
        lead_minutes=scene.lead,
        horizon_days=scene.horizon,
    )
    place = tours.offering.location
    place.time_zone = scene.zone
    place.save()
    return tours


@pytest.mark.django_db
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(scene=scenes(), data=st.data())
def test_every_listed_session_is_planned_and_every_other_is_refused_with_the_same_reason(
    scene: Scene, data: st.DataObject
) -> None:
    with transaction.atomic():
        savepoint = transaction.savepoint()
        _check(scene, data)
        transaction.savepoint_rollback(savepoint)


def _check(scene: Scene, data: st.DataObject) -> None:
    tours = build(scene)
    tz = zone(scene.zone)
    midnight = instant_of(scene.day, 0, tz)
    now = midnight - timedelta(hours=scene.hours_before)
    _fill(scene, tours, midnight, data)
    wish = SessionWish(scene.places)
    asked = ask_sessions(get_current_catalog(tours.id), tours.offering.public_id, wish, staff=scene.staff)
    listing, valid_until = compute_sessions(asked, scene.day, scene.day, now)
    listed = listing.days[0].sessions
    assert (listing.days[0].reason is None) == any(one.reason is None for one in listed)
    assert valid_until >= now.timestamp()
    for one in listed:
        assert local_day(scene.day, tz).start <= one.start < local_day(scene.day, tz).end
        assert _try(scene, tours, one.session or one.start, now) == one.reason
    if scene.is_shared and not scene.staff:
        steps = data.draw(st.lists(st.integers(0, 91), max_size=10, unique=True))
        _check_starts(scene, tours, listed, now, steps)


def _check_starts(
    scene: Scene, tours: Tours, listed: tuple[SessionSlot, ...], now: datetime, steps: list[int]
) -> None:
    """Some quarters of an hour: free where it is listed as free, and with the listed reason where it is listed."""
    by_start = {one.start.astimezone(UTC): one.reason for one in listed}
    day = local_day(scene.day, zone(scene.zone))
    for step in steps:
        start = day.start + timedelta(minutes=15 * step)
        reason = _try(scene, tours, start, now)
        assert (reason is None) == (start in by_start and by_start[start] is None)
        if start in by_start:
            assert reason == by_start[start]


def _try(scene: Scene, tours: Tours, where: str | datetime, now: datetime) -> Reason | None:
    """Plan it: the reason of the refusal, or None."""
    try:
        planned = _plan(scene, tours, where, now)
    except NotFree as refusal:
        return refusal.reason
    assert planned.starts_at <= planned.ends_at
    return None


def _plan(scene: Scene, tours: Tours, where: str | datetime, now: datetime) -> PlannedBooking:
    tickets = ((tours.adult.public_id, scene.places),)
    if isinstance(where, str):
        item = SessionItem(tickets, session=where)
    else:
        item = SessionItem(tickets, offering=tours.offering.public_id, start=where)
    inquiry = inquire_session(get_current_catalog(tours.id), item, staff=scene.staff)
    return plan_session(inquiry, 0, now)


def _fill(scene: Scene, tours: Tours, midnight: datetime, data: st.DataObject) -> None:
    """Sessions, guests, holds that lapse, blocks and cancellations, long before it is asked."""
    early = midnight - timedelta(days=3)
    for _ in range(data.draw(st.integers(0, 5))):
        start = midnight + timedelta(minutes=15 * data.draw(st.integers(0, 100)))
        act = data.draw(st.sampled_from(["session", "session", "join", "join", "sell", "block", "cancel"]))
        try:
            with transaction.atomic():
                _act(act, tours, start, early, data)
        except HorariumError:
            continue


def _act(act: str, tours: Tours, start: datetime, early: datetime, data: st.DataObject) -> None:
    until = data.draw(st.sampled_from([None, early + timedelta(hours=1), start + timedelta(days=1)]))
    there = [one for one in sessions(tours) if one.state == "scheduled"]
    if act == "session":
        add_session(tours, start, now=early)
    elif act == "block":
        end = start + timedelta(hours=1)
        place_block(tours.id, [tours.guides[0].pk], start, end, reason="", actor=SYSTEM, now=early)
    elif act == "cancel" and there:
        cancel_session(tours.id, there[0].public_id, reason="", actor=SYSTEM, now=early)
    elif act == "sell" and there:
        wanted = [SupplyTaking(there[-1].supply_id, data.draw(st.integers(1, 4)), next(_owners))]
        take_supplies(tours.id, wanted, owner_kind=OwnerKind.BOOKING, now=early, expires_at=until)
    elif act == "join" and tours.offering.is_shared:
        item = SessionItem(
            ((tours.adult.public_id, data.draw(st.integers(1, 3))),),
            offering=tours.offering.public_id,
            start=start,
        )
        inquiry = inquire_session(get_current_catalog(tours.id), item, staff=True)
        [opened] = open_planned(tours.id, [plan_session(inquiry, 0, early)], early, until)
        wanted = [SupplyTaking(key, quantity, next(_owners)) for key, quantity in opened.supplies]
        take_supplies(tours.id, wanted, owner_kind=OwnerKind.BOOKING, now=early, expires_at=until)
