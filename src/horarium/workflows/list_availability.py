"""What is free, when, with whom and for how much: one answer for the page, the widget, staff and agents.

A listing depends on the catalogue, on the calendars of the offering's resources and on the clock. All three are
part of its stamp, read with one query, so that an answer may be kept and given again exactly as long as
a fresh one would say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.kit.timeline import Timeline
from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.queries import Stamp, read_calendars, read_stamp
from horarium.modules.availability.rules.calendars import day_bounds, span_of
from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.modules.availability.rules.solver import Limits, Solver, Wish, parts_of
from horarium.modules.booking.rules_limits import guest_window
from horarium.modules.catalog.queries import catalog_of, get_catalog
from horarium.modules.catalog.rules import (
    BusinessFacts,
    Catalog,
    OfferingFacts,
    choose_duration,
    choose_extras,
    choose_party,
)
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import Occasion, PricedExtra, PriceQuote, Rule, occasions_alike, price

from .remembered import Remembered

T = TypeVar("T")

MAX_DAYS = 93
LIMITED_SHARE = 4
"""A day is `limited` when less than one in so many of its open starts is still free."""
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class WishInput:
    """What the guest asked for, as it came: minutes, people, public ids."""

    duration: int | None = None
    party: int | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A bookable start. Instants are aware, in the location's zone; `resources` may be chosen there."""

    start: datetime
    end: datetime
    price: Money
    resources: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    status: DayStatus
    reason: Reason | None
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    business: BusinessFacts
    offering: OfferingFacts
    duration: int
    time_zone: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a start is not free (None: it is), and the nearest ones that are."""

    reason: Reason | None
    alternatives: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A wish that the catalogue understands, with everything to answer it but the calendars."""

    catalog: Catalog
    offering: OfferingFacts
    wish: Wish
    party: int
    rules: tuple[Rule, ...]
    extras: tuple[PricedExtra, ...]
    staff: bool = False

    @property
    def tz(self) -> ZoneInfo:
        return zone(self.offering.location.time_zone)

    @property
    def margin_minutes(self) -> int:
        return self.wish.duration + self.offering.buffer_before + self.offering.buffer_after + 60

    def resource_ids(self) -> list[int]:
        return sorted({one for part in parts_of(self.offering, self.wish) for one in part.need.candidates})

    def limits(self, now: datetime) -> Limits:
        """Lead time and horizon for guests; staff may book, or note down, at any minute of the years around."""
        if self.staff:
            second = int(now.timestamp()) + (1 if now.microsecond else 0)
            return Limits(second - 366 * 86400, second + 3 * 366 * 86400, keep_grid=False)
        return Limits(*guest_window(self.offering, now))

    def price_at(self, day: date, minute: int) -> PriceQuote:
        occasion = Occasion(day, minute, self.wish.duration, self.party)
        return price(self.rules, occasion, self.catalog.business.currency, self.extras)


def list_days(
    slug: str, offering_key: str, *, first_on: date, last_on: date, wish: WishInput, now: datetime
) -> Listing:
    """Free starts of each local date of `[first_on, last_on]`. At most four queries; one when nothing changed.

    Raises NotFound, or InvalidInput with the field.
    """
    return list_days_as(
        slug, offering_key, first_on=first_on, last_on=last_on, wish=wish, now=now, render=_as_it_is
    )


def list_days_as(
    slug: str,
    offering_key: str,
    *,
    first_on: date,
    last_on: date,
    wish: WishInput,
    now: datetime,
    render: Callable[[Listing], T],
) -> T:
    """`list_days`, rendered; the rendering is kept as long as it stays true."""
    check_range(first_on, last_on)
    stamp = read_stamp(slug)
    catalog = get_catalog(stamp.business_id, stamp.catalog_revision)
    inquiry = inquire(catalog, offering_key, wish)
    key = (render, catalog.business.id, inquiry.offering.id, first_on, last_on, wish)
    current = (stamp.catalog_revision, _revisions(stamp, catalog, inquiry))
    kept = _answers.find(key, current, now)
    if kept is not None:
        return kept.answer  # type: ignore[no-any-return]  # the key holds the renderer, so the type is T
    listing, valid_until = compute(inquiry, first_on, last_on, now)
    answer = render(listing)
    _answers.keep(key, current, valid_until, answer, weight=_weight(listing))
    return answer


def explain_start(
    slug: str, offering_key: str, start: datetime, *, wish: WishInput, now: datetime
) -> Explanation:
    """Why this start is not free, by the same engine that lists and books."""
    check_reach(start, now, field="start")
    inquiry = inquire(catalog_of(slug), offering_key, wish)
    reason = reason_at(inquiry, start, now)
    return Explanation(reason, () if reason is None else alternatives_to(inquiry, start, now))


