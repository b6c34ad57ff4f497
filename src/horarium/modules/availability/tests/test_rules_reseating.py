"""Moving stays between rooms so that one more can be had, compared with trying everything."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from horarium.modules.availability.rules.reseating import (
    Board,
    Columns,
    Crowd,
    Move,
    Row,
    Seating,
    Sleeper,
    Wanted,
)

Ranges = dict[int, list[tuple[int, int]]]
EVER = (-1_000_000, 1_000_000)


def sleeper(booking_id: int, room: int, starts: int, ends: int, rooms: str = "") -> Sleeper:
    return Sleeper(booking_id, room, starts, ends, frozenset(map(int, rooms or "123456789")))


def columns(ranges: list[tuple[int, int]]) -> Columns:
    return [one for one, _ in sorted(ranges)], [end for _, end in sorted(ranges)]


def board(sleepers: list[Sleeper], obstacles: Ranges) -> Board:
    rows = {}
    for room, ranges in obstacles.items():
        own = sorted((one for one in sleepers if one.room == room), key=lambda one: one.starts)
        parts = [one.starts for one in own], [one.ends for one in own], [one.booking_id for one in own]
        rows[room] = Row(columns(ranges), *parts)
    return Board(rows, {one.booking_id: one.rooms for one in sleepers})


def seated(
    rooms: int, sleepers: list[Sleeper], starts: int, ends: int, fixed: Ranges | None = None
) -> Seating | None:
    obstacles = {room: (fixed or {}).get(room, []) for room in range(1, rooms + 1)}
    return board(sleepers, obstacles).seat(wanted(rooms, starts, ends))


def wanted(rooms: int, starts: int, ends: int) -> Wanted:
    return Wanted(starts, ends, frozenset(range(1, rooms + 1)), *EVER)


def test_a_stay_over_two_half_free_rooms_is_had_by_one_move() -> None:
    """Room 1 is taken at first, room 2 later: one guest goes to the other's room."""
    found = seated(2, [sleeper(11, 1, 0, 2), sleeper(12, 2, 2, 4)], 0, 4)
    assert found == Seating(1, (Move(11, 1, 2, 0, 2),))


def test_a_room_that_is_free_as_it_is_needs_no_move() -> None:
    assert seated(2, [sleeper(11, 1, 0, 2), sleeper(12, 2, 2, 4)], 2, 6) == Seating(1, ())


def test_at_an_instant_without_any_room_nothing_helps() -> None:
    assert seated(2, [sleeper(11, 1, 0, 3), sleeper(12, 2, 2, 4)], 0, 4) is None


def test_the_least_disturbing_of_several_ways_is_taken() -> None:
    """Room 1 would need two moves and room 2 one."""
    sleepers = [
        sleeper(11, 1, 4, 5),
        sleeper(12, 1, 5, 6),
        sleeper(13, 2, 4, 6),
        sleeper(14, 3, 0, 4),
    ]
    found = seated(3, sleepers, 0, 6)
    assert found == Seating(2, (Move(13, 2, 3, 4, 6),))


def test_one_move_may_need_another() -> None:
    """Only room 2 can be had; its guest fits nowhere until one of room 1 goes to room 3."""
    sleepers = [sleeper(11, 3, 2, 4), sleeper(12, 1, 2, 3), sleeper(13, 1, 4, 6), sleeper(14, 2, 3, 6)]
    assert seated(3, sleepers, 0, 6) == Seating(2, (Move(14, 2, 1, 3, 6), Move(13, 1, 3, 4, 6)))


def test_pinned_stays_and_blocks_stay_where_they_are() -> None:
    """The stay of room 1 began before; it leaves for room 2 until a pinned one comes there."""
    fixed: Ranges = {2: [(5, 6)]}
    found = seated(2, [sleeper(11, 1, 1, 3)], 2, 7, fixed)
    assert found == Seating(1, (Move(11, 1, 2, 1, 3),))
    assert seated(2, [], 2, 7, {1: [(1, 3)], 2: [(5, 6)]}) is None


def test_a_stay_moves_only_to_rooms_that_are_for_it() -> None:
    assert seated(2, [sleeper(11, 1, 0, 2), sleeper(12, 2, 2, 4, "2")], 0, 4) is not None
    assert seated(2, [sleeper(11, 1, 0, 2, "1"), sleeper(12, 2, 2, 4)], 0, 4) is not None
    assert seated(2, [sleeper(11, 1, 0, 2, "1"), sleeper(12, 2, 2, 4, "2")], 0, 4) is None


def test_only_stays_within_the_given_time_move() -> None:
    two = board([sleeper(11, 1, 1, 3), sleeper(12, 2, 3, 9)], {1: [], 2: []})
    rooms = frozenset({1, 2})
    assert two.seat(Wanted(2, 5, rooms, 1, 9)) == Seating(1, (Move(11, 1, 2, 1, 3),))
    assert two.seat(Wanted(2, 5, rooms, 2, 9)) == Seating(2, (Move(12, 2, 1, 3, 9),))
    assert two.seat(Wanted(2, 5, rooms, 2, 8)) is None


@dataclass(frozen=True)
class Case:
    rooms: int
    sleepers: list[Sleeper]
    fixed: Ranges
    wanted: Wanted


