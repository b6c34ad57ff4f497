"""Coming sessions by day: a month of them, two where few dates are in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from horarium.modules.availability.rules.reasons import Reason
from horarium.web.components.reasons import reason_text
from horarium.workflows.list_sessions import SessionDay, SessionSlot

from .choice import Choice
from .month import first_of, last_of

SessionSource = Callable[[date, date], Sequence[SessionDay]]
"""The sessions from the first date to the last: what is on sale, or what a booking can become."""

LOOK_AHEAD = 92
FEW_DATES = 8


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One date of a tour. `url` is empty when it cannot be chosen; `note` says why, or how much is left."""

    slot: SessionSlot
    url: str
    note: str
    is_few: bool
    is_chosen: bool
    is_full: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """Coming sessions by day, from the first of a month to the end of it or of the next."""

    first: date
    days: tuple[tuple[date, tuple[SessionRow, ...]], ...]
    previous: str
    next: str


def build_dates(
    choice: Choice, source: SessionSource, *, today: date, last_day: date
) -> tuple[Dates, SessionSlot | None, Choice]:
    """With the chosen session, if it can be had, and the choice as it is then. `last_day` is the horizon."""
    first = first_of(min(max(choice.month or today, today), last_day))
    days = _shown_days(source, first, today)
    if choice.month is None and not any(day.sessions for day in days):
        later = source(today, today + timedelta(days=LOOK_AHEAD))
        next_day = next((day.date for day in later if day.sessions), None)
        if next_day is not None:
            first = first_of(next_day)
            days = _shown_days(source, first, today)
    slots = [slot for day in days for slot in day.sessions]
    chosen = next((one for one in slots if one.session == choice.session and one.reason is None), None)
    shown = replace(
        choice,
        month=first,
        session=chosen.session if chosen else None,
        start=chosen.start if chosen else None,
    )
    last = last_of(days[-1].date if days else first)
    rows = tuple(
        (day.date, tuple(_row(one, shown, chosen) for one in day.sessions)) for day in days if day.sessions
    )
    clear = {"session": None, "start": None}
    dates = Dates(
        first,
        rows,
        shown.query(month=first_of(first - timedelta(days=1)), **clear) if first > today else "",
        shown.query(month=last + timedelta(days=1), **clear) if last < last_day else "",
    )
    return dates, chosen, shown


def _shown_days(source: SessionSource, first: date, today: date) -> Sequence[SessionDay]:
    """A month, and the next one, too, where few dates are in it."""
    days = source(max(first, today), last_of(first))
    if sum(bool(day.sessions) for day in days) >= FEW_DATES:
        return days
    return source(max(first, today), last_of(last_of(first) + timedelta(days=1)))


def _row(slot: SessionSlot, choice: Choice, chosen: SessionSlot | None) -> SessionRow:
    note = places_text(slot)
    is_full = slot.reason is Reason.CAPACITY and not slot.places
    if slot.reason is not None:
        note = _("fully booked") if is_full else reason_text(str(slot.reason))
    return SessionRow(
        slot=slot,
        url="" if slot.reason else choice.query(session=slot.session, start=None),
        note=note,
        is_few=slot.places * 4 < slot.capacity,
        is_chosen=chosen is not None and slot.session == chosen.session,
        is_full=is_full,
    )


def places_text(slot: SessionSlot) -> str:
    """`3 of 10 places left`."""
    return ngettext("%(left)d of %(all)d places left", "%(left)d of %(all)d places left", slot.places) % {
        "left": slot.places,
        "all": slot.capacity,
    }
