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
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import NamedTuple

EFFORT = 3_000
"""Bound of the search for the fewest moves: about so many rooms are looked at."""
MOST_MOVES = 6
"""How many moves that search tries at most."""
MOST_IN_ORDER = 400
"""After so many moves the search in order of time gives up."""
NEVER = 1 << 62


class Sleeper(NamedTuple):
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


Out = tuple[Sleeper, ...]
"""Who has to leave a room."""


Columns = tuple[Sequence[int], Sequence[int]]
"""Starts and ends in order of time."""


class Crowd:
    """How many rooms are taken or closed at every instant."""

    def __init__(self, taken: Mapping[int, Columns]) -> None:
        merged = [_merged(*columns) for columns in taken.values()]
        begins = Counter(chain.from_iterable(starts for starts, _ in merged))
        over = Counter(chain.from_iterable(ends for _, ends in merged))
        self.rooms = len(taken)
        self._times = sorted(begins.keys() | over.keys())
        self._counts = list(accumulate(begins[second] - over[second] for second in self._times))

    def leaves_room(self, starts: int, ends: int) -> bool:
        """Whether at every instant there is a room; without that no change of rooms helps."""
        first = max(0, bisect_right(self._times, starts) - 1)
        last = bisect_left(self._times, ends)
        return max(self._counts[first:last], default=0) < self.rooms


@dataclass(frozen=True, slots=True)
class Row:
    """One room: what cannot move in it (which may overlap), and who can (who do not), each in order of time.

    In columns, for the same reason as in `stays.Room`.
    """

    fixed: Columns = ((), ())
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    bookings: Sequence[int] = ()


class Board:
    """Rooms with what cannot move and with those who can, ready for many questions. `rooms_of`: where each may go."""

    def __init__(self, rows: Mapping[int, Row], rooms_of: Mapping[int, frozenset[int]]) -> None:
        self.rooms = sorted(rows)
        self._rows = rows
        self._rooms_of = rooms_of
        self._fixed = {room: _merged(*row.fixed) for room, row in rows.items()}
        self._free: dict[int, tuple[list[int], list[int]]] = {}
        self._options: dict[int, list[tuple[int, Out]]] = {}

    def seat(self, wanted: Wanted, *, fewest: bool = True) -> Seating | None:
        """A room for the new stay and the moves for it. None when there is none, or none was found.

        Without `fewest` it only matters whether there is an answer: the same searches, the quick one first.
        """
        if not fewest:
            return _InOrder(self, wanted).seat() or _Fewest(self, wanted).seat()
        few, any_way = _Fewest(self, wanted).seat(), _InOrder(self, wanted).seat()
        if few is None or any_way is None:
            return few or any_way
        return min(few, any_way, key=lambda one: len(one.moves))

    def put_out(self, room: int, starts: int, ends: int) -> Out | None:
        """Who must leave the room for these seconds; None when something in it cannot."""
        fixed_starts, fixed_ends = self._fixed[room]
        number = bisect_right(fixed_ends, starts)
        if number < len(fixed_starts) and fixed_starts[number] < ends:
            return None
        row = self._rows[room]
        first = bisect_right(row.ends, starts)
        last = bisect_left(row.starts, ends, lo=first)
        return (
            tuple(self._sleeper(room, row, number) for number in range(first, last)) if first < last else ()
        )

    def free_from(self, second: int) -> tuple[list[int], list[int]]:
        """Rooms that nobody is in at this second, as the starts of what comes next, ascending, and their rooms."""
        known = self._free.get(second)
        if known is None:
            found = sorted(self._next_starts(second))
            known = self._free[second] = [one[0] for one in found], [one[1] for one in found]
        return known

    def options(self, one: Sleeper) -> list[tuple[int, Out]]:
        """Other rooms that a stay may have, with those who would have to leave, the fewest first."""
        known = self._options.get(one.booking_id)
        if known is None:
            known = [
                (room, out)
                for room in self.rooms
                if room in one.rooms
                and room != one.room
                and (out := self.put_out(room, one.starts, one.ends)) is not None
            ]
            known.sort(key=lambda option: (len(option[1]), option[0]))
            if one.booking_id:
                self._options[one.booking_id] = known
        return known

    def _sleeper(self, room: int, row: Row, number: int) -> Sleeper:
        booking_id = row.bookings[number]
        return Sleeper(booking_id, room, row.starts[number], row.ends[number], self._rooms_of[booking_id])

    def _next_starts(self, second: int) -> Iterator[tuple[int, int]]:
        for room in self.rooms:
            fixed_starts, fixed_ends = self._fixed[room]
            number = bisect_right(fixed_ends, second)
            following = fixed_starts[number] if number < len(fixed_starts) else NEVER
            if following <= second:
                continue
            row = self._rows[room]
            number = bisect_right(row.ends, second)
            if number < len(row.starts):
                following = min(following, row.starts[number])
            if following >= second:
                yield following, room


