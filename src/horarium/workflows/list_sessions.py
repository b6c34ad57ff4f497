"""Sessions of an offering by date: how many places are left, for how much, and why not; shared slots likewise.

An answer depends on the catalogue, on the sessions' places, for shared slots on the calendars of their resources, and
on the clock. It is kept like a listing of slots: as long as a fresh one would say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from horarium.kit.money import Money
from horarium.kit.zones import local_date_of
from horarium.modules.availability.queries import Snapshot, Stamp, read_calendars, read_stamp
from horarium.modules.availability.queries_sessions import (
    SessionFacts,
    read_session_revisions,
    read_sessions,
)
from horarium.modules.availability.rules.calendars import Span, day_bounds, span_of
from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.modules.availability.rules.sessions import resources_of
from horarium.modules.availability.rules.solver import Solver
from horarium.modules.catalog.queries import get_catalog
from horarium.modules.catalog.rules import BusinessFacts, Catalog, OfferingFacts, TicketTypeFacts
from horarium.modules.pricing.rules import occasions_alike, ticket_price

from .list_availability import check_range
from .remembered import Remembered
from .sessions_asked import SessionAsked, SessionWish, ask_sessions, find_at_start, fullest_last, standing

T = TypeVar("T")
LIMITED_SHARE = 4
"""A day is `limited` when less than one in so many of its places is still free."""
ALTERNATIVES = 3
FULL = frozenset({Reason.CAPACITY, Reason.TAKEN, Reason.BLOCKED, Reason.RESOURCE_UNAVAILABLE})
"""Reasons of what could be sold and is not there any more."""


@dataclass(frozen=True, slots=True)
class TicketOffer:
    """What one ticket of a type costs, and how many of it may be taken at most."""

    ticket_type: TicketTypeFacts
    price: Money
    most: int


@dataclass(frozen=True, slots=True)
class SessionSlot:
    """A session, or a start at which its first guest makes one (`session` is None). In the location's zone.

    `price`: of the cheapest ticket that takes a place. `places`: how many are left. `reason`: why it is not on sale.
    `resources`: public ids of those it takes. `needs_more`: places still to be sold for it to run.
    """

    session: str | None
    start: datetime
    end: datetime
    places: int
    capacity: int
    reason: Reason | None
    price: Money
    tickets: tuple[TicketOffer, ...]
    resources: tuple[str, ...] = ()
    note: str = ""
    needs_more: int = 0


@dataclass(frozen=True, slots=True)
class SessionDay:
    date: date
    status: DayStatus
    reason: Reason | None
    sessions: tuple[SessionSlot, ...]


@dataclass(frozen=True, slots=True)
class SessionListing:
    business: BusinessFacts
    offering: OfferingFacts
    time_zone: str
    days: tuple[SessionDay, ...]


def list_sessions(
    slug: str, offering_key: str, *, first_on: date, last_on: date, wish: SessionWish, now: datetime
) -> SessionListing:
    """Sessions of each local date of `[first_on, last_on]`. At most six queries; two when nothing changed.

    Raises NotFound, or InvalidInput with the field.
    """
    return list_sessions_as(
        slug, offering_key, first_on=first_on, last_on=last_on, wish=wish, now=now, render=_as_it_is
    )


def list_sessions_as(
    slug: str,
    offering_key: str,
    *,
    first_on: date,
    last_on: date,
    wish: SessionWish,
    now: datetime,
    render: Callable[[SessionListing], T],
) -> T:
    """`list_sessions`, rendered; the rendering is kept as long as it stays true."""
    check_range(first_on, last_on)
    stamp = read_stamp(slug)
    asked = ask_sessions(get_catalog(stamp.business_id, stamp.catalog_revision), offering_key, wish)
    return _remembered(asked, stamp, (first_on, last_on), now, render)


def nearest_sessions(asked: SessionAsked, start: datetime, now: datetime) -> tuple[SessionSlot, ...]:
    """The sessions on sale that are nearest to a start: of three weeks around it, else of the next three months."""
    stamp = read_stamp(asked.catalog.business.slug)
    today, day = local_date_of(now, asked.tz), local_date_of(start, asked.tz)
    for before, after in ((10, 10), (0, 92)):
        first = max(today, day - timedelta(days=before))
        dates = (first, max(first, day + timedelta(days=after)))
        if (dates[1] - dates[0]).days > 92:
            continue
        listing = _remembered(asked, stamp, dates, now, _as_it_is)
        free = [one for each in listing.days for one in each.sessions if one.reason is None]
        if free:
            nearest = sorted(free, key=lambda one: abs(one.start - start))[:ALTERNATIVES]
            return tuple(sorted(nearest, key=lambda one: one.start))
    return ()


def compute_sessions(
    asked: SessionAsked,
    first_on: date,
    last_on: date,
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> tuple[SessionListing, float]:
    """The listing and the second until which it stays true while no revision changes. One query, for shared slots two.

    `besides`: owners whose own places count as free, for a booking that is being changed.
    """
    offering, zone_name = asked.offering, asked.offering.location.time_zone
    own = tuple(besides)
    bounds = _bounds(offering, first_on, last_on)
    span = span_of(zone_name, first_on, last_on, margin_minutes=asked.margin_minutes)
    # Calendars before sessions: what somebody opens meanwhile is seen as a session to join.
    snapshot = _snapshot(asked, span, now, own)
    rows = read_sessions(asked.catalog.business.id, [offering.id], *bounds, now, besides=own)
    solver = asked.solver(snapshot.calendars, span, now) if offering.is_shared else None
    made = _Slots(asked, now, solver).all(rows)
    days = []
    for day in span.days():
        first, end = (datetime.fromtimestamp(one, UTC) for one in day_bounds(day, zone_name))
        days.append(_day(day, tuple(one for one in made if first <= one.start < end), solver))
    listing = SessionListing(asked.catalog.business, offering, zone_name, tuple(days))
    return listing, _valid_until(asked, rows, snapshot, solver, now)


class _Slots:
    """The entries of one listing; tickets that must cost the same are priced once."""

    def __init__(self, asked: SessionAsked, now: datetime, solver: Solver | None) -> None:
        self.asked = asked
        self.now = now
        self.solver = solver
        self._prices = TicketPrices(asked)

    def all(self, rows: Iterable[SessionFacts]) -> list[SessionSlot]:
        """By start. Of a shared slot one for each start: the session to join, else a new one, else what is full."""
        if self.solver is None:
            return [self._of(one) for one in rows if not one.is_shared]
        there: dict[int, list[SessionFacts]] = {}
        for one in standing(rows):
            there.setdefault(int(one.starts_at.timestamp()), []).append(one)
        seconds = sorted(there.keys() | set(self._free_starts()))
        return [self._at(second, there.get(second, []), self.solver) for second in seconds]

    def _free_starts(self) -> list[int]:
        if self.solver is None or self.asked.places > self.asked.offering.capacity:
            return []
        first, last = self.solver.span.first_on, self.solver.span.last_on
        starts, end = (int(one.timestamp()) for one in _bounds(self.asked.offering, first, last))
        return [second for second in self.solver.starts().starts() if starts <= second < end]

    def _at(self, second: int, there: list[SessionFacts], solver: Solver) -> SessionSlot:
        found = find_at_start(self.asked, solver, second, there, self.now)
        if isinstance(found, SessionFacts):
            return self._of(found)
        return self._new(second) if found is None else self._of(fullest_last(there)[0])

    def _new(self, second: int) -> SessionSlot:
        start = datetime.fromtimestamp(second, self.asked.tz)
        end = datetime.fromtimestamp(second + self.asked.duration * 60, self.asked.tz)
        capacity = self.asked.offering.capacity
        offers = self._prices.offers(start, self.asked.duration, capacity)
        return SessionSlot(None, start, end, capacity, capacity, None, self._prices.least(offers), offers)

    def _of(self, one: SessionFacts) -> SessionSlot:
        tz, resources = self.asked.tz, self.asked.catalog.resources
        start = one.starts_at.astimezone(tz)
        offers = self._prices.offers(start, one.minutes, one.free)
        missing = one.min_places - one.sold if one.decided_at is None else 0
        return SessionSlot(
            session=one.public_id,
            start=start,
            end=one.ends_at.astimezone(tz),
            places=max(0, one.free),
            capacity=one.total,
            reason=self.asked.why_not(one, self.now),
            price=self._prices.least(offers),
            tickets=offers,
            resources=tuple(resources[key].public_id for key in one.resources if key in resources),
            note=one.note,
            needs_more=max(0, missing),
        )


class TicketPrices:
    """What tickets of one offering cost at any start."""

    def __init__(self, asked: SessionAsked) -> None:
        self.asked = asked
        self._key = occasions_alike(asked.rules)
        self._known: dict[Hashable, tuple[Money, ...]] = {}

    def at(self, start: datetime, minutes: int) -> tuple[Money, ...]:
        """One ticket of each type, in the order of the types."""
        occasion = self.asked.occasion(start, minutes)
        key = (self._key(occasion.day, occasion.minute), minutes)
        if key not in self._known:
            rules, currency = self.asked.rules, self.asked.catalog.business.currency
            self._known[key] = tuple(
                ticket_price(rules, one.id, occasion, currency) for one in self.asked.offering.ticket_types
            )
        return self._known[key]

    def offers(self, start: datetime, minutes: int, free: int) -> tuple[TicketOffer, ...]:
        types = self.asked.offering.ticket_types
        return tuple(
            TicketOffer(one, price, _most(one, free))
            for one, price in zip(types, self.at(start, minutes), strict=True)
        )

    def least(self, offers: Iterable[TicketOffer]) -> Money:
        prices = [one.price for one in offers if one.ticket_type.places]
        return min(prices, default=Money.zero(self.asked.catalog.business.currency))


def _most(one: TicketTypeFacts, free: int) -> int:
    return min(one.max_per_order, max(0, free) // one.places) if one.places else one.max_per_order


def _day(day: date, sessions: tuple[SessionSlot, ...], solver: Solver | None) -> SessionDay:
    free = [one for one in sessions if one.reason is None]
    if free:
        left, capacity = sum(one.places for one in free), sum(one.capacity for one in sessions)
        status = DayStatus.LIMITED if left * LIMITED_SHARE < capacity else DayStatus.AVAILABLE
        return SessionDay(day, status, None, sessions)
    full = next((one.reason for one in sessions if one.reason in FULL), None)
    if full is not None:
        return SessionDay(day, DayStatus.SOLD_OUT, full, sessions)
    other = next((one.reason for one in sessions if one.reason is not Reason.CANCELLED), None)
    if other is not None or sessions:
        return SessionDay(day, DayStatus.CLOSED, other or Reason.CANCELLED, sessions)
    reason = Reason.CLOSED if solver is None else _why_no_start(day, solver)
    status = DayStatus.SOLD_OUT if reason in FULL else DayStatus.CLOSED
    return SessionDay(day, status, reason, sessions)


def _why_no_start(day: date, solver: Solver) -> Reason:
    """Why a date has no start for a new shared session: as the first start within limits says, else the last."""
    first, end = day_bounds(day, solver.span.zone_name)
    possible = [second for second in solver.open_starts().starts() if first <= second < end]
    if not possible:
        return Reason.CLOSED
    limits = solver.limits
    sold = next((one for one in possible if limits.earliest <= one < limits.latest), possible[-1])
    reason = solver.why_not(sold) or Reason.CAPACITY
    return Reason.CUTOFF if reason is Reason.LEAD_TIME else reason


def _snapshot(
    asked: SessionAsked, span: Span, now: datetime, besides: tuple[tuple[str, int], ...]
) -> Snapshot:
    if not asked.offering.is_shared:
        return Snapshot({}, None)
    return read_calendars(asked.catalog, resources_of(asked.offering), span, now, besides=besides)


def _valid_until(
    asked: SessionAsked,
    rows: Iterable[SessionFacts],
    snapshot: Snapshot,
    solver: Solver | None,
    now: datetime,
) -> float:
    """Until midnight moves the horizon, a hold lapses, or lead time passes a start."""
    lead = 0 if asked.staff else asked.offering.lead * 60
    until: list[float] = [day_bounds(local_date_of(now, asked.tz), asked.offering.location.time_zone)[1]]
    until += [] if snapshot.lapses_at is None else [snapshot.lapses_at]
    next_start = None if solver is None else solver.next_open_start()
    until += [] if next_start is None else [next_start - lead]
    for one in rows:
        passes = (one.ends_at if asked.staff else one.starts_at).timestamp() - lead
        until += [passes] if passes >= now.timestamp() else []
        until += [] if one.lapses_at is None else [one.lapses_at]
    return min(until)


def _remembered(
    asked: SessionAsked,
    stamp: Stamp,
    dates: tuple[date, date],
    now: datetime,
    render: Callable[[SessionListing], T],
) -> T:
    offering, business = asked.offering, asked.catalog.business
    key = (render, business.id, offering.id, dates, asked.places, asked.duration, asked.staff)
    sessions = read_session_revisions(business.id, offering.id, *_bounds(offering, *dates))
    current = (stamp.catalog_revision, sessions, _revisions(stamp, asked.catalog, offering))
    kept = _answers.find(key, current, now)
    if kept is not None:
        return kept.answer  # type: ignore[no-any-return]  # the key holds the renderer, so the type is T
    listing, valid_until = compute_sessions(asked, *dates, now)
    answer = render(listing)
    _answers.keep(key, current, valid_until, answer, weight=_weight(listing))
    return answer


def _revisions(stamp: Stamp, catalog: Catalog, offering: OfferingFacts) -> tuple[int, ...]:
    if not offering.is_shared:
        return ()
    places = {resource_id: number for number, resource_id in enumerate(sorted(catalog.resources))}
    needed = sorted(places[one] for one in resources_of(offering))
    return tuple(stamp.calendars[one] for one in needed if one < len(stamp.calendars))


def _bounds(offering: OfferingFacts, first_on: date, last_on: date) -> tuple[datetime, datetime]:
    """From the first instant of the first local date to the end of the last."""
    zone_name = offering.location.time_zone
    starts, end = day_bounds(first_on, zone_name)[0], day_bounds(last_on, zone_name)[1]
    return datetime.fromtimestamp(starts, UTC), datetime.fromtimestamp(end, UTC)


def _weight(listing: SessionListing) -> int:
    return 1 + sum(len(day.sessions) for day in listing.days)


def _as_it_is(listing: SessionListing) -> SessionListing:
    return listing


_answers = Remembered(max_weight=100_000)
