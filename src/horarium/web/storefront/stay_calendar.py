"""The page of a stay: two months of nights, first for the arrival, then for the departure that goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from horarium.modules.availability.rules.reasons import DayStatus
from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.formats import bare_amount, day_text, money_text
from horarium.workflows.list_departures import list_departures
from horarium.workflows.list_stays import Night, StayExplanation, StayOffer, explain_stay, list_nights

from .month import BOOKABLE, first_of, last_of, weekday_names, weeks_of
from .shop import Shop
from .stay_choice import StayChoice
from .stay_words import (
    arrival_reason,
    departure_text,
    long_reason,
    min_stay_text,
    nights_text,
    rooms_left,
    short_reason,
)

MONTHS = 2


class StaySource(Protocol):
    """Where the calendar has its dates from: what is on sale, or what a booking can become."""

    def nights(self, first_on: date, last_on: date) -> Sequence[Night]: ...
    def departures(self, check_in: date, last_on: date) -> Sequence[StayOffer]: ...
    def explain(self, check_in: date, check_out: date) -> StayExplanation | None: ...


@dataclass(frozen=True, slots=True)
class StaysOnSale:
    """What anybody can book who chooses so."""

    shop: Shop
    offering: OfferingFacts
    choice: StayChoice

    def nights(self, first_on: date, last_on: date) -> Sequence[Night]:
        wish = self.choice.wish
        return list_nights(
            *self._names, first_on=first_on, last_on=last_on, wish=wish, now=self.shop.now
        ).days

    def departures(self, check_in: date, last_on: date) -> Sequence[StayOffer]:
        wish = self.choice.wish
        return list_departures(*self._names, check_in, last_on=last_on, wish=wish, now=self.shop.now).stays

    def explain(self, check_in: date, check_out: date) -> StayExplanation:
        """In every plan."""
        wish = replace(self.choice, rate_plan=None).wish
        return explain_stay(*self._names, dates=(check_in, check_out), wish=wish, now=self.shop.now)

    @property
    def _names(self) -> tuple[str, str]:
        return self.shop.business.slug, self.offering.public_id


@dataclass(frozen=True, slots=True)
class NightCell:
    """One date. `note` is the price or the reason why not; `role`: in, out, between or nothing."""

    date: date
    status: str
    note: str
    spoken: str
    url: str
    role: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class StayMonth:
    first: date
    weeks: tuple[tuple[NightCell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class StayCalendar:
    """`found`: what is known about the chosen dates. `is_free`: whether any arrival is possible in what is shown."""

    choice: StayChoice
    months: tuple[StayMonth, ...]
    weekdays: tuple[tuple[str, str], ...]
    previous: str
    next: str
    is_free: bool
    found: StayExplanation | None

    @property
    def phase(self) -> str:
        if self.choice.check_in is None:
            return "arrival"
        return "departure" if self.choice.check_out is None else "stay"

    @property
    def nights(self) -> str:
        return nights_text(self.choice.nights)

    @property
    def again(self) -> str:
        """Without dates, to begin anew."""
        return self.choice.query(check_in=None, check_out=None)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the cells are drawn from."""

    choice: StayChoice
    today: date
    last_day: date
    nights: Mapping[date, Night]
    departures: Mapping[date, StayOffer] = field(default_factory=dict)


def build_stay_calendar(
    offering: OfferingFacts, choice: StayChoice, source: StaySource, *, today: date, last_day: date
) -> StayCalendar:
    """At most eight queries; `last_day` is the horizon. Raises InvalidInput when the choice makes no sense."""
    first = _shown_month(choice, today, last_day)
    months = [first, first_of(last_of(first) + timedelta(days=1))][:MONTHS]
    last = last_of(months[-1])
    shown = replace(choice, month=first)
    nights = source.nights(max(first, today), last)
    known = _Known(shown, today, last_day, {one.date: one for one in nights})
    found = None
    if choice.check_in and choice.check_out:
        found = source.explain(choice.check_in, choice.check_out)
        if found and choice.rate_plan not in {one.plan.public_id for one in found.plans if one.plan}:
            known = replace(known, choice=(shown := replace(shown, rate_plan=None)))
    elif choice.check_in and choice.check_in < last:
        departures = source.departures(choice.check_in, last)
        known = replace(known, departures={one.check_out: one for one in departures})
    return StayCalendar(
        choice=shown,
        months=tuple(
            StayMonth(one, weeks_of(one, _Cells(known), offering.location.country)) for one in months
        ),
        weekdays=weekday_names(offering.location.country),
        previous=_month_query(shown, first - timedelta(days=1)) if first > today else "",
        next=_month_query(shown, months[1]) if last < last_day else "",
        is_free=any(not arrival_reason(one) for one in nights),
        found=found,
    )


