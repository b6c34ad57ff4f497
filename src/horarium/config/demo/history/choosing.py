"""Draws slots day by day from the demand, and places them by the engine's rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.rules.calendars import day_bounds, grid_of_day
from horarium.modules.availability.rules.solver import Part, Wish, parts_of
from horarium.modules.catalog.rules import Catalog, OfferingFacts
from horarium.modules.pricing.queries import PriceList
from horarium.modules.pricing.rules import Occasion, PricedExtra, PriceQuote, price

from ..plan import BusinessPlan
from .demand import AHEAD_DAYS, BACK_DAYS, Demand
from .drafts import Draft, OrderDraft
from .occupancy import Occupancy
from .people import Guest

TRIES: Final = 4
GIVE_UP: Final = 60
LONG_DAY: Final = 900
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
    _weight_of: dict[str, float] = field(init=False)
    _wanted: float = 0.0

    def __post_init__(self) -> None:
        self.today = local_date_of(self.now, zone(self.plan.time_zone))
        self._share_of = _shares(self.plan)
        self._weight_of = {one.slug: one.weight for one in self.plan.offerings}
        sessions = [one.horizon_days for one in self.catalog.offerings.values() if one.mode == "session"]
        nights = self.demand.nights.ahead_days + max(self.demand.nights.lengths) if self.demand.nights else 0
        ahead = max(AHEAD_DAYS, nights, *sessions, 0)
        self.occupancy = Occupancy(
            self.catalog, self.today - timedelta(days=BACK_DAYS), self.today + timedelta(days=ahead)
        )

    def slots(self) -> Iterator[tuple[date, Draft]]:
        """Bookings by day until enough of it is taken. The caller takes the time of those that keep it."""
        offerings = [one for one in self.catalog.offerings.values() if one.mode == "slot"]
        weights = [self._weight_of[one.slug] for one in offerings]
        day = self.today - timedelta(days=BACK_DAYS)
        while offerings and day <= self.today + timedelta(days=AHEAD_DAYS):
            self._wanted = self._open_minutes(day) * self.demand.busy(day, self.today)
            failures = 0
            while self._wanted > 0 and failures < GIVE_UP:
                draft = self.draw(self.random.choices(offerings, weights)[0], day)
                if draft is None:
                    failures += 1
                    continue
                yield day, draft
            day += timedelta(days=1)

    def draw(self, offering: OfferingFacts, day: date) -> Draft | None:
        """A booking of this offering on this date that fits, or None after a few tries."""
        starts, weights = self._starts(offering, day)
        if not starts:
            return None
        duration, party = self._duration(offering), self._party(offering)
        extras = self._extras(offering, party)
        parts = parts_of(offering, Wish(duration, frozenset(one.id for one in extras), party=party))
        for second in self.random.choices(starts, weights, k=TRIES):
            chosen = self._choose(parts)
            claims = self.occupancy.claims(parts, second, chosen, self._preference)
            if claims is not None:
                quote = self._quote(offering, second, Wish(duration, party=party), extras)
                return Draft(offering, second, duration, party, extras, claims, bool(chosen), quote)
        return None

    def place(self, order: OrderDraft) -> None:
        """Take the time and the places of an order that keeps them."""
        for booking in order.bookings:
            self.occupancy.take(booking.claims)
            if booking.session is not None:
                booking.session.sold += booking.places
            elif booking.rate_plan is None:
                self._wanted -= min(booking.duration, LONG_DAY) * self._workers(booking)

    def guest(self) -> Guest:
        """Somebody who has been here before, or somebody new while there are any."""
        if self._fresh < len(self.guests) and (len(self._known) < 30 or self.random.random() < 0.22):
            self._known.append(self.guests[self._fresh])
            self._fresh += 1
            return self._known[-1]
        few = self.random.choices(self._known, k=4)
        return max(few, key=lambda one: one.loyalty * self.random.random())

    def order(self, draft: Draft, day: date, *, second: float = SECOND_BOOKING) -> OrderDraft:
        """By somebody, now and then with a slot of the same day beside it."""
        order = OrderDraft(self.guest(), [draft])
        slots = [one for one in self.catalog.offerings.values() if one.mode == "slot"]
        if slots and self.random.random() < second:
            other = self.draw(self.random.choice(slots), day)
            if other is not None and (draft.rate_plan is not None or _are_apart(draft, other)):
                order.bookings.append(other)
                order.bookings.sort(key=lambda one: one.starts)
        return order

    def _quote(
        self, offering: OfferingFacts, second: int, wish: Wish, extras: Sequence[PricedExtra]
    ) -> PriceQuote:
        local = datetime.fromtimestamp(second, UTC).astimezone(zone(offering.location.time_zone))
        when = Occasion(local.date(), local.hour * 60 + local.minute, wish.duration, wish.party)
        return price(self.prices.get(offering.id, ()), when, self.catalog.business.currency, extras)

    def _party(self, offering: OfferingFacts) -> int:
        """Most come alone or in twos; large halls are taken by many."""
        room = offering.party_max - offering.party_min
        return offering.party_min + min(room, int(self.random.expovariate(1 / max(1.0, room / 5))))

    def _open_minutes(self, day: date) -> int:
        first, end = day_bounds(day, self.plan.time_zone)
        # Nobody works a hall through the night: its open hours count as a long day.
        return sum(
            min(self.occupancy.open_minutes(one.id, first, end), LONG_DAY)
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

    def _extras(self, offering: OfferingFacts, party: int) -> tuple[PricedExtra, ...]:
        return tuple(
            PricedExtra(one.id, one.public_id, one.name, self.random.randint(1, min(one.max_quantity, party)))
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
