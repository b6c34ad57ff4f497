"""The one decision about nights: which rooms are free from which date to which, and why not.

A stay takes its resources from check-in of its first date to check-out of its last by the wall clock of the location,
longer by the extras that extend it and by the buffers around it, and all of them for that whole time. It is free where
enough candidates of every need are untaken for exactly these seconds and closed in none of its nights. Opening hours
of the day mean nothing to it; a date on which a room or its location is closed closes the night that begins on it: who
is there in the last second of that date sleeps in it.

Dates of a listing are numbered. What is free of a resource is a few gaps: numbers of the first arrival and the last
departure between two things that are in the way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from horarium.modules.catalog.rules import ExtraFacts, Need, OfferingFacts
from horarium.modules.resources.rules import OpeningRules

from .calendars import second_of
from .matching import Place, can_serve, serve
from .reasons import Reason
from .solver import Claim

Gap = tuple[int, int]
Chosen = frozenset[int]
NOBODY: Chosen = frozenset()
NEVER = 1 << 62


class Taken(NamedTuple):
    """Seconds of one resource that are taken. `booking_id` is 0 for what is no booking of a guest."""

    starts: int
    ends: int
    is_block: bool = False
    booking_id: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """What is in the way in one resource: what is taken of it, in columns and in order of time, and the last seconds of
    its closed dates.

    Columns because a year of a large hotel is tens of thousands of rows, which as objects cost more than all else.
    """

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    blocks: Sequence[bool] = ()
    bookings: Sequence[int] = ()
    closed: tuple[int, ...] = ()

    @classmethod
    def of(cls, taken: Iterable[Taken], closed: tuple[int, ...] = ()) -> Room:
        ordered = sorted(taken)
        return cls(
            starts=[one.starts for one in ordered],
            ends=[one.ends for one in ordered],
            blocks=[one.is_block for one in ordered],
            bookings=[one.booking_id for one in ordered],
            closed=closed,
        )

    def taken(self) -> list[Taken]:
        return list(map(Taken, self.starts, self.ends, self.blocks, self.bookings))

    def obstacles(self, layer: str) -> tuple[Sequence[int], Sequence[int]]:
        """Starts and ends in order of time, of layer `open`: closed nights; of `unbooked`, bookings, too; of `free`,
        blocks as well.
        """
        if layer == "free" and not self.closed:
            return self.starts, self.ends
        if layer == "open":
            return self.closed, [one + 1 for one in self.closed]
        ranges = [(one, one + 1) for one in self.closed]
        columns = zip(self.starts, self.ends, self.blocks, strict=True)
        ranges += [(one, end) for one, end, is_block in columns if layer == "free" or not is_block]
        ranges.sort()
        return [one for one, _ in ranges], [end for _, end in ranges]


@dataclass(frozen=True, slots=True)
class StayTimes:
    """When stays begin and end by the wall clock of a zone. Minutes; extras extend the guest's own time."""

    zone_name: str
    check_in: int
    check_out: int
    buffer_before: int = 0
    buffer_after: int = 0

    def starts(self, day: date) -> int:
        """The second at which the guest of this arrival comes."""
        return second_of(day, self.check_in, self.zone_name)

    def ends(self, day: date) -> int:
        return second_of(day, self.check_out, self.zone_name)

    def takes(self, day: date) -> int:
        """The second from which the room is taken by who arrives on this date."""
        return self.starts(day) - self.buffer_before * 60

    def gives(self, day: date) -> int:
        """The second until which the room is taken by who leaves on this date."""
        return self.ends(day) + self.buffer_after * 60


def times_of(offering: OfferingFacts, extras: Iterable[tuple[ExtraFacts, int]] = ()) -> StayTimes:
    """`extras`: what is taken and how many times; each adds its minutes so many times."""
    taken = list(extras)
    return StayTimes(
        zone_name=offering.location.time_zone,
        check_in=offering.check_in - sum(extra.extends_before * times for extra, times in taken),
        check_out=offering.check_out + sum(extra.extends_after * times for extra, times in taken),
        buffer_before=offering.buffer_before,
        buffer_after=offering.buffer_after,
    )


def room_need(offering: OfferingFacts) -> Need | None:
    """The requirement that is the room: the first one that comes without an extra."""
    return next((need for need in offering.needs if need.extra_id is None), None)


def needs_of(offering: OfferingFacts, extras: Mapping[int, int], party: int) -> list[Need]:
    """Everything that a stay takes, its room first. `extras`: how many times each (by key) is taken."""
    room = room_need(offering)
    needs = sorted(offering.needs_with(frozenset(extras)), key=lambda need: need is not room)
    return [
        replace(
            need,
            quantity=need.quantity
            * (party if need.is_per_person else 1)
            * (1 if need.extra_id is None else extras[need.extra_id]),
        )
        for need in needs
    ]


