"""Other dates of a booking, chosen as on the booking page: the grid of nights, the list of sessions, the month.

What else the form of a change says goes along in every address, so that each step is a plain link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from horarium.kit.errors import HorariumError
from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.rules.restrictions import LONGEST
from horarium.web.components.changing import Present, Wanted
from horarium.web.components.typed_dates import read_date, read_instant
from horarium.web.storefront.calendar import Calendar, as_days, build_calendar
from horarium.web.storefront.choice import Choice
from horarium.web.storefront.dates import Dates, build_dates
from horarium.web.storefront.stay_calendar import StayCalendar, build_stay_calendar
from horarium.web.storefront.stay_choice import StayChoice
from horarium.workflows.list_changes import (
    list_change_departures,
    list_change_nights,
    list_change_sessions,
)
from horarium.workflows.list_sessions import SessionDay
from horarium.workflows.list_stays import Night, StayOffer
from horarium.workflows.plan_again import Change

Pairs = tuple[tuple[str, str], ...]
BY_LINK = ("chosen", "1")
"""Tells a date that was clicked from a field that was changed: only the first leads to what comes of it."""


@dataclass(frozen=True, slots=True)
class ChangedStay(StayChoice):
    """Dates that are not chosen are said to be empty: left out, they would stay as they are."""

    kept: Pairs = ()

    def pairs(self) -> list[tuple[str, str]]:
        dates = [("check_in", str(self.check_in or "")), ("check_out", str(self.check_out or ""))]
        return [*dates, *_month(self.month), *self.kept, BY_LINK]


@dataclass(frozen=True, slots=True)
class ChangedSession(Choice):
    kept: Pairs = ()

    def pairs(self) -> list[tuple[str, str]]:
        chosen = [("session", self.session or ""), ("start", self.start.isoformat() if self.start else "")]
        day = [("day", str(self.day))] if self.day else []
        return [*chosen, *day, *_month(self.month), *self.kept, BY_LINK]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose booking is looked at, for what is chosen of it besides the dates."""

    business_id: int
    present: Present
    wanted: Wanted
    now: datetime

    @property
    def today(self) -> date:
        return local_date_of(self.now, zone(self.present.view.location.time_zone))

    @property
    def last_day(self) -> date:
        return self.today + timedelta(days=self.present.offering.horizon_days)

    def with_start(self, choice: ChangedStay | ChangedSession | None) -> Wanted:
        """What is wanted, with the chosen start of a shared slot."""
        if not isinstance(choice, ChangedSession) or choice.start is None:
            return self.wanted
        start = None if choice.start == self.present.view.start else choice.start
        return replace(self.wanted, change=replace(self.wanted.change, session=None, start=start))

    @property
    def change(self) -> Change:
        """What changes besides the dates."""
        return replace(self.wanted.change, check_in=None, check_out=None, session=None, start=None)

    def nights(self, first_on: date, last_on: date) -> Sequence[Night]:
        return list_change_nights(*self._names, self.change, (first_on, last_on), self.now)

    def departures(self, check_in: date, last_on: date) -> Sequence[StayOffer]:
        return list_change_departures(*self._names, self.change, (check_in, last_on), self.now)

    def explain(self, check_in: date, check_out: date) -> None:
        """The preview of the change says it."""

    def sessions(self, first_on: date, last_on: date) -> Sequence[SessionDay]:
        return list_change_sessions(*self._names, self.change, (first_on, last_on), self.now)

    @property
    def _names(self) -> tuple[int, str]:
        return self.business_id, self.present.view.id


@dataclass(frozen=True, slots=True)
class ShownDates:
    """One of the three, by the kind of time; none for a slot, whose times are listed, or when the rest of what is
    chosen makes no sense. `start`: the chosen one of a shared slot.
    """

    nights: StayCalendar | None = None
    sessions: Dates | None = None
    month: Calendar | None = None
    start: datetime | None = None


def read_dates(asked: Asked, data: Any) -> ChangedStay | ChangedSession | None:
    """From a QueryDict: what is named, else what is booked. None for a slot."""
    if asked.present.mode == "stay":
        return _read_stay(asked, data)
    return _read_session(asked, data) if asked.present.mode == "session" else None


def is_whole(choice: ChangedStay | ChangedSession | None) -> bool:
    """Whether nothing of the time is missing: a stay needs both of its dates."""
    return not isinstance(choice, ChangedStay) or choice.check_out is not None


def show_dates(asked: Asked, choice: ChangedStay | ChangedSession | None, page_url: str) -> ShownDates:
    offering, reach = asked.present.offering, {"today": asked.today, "last_day": asked.last_day}
    try:
        if isinstance(choice, ChangedStay):
            return ShownDates(nights=build_stay_calendar(offering, choice, asked, **reach))
        if choice is None:
            return ShownDates()
        if not offering.is_shared:
            return ShownDates(sessions=build_dates(choice, asked.sessions, **reach)[0])
        month = build_calendar(
            offering,
            choice,
            lambda first, last: as_days(asked.sessions(first, last)),
            **reach,
            details_url=page_url,
        )
        return ShownDates(month=month, start=choice.start)
    except HorariumError:
        return ShownDates()


def _read_stay(asked: Asked, data: Any) -> ChangedStay:
    view = asked.present.view
    check_in = read_date(data["check_in"]) if "check_in" in data else view.start.date()
    check_out = read_date(data["check_out"]) if "check_out" in data else view.end.date()
    if check_in is None or not asked.today <= check_in <= asked.last_day + timedelta(days=1):
        check_in = check_out = None
    elif check_out is not None and not check_in < check_out <= check_in + timedelta(days=LONGEST):
        check_out = None
    return ChangedStay(
        check_in=check_in,
        check_out=check_out,
        rate_plan=asked.wanted.rate_plan or None,
        month=read_date(f"{data.get('month', '')}-01"),
        kept=_kept(asked),
    )


def _read_session(asked: Asked, data: Any) -> ChangedSession:
    """Of a shared slot it is the start that is chosen: its guests make the session."""
    view, wanted, is_shared = asked.present.view, asked.wanted, asked.present.offering.is_shared
    start = (read_instant(data.get("start", "")) or view.start).astimezone(view.start.tzinfo)
    day = read_date(data.get("day", "")) or start.date()
    return ChangedSession(
        session=None if is_shared else wanted.session or asked.present.session,
        start=start if is_shared else None,
        month=read_date(f"{data.get('month', '')}-01") or day.replace(day=1),
        day=day if is_shared else None,
        kept=_kept(asked),
    )


def _kept(asked: Asked) -> Pairs:
    """The rest of the form, as its fields are called."""
    wanted, pairs = asked.wanted, []
    if asked.present.mode == "stay":
        pairs += [
            ("adults", str(wanted.guests.adults)),
            ("ages", wanted.ages),
            ("rate_plan", wanted.rate_plan),
        ]
    else:
        pairs += [(f"tickets_{name}", str(number)) for name, number in wanted.tickets.items()]
    if wanted.resource:
        pairs.append(("resource", wanted.resource))
    return (*pairs, *((f"extra_{name}", str(number)) for name, number in wanted.extras.items()))


def _month(first: date | None) -> list[tuple[str, str]]:
    return [("month", f"{first:%Y-%m}")] if first else []
