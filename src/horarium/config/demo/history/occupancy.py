"""Who is open and who is taken, in cells of five minutes over the whole history: the engine's rules, made quick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from horarium.kit.timeline import CELL
from horarium.modules.availability.rules.calendars import open_ranges, span_of
from horarium.modules.availability.rules.matching import serve
from horarium.modules.availability.rules.solver import Claim, Part
from horarium.modules.catalog.rules import Catalog

MARGIN_MINUTES = 3 * 1440


class Occupancy:
    """One byte a cell and resource: open or not, taken or not."""

    def __init__(self, catalog: Catalog, first_on: date, last_on: date) -> None:
        self._open: dict[int, bytearray] = {}
        self._taken: dict[int, bytearray] = {}
        for resource in catalog.resources.values():
            location = catalog.locations[resource.location_id]
            span = span_of(location.time_zone, first_on, last_on, margin_minutes=MARGIN_MINUTES)
            cells = bytearray(span.length)
            for starts, ends in open_ranges(resource.rules, location.rules, resource.follows_location, span):
                first, last = -(-starts // CELL) - span.origin, ends // CELL - span.origin
                first, last = max(first, 0), min(last, span.length)
                if first < last:
                    cells[first:last] = b"\1" * (last - first)
            self._open[resource.id] = cells
            self._taken[resource.id] = bytearray(span.length)
            self._origin = span.origin

    def open_minutes(self, resource_id: int, starts: int, ends: int) -> int:
        first, last = self._cells(starts, ends)
        return self._open[resource_id].count(1, first, last) * CELL // 60

    def is_free(self, resource_id: int, part: Part, starts: int) -> bool:
        """Open for the part itself, untaken for the part with its buffers."""
        first, last = self._cells(starts + part.starts * 60, starts + part.ends * 60)
        if self._open[resource_id].find(0, first, last) >= 0:
            return False
        return self.is_untaken(resource_id, starts + part.taken_from * 60, starts + part.taken_until * 60)

    def is_untaken(self, resource_id: int, starts: int, ends: int) -> bool:
        first, last = self._cells(starts, ends)
        return self._taken[resource_id].find(1, first, last) < 0

    def claims(
        self, parts: list[Part], starts: int, chosen: frozenset[int], load: Callable[[int], int]
    ) -> list[Claim] | None:
        """Resources for a booking at this second, or None when it does not fit."""
        places: list[tuple[int, frozenset[int]]] = []
        for number, part in enumerate(parts):
            able = frozenset(one for one in part.need.candidates if self.is_free(one, part, starts))
            if len(able) < part.need.quantity:
                return None
            places.extend([(number, able)] * part.need.quantity)
        served = serve(places, chosen, lambda resource_id: (load(resource_id), 0))
        if served is None:
            return None
        return [
            Claim(
                resource_id=resource_id,
                need_id=parts[number].need.id,
                starts=starts + parts[number].taken_from * 60,
                ends=starts + parts[number].taken_until * 60,
            )
            for number, resource_id in served
        ]

    def take(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            first, last = self._cells(claim.starts, claim.ends)
            self._taken[claim.resource_id][first:last] = b"\1" * (last - first)

    def release(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            first, last = self._cells(claim.starts, claim.ends)
            self._taken[claim.resource_id][first:last] = bytes(last - first)

    def _cells(self, starts: int, ends: int) -> tuple[int, int]:
        return starts // CELL - self._origin, -(-ends // CELL) - self._origin
