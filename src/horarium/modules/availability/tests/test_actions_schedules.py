"""Schedules: sessions at once and as the horizon moves, changes from a date on; nothing sold is dropped silently."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput, NotFound
from horarium.modules.availability.actions_blocks import place_block
from horarium.modules.availability.actions_schedules import (
    Filled,
    SavedSchedule,
    change_schedule,
    end_schedule,
    fill_schedule,
)
from horarium.modules.availability.actions_sessions import cancel_session, change_session
from horarium.modules.availability.actions_supplies import release_supplies
from horarium.modules.availability.models import OwnerKind, Schedule, Session, Supply
from horarium.modules.availability.queries_schedules import list_schedules_to_fill
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.session_drafts import SessionChange

from .session_scene import (
    NOW,
    SYSTEM,
    TOMORROW,
    Tours,
    add_session,
    at,
    days,
    facts,
    ids,
    make_tours,
    run_schedule,
    schedule_draft,
    sell,
    sessions,
    taken,
)

pytestmark = pytest.mark.django_db


def change(
    tours: Tours, saved: SavedSchedule, *, from_on: date | None = None, **fields: Any
) -> SavedSchedule:
    draft = schedule_draft(tours, **fields)
    return change_schedule(tours.id, saved.schedule.public_id, draft, from_on=from_on, actor=SYSTEM, now=NOW)


def december(day: int) -> date:
    return date(2026, 12, day)


def test_a_schedule_makes_its_sessions_up_to_the_horizon_at_once() -> None:
    tours = make_tours(horizon_days=10)
    saved = run_schedule(tours, weekdays=(1, 4), capacity=8, min_places=2, note="Bring a hat")
    assert saved.filled == Filled(created=3)
    made = sessions(tours)
    assert days(made) == [1, 4, 8]
    assert {(one.starts_at.hour, one.supply.total, one.min_places, one.note) for one in made} == {
        (10, 8, 2, "Bring a hat")
    }
    assert made[0].decide_at == at(10) - timedelta(days=1)
    assert [hour for _, _, hour in taken(tours)] == [10, 10, 10]


def test_the_horizon_moves_on_and_filling_twice_makes_nothing_twice() -> None:
    tours = make_tours(horizon_days=3)
    saved = run_schedule(tours)
    assert days(sessions(tours)) == [1, 2, 3]
    assert fill_schedule(tours.id, saved.schedule.public_id, NOW) == Filled()
    later = fill_schedule(tours.id, saved.schedule.public_id, NOW + timedelta(days=2))
    assert later == Filled(created=2)
    assert days(sessions(tours)) == [1, 2, 3, 4, 5]
    assert (tours.id, saved.schedule.public_id) in list_schedules_to_fill()


def test_two_tours_at_one_time_take_different_guides_and_a_third_is_reported() -> None:
    tours = make_tours(horizon_days=2)
    run_schedule(tours, resources=ids(tours.guides[:1]))
    run_schedule(tours, starts_minute=660)
    assert sorted(taken(tours)) == [(0, 1, 10), (0, 2, 10), (1, 1, 11), (1, 2, 11)]
    third = run_schedule(tours, starts_minute=630)
    assert third.filled == Filled(unseated=((december(1), Reason.TAKEN), (december(2), Reason.TAKEN)))
    assert len(sessions(tours)) == 4


def test_only_the_dates_without_a_guide_are_left_out() -> None:
    tours = make_tours(guides=1, horizon_days=3)
    place_block(tours.id, [tours.guides[0].pk], at(8, day=2), at(20, day=2), reason="", actor=SYSTEM, now=NOW)
    saved = run_schedule(tours)
    assert saved.filled == Filled(created=2, unseated=((december(2), Reason.BLOCKED),))
    assert days(sessions(tours)) == [1, 3]


def test_sessions_without_guests_follow_the_schedule_and_those_with_guests_are_reported() -> None:
    tours = make_tours(horizon_days=4)
    saved = run_schedule(tours)
    booked = sessions(tours)[1]
    sell(booked, 3)
    changed = change(tours, saved, starts_minute=720, capacity=5, duration=60)
    [sold] = changed.filled.sold
    assert (sold.session_id, sold.starts_at, sold.places, sold.wanted_at) == (
        booked.public_id,
        at(10, day=2),
        3,
        at(12, day=2),
    )
    assert changed.filled.moved == 3
    assert [(one.starts_at.day, one.starts_at.hour, one.supply.total) for one in sessions(tours)] == [
        (1, 12, 5),
        (2, 10, 10),
        (3, 12, 5),
        (4, 12, 5),
    ]
    assert [hour for _, _, hour in taken(tours)] == [12, 10, 12, 12]


def test_dates_that_leave_the_schedule_are_dropped_unless_somebody_is_booked() -> None:
    tours = make_tours(horizon_days=4)
    saved = run_schedule(tours)
    booked, left = sessions(tours)[1], sessions(tours)[2]
    sell(booked, 1)
    sell(left, 1, 2)
    release_supplies(tours.id, OwnerKind.BOOKING, [2])
    changed = change(tours, saved, except_on=(december(1), december(2), december(3)))
    assert (changed.filled.dropped, [one.session_id for one in changed.filled.sold]) == (
        2,
        [booked.public_id],
    )
    assert changed.filled.sold[0].wanted_at is None
    assert days(sessions(tours)) == [2, 4]
    with scope(business=tours.id):
        assert Session.objects.get(pk=left.pk).schedule is None
    again = change(tours, saved)
    assert again.filled.created == 2
    assert days(sessions(tours)) == [1, 2, 3, 4]


def test_dropped_sessions_that_nobody_had_ever_held_are_forgotten_a_day_later() -> None:
    tours = make_tours(horizon_days=3)
    saved = run_schedule(tours)
    once_held = sessions(tours)[1]
    sell(once_held, 1)
    release_supplies(tours.id, OwnerKind.BOOKING, [1])
    change(tours, saved, except_on=(december(1), december(2)))
    fill_schedule(tours.id, saved.schedule.public_id, NOW)
    assert len(sessions(tours)) == 3
    fill_schedule(tours.id, saved.schedule.public_id, NOW + timedelta(days=1, minutes=1))
    assert [one.pk for one in sessions(tours) if one.state == "cancelled"] == [once_held.pk]
    with scope(business=tours.id):
        assert Supply.objects.count() == len(sessions(tours))


def test_a_change_from_a_date_on_splits_the_schedule() -> None:
    tours = make_tours(horizon_days=4)
    saved = run_schedule(tours)
    changed = change(tours, saved, from_on=december(3), starts_minute=840)
    assert changed.following is not None
    assert (changed.schedule.last_on, changed.following.first_on) == (december(2), december(3))
    assert [(one.starts_at.day, one.starts_at.hour) for one in sessions(tours)] == [
        (1, 10),
        (2, 10),
        (3, 14),
        (4, 14),
    ]
    assert fill_schedule(tours.id, saved.schedule.public_id, NOW + timedelta(days=3)) == Filled()
    later = fill_schedule(tours.id, changed.following.public_id, NOW + timedelta(days=1))
    assert later == Filled(created=1)


def test_a_change_from_the_first_date_on_changes_the_schedule_itself() -> None:
    tours = make_tours(horizon_days=2)
    saved = run_schedule(tours)
    changed = change(tours, saved, from_on=TOMORROW, starts_minute=840)
    assert changed.following is None
    with scope(business=tours.id):
        assert Schedule.objects.count() == 1


def test_sessions_that_were_changed_or_cancelled_by_themselves_stay() -> None:
    tours = make_tours(horizon_days=3)
    saved = run_schedule(tours)
    edited, gone, _ = sessions(tours)
    change_session(tours.id, edited.public_id, SessionChange(starts_at=at(15)), SYSTEM, NOW)
    cancel_session(tours.id, gone.public_id, reason="Storm", actor=SYSTEM, now=NOW)
    change(tours, saved, starts_minute=720)
    assert [(one.starts_at.day, one.starts_at.hour, one.state) for one in sessions(tours)] == [
        (1, 15, "scheduled"),
        (2, 10, "cancelled"),
        (3, 12, "scheduled"),
    ]


def test_capacity_stays_at_what_is_taken_and_says_so() -> None:
    tours = make_tours(horizon_days=2)
    saved = run_schedule(tours)
    sell(sessions(tours)[0], 6)
    changed = change(tours, saved, capacity=4)
    assert changed.filled.unseated == ((december(1), "capacity"),)
    assert [one.supply.total for one in sessions(tours)] == [6, 4]


def test_other_wished_resources_are_taken_where_they_are_free() -> None:
    tours = make_tours(horizon_days=2)
    saved = run_schedule(tours, resources=ids(tours.guides[:1]))
    add_session(tours, at(11, day=2), resources=ids(tours.guides[1:]))
    changed = change(tours, saved, resources=ids(tours.guides[1:]))
    assert changed.filled.unseated == ()
    assert sorted(taken(tours)) == [(0, 2, 10), (1, 1, 10), (1, 2, 11)]


def test_an_ended_schedule_keeps_only_what_is_sold() -> None:
    tours = make_tours(horizon_days=4)
    saved = run_schedule(tours)
    sell(sessions(tours)[3], 2)
    ended = end_schedule(tours.id, saved.schedule.public_id, from_on=december(3), actor=SYSTEM, now=NOW)
    assert (ended.filled.dropped, len(ended.filled.sold)) == (1, 1)
    assert days(sessions(tours)) == [1, 2, 4]
    ended = end_schedule(tours.id, saved.schedule.public_id, actor=SYSTEM, now=NOW)
    assert days(sessions(tours)) == [4]
    assert not ended.schedule.is_active
    assert facts(sessions(tours)[3]).is_scheduled


def test_what_begins_today_is_made_only_when_it_has_not_begun() -> None:
    tours = make_tours(horizon_days=1)
    run_schedule(tours, first_on=december(1) - timedelta(days=1), starts_minute=9 * 60)
    run_schedule(tours, first_on=december(1) - timedelta(days=1), starts_minute=12 * 60)
    assert [(one.starts_at.day, one.starts_at.hour) for one in sessions(tours)] == [(30, 12), (1, 9), (1, 12)]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"weekdays": ()}, "weekdays"),
        ({"weekdays": (7,)}, "weekdays"),
        ({"starts_minute": 1440}, "starts_minute"),
        ({"starts_minute": 601}, "starts_minute"),
        ({"last_on": december(1) - timedelta(days=2)}, "last_on"),
        ({"capacity": 0}, "capacity"),
        ({"resources": ("res_x",)}, "resources"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_at_its_field(fields: dict[str, Any], field: str) -> None:
    tours = make_tours()
    with pytest.raises(InvalidInput) as refused:
        run_schedule(tours, **fields)
    assert refused.value.field == field


def test_a_schedule_of_another_business_is_not_found() -> None:
    tours, other = make_tours(), make_tours(horizon_days=1)
    saved = run_schedule(other)
    with pytest.raises(NotFound):
        end_schedule(tours.id, saved.schedule.public_id, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        fill_schedule(tours.id, saved.schedule.public_id, NOW)
    assert days(sessions(other)) == [1]
