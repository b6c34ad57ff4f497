"""A visit of several people with several offerings, in sequence or side by side: ranked plans that can be booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.kit.zones import local_date_of
from horarium.modules.availability.queries import read_calendars
from horarium.modules.availability.rules.calendars import Calendar, Span, day_bounds, load_of, span_of
from horarium.modules.availability.rules.solver import Limits, Solver
from horarium.modules.availability.rules.visits import MOST_TRIED, Bounds, Search, VisitPlan, VisitStep
from horarium.modules.catalog.queries import catalog_of
from horarium.modules.catalog.rules import Catalog

from .items import SlotItem
from .list_availability import Inquiry, WishInput, check_reach, inquire

MOST_STEPS = 8
"""Steps, and bookings that they make, of one visit."""
MOST_PEOPLE = 6
MOST_DATES = 7
MOST_PLANS = 6
LONGEST_IDLE = 240
NIGHT = 6 * 3600
"""A visit of an evening may have steps that start until six hours after midnight."""


@dataclass(frozen=True, slots=True)
class Step:
    """One offering of a visit, for these people together. Public ids; minutes.

    `after`: numbers of earlier steps that must be over; None: every earlier step of the same people. Where the
    offering takes fewer people at a time, each gets a booking of their own at the same moment.
    """

    offering: str
    people: tuple[str, ...] = ("1",)
    after: tuple[int, ...] | None = None
    duration: int | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """`dates`: local dates on which it may start; between two steps nobody waits longer than `max_idle` minutes."""

    steps: tuple[Step, ...]
    dates: tuple[date, ...]
    max_idle: int = 15


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """`item` can be sent as an item of an order; `served_by` are the resources (public ids) that would serve it now."""

    item: SlotItem
    step: int
    people: tuple[str, ...]
    end: datetime
    price: Money
    served_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """Items in an order in which they can be booked. Instants in the location's zone; `length`, `idle`: minutes."""

    start: datetime
    end: datetime
    length: int
    idle: int
    total: Money
    items: tuple[PlannedItem, ...]


