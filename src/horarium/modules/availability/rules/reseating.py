"""Stays that change rooms so that one more can be had: interval colouring under the constraints of the pool.

A new stay needs one room for its whole time. Where none is free for all of it, although at every instant one is,
movable stays are seated in other rooms. Two searches, both without chance, so that who lists and who books finds
the same:

*In order of time* a stay takes a room that nobody is in at its start and puts out those that come later; they go on
in the order of their starts. Where every stay may move to every room this succeeds exactly when at no instant there
are more stays than rooms: whoever looks for a room is counted already, so that one room is left for them.

*With the fewest moves*: all ways to put out up to so many stays, one more at each try, within a bound of effort. It
finds what the first misses where pinned stays, blocks or rooms that are not for everybody are in the way, and
disturbs less.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

EFFORT = 4_000
"""How many rooms the search for the fewest moves may look at."""
MOST_MOVES = 6
"""How many moves that search tries at most."""
MOST_IN_ORDER = 400
"""After so many moves the search in order of time gives up."""


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A stay that may move: the seconds it takes of its room, buffers included, and the rooms it may have."""

    booking_id: int
    room: int
    starts: int
    ends: int
    rooms: frozenset[int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The new stay. Only stays wholly within `[earliest, latest)` may move for it."""

    starts: int
    ends: int
    rooms: frozenset[int]
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Move:
    booking_id: int
    leaves: int
    gets: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Seating:
    """The room of the new stay, and who has to move before."""

    room: int
    moves: tuple[Move, ...]


class Board:
    """Rooms with what cannot move and with those who can, ready for many questions."""

    def __init__(
        self, sleepers: Iterable[Sleeper], obstacles: Mapping[int, Sequence[tuple[int, int]]]
    ) -> None:
        self.rooms = sorted(obstacles)
        self._fixed = {room: _merged(ranges) for room, ranges in obstacles.items()}
        self._sleepers: dict[int, list[Sleeper]] = {room: [] for room in self.rooms}
        for one in sorted(sleepers, key=lambda one: (one.starts, one.booking_id)):
            self._sleepers[one.room].append(one)
        self._ends = {room: [one.ends for one in row] for room, row in self._sleepers.items()}
        self._steps = _steps(self._fixed, self._sleepers)

    def could_fit(self, wanted: Wanted) -> bool:
        """Whether at every instant there are fewer stays and obstacles than rooms: without that nothing helps."""
        times, counts = self._steps
        first = max(0, bisect_right(times, wanted.starts) - 1)
        last = bisect_left(times, wanted.ends)
        return max(counts[first:last], default=0) < len(self.rooms)

    def seat(self, wanted: Wanted, *, fewest: bool = True) -> Seating | None:
        """A room for the new stay and the moves for it. None when there is none, or none was found.

        Without `fewest` it only matters whether there is an answer: the same searches, the quick one first.
        """
        if not self.could_fit(wanted):
            return None
        if not fewest:
            return _InOrder(self, wanted).seat() or _Fewest(self, wanted).seat()
        few, any_way = _Fewest(self, wanted).seat(), _InOrder(self, wanted).seat()
        if few is None or any_way is None:
            return few or any_way
        return min(few, any_way, key=lambda one: len(one.moves))

    def put_out(self, room: int, starts: int, ends: int, gone: set[int]) -> list[Sleeper] | None:
        """Who must leave the room for these seconds; None when something in it cannot."""
        fixed = self._fixed[room]
        number = bisect_right(fixed, (starts, starts))
        if number and fixed[number - 1][1] > starts:
            return None
        if number < len(fixed) and fixed[number][0] < ends:
            return None
        row, found = self._sleepers[room], []
        number = bisect_right(self._ends[room], starts)
        while number < len(row) and row[number].starts < ends:
            if row[number].booking_id not in gone:
                found.append(row[number])
            number += 1
        return found


class _Search:
    """A new stay on its way in: who was put out, and who has got which room for good."""

    def __init__(self, board: Board, wanted: Wanted) -> None:
        self.board = board
        self.wanted = wanted
        self.guest = Sleeper(0, 0, wanted.starts, wanted.ends, wanted.rooms)
        self.gone: set[int] = set()
        self.placed: list[tuple[Sleeper, int]] = []
        self.by_room: dict[int, list[Sleeper]] = {}

    def put_out(self, one: Sleeper, room: int) -> list[Sleeper] | None:
        """Who must leave the room for this stay; None when it cannot have it."""
        if any(other.starts < one.ends and one.starts < other.ends for other in self.by_room.get(room, ())):
            return None
        found = self.board.put_out(room, one.starts, one.ends, self.gone)
        if found is None:
            return None
        earliest, latest = self.wanted.earliest, self.wanted.latest
        if any(other.starts < earliest or other.ends > latest for other in found):
            return None
        return found

    def place(self, one: Sleeper, room: int, out: Sequence[Sleeper]) -> None:
        self.gone.update(other.booking_id for other in out)
        self.placed.append((one, room))
        self.by_room.setdefault(room, []).append(one)

    def take_back(self, one: Sleeper, room: int, out: Sequence[Sleeper]) -> None:
        self.gone.difference_update(other.booking_id for other in out)
        self.placed.pop()
        self.by_room[room].pop()

    def rooms_for(self, one: Sleeper) -> list[int]:
        return [room for room in self.board.rooms if room in one.rooms and room != one.room]

    def seating(self) -> Seating:
        moves = [Move(one.booking_id, one.room, room, one.starts, one.ends) for one, room in self.placed[1:]]
        return Seating(self.placed[0][1], tuple(sorted(moves, key=lambda one: (one.starts, one.booking_id))))


class _InOrder(_Search):
    def seat(self) -> Seating | None:
        waiting = [(self.guest.starts, 0, self.guest)]
        while waiting:
            _, _, one = heapq.heappop(waiting)
            best = self._best_room(one)
            if best is None or len(self.placed) > MOST_IN_ORDER:
                return None
            room, out = best
            self.place(one, room, out)
            for other in out:
                heapq.heappush(waiting, (other.starts, other.booking_id, other))
        return self.seating()

    def _best_room(self, one: Sleeper) -> tuple[int, list[Sleeper]] | None:
        """One that nobody has to leave, else where the first to leave comes last."""
        best: tuple[int, list[Sleeper]] | None = None
        for room in self.rooms_for(one):
            out = self.put_out(one, room)
            if out is None or (out and out[0].starts < one.starts):
                continue
            if not out:
                return room, out
            if best is None or (out[0].starts, -len(out)) > (best[1][0].starts, -len(best[1])):
                best = room, out
        return best


class _Fewest(_Search):
    def seat(self) -> Seating | None:
        self.effort = EFFORT
        for limit in range(MOST_MOVES + 1):
            if self._seat([self.guest], limit):
                return self.seating()
            if self.effort <= 0:
                return None
        return None

    def _seat(self, waiting: list[Sleeper], limit: int) -> bool:
        """Whether all who wait find rooms with at most `limit` more stays put out."""
        if not waiting:
            return True
        one, rest = waiting[0], waiting[1:]
        choices = []
        for room in self.rooms_for(one):
            self.effort -= 1
            out = self.put_out(one, room)
            if out is not None and len(out) <= limit:
                choices.append((len(out), room, out))
        for count, room, out in sorted(choices, key=lambda choice: choice[:2]):
            if self.effort <= 0:
                return False
            self.place(one, room, out)
            if self._seat([*rest, *out], limit - count):
                return True
            self.take_back(one, room, out)
        return False


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for starts, ends in sorted(ranges):
        if found and starts < found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((starts, ends))
    return found


def _steps(
    fixed: Mapping[int, Sequence[tuple[int, int]]], sleepers: Mapping[int, Sequence[Sleeper]]
) -> tuple[list[int], list[int]]:
    """How many rooms are taken or closed from which second on."""
    changes: dict[int, int] = {}
    for room, ranges in fixed.items():
        for starts, ends in _merged([*ranges, *((one.starts, one.ends) for one in sleepers[room])]):
            changes[starts] = changes.get(starts, 0) + 1
            changes[ends] = changes.get(ends, 0) - 1
    times, counts, count = sorted(changes), [], 0
    for second in times:
        count += changes[second]
        counts.append(count)
    return times, counts
