"""Which stays can be had, on which terms, and why not: one decision for who lists and for who books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, compress
from operator import not_

from horarium.kit.money import Money
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.reseating import Board, Crowd, Row, Seating, Wanted
from horarium.modules.availability.rules.stays import Axis, Room, StaySolver, Taken
from horarium.modules.booking.queries_stays import list_movable_stays
from horarium.modules.pricing.rules import StayTariff

from .planned import NOTHING, Besides, Reseat
from .stay_inquiry import SoldPlan, StayInquiry, read_house, rooms_by_offering

MOVE_DAYS = 60
"""Stays move for another one only when they lie within so many days of it."""

_MILDEST = (
    *(Reason.MIN_STAY, Reason.MAX_STAY, Reason.CLOSED_TO_ARRIVAL),
    *(Reason.CLOSED_TO_DEPARTURE, Reason.CLOSED),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A stay as it can be had: under which plan and for how much; or why not."""

    reason: Reason | None
    sold: SoldPlan | None = None
    total: Money | None = None


class StayAnswers:
    """Answers about stays that arrive from `first_on` on and leave until `last_on`.

    One query; another two for the first stay that could be had only if others changed rooms.
    """

    def __init__(
        self, inquiry: StayInquiry, first_on: date, last_on: date, now: datetime, besides: Besides = NOTHING
    ) -> None:
        self.inquiry = inquiry
        self.now = now
        self.besides = besides
        self.dates = first_on, last_on
        self.axis = Axis.of(inquiry.times, first_on, last_on)
        self.limits = inquiry.limits(now)
        house = read_house(inquiry, first_on, last_on, now, besides=besides.owners)
        self.lapses_at = house.lapses_at
        self.moves_until: float | None = None
        rooms = _with(house.rooms, besides)
        self.solver = StaySolver(inquiry.needs, self.axis, rooms, inquiry.chosen)
        self._crowd: Crowd | None = None
        self._movable: Board | None = None
        self._tariffs: dict[tuple[int | None, int], StayTariff] = {}

    def offer(self, check_in: date, check_out: date) -> Offer:
        """The cheapest plan under which this stay can be had (the first of equals), or the reason why it cannot."""
        arrival, departure = self.axis.number(check_in), self.axis.number(check_out)
        reason = self.too_soon_or_late(check_in)
        if reason is not None:
            return Offer(reason)
        in_the_way = self.solver.why_not(arrival, departure)
        if in_the_way is Reason.CLOSED:
            return Offer(in_the_way)
        offer = self.best_plan(check_in, check_out)
        if offer.reason is not None or in_the_way is None:
            return offer
        if self.seating(check_in, check_out, fewest=False) is None:
            return Offer(in_the_way)
        return offer

    def no_room(self, check_in: date, check_out: date) -> Reason | None:
        """Why no room can be had for these nights, whatever the plans say; None when one can, be it that others
        change rooms for it.
        """
        reason = self.solver.why_not(self.axis.number(check_in), self.axis.number(check_out))
        if reason is None or reason is Reason.CLOSED:
            return reason
        return reason if self.seating(check_in, check_out, fewest=False) is None else None

    def no_hope(self, check_in: date, check_out: date) -> Reason | None:
        """As `no_room`, but told in a moment: None also where only those who cannot move might be in the way."""
        arrival, departure = self.axis.number(check_in), self.axis.number(check_out)
        if self.solver.is_free(arrival, departure):
            return None
        if self.solver.is_open(arrival, departure) and self._could_reseat(check_in, check_out):
            return None
        return self.solver.why_not(arrival, departure)

    def too_soon_or_late(self, check_in: date) -> Reason | None:
        starts = self.inquiry.times.starts(check_in)
        if starts < self.limits.earliest:
            return Reason.LEAD_TIME
        return Reason.HORIZON if starts >= self.limits.latest else None

    def best_plan(self, check_in: date, check_out: date) -> Offer:
        """By restrictions and prices alone; where no plan will do, the mildest of their reasons."""
        best: Offer | None = None
        reasons = []
        for sold in self.inquiry.plans:
            reason = sold.restrictions.why_not(check_in, check_out)
            total = None if reason else self.tariff(sold, (check_out - check_in).days).total(check_in)
            if total is None:
                reasons.append(reason or Reason.CLOSED)
            elif best is None or best.total is None or total < best.total:
                best = Offer(None, sold, total)
        return best or Offer(min(reasons, key=_MILDEST.index))

    def tariff(self, sold: SoldPlan, nights: int) -> StayTariff:
        key = sold.id, nights
        if key not in self._tariffs:
            self._tariffs[key] = self.inquiry.tariff(sold, nights)
        return self._tariffs[key]

    def seating(self, check_in: date, check_out: date, *, fewest: bool = True) -> Seating | None:
        """Who changes rooms so that a stay can be had for which no single room is free. None: nobody can help.

        Who chose a room gets that one or none, and a stay in several rooms at once moves nobody.
        """
        inquiry, axis = self.inquiry, self.axis
        if not self._could_reseat(check_in, check_out):
            return None
        arrival, departure = axis.number(check_in), axis.number(check_out)
        if len(inquiry.needs) > 1 and self.solver.besides_room(arrival, departure) is None:
            return None
        if self._movable is None:
            self._movable = self._board()
        wanted = Wanted(
            starts=axis.takes[arrival],
            ends=axis.gives[departure],
            rooms=frozenset(inquiry.needs[0].candidates),
            earliest=axis.takes[arrival] - MOVE_DAYS * 86400,
            latest=axis.gives[departure] + MOVE_DAYS * 86400,
        )
        return self._movable.seat(wanted, fewest=fewest)

    def _could_reseat(self, check_in: date, check_out: date) -> bool:
        """Whether others may change rooms for such a stay at all, and there is a room at every instant of it."""
        inquiry, axis = self.inquiry, self.axis
        if inquiry.chosen or self.solver.shares or not inquiry.needs or inquiry.needs[0].quantity > 1:
            return False
        if self._crowd is None:
            taken = {one: self.solver.rooms[one].obstacles("free") for one in inquiry.needs[0].candidates}
            self._crowd = Crowd(taken)
        return self._crowd.leaves_room(axis.takes[axis.number(check_in)], axis.gives[axis.number(check_out)])

    def _board(self) -> Board:
        """The rooms of the pool over a wider span, with all stays in them that may move."""
        inquiry, wider = self.inquiry, timedelta(days=MOVE_DAYS + 2)
        first_on, last_on = self.dates[0] - wider, self.dates[1] + wider
        house = read_house(inquiry, first_on, last_on, self.now, besides=self.besides.owners)
        rooms = _with(house.rooms, self.besides)
        sold_rooms = rooms_by_offering(inquiry.catalog, inquiry.needs[0].candidates)
        between = (
            datetime.fromtimestamp(inquiry.times.takes(first_on), UTC),
            datetime.fromtimestamp(inquiry.times.gives(last_on), UTC),
        )
        movable = list_movable_stays(inquiry.catalog.business.id, list(sold_rooms), between, self.now)
        self.moves_until = movable.first_starts
        rooms_of = {key: sold_rooms[one] for one, keys in movable.bookings.items() for key in keys}
        pool = {one: rooms[one] for one in inquiry.needs[0].candidates}
        times = Counter(chain.from_iterable(room.bookings for room in pool.values()))
        in_one_room = {key: allowed for key, allowed in rooms_of.items() if times[key] == 1}
        return Board({key: _row(room, in_one_room) for key, room in pool.items()}, in_one_room)