@lru_cache(maxsize=4_096)
def closed_nights(
    own: OpeningRules, location: OpeningRules, zone_name: str, first_on: date, last_on: date
) -> tuple[int, ...]:
    """The last seconds of those of these dates on which a resource is closed, by its own dated rules or else by
    those of its location.
    """
    if not own.dated and not location.dated:
        return ()
    closed = []
    for number in range((last_on - first_on).days + 1):
        day = first_on + timedelta(days=number)
        hours = own.dated_intervals(day)
        if hours is None:
            hours = location.dated_intervals(day)
        if hours == []:
            closed.append(second_of(day, 1440, zone_name) - 1)
    return tuple(closed)


@dataclass(frozen=True, slots=True)
class Axis:
    """Numbered dates from `first` on, with the seconds at which stays take and give back their resources."""

    first: date
    takes: tuple[int, ...]
    gives: tuple[int, ...]

    @classmethod
    def of(cls, times: StayTimes, first_on: date, last_on: date) -> Axis:
        days = [first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1)]
        return cls(first_on, tuple(map(times.takes, days)), tuple(map(times.gives, days)))

    def number(self, day: date) -> int:
        return (day - self.first).days

    def gaps(self, starts: Sequence[int], ends: Sequence[int]) -> list[Gap]:
        """Where stays fit between obstacles in order of time: first arrival and last departure of each gap."""
        gaps = []
        free_from = -NEVER
        for start, end in zip((*starts, NEVER), (*ends, NEVER), strict=True):
            if start > free_from:
                first, last = bisect_left(self.takes, free_from), bisect_right(self.gives, start) - 1
                if first < last:
                    gaps.append((first, last))
            if end > free_from:
                free_from = end
        return gaps