class _Search:
    """A new stay on its way in: who was put out, and who has got which room for good."""

    def __init__(self, board: Board, wanted: Wanted) -> None:
        self.board = board
        self.wanted = wanted
        self.guest = Sleeper(0, 0, wanted.starts, wanted.ends, wanted.rooms)
        self.gone: set[int] = set()
        self.placed: list[tuple[Sleeper, int]] = []
        self.by_room: dict[int, list[Sleeper]] = {}

    def who_leaves(self, one: Sleeper, room: int, out: Out | None) -> Out | None:
        """Of those who would have to leave, the ones that are still there; None when it cannot be."""
        if out is None:
            return None
        for other in self.by_room.get(room, ()):
            if other.starts < one.ends and one.starts < other.ends:
                return None
        left = tuple(other for other in out if other.booking_id not in self.gone) if self.gone else out
        for other in left:
            if other.starts < self.wanted.earliest or other.ends > self.wanted.latest:
                return None
        return left

    def place(self, one: Sleeper, room: int, out: Out) -> None:
        self.gone.update(other.booking_id for other in out)
        self.placed.append((one, room))
        self.by_room.setdefault(room, []).append(one)

    def take_back(self, room: int, out: Out) -> None:
        self.gone.difference_update(other.booking_id for other in out)
        self.placed.pop()
        self.by_room[room].pop()

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

    def _best_room(self, one: Sleeper) -> tuple[int, Out] | None:
        """The tightest that nobody has to leave, else where the first to leave comes last."""
        untouched, touched = self._of_untouched(one), self._of_touched(one)
        if untouched is None or touched is None:
            return untouched or touched
        return max(untouched, touched, key=lambda best: best[1][0].starts if best[1] else NEVER)

    def _of_untouched(self, one: Sleeper) -> tuple[int, Out] | None:
        following, rooms = self.board.free_from(one.starts)
        fitting = bisect_left(following, one.ends)
        # What comes after `latest` must not matter: who asks for a shorter time does not see it.
        far = max(fitting, bisect_left(following, self.wanted.latest))
        for room in chain(rooms[fitting:far], sorted(rooms[far:]), reversed(rooms[:fitting])):
            if room in self.by_room or room not in one.rooms:
                continue
            out = self.who_leaves(one, room, self.board.put_out(room, one.starts, one.ends))
            if out is not None:
                return room, out
        return None

    def _of_touched(self, one: Sleeper) -> tuple[int, Out] | None:
        """Rooms that changed on the way: who was there may be gone, and others may have come."""
        best: tuple[int, Out] | None = None
        for room in self.by_room:
            if room not in one.rooms:
                continue
            out = self.who_leaves(one, room, self.board.put_out(room, one.starts, one.ends))
            if out is None or (out and out[0].starts < one.starts):
                continue
            if not out:
                return room, out
            if best is None or out[0].starts > best[1][0].starts:
                best = room, out
        return best


class _Fewest(_Search):
    def seat(self) -> Seating | None:
        self.effort = EFFORT
        for limit in range(MOST_MOVES + 1):
            if self._seat((self.guest,), limit):
                return self.seating()
            if self.effort <= 0:
                return None
        return None

    def _seat(self, waiting: Out, limit: int) -> bool:
        """Whether all who wait find rooms with at most `limit` more stays put out."""
        if not waiting:
            return True
        one, rest = waiting[0], waiting[1:]
        options = self.board.options(one)
        # The same for everybody who asks, whatever the board remembers.
        self.effort -= 1 + len(self.board.rooms) // 8 + len(options)
        for room, out in options:
            if self.effort <= 0:
                return False
            left = self.who_leaves(one, room, out)
            if left is None or len(left) > limit:
                continue
            self.place(one, room, left)
            if self._seat((*rest, *left), limit - len(left)):
                return True
            self.take_back(room, left)
        return False


def _merged(starts: Sequence[int], ends: Sequence[int]) -> Columns:
    """Ranges in order of time, with those that overlap joined; most often they are as they should be."""
    if all(map(int.__le__, ends, starts[1:])):
        return starts, ends
    found: list[list[int]] = []
    for start, end in sorted(zip(starts, ends, strict=True)):
        if found and start < found[-1][1]:
            found[-1][1] = max(end, found[-1][1])
        else:
            found.append([start, end])
    return [one for one, _ in found], [end for _, end in found]
