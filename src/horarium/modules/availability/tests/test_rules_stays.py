"""Which rooms are free for which nights: exact seconds, closed dates, cleaning, extras, other needs, best fit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.stays import (
    Axis,
    Room,
    StaySolver,
    StayTimes,
    Taken,
    closed_nights,
)
from horarium.modules.catalog.rules import Need
from horarium.modules.resources.rules import DatedRule, OpeningRules, WeeklyRule

FIRST = date(2026, 12, 1)
MOSCOW = StayTimes("Europe/Moscow", check_in=15 * 60, check_out=12 * 60)
DAY = 86_400


def axis(times: StayTimes = MOSCOW, days: int = 14) -> Axis:
    return Axis.of(times, FIRST, FIRST + timedelta(days=days))


def need(*rooms: int, quantity: int = 1, key: int = 1) -> Need:
    return Need(key, "", quantity, 0, None, False, None, rooms)


def stay(first: int, last: int, times: StayTimes = MOSCOW, **fields: Any) -> Taken:
    """Taken from the arrival on one number of the axis to the departure on another."""
    on = [FIRST + timedelta(days=number) for number in (first, last)]
    return Taken(times.takes(on[0]), times.gives(on[1]), **fields)


def solver(
    rooms: dict[int, list[Taken]], *needs: Need, times: StayTimes = MOSCOW, chosen: int | None = None
) -> StaySolver:
    wanted = frozenset() if chosen is None else frozenset({chosen})
    found = {key: Room.of(taken) for key, taken in rooms.items()}
    return StaySolver(needs or (need(*rooms),), axis(times), found, wanted)


@pytest.mark.parametrize(
    ("zone", "arrival", "nights", "hours"),
    [
        ("Europe/Moscow", date(2026, 3, 28), 2, 45),
        ("Europe/Berlin", date(2026, 3, 28), 1, 20),
        ("Europe/Berlin", date(2026, 10, 24), 1, 22),
        ("America/Santiago", date(2026, 9, 5), 1, 20),
        ("America/Santiago", date(2026, 4, 4), 1, 22),
        ("Australia/Lord_Howe", date(2026, 10, 3), 1, 20.5),
    ],
)
def test_a_stay_lasts_by_the_wall_clock_also_when_it_is_changed(
    zone: str, arrival: date, nights: int, hours: float
) -> None:
    """From three in the afternoon to noon: 21 hours, one less or more in the night of the change (T-12, T-13)."""
    times = StayTimes(zone, 15 * 60, 12 * 60)
    assert times.ends(arrival + timedelta(days=nights)) - times.starts(arrival) == hours * 3600


def test_instants_of_check_in_and_check_out_are_exact() -> None:
    times = StayTimes("America/Santiago", 15 * 60, 12 * 60, buffer_before=30, buffer_after=90)
    assert times.starts(date(2026, 9, 6)) == datetime(2026, 9, 6, 18, tzinfo=UTC).timestamp()
    assert times.starts(date(2026, 9, 5)) == datetime(2026, 9, 5, 19, tzinfo=UTC).timestamp()
    assert times.takes(date(2026, 9, 5)) == datetime(2026, 9, 5, 18, 30, tzinfo=UTC).timestamp()
    assert times.gives(date(2026, 9, 6)) == datetime(2026, 9, 6, 16, 30, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("late", "reason"), [(0, None), (1, Reason.TAKEN), (-1, None), (3 * 3600, Reason.TAKEN)]
)
def test_a_room_is_free_from_the_second_at_which_it_is_given_back(late: int, reason: Reason | None) -> None:
    """Taken before up to check-in: one second longer and nobody can arrive."""
    before = Taken(0, MOSCOW.takes(FIRST + timedelta(days=2)) + late)
    assert solver({1: [before]}).why_not(2, 3) is reason


@pytest.mark.parametrize(("early", "reason"), [(0, None), (1, Reason.TAKEN)])
def test_a_stay_may_last_until_the_second_at_which_the_room_is_taken_again(
    early: int, reason: Reason | None
) -> None:
    after = Taken(MOSCOW.gives(FIRST + timedelta(days=3)) - early, MOSCOW.gives(FIRST) + 9 * DAY)
    assert solver({1: [after]}).why_not(2, 3) is reason
    assert solver({1: [after]}).why_not(3, 4) is Reason.TAKEN


@pytest.mark.parametrize(("cleaning", "reason"), [(180, None), (185, Reason.TAKEN)])
def test_cleaning_stands_between_two_stays(cleaning: int, reason: Reason | None) -> None:
    """T-05: three hours lie between check-out and check-in."""
    times = StayTimes("Europe/Moscow", 15 * 60, 12 * 60, buffer_after=cleaning)
    assert solver({1: [stay(1, 3, times)]}, times=times).why_not(3, 4) is reason


@pytest.mark.parametrize(("check_in", "reason"), [(12 * 60, None), (11 * 60 + 55, Reason.TAKEN)])
def test_an_early_arrival_really_takes_the_time(check_in: int, reason: Reason | None) -> None:
    times = StayTimes("Europe/Moscow", check_in, 12 * 60)
    assert solver({1: [stay(1, 3)]}, times=times).why_not(3, 4) is reason


def test_a_block_is_named_where_it_alone_is_in_the_way() -> None:
    blocked = stay(2, 4, is_block=True)
    assert solver({1: [blocked]}).why_not(2, 3) is Reason.BLOCKED
    assert solver({1: [blocked], 2: [stay(2, 3)]}).why_not(2, 4) is Reason.BLOCKED
    assert solver({1: [blocked, stay(4, 5)], 2: [stay(2, 3)]}).why_not(2, 5) is Reason.TAKEN


CLOSED_3 = DatedRule(FIRST + timedelta(days=3), FIRST + timedelta(days=3))
OPEN_3 = DatedRule(FIRST + timedelta(days=3), FIRST + timedelta(days=3), 600, 660)
WEEK = tuple(WeeklyRule(weekday, 600, 1200) for weekday in (0, 1))


@pytest.mark.parametrize(
    ("own", "location", "nights"),
    [
        (OpeningRules(), OpeningRules(), []),
        (OpeningRules(WEEK), OpeningRules(WEEK), []),
        (OpeningRules(), OpeningRules(WEEK, (CLOSED_3,)), [3]),
        (OpeningRules((), (CLOSED_3,)), OpeningRules(), [3]),
        (OpeningRules((), (OPEN_3,)), OpeningRules((), (CLOSED_3,)), []),
        (OpeningRules((), (OPEN_3, CLOSED_3)), OpeningRules(), [3]),
        (OpeningRules(), OpeningRules((), (OPEN_3,)), []),
    ],
)
def test_a_closed_date_closes_its_night_and_hours_of_the_day_mean_nothing(
    own: OpeningRules, location: OpeningRules, nights: list[int]
) -> None:
    """The room's own dated rule goes before its location's."""
    closed = closed_nights(own, location, "Europe/Moscow", FIRST, FIRST + timedelta(days=9))
    one = StaySolver([need(1)], axis(), {1: Room(closed=closed)})
    assert [number for number in range(9) if one.why_not(number, number + 1)] == nights


@pytest.mark.parametrize(
    ("arrival", "departure", "is_free"), [(1, 3, True), (1, 4, False), (3, 4, False), (4, 6, True)]
)
@pytest.mark.parametrize("clocks", [(900, 720), (840, 840), (0, 0), (1439, 0)])
def test_one_may_leave_on_a_closed_date_and_arrive_after_it(
    clocks: tuple[int, int], arrival: int, departure: int, is_free: bool
) -> None:
    times = StayTimes("Europe/Moscow", *clocks)
    closed = closed_nights(
        OpeningRules((), (CLOSED_3,)), OpeningRules(), "Europe/Moscow", FIRST, FIRST + timedelta(days=9)
    )
    one = StaySolver([need(1)], axis(times), {1: Room(closed=closed)})
    assert one.why_not(arrival, departure) is (None if is_free else Reason.CLOSED)


def test_who_chose_a_room_gets_that_one_or_hears_that_it_is_not_there() -> None:
    rooms = {1: [stay(1, 3)], 2: []}
    assert solver(rooms, chosen=1).why_not(1, 2) is Reason.RESOURCE_UNAVAILABLE
    assert solver(rooms, chosen=1).why_not(3, 5) is None
    assert solver({1: [stay(1, 3)], 2: [stay(1, 2)]}, chosen=1).why_not(1, 2) is Reason.TAKEN
    claims = solver(rooms, chosen=2).assign(3, 5)
    assert claims is not None
    assert [one.resource_id for one in claims] == [2]


def test_a_parking_place_is_needed_for_the_whole_stay() -> None:
    rooms = {1: [], 2: [], 8: [stay(2, 3)], 9: []}
    parked = solver(rooms, need(1, 2), need(8, 9, key=5))
    claims = parked.assign(1, 3)
    assert claims is not None
    assert {(one.need_id, one.resource_id) for one in claims} in ({(1, 1), (5, 9)}, {(1, 2), (5, 9)})
    assert {(one.starts, one.ends) for one in claims} == {stay(1, 3)[:2]}
    full = solver({**rooms, 9: [stay(1, 2)]}, need(1, 2), need(8, 9, key=5))
    assert full.why_not(1, 3) is Reason.TAKEN
    assert full.why_not(3, 9) is None
    assert full.longest(2) == 12
    assert full.longest(1) == 1
    assert full.counts("free")[:4] == [2, 1, 1, 2]


def test_everybody_in_a_dormitory_has_a_bed() -> None:
    beds = {1: [], 2: [stay(2, 3)], 3: [stay(4, 6)]}
    two = solver(beds, need(1, 2, 3, quantity=2))
    assert two.why_not(1, 4) is None
    assert two.longest(1) == 3
    assert two.longest(2) == 2
    assert two.counts("free")[:6] == [1, 1, 1, 1, 1, 1]
    claims = two.assign(2, 4)
    assert claims is not None
    assert sorted(one.resource_id for one in claims) == [1, 3]


def test_two_needs_never_get_the_same_resource() -> None:
    """A room and another one beside it, out of pools that overlap."""
    both = solver({1: [], 2: [stay(1, 2)]}, need(1, 2), need(1, key=5))
    assert both.why_not(0, 1) is None
    assert both.why_not(1, 2) is Reason.TAKEN
    assert both.longest(0) == 1


def test_the_room_with_the_smallest_hole_is_taken() -> None:
    """Room 3 is free for exactly these nights, room 2 for one more, room 1 for ever."""
    rooms = {1: [], 2: [stay(0, 2), stay(6, 8)], 3: [stay(0, 2), stay(5, 9)]}
    claims = solver(rooms).assign(2, 5)
    assert claims is not None
    assert [one.resource_id for one in claims] == [3]
    claims = solver({1: [], 2: rooms[2]}).assign(3, 5)
    assert claims is not None
    assert [one.resource_id for one in claims] == [2]


def test_of_equal_rooms_the_moment_decides() -> None:
    free: dict[int, list[Taken]] = {key: [] for key in range(1, 9)}
    chosen = set()
    for salt in range(40):
        claims = solver(free).assign(2, 5, salt=salt)
        assert claims is not None
        chosen.add(claims[0].resource_id)
    assert len(chosen) > 4


def test_an_offering_without_a_room_is_closed() -> None:
    nothing = StaySolver((), axis(), {})
    assert nothing.why_not(1, 2) is Reason.CLOSED
    assert nothing.longest(1) == 0
    assert nothing.counts("free")[1] == 0


@st.composite
def pools(draw: st.DrawFn) -> dict[int, Room]:
    """Rooms with stays, blocks and closed nights, some of them one over the other."""
    rooms = {}
    for key in range(1, draw(st.integers(1, 3)) + 1):
        taken = []
        for _ in range(draw(st.integers(0, 4))):
            starts = MOSCOW.takes(FIRST) + draw(st.integers(-2, 60)) * DAY // 4
            taken.append(Taken(starts, starts + draw(st.integers(1, 16)) * DAY // 4, draw(st.booleans())))
        nights = draw(st.sets(st.integers(0, 13), max_size=2))
        closed = tuple(sorted(MOSCOW.takes(FIRST) + one * DAY + 9 * 3600 - 1 for one in nights))
        rooms[key] = Room.of(taken, closed)
    return rooms


@settings(max_examples=200)
@given(rooms=pools(), quantity=st.integers(1, 2), other=st.booleans())
def test_gaps_say_what_trying_every_second_range_says(
    rooms: dict[int, Room], quantity: int, other: bool
) -> None:
    needs = [need(*rooms, quantity=quantity), *([need(1, key=2)] if other and len(rooms) > 2 else [])]
    one = StaySolver(needs, axis(), rooms)

    def free(room: Room, first: int, last: int, layer: str) -> bool:
        starts, ends = one.axis.takes[first], one.axis.gives[last]
        return all(end <= starts or ends <= start for start, end in zip(*room.obstacles(layer), strict=True))

    def enough(first: int, last: int, layer: str) -> bool:
        able = {key for key, room in rooms.items() if free(room, first, last, layer)}
        return len(able) >= quantity + len(needs) - 1 and (len(needs) == 1 or 1 in able)

    for first in range(14):
        fits = [last for last in range(first + 1, 15) if enough(first, last, "free")]
        assert one.longest(first) == (fits[-1] - first if fits else 0)
        for last in range(first + 1, 15):
            reason = one.why_not(first, last)
            assert (reason is None) == enough(first, last, "free")
            assert (reason is Reason.CLOSED) == (not enough(first, last, "open"))
            claims = one.assign(first, last)
            assert (claims is None) == (reason is not None)
            if claims is not None:
                assert len({claim.resource_id for claim in claims}) == quantity + len(needs) - 1
                assert all(free(rooms[claim.resource_id], first, last, "free") for claim in claims)
