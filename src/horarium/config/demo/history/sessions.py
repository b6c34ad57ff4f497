"""Draws sessions by the rules of their schedules, and the tickets that guests have bought for them by now."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.actions_schedules import rule_of
from horarium.modules.availability.models import Schedule
from horarium.modules.availability.rules.calendars import grid_of_day
from horarium.modules.availability.rules.schedules import occurrences
from horarium.modules.availability.rules.session_drafts import decide_at
from horarium.modules.availability.rules.sessions import own_needs
from horarium.modules.availability.rules.solver import Claim, Wish, parts_of
from horarium.modules.catalog.rules import Catalog, OfferingFacts, TicketTypeFacts
from horarium.modules.pricing.queries import PriceList
from horarium.modules.pricing.rules import (
    Occasion,
    PricedExtra,
    PricedTicket,
    price_tickets,
    ticket_price,
)

from ..plan import BusinessPlan
from .demand import BACK_DAYS, Demand
from .drafts import Draft, SessionDraft, TicketDraft
from .occupancy import Occupancy

CALLED_OFF = 0.35
"""Of the sessions that too few have booked, how many are called off; the others found their guests."""
SOLD_OUT, SOLD_OUT_DAYS = 0.3, 21
"""How many of the sessions of the next days are sold out."""
SHARED_DAYS = 0.3
SHARED_AHEAD = 21


@dataclass(slots=True)
class SessionDrawer:
    plan: BusinessPlan
    catalog: Catalog
    prices: PriceList
    demand: Demand
    occupancy: Occupancy
    now: int
    today: date
    random: Random
    _weights: Mapping[tuple[str, str], float] = field(init=False)
    _shares: Mapping[tuple[str, str], float] = field(init=False)

    def __post_init__(self) -> None:
        language = self.plan.language
        self._weights = {
            (one.slug, ticket.words[language][0]): ticket.weight
            for one in self.plan.offerings
            for ticket in one.tickets
        }
        self._shares = {
            (one.slug, extra.words[language][0]): extra.share
            for one in self.plan.offerings
            for extra in one.extras
        }

    def scheduled(self) -> Iterator[SessionDraft]:
        """All sessions of all schedules from a year ago to the horizon, each on resources that are free for it."""
        shares = [one.full for offering in self.plan.offerings for one in offering.schedules]
        for schedule, full in zip(Schedule.objects.order_by("id"), shares, strict=True):
            offering = self.catalog.offering_of_key(schedule.offering_id)
            tz = zone(offering.location.time_zone)
            wished = {
                one.id for one in map(self.catalog.find_resource, schedule.resources) if one is not None
            }
            first, last = (
                self.today - timedelta(days=BACK_DAYS),
                self.today + timedelta(days=offering.horizon_days),
            )
            for one in occurrences(rule_of(schedule), first, last, tz):
                starts, ends = int(one.starts_at.timestamp()), int(one.ends_at.timestamp())
                claims = self._seat(offering, starts, ends, wished)
                if claims is None:
                    continue
                decided = decide_at(one.starts_at, schedule.min_places, schedule.decide_hours)
                session = SessionDraft(
                    offering,
                    starts,
                    ends,
                    schedule.capacity,
                    claims,
                    schedule_id=schedule.pk,
                    occurs_on=one.on,
                    min_places=schedule.min_places,
                    decide_at=None if decided is None else int(decided.timestamp()),
                    note=schedule.note,
                )
                session.wanted = self._wanted(session, full)
                self._decide(session)
                if session.cancelled_at is None:
                    self.occupancy.take(claims)
                yield session

    def shared(self) -> Iterator[SessionDraft]:
        """Sessions that a first guest has made at some free start, others having joined."""
        for offering in self.catalog.offerings.values():
            if offering.mode != "session" or not offering.is_shared:
                continue
            for number in range(-BACK_DAYS, SHARED_AHEAD):
                day = self.today + timedelta(days=number)
                busy = self.demand.months[day.month - 1] * SHARED_DAYS
                if self.random.random() < busy * (1 if number < 0 else math.exp(-number / 8)):
                    session = self._shared_on(offering, day)
                    if session is not None:
                        self.occupancy.take(session.claims)
                        yield session

    def tickets(self, session: SessionDraft) -> Draft | None:
        """A booking of a few tickets of what is left; None when nothing is."""
        offering = session.offering
        left = session.capacity - session.sold
        kinds = self._kinds(offering, left)
        if not kinds or not left:
            return None
        when = self._occasion(session, len(kinds))
        rules = self.prices.get(offering.id, ())
        currency = self.plan.currency
        counted = [(kind, kinds.count(kind)) for kind in offering.ticket_types if kind in kinds]
        extras = self._extras(offering, len(kinds))
        quote = price_tickets(
            rules,
            [PricedTicket(kind.id, kind.public_id, kind.name, count) for kind, count in counted],
            when,
            currency,
            extras,
        )
        return Draft(
            offering,
            session.starts,
            (session.ends - session.starts) // 60,
            len(kinds),
            extras,
            [],
            is_chosen=False,
            quote=quote,
            session=session,
            tickets=tuple(
                TicketDraft(kind, ticket_price(rules, kind.id, when, currency))
                for kind, count in counted
                for _ in range(count)
            ),
            guests={"tickets": {kind.public_id: count for kind, count in counted}},
        )

    def _seat(self, offering: OfferingFacts, starts: int, ends: int, wished: set[int]) -> list[Claim] | None:
        wish = Wish((ends - starts) // 60, party=offering.capacity)
        parts = parts_of(own_needs(offering), wish)
        return self.occupancy.claims(
            parts, starts, frozenset(), lambda one: -1 if one in wished else self.random.randrange(1000)
        )

    def _shared_on(self, offering: OfferingFacts, day: date) -> SessionDraft | None:
        starts = grid_of_day(day, offering.location.time_zone, offering.grid, offering.fixed_starts)
        length = offering.durations[0] * 60
        for second in self.random.sample(starts, k=min(10, len(starts))):
            claims = self._seat(offering, second, second + length, set())
            if claims is not None:
                wanted = self.random.randint(1, offering.capacity)
                return SessionDraft(
                    offering, second, second + length, offering.capacity, claims, wanted, is_shared=True
                )
        return None

    def _wanted(self, session: SessionDraft, full: float) -> int:
        """Places sold by now: of those of its season, so many as are booked this long before."""
        tz = zone(session.offering.location.time_zone)
        day = local_date_of(datetime.fromtimestamp(session.starts, UTC), tz)
        ahead = (day - self.today).days
        growth = min(1.0, 1 + 0.35 * ahead / BACK_DAYS) if ahead < 0 else 1.0
        wave = self.demand.months[day.month - 1] * self.demand.weekdays[day.weekday()] * growth
        booked = 1.0 if ahead <= 0 else math.exp(-ahead / (1.6 * self.demand.lead_days))
        if 0 < ahead < SOLD_OUT_DAYS and self.random.random() < SOLD_OUT:
            return session.capacity
        share = full * wave * booked * self.random.triangular(0.45, 1.5, 1.0)
        return min(session.capacity, round(session.capacity * share))

    def _decide(self, session: SessionDraft) -> None:
        if session.decide_at is None or session.decide_at > self.now:
            return
        if session.wanted < session.min_places:
            if session.wanted and self.random.random() < CALLED_OFF:
                session.cancelled_at = session.decide_at
                return
            session.wanted = session.min_places
        session.decided_at = session.decide_at

    def _kinds(self, offering: OfferingFacts, left: int) -> list[TicketTypeFacts]:
        """Tickets of one group: somebody grown-up first, places as there are."""
        types = offering.ticket_types
        size = min(self.random.choices((1, 2, 3, 4, 5, 6), (3, 8, 2, 3, 1, 0.6))[0], offering.party_max)
        first = types[0]
        chosen = [first]
        while len(chosen) < size:
            kind = self.random.choices(types, [self._weights[offering.slug, one.name] for one in types])[0]
            if chosen.count(kind) < kind.max_per_order:
                chosen.append(kind)
        while chosen and sum(one.places for one in chosen) > left:
            chosen.pop()
        return chosen

    def _extras(self, offering: OfferingFacts, people: int) -> tuple[PricedExtra, ...]:
        return tuple(
            PricedExtra(
                one.id, one.public_id, one.name, self.random.randint(1, min(one.max_quantity, people))
            )
            for one in offering.extras
            if self.random.random() < self._shares[offering.slug, one.name]
        )

    def _occasion(self, session: SessionDraft, party: int) -> Occasion:
        tz = zone(session.offering.location.time_zone)
        local = datetime.fromtimestamp(session.starts, UTC).astimezone(tz)
        duration = (session.ends - session.starts) // 60
        return Occasion(local.date(), local.hour * 60 + local.minute, duration, party)
