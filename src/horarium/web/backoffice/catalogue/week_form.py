"""The week of a resource or location as a form: rows of a day, a start and an end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from horarium.kit.errors import InvalidInput
from horarium.modules.resources.actions import Hours
from horarium.modules.resources.models import Opening
from horarium.modules.resources.rules import DAY, WeeklyRule, check_week
from horarium.web.backoffice.entered import Entered, Row, clock_of, minute_of, refusal_text

from .wording import weekday_name


@dataclass(frozen=True, slots=True)
class Day:
    number: int
    name: str
    rows: list[Row]
    error: str


def typed_week(openings: Iterable[Opening], *, follows: bool) -> Entered:
    values: dict[str, object] = {"hours_kind": "location" if follows else "own"}
    for number, one in enumerate(openings):
        row = {
            "day": one.weekday, "starts": clock_of(one.starts_minute), "ends": clock_of(one.ends_minute),
            "from": one.valid_from, "until": one.valid_until,
        }  # fmt: skip
        values |= {f"week.{number}.{name}": value for name, value in row.items()}
    return Entered.of(values)


def days_of(entered: Entered) -> list[Day]:
    by_day: dict[int, list[Row]] = {day: [] for day in range(7)}
    for row in entered.rows("week"):
        day = row.value.get("day", "")
        if day.isdigit() and int(day) in by_day:
            by_day[int(day)].append(row)
    return [
        Day(day, weekday_name(day, short=False), by_day[day], entered.errors.get(f"day.{day}", ""))
        for day in range(7)
    ]


def take_step(entered: Entered, step: str) -> None:
    """`add:2`, `copy:2` (Wednesday to all days), `close:2`, `remove:5` (row five)."""
    verb, _colon, text = step.partition(":")
    if not text.isdigit():
        return
    number = int(text)
    if verb == "remove":
        entered.remove_row("week", number)
        return
    if number > 6:
        return
    rows = {day.number: day.rows for day in days_of(entered)}
    if verb == "add":
        last = rows[number][-1].value.get("ends", "") if rows[number] else ""
        entered.add_row("week", day=str(number), starts=last, ends="")
    elif verb == "close":
        for row in reversed(rows[number]):
            entered.remove_row("week", row.number)
    elif verb == "copy":
        copied = [(row.value.get("starts", ""), row.value.get("ends", "")) for row in rows[number]]
        for row in reversed([row for day, found in rows.items() if day != number for row in found]):
            entered.remove_row("week", row.number)
        for day in range(7):
            for starts, ends in copied if day != number else []:
                entered.add_row("week", day=str(day), starts=starts, ends=ends)


def read_week(entered: Entered) -> list[Hours]:
    """An end that is not after its start is on the next day. Mistakes are noted at their row or day."""
    week = []
    for row in entered.rows("week"):
        at, typed = row.prefix, (row.value.get("starts", ""), row.value.get("ends", ""))
        if not any(typed):
            continue
        starts, ends = (minute_of(text) for text in typed)
        if starts is None or ends is None:
            problem = _("Times such as 09:30.") if all(typed) else _("Give both the start and the end.")
            entered.wrong(f"day.{row.value.get('day')}", problem)
            continue
        week.append(
            Hours(
                int(row.value.get("day", "0")),
                starts,
                ends if ends > starts else ends + DAY,
                entered.day(f"{at}.from"),
                entered.day(f"{at}.until"),
            )
        )
    _check_days(entered, week)
    return week


def _check_days(entered: Entered, week: Sequence[Hours]) -> None:
    for day in range(7):
        rules = [
            WeeklyRule(one.weekday, one.starts, one.ends, one.valid_from, one.valid_until)
            for one in week
            if one.weekday == day
        ]
        try:
            check_week(rules, field=f"day.{day}")
        except InvalidInput as error:
            entered.wrong(f"day.{day}", refusal_text(error))
