"""A month of days as a table: every day says its date, whether it is open and how many starts are free."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from babel import Locale, UnknownLocaleError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.web.components.formats import day_text, weekday_text
from horarium.workflows.list_availability import Day

from .choice import Choice

C = TypeVar("C")
BOOKABLE: Final = (DayStatus.AVAILABLE, DayStatus.LIMITED)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day. `url` is empty where nothing can be chosen; `spoken` is what a screen reader says."""

    date: date
    status: str
    free: int
    note: str
    spoken: str
    url: str
    is_today: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Month:
    """`weeks` hold None outside of the month; `previous` and `next` are queries, empty at the ends."""

    first: date
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[Cell | None, ...], ...]
    previous: str
    next: str
    is_free: bool


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(day: date) -> date:
    return first_of(first_of(day) + timedelta(days=31)) - timedelta(days=1)


def weekday_names(country: str) -> tuple[tuple[str, str], ...]:
    """Long and short, from the first of the week on."""
    monday = date(2024, 1, 1) + timedelta(days=_first_weekday(country))
    names = [monday + timedelta(days=number) for number in range(7)]
    return tuple((weekday_text(day), weekday_text(day, short=True)) for day in names)


def weeks_of(first: date, draw: Callable[[date], C], country: str) -> tuple[tuple[C | None, ...], ...]:
    """The dates of a month in weeks, each drawn; None outside of it."""
    lead = (first.weekday() - _first_weekday(country)) % 7
    cells: list[C | None] = [None] * lead
    cells += [draw(first + timedelta(days=number)) for number in range(last_of(first).day)]
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7))


def build_month(
    first: date, days: Sequence[Day], choice: Choice, *, today: date, last_day: date, country: str
) -> Month:
    """The month of `first` from the listing of its days; `last_day` is the horizon."""
    known = {day.date: day for day in days}
    return Month(
        first=first,
        weekdays=weekday_names(country),
        weeks=weeks_of(first, lambda day: _cell(day, known, choice, today), country),
        previous=_month_query(choice, first - timedelta(days=1)) if first > today else "",
        next=_month_query(choice, last_of(first) + timedelta(days=1)) if last_of(first) < last_day else "",
        is_free=any(day.status in BOOKABLE for day in days),
    )


def _month_query(choice: Choice, day: date) -> str:
    return choice.query(month=first_of(day), day=None, start=None)


def _cell(day: date, known: Mapping[date, Day], choice: Choice, today: date) -> Cell:
    found = known.get(day)
    status = "past" if day < today else str(found.status) if found else "beyond"
    free = len(found.slots) if found else 0
    note = _note(status, found, free)
    name = day_text(day, long=True)
    is_open = status in BOOKABLE
    return Cell(
        date=day,
        status=status,
        free=free,
        note=note,
        spoken=f"{name}: {note}",
        url=choice.query(day=day, month=first_of(day), start=None) if is_open else "",
        is_today=day == today,
        is_chosen=is_open and day == choice.day,
    )


def _note(status: str, day: Day | None, free: int) -> str:
    if status in BOOKABLE:
        return ngettext("%(count)d time free", "%(count)d times free", free) % {"count": free}
    if status == DayStatus.SOLD_OUT:
        return _("fully booked")
    if status == "past":
        return _("past")
    if status == "beyond" or (day is not None and day.reason == Reason.HORIZON):
        return _("not open for booking yet")
    if day is not None and day.reason == Reason.LEAD_TIME:
        return _("too late to book")
    return _("closed")


def _first_weekday(country: str) -> int:
    """0 = Monday, by the custom of the location's country."""
    try:
        return Locale.parse(f"und_{country}").first_week_day
    except (UnknownLocaleError, ValueError):
        return 0
