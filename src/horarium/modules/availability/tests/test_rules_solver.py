"""Which starts are bookable, with whom, and why not. All times are of Tuesday, 1 December 2026, in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from horarium.modules.availability.rules.calendars import (
    Calendar,
    TakenRange,
    open_cells,
    span_of,
)
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.solver import Claim, Limits, Solver, Wish, parts_of
from horarium.modules.catalog.rules import Need, OfferingFacts
from horarium.modules.catalog.tests.facts import offering_facts
from horarium.modules.resources.rules import OpeningRules, WeeklyRule

DAY = date(2026, 12, 1)
SPAN = span_of("UTC", DAY, DAY, margin_minutes=240)
EVER = Limits(0, 2**40)
ANNA, BORIS, CARLA, ROOM = 1, 2, 3, 9


def at(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(datetime(2026, 12, 1, int(hour), int(minute), tzinfo=UTC).timestamp())


def clocks(seconds: Any) -> list[str]:
    return [datetime.fromtimestamp(one, UTC).strftime("%H:%M") for one in seconds]


def need(*candidates: int, **fields: Any) -> Need:
    plain = Need(sum(candidates), "", 1, 0, None, False, None, tuple(sorted(candidates)))
    return replace(plain, **fields)


def offering(*needs: Need, **fields: Any) -> OfferingFacts:
    return offering_facts(needs=needs, **fields)


def calendar(hours: str = "10:00-13:00", taken: Sequence[str] = (), blocked: Sequence[str] = ()) -> Calendar:
    rules = OpeningRules(
        tuple(
            WeeklyRule(weekday, (starts - at("00:00")) // 60, (ends - at("00:00")) // 60)
            for starts, ends in map(interval, hours.split(", "))
            for weekday in range(7)
        )
        if hours
        else ()
    )
    ranges = [TakenRange(*interval(one), False) for one in taken]
    ranges += [TakenRange(*interval(one), True) for one in blocked]
    return Calendar(open_cells(rules, OpeningRules(), False, SPAN), tuple(ranges))


def interval(text: str) -> tuple[int, int]:
    starts, ends = (at(clock) for clock in text.split("-"))
    return starts, ends


def solver(
    of: OfferingFacts,
    calendars: dict[int, Calendar],
    *,
    limits: Limits = EVER,
    chosen: frozenset[int] = frozenset(),
    duration: int = 60,
) -> Solver:
    return Solver(of, Wish(duration, chosen=chosen), calendars, SPAN, limits)


def test_a_start_ends_by_closing_and_a_break_is_not_crossed() -> None:
    found = solver(offering(need(ANNA)), {ANNA: calendar("10:00-12:00, 13:00-14:30")})
    assert clocks(found.starts().starts()) == ["10:00", "10:30", "11:00", "13:00", "13:30"]
    assert found.why_not(at("11:30")) is Reason.CLOSED


def test_buffers_keep_away_from_neighbours_on_both_sides() -> None:
    """T-05: a neighbour's allocation holds the neighbour's own buffers already; ours come on top."""
    of = offering(need(ANNA), buffer_before=10, buffer_after=20, grid=5)
    found = solver(of, {ANNA: calendar("08:00-13:00", taken=["09:00-10:00"])})
    assert clocks(found.starts().starts())[0] == "10:10"
    assert found.why_not(at("10:05")) is Reason.TAKEN
    before = solver(of, {ANNA: calendar("08:00-13:00", taken=["10:00-13:00"])})
    assert clocks(before.starts().starts())[-1] == "08:40"


def test_a_buffer_reaches_in_from_outside_of_the_opening_hours_and_over_midnight() -> None:
    """T-05: what is taken before opening, and before midnight, keeps the first start away."""
    late = TakenRange(at("00:00") - 3600, at("00:00"), False)
    early = Calendar(calendar("00:00-03:00").open, (late,))
    found = solver(offering(need(ANNA), buffer_before=15), {ANNA: early})
    assert clocks(found.starts().starts())[0] == "00:30"


def test_buffers_may_lie_outside_of_the_opening_hours() -> None:
    """ADR 2."""
    of = offering(need(ANNA), buffer_before=60, buffer_after=60)
    found = solver(of, {ANNA: calendar("10:00-12:00")})
    assert clocks(found.starts().starts()) == ["10:00", "10:30", "11:00"]
    [claim] = found.assign(at("11:00"), {}) or []
    assert (claim.starts, claim.ends) == (at("10:00"), at("13:00"))


def test_touching_neighbours_do_not_overlap() -> None:
    found = solver(offering(need(ANNA)), {ANNA: calendar(taken=["10:00-11:00", "12:00-13:00"])})
    assert clocks(found.starts().starts()) == ["11:00"]


def test_a_taken_time_off_the_grid_does_not_move_the_grid() -> None:
    """T-07."""
    found = solver(offering(need(ANNA)), {ANNA: calendar(taken=["10:00-11:35"])})
    assert clocks(found.starts().starts()) == ["12:00"]


def test_a_need_may_take_only_a_part_of_the_booking() -> None:
    """The assistant comes for the first twenty minutes; the buffer before is theirs, the one after is not."""
    of = offering(need(ANNA), need(BORIS, until_minute=20), buffer_before=10, buffer_after=15)
    calendars = {ANNA: calendar(), BORIS: calendar("10:00-10:50")}
    found = solver(of, calendars)
    assert clocks(found.starts().starts()) == ["10:00", "10:30"]
    claims = {one.resource_id: one for one in found.assign(at("10:30"), {}) or []}
    assert (claims[ANNA].starts, claims[ANNA].ends) == (at("10:20"), at("11:45"))
    assert (claims[BORIS].starts, claims[BORIS].ends) == (at("10:20"), at("10:50"))


def test_a_part_in_the_middle_has_no_buffers_and_one_beyond_the_end_does_not_exist() -> None:
    of = offering(
        need(ANNA),
        need(BORIS, from_minute=15, until_minute=30),
        need(CARLA, from_minute=60),
        buffer_before=10,
        buffer_after=10,
    )
    parts = parts_of(of, Wish(60))
    assert [(one.taken_from, one.taken_until) for one in parts] == [(-10, 70), (15, 30)]
    assert [(one.starts, one.ends) for one in parts_of(of, Wish(20))] == [(0, 20), (15, 20)]
    assert [one.taken_until for one in parts_of(of, Wish(20))] == [30, 30]


def test_two_of_a_pool_are_two_different_resources() -> None:
    of = offering(need(ANNA, BORIS, CARLA, quantity=2))
    calendars = {
        ANNA: calendar(),
        BORIS: calendar(taken=["10:00-11:00"]),
        CARLA: calendar(taken=["10:00-12:00"]),
    }
    found = solver(of, calendars)
    assert clocks(found.starts().starts()) == ["11:00", "11:30", "12:00"]
    assert {one.resource_id for one in found.assign(at("11:00"), {}) or []} == {ANNA, BORIS}
    assert found.places(found.starts()) == dict.fromkeys((at("11:00"), at("11:30"), at("12:00")), 1)
    assert solver(offering(need(ANNA, quantity=2)), calendars).why_not(at("12:00")) is Reason.CLOSED


def test_needs_that_share_candidates_are_matched_exactly() -> None:
    """Each need by itself has somebody at ten; both together have only Anna."""
    of = offering(need(ANNA, BORIS), need(ANNA, CARLA))
    busy = calendar(taken=["10:00-11:00"])
    found = solver(of, {ANNA: calendar(), BORIS: busy, CARLA: busy})
    assert clocks(found.starts().starts()) == ["11:00", "11:30", "12:00"]
    assert found.why_not(at("10:00")) is Reason.TAKEN
    assert found.assign(at("10:00"), {}) is None


def test_places_count_bookings_side_by_side_not_each_need_by_itself() -> None:
    of = offering(need(ANNA, BORIS, CARLA), need(ANNA, BORIS, CARLA), grid=60)
    found = solver(of, {one: calendar("10:00-11:00") for one in (ANNA, BORIS, CARLA)})
    assert found.places(found.starts()) == {at("10:00"): 1}
    simple = solver(offering(need(ANNA, BORIS, CARLA)), {one: calendar("10:00-11:00") for one in (1, 2, 3)})
    assert simple.places(simple.starts()) == {at("10:00"): 3}
    alone = solver(
        offering(need(ANNA, BORIS)), {1: calendar("10:00-11:00"), 2: calendar()}, chosen=frozenset({1})
    )
    assert alone.places(alone.starts()) == {at("10:00"): 1}


def test_only_the_chosen_resource_will_do() -> None:
    of = offering(need(ANNA, BORIS, is_choosable=True), need(ROOM))
    calendars = {ANNA: calendar(taken=["10:00-11:00"]), BORIS: calendar(), ROOM: calendar()}
    found = solver(of, calendars, chosen=frozenset({ANNA}))
    assert clocks(found.starts().starts()) == ["11:00", "11:30", "12:00"]
    assert found.why_not(at("10:00")) is Reason.RESOURCE_UNAVAILABLE
    assert {one.resource_id for one in found.assign(at("11:00"), {ANNA: 9000}) or []} == {ANNA, ROOM}


def test_choices_name_who_may_be_chosen_at_each_start() -> None:
    of = offering(need(ANNA, BORIS, is_choosable=True), need(ROOM))
    calendars = {ANNA: calendar(taken=["10:00-11:00"]), BORIS: calendar("10:00-11:00"), ROOM: calendar()}
    found = solver(of, calendars)
    choices = found.choices(found.starts())
    assert clocks(choices[ANNA].starts()) == ["11:00", "11:30", "12:00"]
    assert clocks(choices[BORIS].starts()) == ["10:00"]
    assert ROOM not in choices


def test_a_resource_is_no_choice_where_it_would_leave_another_place_empty() -> None:
    of = offering(need(ANNA, BORIS, is_choosable=True), need(BORIS, ROOM))
    calendars = {ANNA: calendar(), BORIS: calendar(), ROOM: calendar("11:00-13:00")}
    found = solver(of, calendars)
    assert clocks(found.starts().starts()) == ["10:00", "10:30", "11:00", "11:30", "12:00"]
    # At ten the only seating is Anna and Boris, so Boris works, but in the other place: still a choice.
    choices = found.choices(found.starts())
    assert clocks(choices[BORIS].starts()) == ["10:00", "10:30", "11:00", "11:30", "12:00"]
    assert clocks(choices[ANNA].starts()) == ["10:00", "10:30", "11:00", "11:30", "12:00"]


def test_fixed_starts_are_the_only_starts() -> None:
    found = solver(offering(need(ANNA), fixed_starts=(605, 690)), {ANNA: calendar()})
    assert clocks(found.starts().starts()) == ["10:05", "11:30"]
    assert found.why_not(at("11:00")) is Reason.OFF_GRID


@pytest.mark.parametrize(("now", "first"), [("10:00", "11:00"), ("10:01", "12:00"), ("09:59", "11:00")])
def test_lead_time_counts_from_the_present_minute_to_the_start(now: str, first: str) -> None:
    """T-27: at ten with an hour of notice and an hourly grid eleven is still offered, a minute later it is not."""
    limits = Limits(at(now) + 3600, 2**40)
    found = solver(offering(need(ANNA), grid=60), {ANNA: calendar()}, limits=limits)
    assert clocks(found.starts().starts())[0] == first
    assert found.why_not(at(first)) is None
    if first == "12:00":
        assert found.why_not(at("11:00")) is Reason.LEAD_TIME


def test_the_horizon_is_the_first_start_that_is_too_far() -> None:
    found = solver(offering(need(ANNA)), {ANNA: calendar()}, limits=Limits(0, at("11:00")))
    assert clocks(found.starts().starts()) == ["10:00", "10:30"]
    assert found.why_not(at("11:00")) is Reason.HORIZON


def test_reasons_come_in_their_order() -> None:
    of = offering(need(ANNA, BORIS, is_choosable=True))
    calendars = {
        ANNA: calendar(taken=["10:00-11:00"], blocked=["12:00-13:00"]),
        BORIS: calendar("10:00-11:30", taken=["10:00-10:30"]),
    }
    limits = Limits(at("10:00"), at("12:30"))
    anyone = solver(of, calendars, limits=limits)
    told = {
        clock: anyone.why_not(at(clock))
        for clock in ["09:35", "09:30", "12:30", "10:00", "10:30", "11:00", "12:00"]
    }
    assert told == {
        "09:35": Reason.OFF_GRID,
        "09:30": Reason.LEAD_TIME,
        "12:30": Reason.HORIZON,
        "10:00": Reason.TAKEN,
        "10:30": None,
        "11:00": None,
        "12:00": Reason.BLOCKED,
    }
    assert solver(of, calendars, limits=limits, chosen=frozenset({ANNA})).why_not(at("10:30")) is (
        Reason.RESOURCE_UNAVAILABLE
    )
    assert anyone.why_not(at("10:00") + 60) is Reason.OFF_GRID
    closed = solver(of, {ANNA: calendar(""), BORIS: calendar("")}, limits=limits)
    assert closed.why_not(at("10:00")) is Reason.CLOSED
    assert closed.why_not(at("09:30")) is Reason.LEAD_TIME


def test_a_time_that_is_both_blocked_and_booked_is_taken() -> None:
    both = calendar(taken=["10:00-10:30"], blocked=["10:30-11:00"])
    assert solver(offering(need(ANNA)), {ANNA: both}).why_not(at("10:00")) is Reason.TAKEN


def test_any_minute_on_five_is_a_start_for_staff_but_no_other() -> None:
    """T-45: staff leave the grid, never what is open and untaken."""
    limits = Limits(0, 2**40, keep_grid=False)
    found = solver(offering(need(ANNA)), {ANNA: calendar("10:00-11:10")}, limits=limits)
    assert clocks(found.starts().starts()) == ["10:00", "10:05", "10:10"]
    assert found.why_not(at("10:05") + 120) is Reason.OFF_GRID
    assert found.why_not(at("10:15")) is Reason.CLOSED


def test_anyone_is_the_least_loaded_of_that_day() -> None:
    found = solver(offering(need(ANNA, BORIS)), {ANNA: calendar(), BORIS: calendar()})
    [claim] = found.assign(at("10:00"), {ANNA: 3600, BORIS: 1800}) or []
    assert claim.resource_id == BORIS
    [claim] = found.assign(at("10:00"), {ANNA: 0, BORIS: 1800}) or []
    assert claim.resource_id == ANNA


def test_an_offering_that_needs_nothing_is_always_free() -> None:
    found = solver(offering(fixed_starts=(600,)), {})
    assert clocks(found.starts().starts()) == ["10:00"]
    assert found.places(found.starts()) == {at("10:00"): 1}
    assert found.assign(at("10:00"), {}) == []


def test_a_need_without_candidates_is_closed() -> None:
    found = solver(offering(need()), {})
    assert not found.starts()
    assert found.why_not(at("10:00")) is Reason.CLOSED


def test_one_start_alone_is_told_what_all_starts_together_are_told() -> None:
    of = offering(need(ANNA, BORIS), need(ROOM, until_minute=30), buffer_before=10, buffer_after=20, grid=5)
    calendars = {
        ANNA: calendar("10:00-13:00", taken=["11:03-11:40"], blocked=["12:00-12:30"]),
        BORIS: calendar("11:00-12:00, 12:30-23:55", taken=["13:00-15:00"]),
        ROOM: calendar("00:00-23:55", taken=["16:00-16:05"], blocked=["18:00-20:00"]),
    }
    alone, together = solver(of, calendars), solver(of, calendars)
    listed = set(together.starts().starts())
    for second in range(SPAN.starts, SPAN.ends, 300):
        assert alone.why_not(second) == together.why_not(second)
        assert alone.places_at(second) == together.places_at(second)
        assert (alone.why_not(second) is None) == (second in listed)


def test_what_a_start_takes_or_why_it_cannot_be_had_is_one_answer() -> None:
    found = solver(
        offering(need(ANNA, BORIS)),
        {ANNA: calendar(taken=["10:00-11:00"]), BORIS: calendar(taken=["10:00-11:00", "11:00-12:00"])},
        limits=Limits(at("10:00"), at("12:30")),
    )
    assert found.claims_at(at("11:00"), {}) == (Claim(ANNA, ANNA + BORIS, at("11:00"), at("12:00")),)
    told = [found.claims_at(at(clock), {}) for clock in ("09:30", "10:10", "10:30", "12:30")]
    assert told == [Reason.LEAD_TIME, Reason.OFF_GRID, Reason.TAKEN, Reason.HORIZON]
