"""The grid of a month."""

from datetime import date

from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.web.storefront.choice import Choice
from horarium.web.storefront.month import build_month, last_of
from horarium.workflows.list_availability import Day

TODAY = date(2026, 12, 10)


def month_of(country: str, *days: Day) -> list[list[int | None]]:
    built = build_month(
        date(2026, 12, 1), days, Choice(), today=TODAY, last_day=date(2027, 1, 20), country=country
    )
    return [[cell.date.day if cell else None for cell in week] for week in built.weeks]


def test_the_week_starts_as_is_the_custom_of_the_country() -> None:
    assert month_of("RU")[0] == [None, 1, 2, 3, 4, 5, 6]
    assert month_of("US")[0] == [None, None, 1, 2, 3, 4, 5]


def test_a_month_ends_on_its_last_day() -> None:
    assert last_of(date(2028, 2, 3)) == date(2028, 2, 29)
    assert month_of("RU")[-1] == [28, 29, 30, 31, None, None, None]


def test_every_day_says_in_words_what_can_be_done() -> None:
    days = (
        Day(date(2026, 12, 10), DayStatus.CLOSED, Reason.LEAD_TIME, ()),
        Day(date(2026, 12, 11), DayStatus.SOLD_OUT, Reason.TAKEN, ()),
        Day(date(2026, 12, 12), DayStatus.CLOSED, Reason.CLOSED, ()),
    )
    built = build_month(
        date(2026, 12, 1), days, Choice(), today=TODAY, last_day=date(2026, 12, 20), country="RU"
    )
    said = {cell.date.day: cell.note for week in built.weeks for cell in week if cell}
    assert said[9] == "past"
    assert said[10] == "too late to book"
    assert said[11] == "fully booked"
    assert said[12] == "closed"
    assert said[25] == "not open for booking yet"
    assert (built.previous, built.next) == ("", "")
