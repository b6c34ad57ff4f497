"""A month of dates as a table: from Monday to Sunday, with the days beside it that fill its weeks."""

from __future__ import annotations

from datetime import date, timedelta


def read_month(text: str) -> date | None:
    """The first day of `2026-12`."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def shifted(day: date, months: int) -> date:
    """The first of the month so many months from it."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def weeks_of(month: date) -> list[list[date]]:
    first = month - timedelta(days=month.weekday())
    count = -(-(shifted(month, 1) - first).days // 7)
    return [[first + timedelta(days=7 * week + number) for number in range(7)] for week in range(count)]
