"""The rule of a booking that repeats, as it stands in the form, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.rules_limits import broken_limit
from horarium.web.backoffice.shell import Office
from horarium.web.components.typed_dates import read_date
from horarium.workflows.items import SlotItem
from horarium.workflows.place_series import SeriesPlan, plan_series
from horarium.workflows.recurrence import MOST, MOST_APART, SeriesRule, Unit
from horarium.workflows.recurrence_items import SeriesWish

UNITS: Final[dict[str, str | Promise]] = {
    "": gettext_lazy("Once"),
    "day": gettext_lazy("Daily"),
    "week": gettext_lazy("Weekly"),
    "month": gettext_lazy("Monthly"),
}
APART: Final[dict[str, str | Promise]] = {
    "day": gettext_lazy("Every so many days"),
    "week": gettext_lazy("Every so many weeks"),
    "month": gettext_lazy("Every so many months"),
}
USUAL_TIMES: Final = 4


@dataclass(frozen=True, slots=True)
class TypedRule:
    """`unit` is empty for a booking that does not repeat. `by_date`: it goes on until a date, else so many times."""

    unit: str
    every: int
    weekdays: tuple[int, ...]
    by_date: bool
    times: int
    until: date | None

    @classmethod
    def of(cls, data: QueryDict) -> TypedRule:
        unit = data.get("repeats", "")
        days = {int(one) for one in data.getlist("weekdays") if one in "0123456" and len(one) == 1}
        return cls(
            unit=unit if unit in UNITS else "",
            every=_number(data.get("every"), 1),
            weekdays=tuple(sorted(days)) if unit == "week" else (),
            by_date=data.get("ends") == "date",
            times=_number(data.get("times"), USUAL_TIMES),
            until=read_date(data.get("until")),
        )

    @property
    def rule(self) -> SeriesRule:
        return SeriesRule(
            every=self.every,
            weekdays=self.weekdays,
            count=None if self.by_date else self.times,
            until=self.until if self.by_date else None,
            unit=cast(Unit, self.unit),
        )


@dataclass(frozen=True, slots=True)
class ShownRule:
    """`plan`: all dates of it as they would be booked now; `problem`: why the rule makes none. `limits`: what binds
    guests and the dates would break, one by one.
    """

    typed: TypedRule
    plan: SeriesPlan | None = None
    problem: str = ""
    units: Sequence[tuple[str, str]] = ()
    apart: str = ""
    limits: Sequence[Reason | None] = ()

    @property
    def clashes(self) -> int:
        return len(self.plan.clashes) if self.plan else 0


def shown_rule(office: Office, data: QueryDict, item: object, now: datetime) -> ShownRule:
    """For the form: the dates are planned as soon as a time is chosen."""
    typed = TypedRule.of(data)
    plan, problem = None, ""
    if typed.unit and isinstance(item, SlotItem):
        try:
            plan = plan_series(office.business.pk, SeriesWish(item, typed.rule), now)
        except InvalidInput as error:
            problem = rule_problem(error)
    units = [(key, str(word)) for key, word in UNITS.items()]
    return ShownRule(typed, plan, problem, units, str(APART.get(typed.unit, "")), _limits(plan, now))


def _limits(plan: SeriesPlan | None, now: datetime) -> list[Reason | None]:
    planned = plan.planned if plan else ()
    return [broken_limit(one.offering, (one.starts_at, one.ends_at), None, now) for one in planned]


def rule_problem(error: InvalidInput) -> str:
    """What to do about a rule that cannot be."""
    match (error.field or "").rpartition(".")[2], str(error.params.get("reason", "")):
        case "count", "required":
            return _("Choose the last date.")
        case (("count" | "until"), "too_many"):
            return _("No more than %(most)d dates at once.") % {"most": MOST}
        case (("count" | "until"), "range_too_long"):
            return _("Choose a last date after the first one, within three years.")
        case "until", _reason:
            return _("None of these dates lies before the last one.")
        case "every", _reason:
            return _("From 1 to %(most)d.") % {"most": MOST_APART}
    return _("These dates cannot be booked together.")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 4 else default
