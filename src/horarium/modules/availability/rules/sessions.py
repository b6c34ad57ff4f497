"""Which resources a session takes: the wished ones where they are free, else others that serve as well."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from horarium.kit.timeline import CELL
from horarium.modules.catalog.rules import OfferingFacts

from .calendars import Calendar, Span
from .reasons import Reason
from .solver import Claim, Limits, Solver, Wish

EVER = Limits(-(2**40), 2**40, keep_grid=False)
_WISHED = -(2**40)


@dataclass(frozen=True, slots=True)
class Gathering:
    """A session to be seated: its first second, minutes, places, and the resources that are taken most gladly."""

    second: int
    duration: int
    capacity: int
    wished: frozenset[int] = frozenset()


def own_needs(offering: OfferingFacts) -> OfferingFacts:
    """The offering with what its sessions take, without what extras of their guests add."""
    return replace(offering, needs=tuple(need for need in offering.needs if need.extra_id is None))


def needs_of_extras(offering: OfferingFacts, extra_ids: Collection[int]) -> OfferingFacts:
    """The offering with nothing but what these extras add: a guest of a session takes no more than that."""
    return replace(offering, needs=tuple(need for need in offering.needs if need.extra_id in extra_ids))


def resources_of(offering: OfferingFacts) -> frozenset[int]:
    """Everything that a session of the offering could take."""
    return own_needs(offering).resource_ids()


def seat(
    offering: OfferingFacts,
    gathering: Gathering,
    calendars: Mapping[int, Calendar],
    span: Span,
    load: Mapping[int, int] | None = None,
) -> tuple[Claim, ...] | Reason:
    """The time of resources that the session takes, or why it cannot be.

    What is needed per person is taken for all places. `load`: how much of the day is taken of each resource; of equals
    the least loaded is taken.
    """
    if gathering.second % CELL:
        return Reason.OFF_GRID
    wish = Wish(gathering.duration, party=gathering.capacity)
    solver = Solver(own_needs(offering), wish, calendars, span, EVER)
    reason = solver.why_not(gathering.second)
    if reason is not None:
        return reason
    preferences = dict(load or {}) | dict.fromkeys(gathering.wished, _WISHED)
    claims = solver.assign(gathering.second, preferences)
    return Reason.TAKEN if claims is None else tuple(claims)