@st.composite
def cases(draw: st.DrawFn, pinned: bool) -> Case:
    """Random stays put into random rooms as long as they do not overlap there."""
    rooms = draw(st.integers(1, 4))
    rows: Ranges = {room: [] for room in range(1, rooms + 1)}
    fixed: Ranges = {room: [] for room in rows}
    sleepers = []
    for number in range(draw(st.integers(0, 7))):
        starts = draw(st.integers(0, 9))
        ends = starts + draw(st.integers(1, 4))
        room = draw(st.integers(1, rooms))
        if any(first < ends and starts < last for first, last in rows[room]):
            continue
        rows[room].append((starts, ends))
        if pinned and draw(st.integers(0, 2)) == 0:
            fixed[room].append((starts, ends))
            continue
        others = draw(st.sets(st.integers(1, rooms))) if pinned else set(rows)
        sleepers.append(Sleeper(100 + number, room, starts, ends, frozenset(others | {room})))
    starts = draw(st.integers(0, 9))
    ends = starts + draw(st.integers(1, 6))
    allowed = draw(st.sets(st.integers(1, rooms), min_size=1)) if pinned else set(rows)
    return Case(rooms, sleepers, fixed, Wanted(starts, ends, frozenset(allowed), *EVER))


def fewest_by_trying_everything(case: Case) -> int | None:
    """The least number of moves over every seating there is."""
    best = None
    choices = [sorted(case.wanted.rooms), *(sorted(one.rooms) for one in case.sleepers)]
    for rooms in itertools.product(*choices):
        rows: Ranges = {room: list(ranges) for room, ranges in case.fixed.items()}
        rows[rooms[0]].append((case.wanted.starts, case.wanted.ends))
        for one, room in zip(case.sleepers, rooms[1:], strict=True):
            rows[room].append((one.starts, one.ends))
        if all(_apart(ranges) for ranges in rows.values()):
            moves = sum(one.room != room for one, room in zip(case.sleepers, rooms[1:], strict=True))
            best = moves if best is None else min(best, moves)
    return best


def _apart(ranges: list[tuple[int, int]]) -> bool:
    ordered = sorted(ranges)
    return all(one[1] <= other[0] for one, other in itertools.pairwise(ordered))


def check(case: Case, found: Seating) -> None:
    """Everybody has a room of theirs, the pinned ones have not moved, nobody meets."""
    by_id = {one.booking_id: one for one in case.sleepers}
    assert found.room in case.wanted.rooms
    moved = {move.booking_id: move for move in found.moves}
    assert len(moved) == len(found.moves)
    for move in found.moves:
        one = by_id[move.booking_id]
        assert (move.leaves, move.starts, move.ends) == (one.room, one.starts, one.ends)
        assert move.gets in one.rooms
        assert move.gets != one.room
    rows: Ranges = {room: list(ranges) for room, ranges in case.fixed.items()}
    rows[found.room].append((case.wanted.starts, case.wanted.ends))
    for one in case.sleepers:
        room = moved[one.booking_id].gets if one.booking_id in moved else one.room
        rows[room].append((one.starts, one.ends))
    assert all(_apart(ranges) for ranges in rows.values())


def board_of(case: Case) -> Board:
    return board(case.sleepers, case.fixed)


@settings(max_examples=400)
@given(case=cases(pinned=False))
def test_where_nothing_is_pinned_it_seats_exactly_when_there_is_a_room_at_every_instant(case: Case) -> None:
    def guests(instant: int) -> int:
        return sum(one.starts <= instant < one.ends for one in case.sleepers)

    fits = all(guests(one) < case.rooms for one in range(case.wanted.starts, case.wanted.ends))
    taken = {
        room: columns([(one.starts, one.ends) for one in case.sleepers if one.room == room])
        for room in case.fixed
    }
    assert Crowd(taken).leaves_room(case.wanted.starts, case.wanted.ends) == fits
    found = board_of(case).seat(case.wanted)
    assert (found is not None) == fits
    assert (board_of(case).seat(case.wanted, fewest=False) is not None) == fits
    if found is not None:
        check(case, found)
        assert len(found.moves) == fewest_by_trying_everything(case)


@settings(max_examples=400)
@given(case=cases(pinned=True))
def test_with_pinned_stays_and_picky_ones_small_pools_are_seated_as_well_as_can_be(case: Case) -> None:
    best = fewest_by_trying_everything(case)
    found = board_of(case).seat(case.wanted)
    quick = board_of(case).seat(case.wanted, fewest=False)
    assert (found is None) == (best is None) == (quick is None)
    if found is not None and quick is not None:
        check(case, found)
        check(case, quick)
        assert len(found.moves) == best


def test_in_a_full_house_of_a_hundred_rooms_a_long_chain_sells_the_last_free_nights() -> None:
    """Room 3 is free until 31, room 2 from 30 on, and every other night of every room is sold."""
    free = {(3, 24), (2, 30)}
    sleepers = [
        Sleeper(room * 1000 + start, room, start, start + 7, ALL)
        for room in sorted(ALL)
        for start in range(room % 7, 140, 7)
        if (room, start) not in free
    ]
    case = Case(100, sleepers, {room: [] for room in sorted(ALL)}, Wanted(24, 37, ALL, *EVER))
    found = board_of(case).seat(case.wanted)
    assert found is not None
    assert len(found.moves) > 6
    check(case, found)
    assert board_of(case).seat(Wanted(24, 38, ALL, *EVER)) is None


ALL = frozenset(range(1, 101))