def _with(rooms: dict[int, Room], besides: Besides) -> dict[int, Room]:
    """The same rooms with what earlier items of an order take and move; nobody moves twice."""
    if not besides.claims and not besides.reseats:
        return rooms
    taken = {key: room.taken() for key, room in rooms.items()}
    for move in besides.reseats:
        if move.leaves in taken:
            taken[move.leaves] = [one for one in taken[move.leaves] if one.booking_id != move.booking_id]
        if move.gets in taken:
            taken[move.gets].append(Taken(move.starts, move.ends))
    for claim in besides.claims:
        if claim.resource_id in taken:
            taken[claim.resource_id].append(Taken(claim.starts, claim.ends))
    return {key: Room.of(taken[key], room.closed) for key, room in rooms.items()}


def _row(room: Room, movable: Mapping[int, frozenset[int]]) -> Row:
    """What of a room can move and what cannot."""
    can = [key in movable for key in room.bookings]
    fixed = [(one, one + 1) for one in room.closed]
    fixed += compress(zip(room.starts, room.ends, strict=True), map(not_, can))
    fixed.sort()
    return Row(
        fixed=([one for one, _ in fixed], [end for _, end in fixed]),
        starts=tuple(compress(room.starts, can)),
        ends=tuple(compress(room.ends, can)),
        bookings=tuple(compress(room.bookings, can)),
    )


def as_reseats(seating: Seating) -> tuple[Reseat, ...]:
    return tuple(Reseat(one.booking_id, one.leaves, one.gets, one.starts, one.ends) for one in seating.moves)