def reason_at(inquiry: Inquiry, start: datetime, now: datetime) -> Reason | None:
    day = local_date_of(start, inquiry.tz)
    span = span_of(inquiry.offering.location.time_zone, day, day, margin_minutes=inquiry.margin_minutes)
    snapshot = read_calendars(inquiry.catalog, inquiry.resource_ids(), span, now)
    solver = Solver(inquiry.offering, inquiry.wish, snapshot.calendars, span, inquiry.limits(now))
    return solver.why_not(int(start.timestamp())) if start.microsecond == 0 else Reason.OFF_GRID


def alternatives_to(inquiry: Inquiry, start: datetime, now: datetime) -> tuple[Slot, ...]:
    """The nearest free starts to come: of the same day and its neighbours, else of the two weeks after."""
    day = max(local_date_of(start, inquiry.tz), local_date_of(now, inquiry.tz))
    for first, last in ((day - timedelta(days=1), day + timedelta(days=1)), (day, day + timedelta(days=14))):
        listing = _remembered(inquiry, first, last, now)
        coming = (slot for one in listing.days for slot in one.slots if slot.start >= now)
        slots = sorted(coming, key=lambda slot: abs(slot.start - start))
        if slots:
            return tuple(sorted(slots[:ALTERNATIVES], key=lambda slot: slot.start))
    if inquiry.wish.chosen:
        return alternatives_to(replace(inquiry, wish=replace(inquiry.wish, chosen=frozenset())), start, now)
    return ()


def _remembered(inquiry: Inquiry, first_on: date, last_on: date, now: datetime) -> Listing:
    """The listing of an inquiry, kept like any other: in a rush for one slot all who lose ask the same."""
    stamp = read_stamp(inquiry.catalog.business.slug)
    key = (inquiry.offering.id, inquiry.wish, inquiry.party, inquiry.staff, first_on, last_on)
    current = (stamp.catalog_revision, _revisions(stamp, inquiry.catalog, inquiry))
    kept = _answers.find(key, current, now)
    if kept is not None:
        return kept.answer  # type: ignore[no-any-return]  # keys of this form hold listings only
    listing, valid_until = compute(inquiry, first_on, last_on, now)
    _answers.keep(key, current, valid_until, listing, weight=_weight(listing))
    return listing


def _weight(listing: Listing) -> int:
    return 1 + sum(len(day.slots) for day in listing.days)


def inquire(catalog: Catalog, offering_key: str, wish: WishInput, *, staff: bool = False) -> Inquiry:
    """Check a wish against the catalogue. Raises NotFound or InvalidInput(field)."""
    offering = catalog.get_offering(offering_key, public_only=not staff)
    if offering.mode != "slot":
        raise InvalidInput("not sold by start", field="offering", params={"reason": "mode"})
    extras = choose_extras(offering, list(wish.extras))
    duration = choose_duration(offering, wish.duration)
    party = choose_party(offering, wish.party)
    chosen = (
        frozenset()
        if wish.resource is None
        else frozenset({choose_resource(catalog, offering, wish.resource, staff=staff)})
    )
    rules = get_price_list(catalog.business.id, catalog.revision).get(offering.id, ())
    return Inquiry(
        catalog=catalog,
        offering=offering,
        wish=Wish(duration, frozenset(extra.id for extra in extras), chosen, party),
        party=party,
        rules=rules,
        extras=tuple(
            PricedExtra(extra.id, extra.public_id, extra.name, wish.extras.count(extra.public_id))
            for extra in extras
        ),
        staff=staff,
    )


def compute(
    inquiry: Inquiry,
    first_on: date,
    last_on: date,
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]] = (),
) -> tuple[Listing, float]:
    """The listing and the second until which it stays true while no revision changes. One query.

    `besides`: owners whose own time counts as free, for a booking that is being moved.
    """
    offering, zone_name = inquiry.offering, inquiry.offering.location.time_zone
    span = span_of(zone_name, first_on, last_on, margin_minutes=inquiry.margin_minutes)
    snapshot = read_calendars(inquiry.catalog, inquiry.resource_ids(), span, now, besides=besides)
    limits = inquiry.limits(now)
    solver = Solver(offering, inquiry.wish, snapshot.calendars, span, limits)
    starts = solver.starts()
    places = solver.places(starts)
    choosable = _by_start(inquiry.catalog, solver.choices(starts))
    open_starts = solver.open_starts()
    prices = _Prices(inquiry)
    days = []
    for day in span.days():
        first, end = day_bounds(day, zone_name)
        slots = tuple(
            _slot(prices, second, tuple(choosable.get(second, ())), places[second])
            for second in _between(starts, first, end)
        )
        days.append(_day(day, slots, open_starts, (first, end), limits, solver))
    listing = Listing(inquiry.catalog.business, offering, inquiry.wish.duration, zone_name, tuple(days))
    next_start = solver.next_open_start()
    until: list[float] = [day_bounds(local_date_of(now, inquiry.tz), zone_name)[1]]
    until += [] if snapshot.lapses_at is None else [snapshot.lapses_at]
    until += [] if next_start is None or inquiry.staff else [next_start - offering.lead * 60]
    return listing, min(until)


