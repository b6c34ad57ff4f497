"""Which nights are free, what they cost, and which stays can be had: the month grid, and the answer to any dates.

Kept and given again as the listing of slots is: as long as a fresh one would say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.kit.zones import local_date_of
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.queries import Stamp, read_stamp
from horarium.modules.availability.rules.calendars import day_bounds
from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.modules.availability.rules.restrictions import LONGEST
from horarium.modules.catalog.queries import catalog_of, get_catalog
from horarium.modules.catalog.rules import BusinessFacts, OfferingFacts, RatePlanFacts
from horarium.modules.pricing.rules import PriceQuote

from .planned import NOTHING, Besides
from .remembered import Remembered
from .stay_answers import StayAnswers
from .stay_inquiry import SoldPlan, StayInquiry, StayWish, check_dates, inquire_wish
from .stocked_extras import supplies_of_extras

T = TypeVar("T")

MAX_DAYS = 400
LOOK_AHEAD = 31
"""How many nights ahead of the last date the longest stay is looked for."""
LIMITED_SHARE = 4
"""A night is `limited` when less than one in so many of its open rooms is free, or the last of several."""
ALTERNATIVES = 3
NEAR_DAYS, FAR_DAYS = 14, 60


@dataclass(frozen=True, slots=True)
class StayOffer:
    """The stay of the asked length that arrives on a date: can be had when there is no reason why not."""

    check_in: date
    check_out: date
    reason: Reason | None
    total: Money | None
    rate_plan: str


@dataclass(frozen=True, slots=True)
class Night:
    """One local date: the night that begins on it, and stays that arrive or leave on it.

    `price`: of this night in the asked plan or the cheapest (`rate_plan`), for the asked length or else the shortest
    that may arrive here; None when it is not sold. `free`: rooms as things lie, of `rooms` that are open. `no_arrival`:
    why the shortest stay that may arrive here can have no room, even if others change theirs; None where they might:
    the departures are exact. `longest`: nights of the longest stay from here for which a room is free as things lie, 0
    when none is, at least as far as `LOOK_AHEAD` beyond the listing.
    """

    date: date
    status: DayStatus
    reason: Reason | None
    price: Money | None
    rate_plan: str
    free: int
    rooms: int
    min_stay: int
    no_arrival: Reason | None
    longest: int
    closed_to_arrival: bool
    closed_to_departure: bool
    stay: StayOffer | None


@dataclass(frozen=True, slots=True)
class NightListing:
    business: BusinessFacts
    offering: OfferingFacts
    time_zone: str
    nights: int | None
    days: tuple[Night, ...]


@dataclass(frozen=True, slots=True)
class PlanQuote:
    """A stay under one rate plan (None: the offering has none)."""

    plan: RatePlanFacts | None
    quote: PriceQuote
    due_now: Money


@dataclass(frozen=True, slots=True)
class StayExplanation:
    """Why a stay cannot be had (None: it can), what can be had near it, and else all its prices and free rooms.

    `rooms`: public ids of those that the guest may choose.
    """

    reason: Reason | None
    alternatives: tuple[StayOffer, ...]
    plans: tuple[PlanQuote, ...] = ()
    rooms: tuple[str, ...] = ()


def list_nights(
    slug: str,
    offering_key: str,
    *,
    first_on: date,
    last_on: date,
    wish: StayWish,
    now: datetime,
    nights: int | None = None,
) -> NightListing:
    """Each local date of `[first_on, last_on]`. At most six queries; one when nothing changed.

    Raises NotFound, or InvalidInput with the field.
    """
    dates = first_on, last_on
    return list_nights_as(slug, offering_key, dates, wish=wish, now=now, nights=nights, render=_as_it_is)


def list_nights_as(
    slug: str,
    offering_key: str,
    dates: tuple[date, date],
    *,
    wish: StayWish,
    now: datetime,
    nights: int | None = None,
    render: Callable[[NightListing], T],
) -> T:
    """`list_nights`, rendered; the rendering is kept as long as it stays true."""
    _check_range(*dates, nights)
    stamp = read_stamp(slug)
    inquiry = inquire_wish(get_catalog(stamp.business_id, stamp.catalog_revision), offering_key, wish)
    key = (render, stamp.business_id, inquiry.offering.id, dates, wish, nights)
    current = (stamp.catalog_revision, _revisions(stamp, inquiry))
    kept = _answers.find(key, current, now)
    if kept is not None:
        return kept.answer  # type: ignore[no-any-return]  # the key holds the renderer, so the type is T
    listing, valid_until = compute_nights(inquiry, dates, now, nights=nights)
    answer = render(listing)
    _answers.keep(key, current, valid_until, answer, weight=1 + len(listing.days))
    return answer


def explain_stay(
    slug: str, offering_key: str, *, dates: tuple[date, date], wish: StayWish, now: datetime
) -> StayExplanation:
    """Whether this stay can be had, by the same engine that lists and books, and for how much in each plan."""
    check_dates(*dates, now)
    inquiry = inquire_wish(catalog_of(slug), offering_key, wish)
    answers = StayAnswers(inquiry, *dates, now)
    reason = _short_of_goods(inquiry, now) or answers.offer(*dates).reason
    if reason is not None:
        return StayExplanation(reason, alternatives_to_stay(inquiry, *dates, now))
    return StayExplanation(None, (), quotes_of(answers, *dates), _choosable(answers, *dates))


def why_not_stay(
    inquiry: StayInquiry, check_in: date, check_out: date, now: datetime, besides: Besides = NOTHING
) -> Reason | None:
    """Why this stay cannot be had; None when it can, be it that others change rooms for it."""
    check_dates(check_in, check_out, now)
    answers = StayAnswers(inquiry, check_in, check_out, now, besides)
    return _short_of_goods(inquiry, now) or answers.offer(check_in, check_out).reason


def alternatives_to_stay(
    inquiry: StayInquiry, check_in: date, check_out: date, now: datetime
) -> tuple[StayOffer, ...]:
    """The nearest stays of the same length to come that can be had: two weeks around, else two months after."""
    nights = (check_out - check_in).days
    today = local_date_of(now, inquiry.tz)
    arrival = max(check_in, today)
    near = timedelta(days=NEAR_DAYS)
    for dates in ((arrival - near, arrival + near), (arrival, arrival + timedelta(days=FAR_DAYS))):
        listing = _remembered(inquiry, dates, nights, now)
        free = [day.stay for day in listing.days if day.stay is not None and day.stay.reason is None]
        found = [one for one in free if one.check_in >= today]
        if found:
            found.sort(key=lambda one: (abs(one.check_in - check_in), one.check_in))
            return tuple(sorted(found[:ALTERNATIVES], key=lambda one: one.check_in))
    if inquiry.chosen:
        return alternatives_to_stay(inquiry.without_choice(), check_in, check_out, now)
    return ()


def quotes_of(answers: StayAnswers, check_in: date, check_out: date) -> tuple[PlanQuote, ...]:
    """The stay under each plan that allows it, in the order of the plans."""
    found = []
    for sold in answers.inquiry.plans:
        quote = answers.tariff(sold, (check_out - check_in).days).quote(check_in)
        if quote is not None and sold.restrictions.why_not(check_in, check_out) is None:
            found.append(PlanQuote(sold.plan, quote, sold.terms.due_now(quote.total)))
    return tuple(found)


def compute_nights(
    inquiry: StayInquiry,
    dates: tuple[date, date],
    now: datetime,
    *,
    nights: int | None = None,
    besides: Besides = NOTHING,
) -> tuple[NightListing, float]:
    """The listing and the second until which it stays true while no revision changes. At most three queries."""
    first_on, last_on = dates
    ahead = timedelta(days=max(LOOK_AHEAD, nights or 0))
    answers = StayAnswers(inquiry, first_on, last_on + ahead, now, besides)
    page = _Page(answers, nights, None if nights is None else _short_of_goods(inquiry, now))
    days = [first_on + timedelta(days=number) for number in range((last_on - first_on).days + 1)]
    zone_name = inquiry.offering.location.time_zone
    listing = NightListing(
        inquiry.catalog.business, inquiry.offering, zone_name, nights, tuple(map(page.night, days))
    )
    until: list[float] = [day_bounds(local_date_of(now, inquiry.tz), zone_name)[1]]
    until += [one for one in (answers.lapses_at, answers.moves_until) if one is not None]
    starts = (inquiry.times.starts(day) for day in days)
    ahead_of_lead = (one for one in starts if one >= answers.limits.earliest)
    until += [one - inquiry.offering.lead * 60 for one in ahead_of_lead][:1]
    return listing, now.timestamp() if inquiry.takes_goods else min(until)


class _Page:
    """The dates of one listing. `short`: why no stay can be had at all."""

    def __init__(self, answers: StayAnswers, nights: int | None, short: Reason | None) -> None:
        self.answers = answers
        self.nights = nights
        self.short = short
        self.free = answers.solver.counts("free")
        self.open = answers.solver.counts("open")

    def night(self, day: date) -> Night:
        answers, plans = self.answers, self.answers.inquiry.plans
        number = answers.axis.number(day)
        shortest = min(sold.restrictions.shortest_from(day) for sold in plans)
        price, rate_plan = self._price(day)
        status, reason = self._status(day, number, price)
        return Night(
            date=day,
            status=status,
            reason=reason,
            price=price,
            rate_plan=rate_plan,
            free=self.free[number],
            rooms=self.open[number],
            min_stay=shortest,
            no_arrival=reason or self._no_arrival(day, shortest),
            longest=self._longest(day, answers.solver.longest(number)),
            closed_to_arrival=all(sold.restrictions.on(day).closed_to_arrival for sold in plans),
            closed_to_departure=all(sold.restrictions.on(day).closed_to_departure for sold in plans),
            stay=None if self.nights is None else self._stay(day, self.nights),
        )

    def _no_arrival(self, day: date, shortest: int) -> Reason | None:
        """By rooms alone: which departures go with it is said when one is asked for."""
        if all(sold.restrictions.on(day).closed_to_arrival for sold in self.answers.inquiry.plans):
            return Reason.CLOSED_TO_ARRIVAL
        last = self.answers.dates[1]
        return self.answers.no_hope(day, min(day + timedelta(days=shortest), last)) if shortest > 1 else None

    def _status(self, day: date, number: int, price: Money | None) -> tuple[DayStatus, Reason | None]:
        reason = self.answers.too_soon_or_late(day)
        in_the_way = self.answers.no_room(day, day + timedelta(days=1))
        if reason is None and (in_the_way is Reason.CLOSED or price is None):
            reason = Reason.CLOSED
        if reason is not None:
            return DayStatus.CLOSED, reason
        if in_the_way is not None:
            return DayStatus.SOLD_OUT, in_the_way
        free, rooms = self.free[number], self.open[number]
        is_limited = free * LIMITED_SHARE < rooms or free == 1 < rooms
        return DayStatus.LIMITED if is_limited else DayStatus.AVAILABLE, None

    def _price(self, day: date) -> tuple[Money | None, str]:
        best: Money | None = None
        plan = ""
        for sold in self.answers.inquiry.plans:
            price = self._price_in(sold, day)
            if price is not None and (best is None or price < best):
                best, plan = price, sold.public_id
        return best, plan

    def _price_in(self, sold: SoldPlan, day: date) -> Money | None:
        """For the asked length; else for the shortest that may arrive here, or the next one that has a price."""
        if sold.restrictions.on(day).is_closed:
            return None
        if self.nights is not None:
            return self.answers.tariff(sold, self.nights).night(day)
        shortest = sold.restrictions.shortest_from(day)
        lengths = {one.min_nights for one in self.answers.inquiry.rules if one.min_nights}
        for nights in (shortest, *sorted(one for one in lengths if one > shortest)):
            price = self.answers.tariff(sold, nights).night(day)
            if price is not None:
                return price
        return None

    def _longest(self, day: date, most: int) -> int:
        return max((self._longest_in(sold, day, most) for sold in self.answers.inquiry.plans), default=0)

    def _longest_in(self, sold: SoldPlan, day: date, most: int) -> int:
        nights = 0
        while nights < most:
            rules = sold.restrictions.on(day + timedelta(days=nights))
            most = min(most, rules.max_nights)
            if rules.is_closed or nights >= most:
                break
            nights += 1
        return nights

    def _stay(self, day: date, nights: int) -> StayOffer:
        check_out = day + timedelta(days=nights)
        offer = self.answers.offer(day, check_out)
        plan = "" if offer.sold is None else offer.sold.public_id
        return StayOffer(day, check_out, self.short or offer.reason, offer.total, plan)


def _short_of_goods(inquiry: StayInquiry, now: datetime) -> Reason | None:
    """Extras that take pieces out of stock make every stay depend on that stock."""
    if not inquiry.takes_goods:
        return None
    try:
        supplies_of_extras(inquiry.catalog, inquiry.offering, inquiry.extras, now, number=0, earlier={})
    except NotFree as lacking:
        return lacking.reason
    return None


def _choosable(answers: StayAnswers, check_in: date, check_out: date) -> tuple[str, ...]:
    inquiry = answers.inquiry
    if not inquiry.needs or not inquiry.needs[0].is_choosable:
        return ()
    free = answers.solver.free_rooms(answers.axis.number(check_in), answers.axis.number(check_out))
    return tuple(inquiry.catalog.resources[one].public_id for one in free)


def _remembered(inquiry: StayInquiry, dates: tuple[date, date], nights: int, now: datetime) -> NightListing:
    """The listing of an inquiry, kept like any other: in a rush for one room all who lose ask the same."""
    stamp = read_stamp(inquiry.catalog.business.slug)
    plans = tuple(sold.id for sold in inquiry.plans)
    wish = (inquiry.guests, plans, inquiry.extras, inquiry.chosen, inquiry.staff)
    key = (inquiry.offering.id, wish, dates, nights)
    current = (stamp.catalog_revision, _revisions(stamp, inquiry))
    kept = _answers.find(key, current, now)
    if kept is not None:
        return kept.answer  # type: ignore[no-any-return]  # keys of this form hold listings only
    listing, valid_until = compute_nights(inquiry, dates, now, nights=nights)
    _answers.keep(key, current, valid_until, listing, weight=1 + len(listing.days))
    return listing


def _check_range(first_on: date, last_on: date, nights: int | None) -> None:
    if last_on < first_on:
        raise InvalidInput("range ends before it starts", field="to", params={"reason": "end_before_start"})
    if (last_on - first_on).days >= MAX_DAYS:
        raise InvalidInput(
            "range too long", field="to", params={"reason": "range_too_long", "days": MAX_DAYS}
        )
    if nights is not None and not 1 <= nights <= LONGEST:
        raise InvalidInput("no such length", field="nights", params={"reason": "out_of_range"})


def _revisions(stamp: Stamp, inquiry: StayInquiry) -> tuple[int, ...]:
    places = {resource_id: number for number, resource_id in enumerate(sorted(inquiry.catalog.resources))}
    return tuple(
        stamp.calendars[places[one]] for one in inquiry.resource_ids() if places[one] < len(stamp.calendars)
    )


def _as_it_is(listing: NightListing) -> NightListing:
    return listing


_answers = Remembered(max_weight=100_000)
