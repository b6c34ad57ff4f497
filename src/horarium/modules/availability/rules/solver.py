"""The one decision about free time: which starts of an offering are bookable, with whom, and why not.

Everything is seconds since the epoch and cells of five minutes. A start is bookable when it stands on the grid,
keeps lead time and horizon, and for each need enough candidates are open for their part of the booking and
untaken for that part with its buffers (buffers may reach outside of the opening hours), with a different
resource for every place of every need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce

from horarium.kit.timeline import CELL, Timeline
from horarium.modules.catalog.rules import Need, OfferingFacts

from .calendars import Calendar, Span, grid_mask
from .matching import Place, can_serve, serve
from .reasons import Reason

CELL_MINUTES = CELL // 60
MANY = 1_000_000


class Layer(StrEnum):
    """What is asked of a resource: that it is open, and besides that no booking, or nothing at all, takes it."""

    OPEN = "open"
    UNBOOKED = "unbooked"
    UNTAKEN = "untaken"


Masks = dict[int, Timeline]
"""By resource: the starts for which it could serve."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: minutes, the extras taken, resources that must be among those chosen, and people."""

    duration: int
    extra_ids: frozenset[int] = frozenset()
    chosen: frozenset[int] = frozenset()
    party: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Starts in `[earliest, latest)`, seconds: lead time and horizon. `grid` off lets staff choose any minute."""

    earliest: int
    latest: int
    keep_grid: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a booking that a need takes, in minutes from its start, and what is taken around it."""

    need: Need
    starts: int
    ends: int
    taken_from: int
    taken_until: int

    def open_cells(self, start: int = 0) -> tuple[int, int]:
        """The cells for which the resource must be open, when the booking starts with this cell."""
        return start + self.starts // CELL_MINUTES, start - -self.ends // CELL_MINUTES

    def taken_cells(self, start: int = 0) -> tuple[int, int]:
        """The cells that are taken of the resource, when the booking starts with this cell."""
        return start + self.taken_from // CELL_MINUTES, start - -self.taken_until // CELL_MINUTES


@dataclass(frozen=True, slots=True)
class Claim:
    """Time of one resource that a booking takes, buffers included, in seconds."""

    resource_id: int
    need_id: int
    starts: int
    ends: int


def parts_of(offering: OfferingFacts, wish: Wish) -> list[Part]:
    """Which minutes each need takes. A part beyond the booking's end does not exist; one over it is cut."""
    parts = []
    for need in offering.needs_with(wish.extra_ids):
        ends = wish.duration if need.until_minute is None else min(need.until_minute, wish.duration)
        if need.from_minute >= ends:
            continue
        parts.append(
            Part(
                need=replace(need, quantity=need.quantity * wish.party) if need.is_per_person else need,
                starts=need.from_minute,
                ends=ends,
                taken_from=need.from_minute - (offering.buffer_before if need.from_minute == 0 else 0),
                taken_until=ends + (offering.buffer_after if ends == wish.duration else 0),
            )
        )
    return parts


