"""Draws stays: nights, guests and rate plan that the restrictions allow, in a room that is free for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from horarium.modules.availability.rules.restrictions import Restrictions
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.availability.rules.stays import StayTimes, room_need, times_of
from horarium.modules.catalog.rules import Catalog, ExtraFacts, OfferingFacts, RatePlanFacts
from horarium.modules.pricing.queries import PriceList
from horarium.modules.pricing.rules import Company, PricedExtra, price_stay

from ..plan import BusinessPlan
from .demand import BACK_DAYS, NightDemand
from .drafts import Draft
from .occupancy import Occupancy

TRIES = 6
CHOSEN_ROOMS = 0.4


@dataclass(slots=True)
class StayDrawer:
    plan: BusinessPlan
    catalog: Catalog
    prices: PriceList
    demand: NightDemand
    occupancy: Occupancy
    today: date
    random: Random
    _restrictions: dict[tuple[int, int], Restrictions] = field(default_factory=dict)
    _shares: Mapping[tuple[str, str], float] = field(init=False)
    _weights: Mapping[tuple[str, str], float] = field(init=False)

    def __post_init__(self) -> None:
        language = self.plan.language
        self._shares = {
            (one.slug, extra.words[language][0]): extra.share
            for one in self.plan.offerings
            for extra in one.extras
        }
        self._weights = {
            (one.slug, rate.words[language][0]): rate.weight
            for one in self.plan.offerings
            for rate in one.rate_plans
        }

    def arrivals(self) -> Iterator[tuple[date, Draft]]:
        """Stays by day of arrival. The caller takes the time of those that keep it before it asks for more."""
        stays = [one for one in self.catalog.offerings.values() if one.mode == "stay"]
        day = self.today - timedelta(days=BACK_DAYS)
        while day <= self.today + timedelta(days=self.demand.ahead_days):
            for offering in stays:
                failures = 0
                while self._is_wanted(offering, day) and failures < TRIES:
                    draft = self.draw(offering, day)
                    if draft is None:
                        failures += 1
                    else:
                        yield day, draft
            day += timedelta(days=1)

    def draw(self, offering: OfferingFacts, day: date) -> Draft | None:
        """A stay that arrives on this date, or None when what was drawn cannot be."""
        plan = self._rate_plan(offering)
        nights = self.random.choices(list(self.demand.lengths), list(self.demand.lengths.values()))[0]
        if self._binding(offering, plan).why_not(day, day + timedelta(days=nights)) is not None:
            return None
        adults, ages = self._guests(offering)
        company = Company(nights, adults, ages, offering.included_guests, plan.id if plan else None)
        extras = self._extras(offering, plan)
        priced = tuple(PricedExtra(one.id, one.public_id, one.name) for one in extras)
        quote = price_stay(self.prices.get(offering.id, ()), day, company, self.plan.currency, priced)
        times = times_of(offering, [(one, 1) for one in extras])
        room = self._room(offering, times, day, nights)
        if quote is None or room is None:
            return None
        need = room_need(offering)
        starts, ends = times.starts(day), times.ends(day + timedelta(days=nights))
        return Draft(
            offering,
            starts,
            (ends - starts) // 60,
            adults + len(ages),
            priced,
            [room],
            is_chosen=bool(need and need.is_choosable) and self.random.random() < CHOSEN_ROOMS,
            quote=quote,
            rate_plan=plan,
            guests={"adults": adults, "child_ages": list(ages)},
        )

    def _is_wanted(self, offering: OfferingFacts, day: date) -> bool:
        """Whether more rooms of this type should be slept in than are."""
        need = room_need(offering)
        if need is None:
            return False
        noon = times_of(offering).starts(day) + 6 * 3600
        taken = sum(not self.occupancy.is_untaken(one, noon, noon + 300) for one in need.candidates)
        return taken < self.random.gauss(self.demand.busy(day, self.today), 0.09) * len(need.candidates)

    def _room(self, offering: OfferingFacts, times: StayTimes, day: date, nights: int) -> Claim | None:
        need = room_need(offering)
        if need is None:
            return None
        first, last = times.takes(day), times.gives(day + timedelta(days=nights))
        free = [one for one in need.candidates if self.occupancy.is_untaken(one, first, last)]
        return Claim(self.random.choice(free), need.id, first, last) if free else None

    def _binding(self, offering: OfferingFacts, plan: RatePlanFacts | None) -> Restrictions:
        key = (offering.id, plan.id if plan else 0)
        if key not in self._restrictions:
            self._restrictions[key] = Restrictions(offering.restrictions, plan.id if plan else None)
        return self._restrictions[key]

    def _rate_plan(self, offering: OfferingFacts) -> RatePlanFacts | None:
        if not offering.rate_plans:
            return None
        weights = [self._weights[offering.slug, one.name] for one in offering.rate_plans]
        return self.random.choices(offering.rate_plans, weights)[0]

    def _guests(self, offering: OfferingFacts) -> tuple[int, tuple[int, ...]]:
        adults = 1 if self.random.random() < 0.16 else 2
        if offering.party_max > 3 and self.random.random() < 0.3:
            adults = self.random.randint(2, min(4, offering.party_max))
        children = 0
        if offering.party_max > adults and self.random.random() < (0.6 if offering.party_max > 3 else 0.2):
            children = self.random.randint(1, min(2, offering.party_max - adults))
        return adults, tuple(self.random.randint(1, 14) for _ in range(children))

    def _extras(self, offering: OfferingFacts, plan: RatePlanFacts | None) -> Sequence[ExtraFacts]:
        """Nobody pays for breakfast twice: the first rate plan alone comes without one."""
        first = offering.rate_plans[0] if offering.rate_plans else None
        return [
            one
            for one in offering.extras
            if (plan == first or one.extends_before or one.extends_after)
            and self.random.random() < self._shares.get((offering.slug, one.name), 0.0)
        ]