@dataclass(frozen=True, slots=True)
class VisitPlans:
    """`is_complete`: within the bound of the work nothing better was missed."""

    plans: tuple[PlannedVisit, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A booking that a step makes."""

    step: int
    inquiry: Inquiry
    people: tuple[str, ...]
    extras: tuple[str, ...]
    after: frozenset[int]
    together: int | None


def plan_visits(slug: str, visit: Visit, now: datetime, *, staff: bool = False) -> VisitPlans:
    """At most six plans: the shortest first, then the least waiting, then the earliest. One query a date; the dates
    share the bound of the work.

    The same engine decides as for orders: the items of a plan can be booked together. Raises NotFound,
    InvalidInput(`steps.<n>.<field>`).
    """
    catalog = catalog_of(slug)
    _check(visit)
    lines = _lines(catalog, visit, staff=staff)
    found: list[tuple[VisitPlan, Span]] = []
    is_complete = True
    for day in sorted(set(visit.dates)):
        check_reach(datetime.combine(day, now.timetz()), now, field="dates")
        search, span = _search(lines, visit, day, now)
        found += [(plan, span) for plan in search.run()]
        is_complete = is_complete and search.is_complete
    best = sorted(found, key=lambda one: one[0].rank)[:MOST_PLANS]
    return VisitPlans(tuple(_planned(lines, plan) for plan, _span in best), is_complete)


def _check(visit: Visit) -> None:
    if not 1 <= len(visit.steps) <= MOST_STEPS:
        raise InvalidInput("number of steps", field="steps", params={"reason": "out_of_range"})
    if not 1 <= len(set(visit.dates)) <= MOST_DATES:
        raise InvalidInput("number of dates", field="dates", params={"reason": "out_of_range"})
    if not 0 <= visit.max_idle <= LONGEST_IDLE:
        raise InvalidInput("idle", field="max_idle", params={"reason": "out_of_range"})
    if len({one for step in visit.steps for one in step.people}) > MOST_PEOPLE:
        raise InvalidInput("number of people", field="steps", params={"reason": "capacity"})


def _lines(catalog: Catalog, visit: Visit, *, staff: bool) -> list[_Line]:
    """Every booking that the steps make; those of one step start together."""
    lines: list[_Line] = []
    of_step: list[range] = []
    for number, step in enumerate(visit.steps):
        try:
            inquiries = _inquiries(catalog, step, staff=staff)
        except InvalidInput as error:
            error.field = f"steps.{number}.{error.field}"
            raise
        after = frozenset(one for earlier in _after(visit.steps, number) for one in of_step[earlier])
        first = len(lines)
        lines += [
            _Line(number, inquiry, people, step.extras, after, None if place == 0 else first)
            for place, (inquiry, people) in enumerate(inquiries)
        ]
        of_step.append(range(first, len(lines)))
    if len(lines) > MOST_STEPS:
        raise InvalidInput("number of bookings", field="steps", params={"reason": "out_of_range"})
    if len({one.inquiry.offering.location.id for one in lines}) > 1:
        raise InvalidInput("several places", field="steps", params={"reason": "one_place"})
    return lines


def _inquiries(catalog: Catalog, step: Step, *, staff: bool) -> list[tuple[Inquiry, tuple[str, ...]]]:
    """One booking for all of the people, or one for each where the offering does not take so many."""
    if not step.people or len(set(step.people)) != len(step.people):
        raise InvalidInput("people", field="people", params={"reason": "required"})
    offering = catalog.get_offering(step.offering, public_only=not staff)
    if offering.mode != "slot" or offering.is_shared:
        raise InvalidInput("no slots", field="offering", params={"reason": "mode"})
    wish = WishInput(step.duration, len(step.people), step.resource, step.extras)
    if len(step.people) > offering.party_max and offering.party_min == 1:
        single = inquire(catalog, step.offering, replace(wish, party=1), staff=staff)
        return [(single, (person,)) for person in step.people]
    return [(inquire(catalog, step.offering, wish, staff=staff), step.people)]


def _after(steps: Sequence[Step], number: int) -> list[int]:
    step = steps[number]
    if step.after is None:
        return [one for one in range(number) if set(steps[one].people) & set(step.people)]
    if any(not 0 <= one < number for one in step.after):
        raise InvalidInput("not earlier", field=f"steps.{number}.after", params={"reason": "out_of_range"})
    return sorted(set(step.after))


def _search(lines: Sequence[_Line], visit: Visit, day: date, now: datetime) -> tuple[Search, Span]:
    """The search of the visits that start on a local date; their later steps may reach into the night after it."""
    catalog = lines[0].inquiry.catalog
    zone_name = lines[0].inquiry.offering.location.time_zone
    margin = max(one.inquiry.margin_minutes for one in lines)
    span = span_of(zone_name, day, day + timedelta(days=1), margin_minutes=margin)
    wanted = sorted({key for one in lines for key in one.inquiry.resource_ids()})
    calendars = read_calendars(catalog, wanted, span, now).calendars
    steps = [_step(one, calendars, span, now) for one in lines]
    first, last = day_bounds(day, zone_name)
    bounds = Bounds(first, last, last + NIGHT, visit.max_idle * 60, MOST_PLANS)
    return Search(steps, bounds, MOST_TRIED // len(set(visit.dates))), span


def _step(line: _Line, calendars: Mapping[int, Calendar], span: Span, now: datetime) -> VisitStep:
    inquiry = line.inquiry
    own = {key: calendars[key] for key in inquiry.resource_ids()}
    return VisitStep(
        solver=Solver(inquiry.offering, inquiry.wish, own, span, _limits(inquiry, now)),
        load=partial(_load, own, inquiry),
        people=frozenset(line.people),
        after=line.after,
        together=line.together,
    )


def _limits(inquiry: Inquiry, now: datetime) -> Limits:
    """Staff plan from now on, but on the usual grid: any five minutes would only make plans that look alike."""
    limits = inquiry.limits(now)
    if not inquiry.staff:
        return limits
    return replace(limits, earliest=int(now.timestamp()), keep_grid=True)


def _load(calendars: Mapping[int, Calendar], inquiry: Inquiry, second: int) -> dict[int, int]:
    day = local_date_of(datetime.fromtimestamp(second, inquiry.tz), inquiry.tz)
    return load_of(calendars, day_bounds(day, inquiry.offering.location.time_zone))


def _planned(lines: Sequence[_Line], plan: VisitPlan) -> PlannedVisit:
    items = tuple(_item(lines[number], plan, number) for number in plan.order)
    return PlannedVisit(
        start=min(one.item.start for one in items),
        end=max(one.end for one in items),
        length=plan.length // 60,
        idle=plan.idle // 60,
        total=sum((one.price for one in items[1:]), items[0].price),
        items=items,
    )


def _item(line: _Line, plan: VisitPlan, number: int) -> PlannedItem:
    inquiry = line.inquiry
    resources = inquiry.catalog.resources
    start = datetime.fromtimestamp(plan.starts[number], inquiry.tz)
    chosen = [resources[key].public_id for key in inquiry.wish.chosen]
    item = SlotItem(
        offering=inquiry.offering.public_id,
        start=start,
        duration=inquiry.wish.duration,
        resource=chosen[0] if chosen else None,
        party=inquiry.party,
        extras=line.extras,
    )
    end = datetime.fromtimestamp(plan.starts[number] + inquiry.wish.duration * 60, inquiry.tz)
    served = sorted({claim.resource_id for claim in plan.claims[number]})
    return PlannedItem(
        item=item,
        step=line.step,
        people=line.people,
        end=end,
        price=inquiry.price_at(start.date(), start.hour * 60 + start.minute).total,
        served_by=tuple(resources[key].public_id for key in served),
    )
