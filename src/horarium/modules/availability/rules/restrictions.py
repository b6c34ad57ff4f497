"""What stays may not do: shortest and longest stay, dates without arrival, departure or sale.

Of several restrictions the strictest counts: the largest minimum, the smallest maximum, any "closed". Restrictions of
a rate plan are added to those of all plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from horarium.modules.catalog.rules import RestrictionFacts

from .reasons import Reason

ENDLESS = 10_000
LONGEST = 366
"""Nights of the longest stay there can be."""


@dataclass(frozen=True, slots=True)
class DateRules:
    """What holds on one local date, the strictest of all."""

    min_nights: int = 1
    max_nights: int = ENDLESS
    min_nights_on_arrival: int = 1
    closed_to_arrival: bool = False
    closed_to_departure: bool = False
    is_closed: bool = False

    def with_one_more(self, one: RestrictionFacts) -> DateRules:
        return replace(
            self,
            min_nights=max(self.min_nights, one.min_nights or 1),
            max_nights=self.max_nights if one.max_nights is None else min(self.max_nights, one.max_nights),
            min_nights_on_arrival=max(self.min_nights_on_arrival, one.min_nights_on_arrival or 1),
            closed_to_arrival=self.closed_to_arrival or one.closed_to_arrival,
            closed_to_departure=self.closed_to_departure or one.closed_to_departure,
            is_closed=self.is_closed or one.is_closed,
        )


_FREE = DateRules()


class Restrictions:
    """Restrictions of an offering as one rate plan (None: none) meets them. Each date is worked out once."""

    def __init__(self, restrictions: Iterable[RestrictionFacts], rate_plan_id: int | None) -> None:
        self._binding = [one for one in restrictions if one.rate_plan_id in (None, rate_plan_id)]
        self._known: dict[date, DateRules] = {}

    def on(self, day: date) -> DateRules:
        known = self._known.get(day)
        if known is None:
            known = _FREE
            for one in self._binding:
                if one.touches(day):
                    known = known.with_one_more(one)
            self._known[day] = known
        return known

    def why_not(self, arrival: date, departure: date) -> Reason | None:
        """Why a stay may not be; None when it may. A closed night comes first, then arrival, departure, length."""
        nights = (departure - arrival).days
        slept = [self.on(arrival + timedelta(days=number)) for number in range(nights)]
        if any(one.is_closed for one in slept):
            return Reason.CLOSED
        if slept[0].closed_to_arrival:
            return Reason.CLOSED_TO_ARRIVAL
        if self.on(departure).closed_to_departure:
            return Reason.CLOSED_TO_DEPARTURE
        if nights < max(slept[0].min_nights_on_arrival, *(one.min_nights for one in slept)):
            return Reason.MIN_STAY
        if nights > min(one.max_nights for one in slept):
            return Reason.MAX_STAY
        return None

    def shortest_from(self, arrival: date) -> int:
        """The fewest nights that the minimums allow a stay from here, up to `LONGEST`: later nights have some, too."""
        nights, needed = 0, self.on(arrival).min_nights_on_arrival
        while nights < needed and nights < LONGEST:
            needed = max(needed, self.on(arrival + timedelta(days=nights)).min_nights)
            nights += 1
        return nights


def why_not(
    restrictions: Sequence[RestrictionFacts], rate_plan_id: int | None, arrival: date, departure: date
) -> Reason | None:
    """Why a stay of at least one night may not be under this rate plan; None when it may."""
    return Restrictions(restrictions, rate_plan_id).why_not(arrival, departure)