def _by_start(catalog: Catalog, by_resource: Mapping[int, Timeline]) -> dict[int, list[str]]:
    """Public ids of the resources that may be chosen, by start."""
    choosable: dict[int, list[str]] = {}
    for resource_id, starts in by_resource.items():
        public_id = catalog.resources[resource_id].public_id
        for second in starts.starts():
            choosable.setdefault(second, []).append(public_id)
    return choosable


class _Prices:
    """Prices of one listing; occasions that must cost the same are priced once."""

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self.tz = inquiry.tz
        self._key = occasions_alike(inquiry.rules)
        self._known: dict[Hashable, Money] = {}

    def at(self, start: datetime) -> Money:
        day, minute = start.date(), start.hour * 60 + start.minute
        key = self._key(day, minute)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self.inquiry.price_at(day, minute).total
        return known


def _slot(prices: _Prices, second: int, resources: tuple[str, ...], places: int) -> Slot:
    start = datetime.fromtimestamp(second, prices.tz)
    end = datetime.fromtimestamp(second + prices.inquiry.wish.duration * 60, prices.tz)
    return Slot(start, end, prices.at(start), resources, places)


def _between(starts: Timeline, first: int, end: int) -> list[int]:
    return list(starts.window(first // 300, -(-end // 300) - first // 300).starts())


def _day(
    day: date,
    slots: tuple[Slot, ...],
    open_starts: Timeline,
    bounds: tuple[int, int],
    limits: Limits,
    solver: Solver,
) -> Day:
    possible = _between(open_starts, *bounds)
    if slots:
        is_limited = len(slots) * LIMITED_SHARE < len(possible)
        return Day(day, DayStatus.LIMITED if is_limited else DayStatus.AVAILABLE, None, slots)
    if not possible:
        return Day(day, DayStatus.CLOSED, Reason.CLOSED, ())
    if possible[-1] < limits.earliest:
        return Day(day, DayStatus.CLOSED, Reason.LEAD_TIME, ())
    if possible[0] >= limits.latest:
        return Day(day, DayStatus.CLOSED, Reason.HORIZON, ())
    sold = next((one for one in possible if limits.earliest <= one < limits.latest), possible[-1])
    return Day(day, DayStatus.SOLD_OUT, solver.why_not(sold), ())


def choose_resource(catalog: Catalog, offering: OfferingFacts, public_id: str, *, staff: bool) -> int:
    """The key of a resource that may be asked for by name. Raises InvalidInput."""
    resource = catalog.find_resource(public_id)
    needs = [need for need in offering.needs if need.is_choosable or staff]
    if resource is None or not any(resource.id in need.candidates for need in needs):
        raise InvalidInput(
            "resource cannot be chosen", field="resource", params={"reason": "resource_unavailable"}
        )
    return resource.id


def check_reach(start: datetime, now: datetime, *, field: str) -> None:
    """Refuse a start without a zone, and one that no calendar of ours reaches, before any of them is built."""
    if start.tzinfo is None or abs(start - now) > timedelta(days=4 * 366):
        raise InvalidInput("date out of reach", field=field, params={"reason": "date"})


def check_range(first_on: date, last_on: date) -> None:
    if last_on < first_on:
        raise InvalidInput("range ends before it starts", field="to", params={"reason": "end_before_start"})
    if (last_on - first_on).days >= MAX_DAYS:
        raise InvalidInput(
            "range too long", field="to", params={"reason": "range_too_long", "days": MAX_DAYS}
        )


def _revisions(stamp: Stamp, catalog: Catalog, inquiry: Inquiry) -> tuple[int, ...]:
    places = {resource_id: number for number, resource_id in enumerate(sorted(catalog.resources))}
    return tuple(
        stamp.calendars[places[one]] for one in inquiry.resource_ids() if places[one] < len(stamp.calendars)
    )


def _as_it_is(listing: Listing) -> Listing:
    return listing


_answers = Remembered(max_weight=200_000)
