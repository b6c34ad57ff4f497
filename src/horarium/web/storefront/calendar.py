"""The offering's page: which month to show, which day is open, which times are free on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from horarium.modules.catalog.rules import OfferingFacts
from horarium.workflows.list_availability import MAX_DAYS, Day, Slot, list_days
from horarium.workflows.list_sessions import SessionDay, list_sessions
from horarium.workflows.sessions_asked import SessionWish

from .choice import Choice
from .month import Cell, Month, build_month, first_of, last_of
from .shop import Shop
from .times import Part, parts_of_day

DaySource = Callable[[date, date], Sequence[Day]]
"""The days from the first date to the last: what is on sale, or what a booking can become."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """`choice` has the month and the day that are shown. `missed` is a day that was asked for and has nothing
    free; `next_free` is the nearest one that has.
    """

    month: Month
    choice: Choice
    day: Day | None
    parts: tuple[Part, ...]
    missed: Cell | None
    next_free: date | None
    next_url: str


def days_on_sale(shop: Shop, offering: OfferingFacts, choice: Choice) -> DaySource:
    """What anybody can book who chooses so."""
    names = shop.business.slug, offering.public_id

    def list_on_sale(first: date, last: date) -> Sequence[Day]:
        if offering.mode != "session":
            return list_days(*names, first_on=first, last_on=last, wish=choice.wish, now=shop.now).days
        wish = SessionWish(1, choice.duration)
        return as_days(list_sessions(*names, first_on=first, last_on=last, wish=wish, now=shop.now).days)

    return list_on_sale


def build_calendar(
    offering: OfferingFacts,
    choice: Choice,
    source: DaySource,
    *,
    today: date,
    last_day: date,
    details_url: str,
) -> Calendar:
    """Two queries for a month with free times, four for one without; `last_day` is the horizon.

    Who comes without a month or a day sees the nearest free day.
    """
    is_fresh = choice.month is None and choice.day is None
    first = _shown_month(choice, today, last_day)
    days = _list(source, max(first, today), min(last_of(first), last_day))
    later: Sequence[Day] = ()
    if _first_free(days) is None:
        later = _list(source, last_of(first) + timedelta(days=1), last_day)
    next_free = _next_free(choice.day, days, later)
    if is_fresh and next_free is not None:
        days = [day for day in (*days, *later) if first_of(day.date) == first_of(next_free)]
        first, choice = first_of(next_free), replace(choice, day=next_free)
    chosen = next((day for day in days if day.date == choice.day and day.slots), None)
    shown = replace(choice, month=first, day=chosen.date if chosen else None)
    month = build_month(first, days, shown, today=today, last_day=last_day, country=offering.location.country)
    return Calendar(
        month=month,
        choice=shown,
        day=chosen,
        parts=_parts(chosen, shown, details_url) if chosen else (),
        missed=_cell_of(month, choice.day) if chosen is None else None,
        next_free=next_free,
        next_url=choice.query(day=next_free, month=first_of(next_free), start=None) if next_free else "",
    )


def _parts(day: Day, choice: Choice, details_url: str) -> tuple[Part, ...]:
    return parts_of_day(day.slots, lambda slot: details_url + choice.query(start=slot.start))


def _shown_month(choice: Choice, today: date, last_day: date) -> date:
    """The month asked for, kept within what can be booked."""
    wanted = choice.month or choice.day or today
    return first_of(min(max(wanted, today), last_day))


def _list(source: DaySource, first: date, last: date) -> Sequence[Day]:
    if first > last:
        return ()
    return source(first, min(last, first + timedelta(days=MAX_DAYS - 1)))


def as_days(days: Iterable[SessionDay]) -> list[Day]:
    """Shared slots look like any others, with the places that are left."""
    return [Day(day.date, day.status, day.reason, tuple(_free_slots(day))) for day in days]


def _free_slots(day: SessionDay) -> Iterator[Slot]:
    return (Slot(one.start, one.end, one.price, (), one.places) for one in day.sessions if one.reason is None)


def _first_free(days: Iterable[Day]) -> date | None:
    return next((day.date for day in days if day.slots), None)


def _next_free(asked: date | None, days: Sequence[Day], later: Sequence[Day]) -> date | None:
    """The first free day from the one asked for on, else the first of all that are known."""
    everything = [*days, *later]
    after = [day for day in everything if asked is None or day.date >= asked]
    return _first_free(after) or _first_free(everything)


def _cell_of(month: Month, day: date | None) -> Cell | None:
    return next((cell for week in month.weeks for cell in week if cell and cell.date == day), None)