class StaySolver:
    """Answers for one wish and one snapshot of what is taken. Arrivals and departures are numbers of the axis."""

    def __init__(
        self, needs: Sequence[Need], axis: Axis, rooms: Mapping[int, Room], chosen: Chosen = NOBODY
    ) -> None:
        self.needs = tuple(needs)
        self.axis = axis
        self.rooms = rooms
        self.chosen = chosen
        self.shares = _share(self.needs)
        self._gaps: dict[str, dict[int, list[Gap]]] = {}
        self._reach: dict[tuple[str, Chosen], list[int]] = {}

    def why_not(self, arrival: int, departure: int) -> Reason | None:
        """Why this stay is not free as things lie; None when it is. The first reason in the order below."""
        if not self.is_open(arrival, departure):
            return Reason.CLOSED
        if self.is_free(arrival, departure):
            return None
        if self.chosen and self._serves("free", arrival, departure, NOBODY):
            return Reason.RESOURCE_UNAVAILABLE
        blocked = self._serves("unbooked", arrival, departure, NOBODY)
        return Reason.BLOCKED if blocked else Reason.TAKEN

    def is_open(self, arrival: int, departure: int) -> bool:
        return self._serves("open", arrival, departure, NOBODY)

    def is_free(self, arrival: int, departure: int) -> bool:
        return self._serves("free", arrival, departure, self.chosen)

    def longest(self, arrival: int) -> int:
        """Nights of the longest stay that is free from here, as far as the axis goes; 0: none."""
        last = self._reaches("free", self.chosen)[arrival]
        while last > arrival and not self._serves("free", arrival, last, self.chosen):
            last -= 1
        return max(0, last - arrival)

    def counts(self, layer: str) -> list[int]:
        """For each number: how many stays of one night could be had side by side, in layer `free` or `open`."""
        nights = len(self.axis.takes)
        enough = [NEVER] * nights
        for need in self._narrowed(self.chosen):
            changes = [0] * (nights + 1)
            for resource_id in need.candidates:
                for first, last in self._gaps_of(layer)[resource_id]:
                    changes[first] += 1
                    changes[last] -= 1
            free = 0
            for number in range(nights):
                free += changes[number]
                enough[number] = min(enough[number], free // need.quantity)
        return [0 if one == NEVER else one for one in enough]

    def free_rooms(self, arrival: int, departure: int) -> list[int]:
        """Candidates of the room that are free for this stay, whatever was chosen."""
        if not self.needs:
            return []
        return [one for one in self.needs[0].candidates if self._fits("free", one, arrival, departure)]

    def assign(self, arrival: int, departure: int, *, salt: int = 0) -> list[Claim] | None:
        """Resources for the stay: the chosen ones, else those in which it leaves the smallest holes.

        Equals are told apart by the `salt`, so that guests who book in the same moment do not all wait for the
        same one.
        """

        def rank(resource_id: int) -> tuple[int, int]:
            first, last = self._gap_at("free", resource_id, arrival) or (arrival, departure)
            before, after = arrival - first, last - departure
            mixed = (salt + 1) * resource_id * 2_654_435_761 % 65_521
            return before + after, min(before, after) * 65_536 + mixed

        return self._claims(
            serve(self._options("free", arrival, departure), self.chosen, rank), arrival, departure
        )

    def besides_room(self, arrival: int, departure: int) -> list[Claim] | None:
        """Resources for all needs but the room, for a stay whose room is found otherwise."""
        places = [one for one in self._options("free", arrival, departure) if one[0]]
        return self._claims(serve(places, NOBODY, lambda _: (0, 0)), arrival, departure)

    def _claims(
        self, served: list[tuple[int, int]] | None, arrival: int, departure: int
    ) -> list[Claim] | None:
        if served is None:
            return None
        starts, ends = self.axis.takes[arrival], self.axis.gives[departure]
        return [Claim(resource_id, self.needs[number].id, starts, ends) for number, resource_id in served]

    def _serves(self, layer: str, arrival: int, departure: int, chosen: Chosen) -> bool:
        if not self.needs or self._reaches(layer, chosen)[arrival] < departure:
            return False
        if self.shares or any(
            need.quantity > 1 for need in self.needs if chosen.intersection(need.candidates)
        ):
            return can_serve(self._options(layer, arrival, departure), chosen)
        return True

    def _reaches(self, layer: str, chosen: Chosen) -> list[int]:
        """For each arrival: the last departure for which every need by itself has enough candidates."""
        known = self._reach.get((layer, chosen))
        if known is None:
            known = [NEVER if self.needs else 0] * len(self.axis.takes)
            for need in self._narrowed(chosen):
                known = list(map(min, known, self._reach_of(need, layer)))
            self._reach[layer, chosen] = known
        return known

    def _reach_of(self, need: Need, layer: str) -> list[int]:
        gaps = [gap for one in need.candidates for gap in self._gaps_of(layer)[one]]
        if need.quantity == 1:
            reach = [0] * len(self.axis.takes)
            for first, last in sorted(gaps, key=lambda gap: gap[1]):
                reach[first:last] = [last] * (last - first)
            return reach
        by_arrival: list[list[int]] = [[] for _ in self.axis.takes]
        for first, last in gaps:
            for arrival in range(first, last):
                by_arrival[arrival].append(last)
        return [_nth_largest(lasts, need.quantity) for lasts in by_arrival]

    def _narrowed(self, chosen: Chosen) -> Sequence[Need]:
        """The needs with what was chosen in place of all their candidates, where that says the same."""
        if not chosen or self.shares:
            return self.needs
        return [
            replace(need, candidates=tuple(sorted(chosen.intersection(need.candidates))))
            if need.quantity == 1 and chosen.intersection(need.candidates)
            else need
            for need in self.needs
        ]

    def _gaps_of(self, layer: str) -> dict[int, list[Gap]]:
        known = self._gaps.get(layer)
        if known is None:
            known = {one: self.axis.gaps(*room.obstacles(layer)) for one, room in self.rooms.items()}
            self._gaps[layer] = known
        return known

    def _gap_at(self, layer: str, resource_id: int, arrival: int) -> Gap | None:
        gaps = self._gaps_of(layer)[resource_id]
        number = bisect_right(gaps, (arrival, NEVER)) - 1
        return gaps[number] if number >= 0 else None

    def _fits(self, layer: str, resource_id: int, arrival: int, departure: int) -> bool:
        gap = self._gap_at(layer, resource_id, arrival)
        return gap is not None and departure <= gap[1]

    def _options(self, layer: str, arrival: int, departure: int) -> list[Place]:
        places: list[Place] = []
        for number, need in enumerate(self.needs):
            able = frozenset(one for one in need.candidates if self._fits(layer, one, arrival, departure))
            places.extend([(number, able)] * need.quantity)
        return places


def _nth_largest(values: list[int], number: int) -> int:
    return sorted(values)[-number] if len(values) >= number else 0


def _share(needs: Sequence[Need]) -> bool:
    """Whether two needs share a candidate, so that counting each by itself is not enough."""
    every = [one for need in needs for one in need.candidates]
    return len(every) != len(set(every))
