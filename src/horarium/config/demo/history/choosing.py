"""Draws bookings day by day from the demand, and places them by the engine's rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.rules.calendars import day_bounds, grid_of_day
from horarium.modules.availability.rules.solver import Claim, Part, Wish, parts_of
from horarium.modules.catalog.rules import Catalog, ExtraFacts, OfferingFacts
from horarium.modules.pricing.queries import PriceList
from horarium.modules.pricing.rules import Occasion, PricedExtra, price

from ..plan import BusinessPlan
from .demand import AHEAD_DAYS, BACK_DAYS, Demand
from .drafts import Draft, OrderDraft
from .fates import Fates
from .occupancy import Occupancy
from .people import Guest

TRIES: Final = 4
GIVE_UP: Final = 60
HOLDS: Final = 3
SECOND_BOOKING: Final = 0.05


@dataclass(slots=True)
class Chooser:
    """Draws bookings for one business."""

    plan: BusinessPlan
    catalog: Catalog
    prices: PriceList
    demand: Demand
    guests: Sequence[Guest]
    now: datetime
    random: Random
    occupancy: Occupancy = field(init=False)
    today: date = field(init=False)
    _known: list[Guest] = field(default_factory=list)
    _fresh: int = 0
    _weighed: dict[tuple[int, date], tuple[tuple[int, ...], list[float]]] = field(default_factory=dict)
    _share_of: dict[tuple[str, str], float] = field(init=False)

    def __post_init__(self) -> None:
        self.today = local_date_of(self.now, zone(self.plan.time_zone))
        self._share_of = _shares(self.plan)
        self.occupancy = Occupancy(
            self.catalog, self.today - timedelta(days=BACK_DAYS), self.today + timedelta(days=AHEAD_DAYS)
        )

    def orders(self, fates: Fates) -> Iterator[OrderDraft]:
        """All orders, by day of the visit, with what became of them; last those who are paying just now."""
        offerings = [self.catalog.get_offering(one.slug) for one in self.plan.offerings]
        weights = [one.weight for one in self.plan.offerings]
        day = self.today - timedelta(days=BACK_DAYS)
        while day <= self.today + timedelta(days=AHEAD_DAYS):
            wanted = self._open_minutes(day) * self.demand.busy(day, self.today)
            failures = 0
            while wanted > 0 and failures < GIVE_UP:
                draft = self.draw(self.random.choices(offerings, weights)[0], day)
                if draft is None:
                    failures += 1
                    continue
                order = self._order(draft, day)
                fates.decide(order)
                yield order
                if not fates.gives_back(order):
                    self.place(order)
                    wanted -= sum(one.duration * self._workers(one) for one in order.bookings)
            day += timedelta(days=1)
        yield from self._holds(offerings, fates)

    def _holds(self, offerings: Sequence[OfferingFacts], fates: Fates) -> Iterator[OrderDraft]:
        paid_ahead = [one for one in offerings if one.terms.prepayment != "none"]
        for number in range(HOLDS):
            day = self.today + timedelta(days=2 + number)
            drawn = (self.draw(self.random.choice(paid_ahead), day) for _ in range(GIVE_UP))
            draft = next((one for one in drawn if one is not None), None)
            if draft is not None:
                order = OrderDraft(self.guest(), [draft])
                fates.hold(order)
                self.place(order)
                yield order

    def draw(self, offering: OfferingFacts, day: date) -> Draft | None:
        """A booking of this offering on this date that fits, or None after a few tries."""
        starts, weights = self._starts(offering, day)
        if not starts:
            return None
        duration = self._duration(offering)
        extras = self._extras(offering)
        parts = parts_of(offering, Wish(duration, frozenset(one.id for one in extras)))
        for second in self.random.choices(starts, weights, k=TRIES):
            chosen = self._choose(parts)
            claims = self.occupancy.claims(parts, second, chosen, self._preference)
            if claims is not None:
                return self._draft(
                    offering, second, duration, extras=extras, claims=claims, is_chosen=bool(chosen)
                )
        return None

    def place(self, order: OrderDraft) -> None:
        """Take the time of an order that keeps it."""
        for booking in order.bookings:
            self.occupancy.take(booking.claims)

    def guest(self) -> Guest:
        """Somebody who has been here before, or somebody new while there are any."""
        if self._fresh < len(self.guests) and (len(self._known) < 30 or self.random.random() < 0.22):
            self._known.append(self.guests[self._fresh])
            self._fresh += 1
            return self._known[-1]
        few = self.random.choices(self._known, k=4)
        return max(few, key=lambda one: one.loyalty * self.random.random())

    def _order(self, draft: Draft, day: date) -> OrderDraft:
        order = OrderDraft(self.guest(), [draft])
        if self.random.random() < SECOND_BOOKING:
            second = self.draw(self.random.choice(list(self.catalog.offerings.values())), day)
            if second is not None and _are_apart(draft, second):
                order.bookings.append(second)
                order.bookings.sort(key=lambda one: one.starts)
        return order

    def _draft(
        self,
        offering: OfferingFacts,
        second: int,
        duration: int,
        *,
        extras: tuple[ExtraFacts, ...],
        claims: list[Claim],
        is_chosen: bool,
    ) -> Draft:
        party = self.random.randint(offering.party_min, min(offering.party_max, offering.party_min + 5))
        local = datetime.fromtimestamp(second, UTC).astimezone(zone(offering.location.time_zone))
        quote = price(
            self.prices.get(offering.id, ()),
            Occasion(local.date(), local.hour * 60 + local.minute, duration, party),
            self.catalog.business.currency,
            [PricedExtra(one.id, one.public_id, one.name) for one in extras],
        )
        return Draft(offering, second, duration, party, extras, claims, is_chosen, quote)

    def _open_minutes(self, day: date) -> int:
        first, end = day_bounds(day, self.plan.time_zone)
        # Nobody works a hall through the night: its open hours count as a long day.
        return sum(
            min(self.occupancy.open_minutes(one.id, first, end), 900)
            for one in self.catalog.resources.values()
            if one.kind == self.demand.kind
        )

    def _workers(self, draft: Draft) -> int:
        kinds = [self.catalog.resources[claim.resource_id].kind for claim in draft.claims]
        return max(1, kinds.count(self.demand.kind))

    def _starts(self, offering: OfferingFacts, day: date) -> tuple[tuple[int, ...], list[float]]:
        """Possible starts of a date with their weights, less those at which nobody comes."""
        key = (offering.id, day)
        if key not in self._weighed:
            self._weighed[key] = self._weigh(offering, day)
        return self._weighed[key]

    def _weigh(self, offering: OfferingFacts, day: date) -> tuple[tuple[int, ...], list[float]]:
        starts = grid_of_day(day, offering.location.time_zone, offering.grid, offering.fixed_starts)
        if offering.fixed_starts:
            return starts, [1.0] * len(starts)
        first, _ = day_bounds(day, offering.location.time_zone)
        weighed = []
        for second in starts:
            weight = self.demand.hours.get((second - first) // 3600, 0.0)
            if weight:
                weighed.append((second, weight if (second - first) % 1800 == 0 else 0.4 * weight))
        return tuple(second for second, _ in weighed), [weight for _, weight in weighed]

    def _duration(self, offering: OfferingFacts) -> int:
        weights = [self.demand.shares.get(one, 0.12) for one in offering.durations]
        return self.random.choices(offering.durations, weights)[0]

    def _extras(self, offering: OfferingFacts) -> tuple[ExtraFacts, ...]:
        return tuple(
            one
            for one in offering.extras
            if self.random.random() < self._share_of.get((offering.slug, one.name), 0.0)
        )

    def _choose(self, parts: list[Part]) -> frozenset[int]:
        able = [part for part in parts if part.need.is_choosable and part.need.candidates]
        if not able or self.random.random() > 0.42:
            return frozenset()
        return frozenset({self.random.choice(able[0].need.candidates)})

    def _preference(self, _: int) -> int:
        return self.random.randrange(1000)


def _shares(plan: BusinessPlan) -> dict[tuple[str, str], float]:
    return {
        (offering.slug, extra.words[plan.language][0]): extra.share
        for offering in plan.offerings
        for extra in offering.extras
    }


def _are_apart(one: Draft, other: Draft) -> bool:
    """One person can do both, and no resource has to be in two places."""
    meet = [
        (mine, yours)
        for mine in one.claims
        for yours in other.claims
        if mine.resource_id == yours.resource_id and mine.starts < yours.ends and yours.starts < mine.ends
    ]
    return not meet and (other.starts >= one.ends or other.ends <= one.starts)