class Solver:
    """Answers for one offering, one wish and one snapshot of calendars.

    Masks answer for all starts together. They are made once, when all starts are asked for; before that, a question
    about one start looks at its own cells only.
    """

    def __init__(
        self,
        offering: OfferingFacts,
        wish: Wish,
        calendars: Mapping[int, Calendar],
        span: Span,
        limits: Limits,
    ) -> None:
        self.offering = offering
        self.wish = wish
        self.calendars = calendars
        self.span = span
        self.limits = limits
        self.parts = parts_of(offering, wish)
        self._grid = self._grid_mask()
        self._made: dict[Layer, list[Masks]] = {}
        self._needs_matching = _overlap([part.need for part in self.parts])

    def starts(self) -> Timeline:
        """Every bookable start of the span."""
        window = self._within_limits(self._grid) & self._joint(self._masks())
        if not (self._needs_matching or self.wish.chosen):
            return window
        kept = [second for second in window.starts() if can_serve(self._options_at(second), self.wish.chosen)]
        return Timeline.from_ranges(self.span.origin, self.span.length, ((one, one + CELL) for one in kept))

    def choices(self, starts: Timeline) -> dict[int, Timeline]:
        """For each resource of a choosable need: the bookable starts at which the guest may choose it."""
        result: dict[int, Timeline] = {}
        for part, masks in zip(self.parts, self._masks(), strict=True):
            if not part.need.is_choosable:
                continue
            for resource_id, mask in masks.items():
                result[resource_id] = starts & mask
        if self._needs_matching:
            return {resource_id: self._choosable(resource_id, mask) for resource_id, mask in result.items()}
        return result

    def places(self, starts: Timeline) -> dict[int, int]:
        """By bookable start: how many such bookings could be taken side by side."""
        if self.wish.chosen:
            return dict.fromkeys(starts.starts(), 1)
        counts: dict[int, int] = dict.fromkeys(starts.starts(), MANY)
        for part, masks in zip(self.parts, self._masks(), strict=True):
            able: dict[int, int] = dict.fromkeys(counts, 0)
            for mask in masks.values():
                for second in (starts & mask).starts():
                    able[second] += 1
            for second, number in able.items():
                counts[second] = min(counts[second], number // part.need.quantity)
        if self._needs_matching:
            return {second: self._side_by_side(second, most) for second, most in counts.items()}
        return counts if self.parts else dict.fromkeys(counts, 1)

    def why_not(self, second: int) -> Reason | None:
        """Why a start is not bookable; None when it is. The first reason in the order below."""
        if (beyond := self._beyond_limits(second)) is not None:
            return beyond
        free = self._options_at(second)
        if can_serve(free, self.wish.chosen):
            return None
        if not can_serve(self._options_at(second, Layer.OPEN)):
            return Reason.CLOSED
        if can_serve(free):
            return Reason.RESOURCE_UNAVAILABLE
        return Reason.BLOCKED if can_serve(self._options_at(second, Layer.UNBOOKED)) else Reason.TAKEN

    def claims_at(self, second: int, load: Mapping[int, int]) -> tuple[Claim, ...] | Reason:
        """What a booking at this start takes (see `assign`), or why it is not bookable."""
        beyond = self._beyond_limits(second)
        claims = self.assign(second, load) if beyond is None else None
        if claims is not None:
            return tuple(claims)
        return beyond or self.why_not(second) or Reason.TAKEN

    def places_at(self, second: int, taken: Sequence[Claim] = ()) -> list[Place]:
        """Every place at a start with the candidates that are free for it, without those that `taken` keeps busy."""
        places = self._options_at(second)
        if not taken:
            return places
        return [(number, able - self.busy_for(number, second, taken)) for number, able in places]

    def assign(self, second: int, load: Mapping[int, int], taken: Sequence[Claim] = ()) -> list[Claim] | None:
        """Resources for a bookable start: the chosen ones, else the least loaded that day.

        `taken`: what other bookings of the same order take besides the calendars. Equals are told apart by the
        start, so that guests who book different times in the same moment do not all wait for the same one.
        """

        def rank(resource_id: int) -> tuple[int, int]:
            return load.get(resource_id, 0), (second // CELL + 1) * (resource_id * 2_654_435_761) % 65_521

        served = serve(self.places_at(second, taken), self.wish.chosen, rank)
        if served is None:
            return None
        return [self.claim_of(number, resource_id, second) for number, resource_id in served]

    def claim_of(self, number: int, resource_id: int, second: int) -> Claim:
        """What a resource gives for the part of this number at a start."""
        part = self.parts[number]
        return Claim(
            resource_id=resource_id,
            need_id=part.need.id,
            starts=second + part.taken_from * 60,
            ends=second + part.taken_until * 60,
        )

    def busy_for(self, number: int, second: int, taken: Sequence[Claim]) -> set[int]:
        """Resources that `taken` keeps busy in some cell of the part of this number at a start."""
        part = self.parts[number]
        first, last = (second + part.taken_from * 60) // CELL, -(-(second + part.taken_until * 60) // CELL)
        return {
            one.resource_id for one in taken if one.starts // CELL < last and first < -(-one.ends // CELL)
        }

    def open_starts(self) -> Timeline:
        """Starts of the grid at which enough candidates are open, taken or not: what could be sold at best."""
        return self._grid & self._joint(self._masks(Layer.OPEN))

    def next_open_start(self) -> int | None:
        """The open start that lead time will pass next: until then the clock changes neither starts nor reasons."""
        return self._within_limits(self.open_starts()).first()

    def _beyond_limits(self, second: int) -> Reason | None:
        if second % CELL or not self._grid.at(second):
            return Reason.OFF_GRID
        if second < self.limits.earliest:
            return Reason.LEAD_TIME
        return Reason.HORIZON if second >= self.limits.latest else None

    def _grid_mask(self) -> Timeline:
        if self.limits.keep_grid:
            return grid_mask(self.span, self.offering.grid, self.offering.fixed_starts)
        return Timeline.full(self.span.origin, self.span.length)

    def _within_limits(self, starts: Timeline) -> Timeline:
        allowed = Timeline.covering(
            self.span.origin,
            self.span.length,
            [(max(self.limits.earliest, self.span.starts), self.limits.latest)],
        )
        if self.limits.earliest % CELL and allowed.at(self.limits.earliest):
            first = self.limits.earliest // CELL * CELL
            allowed -= Timeline.covering(self.span.origin, self.span.length, [(first, first + CELL)])
        return starts & allowed

    def _masks(self, layer: Layer = Layer.UNTAKEN) -> list[Masks]:
        """For each part, by candidate: all starts for which it is open and, by the layer, not taken."""
        if layer not in self._made:
            self._made[layer] = [self._masks_of(part, layer) for part in self.parts]
        return self._made[layer]

    def _masks_of(self, part: Part, layer: Layer) -> Masks:
        masks = {}
        for resource_id in part.need.candidates:
            calendar = self.calendars[resource_id]
            mask = calendar.open.runs_between(*part.open_cells())
            if layer != Layer.OPEN:
                free = calendar.unbooked if layer == Layer.UNBOOKED else calendar.untaken
                mask &= free.runs_between(*part.taken_cells())
            masks[resource_id] = mask
        return masks

    def _joint(self, masks: list[Masks]) -> Timeline:
        """Starts at which every need by itself has enough candidates."""
        everything = Timeline.full(self.span.origin, self.span.length)
        nothing = Timeline.empty(self.span.origin, self.span.length)
        enough = []
        for part, of_part in zip(self.parts, masks, strict=True):
            if len(of_part) < part.need.quantity:
                return nothing
            if part.need.quantity == 1:
                enough.append(reduce(Timeline.__or__, of_part.values()))
            else:
                enough.append(Timeline.at_least(part.need.quantity, list(of_part.values())))
        return reduce(Timeline.__and__, enough, everything)

    def _options_at(self, second: int, layer: Layer = Layer.UNTAKEN) -> list[Place]:
        """Every place at a start with its candidates that are open and, by the layer, not taken."""
        made = self._made.get(layer)
        places = []
        for number, part in enumerate(self.parts):
            if made is None:
                able = frozenset(self._able(part, second // CELL, layer))
            else:
                able = frozenset(resource_id for resource_id, mask in made[number].items() if mask.at(second))
            places.extend([(number, able)] * part.need.quantity)
        return places

    def _able(self, part: Part, start: int, layer: Layer) -> Iterator[int]:
        """What the masks of the part say of the start with this cell."""
        opens, closes = part.open_cells(start)
        first, last = part.taken_cells(start)
        if first < self.span.origin or last > self.span.origin + self.span.length:
            return
        for resource_id in part.need.candidates:
            calendar = self.calendars[resource_id]
            if calendar.open.has_all(opens, closes) and (
                layer == Layer.OPEN or calendar.is_free(first, last, blocks_count=layer == Layer.UNTAKEN)
            ):
                yield resource_id

    def _side_by_side(self, second: int, most: int) -> int:
        """How many bookings can each have their places; `most` counts every need by itself."""
        one = self._options_at(second)
        return next((number for number in range(most, 0, -1) if can_serve(one * number)), 0)

    def _choosable(self, resource_id: int, mask: Timeline) -> Timeline:
        wanted = self.wish.chosen | {resource_id}
        kept = [second for second in mask.starts() if can_serve(self._options_at(second), wanted)]
        return Timeline.from_ranges(self.span.origin, self.span.length, ((one, one + CELL) for one in kept))


def _overlap(needs: list[Need]) -> bool:
    """Whether two needs share a candidate, so that counting each by itself is not enough."""
    seen: set[int] = set()
    for need in needs:
        if not seen.isdisjoint(need.candidates):
            return True
        seen.update(need.candidates)
    return False