def _shown_month(choice: StayChoice, today: date, last_day: date) -> date:
    wanted = choice.month or choice.check_in or today
    return first_of(min(max(wanted, today), last_day))


def _month_query(choice: StayChoice, day: date) -> str:
    return choice.query(month=first_of(day))


class _Cells:
    """Draws a date."""

    def __init__(self, known: _Known) -> None:
        self.known = known

    def __call__(self, day: date) -> NightCell:
        known, choice = self.known, self.known.choice
        role = _role(choice, day)
        if day < known.today:
            return NightCell(day, "past", "", self._spoken(day, _("past")), "", role, False)
        if choice.check_in and not choice.check_out and day > choice.check_in:
            return self._departure(day)
        night = known.nights.get(day)
        reason = "horizon" if night is None else arrival_reason(night)
        if night is None or reason:
            status = self._status(night, reason)
            said = self._spoken(day, long_reason(reason))
            if role:
                return NightCell(day, status, "", self._spoken(day, _role_text(role)), "", role, False)
            return NightCell(day, status, short_reason(reason), said, "", role, day == known.today)
        return self._arrival(day, night, role)

    def _arrival(self, day: date, night: Night, role: str) -> NightCell:
        price = money_text(night.price) if night.price is not None else ""
        facts = [_role_text(role), price and _("%(price)s a night") % {"price": price}, min_stay_text(night)]
        if night.status == DayStatus.LIMITED and night.free:
            facts.append(rooms_left(night))
        url = self.known.choice.query(check_in=day, check_out=None, month=self.known.choice.month)
        spoken = self._spoken(day, ", ".join(one for one in facts if one))
        note = bare_amount(night.price) if night.price is not None else ""
        return NightCell(day, str(night.status), note, spoken, url, role, day == self.known.today)

    def _departure(self, day: date) -> NightCell:
        stay = self.known.departures.get(day)
        if stay is None:
            said = self._spoken(day, long_reason("max_stay"))
            return NightCell(day, "closed", short_reason("max_stay"), said, "", "", False)
        if stay.reason is not None or stay.total is None:
            reason = str(stay.reason or "closed")
            status = "sold_out" if short_reason(reason) == short_reason("taken") else "closed"
            said = self._spoken(day, long_reason(reason))
            return NightCell(day, status, short_reason(reason), said, "", "", False)
        said = self._spoken(day, departure_text(stay, money_text(stay.total)))
        url = self.known.choice.query(check_out=day)
        return NightCell(day, "available", bare_amount(stay.total), said, url, "", False)

    @staticmethod
    def _status(night: Night | None, reason: str) -> str:
        if night is None:
            return "beyond"
        if short_reason(reason) == short_reason("taken"):
            return str(DayStatus.SOLD_OUT)
        return "closed" if night.status in BOOKABLE else str(night.status)

    @staticmethod
    def _spoken(day: date, note: str) -> str:
        return f"{day_text(day, long=True)}: {note}"


def _role(choice: StayChoice, day: date) -> str:
    if day == choice.check_in:
        return "in"
    if choice.check_in and choice.check_out:
        if day == choice.check_out:
            return "out"
        return "between" if choice.check_in < day < choice.check_out else ""
    return ""


def _role_text(role: str) -> str:
    return {"in": _("your arrival"), "out": _("your departure"), "between": _("in your stay")}.get(role, "")
