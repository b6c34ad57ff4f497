"""What a new limit leaves of the old ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.modules.catalog.rules import ALL_DAYS, Dates, Limited, Limits, laid_over

DECEMBER = Dates(date(2026, 12, 1), date(2026, 12, 31))
WEEKENDS = Dates(date(2026, 12, 1), date(2026, 12, 31), frozenset({4, 5}))
FRIDAY, SUNDAY = date(2026, 12, 4), date(2026, 12, 6)


def limits_on(day: date, limited: list[Limited]) -> Limits:
    found = Limits()
    for dates, limits in limited:
        if dates.first_on <= day <= dates.last_on and day.weekday() in dates.weekdays:
            found = found.stricter(limits)
    return found


def test_a_shorter_stay_can_be_allowed_again_on_some_dates() -> None:
    week = Dates(date(2026, 12, 7), date(2026, 12, 13))
    after = laid_over([(DECEMBER, Limits(min_nights=3, is_closed=True))], week, {"min_nights": None})
    assert limits_on(date(2026, 12, 6), after) == Limits(min_nights=3, is_closed=True)
    assert limits_on(date(2026, 12, 7), after) == Limits(is_closed=True)
    assert limits_on(date(2026, 12, 13), after) == Limits(is_closed=True)
    assert limits_on(date(2026, 12, 14), after) == Limits(min_nights=3, is_closed=True)
    assert len(after) == 3


def test_only_the_weekdays_that_were_meant_change() -> None:
    after = laid_over([(DECEMBER, Limits(min_nights=2))], WEEKENDS, {"min_nights": 4})
    assert after == [
        (WEEKENDS, Limits(min_nights=4)),
        (Dates(DECEMBER.first_on, DECEMBER.last_on, ALL_DAYS - {4, 5}), Limits(min_nights=2)),
    ] or after == [
        (Dates(DECEMBER.first_on, DECEMBER.last_on, ALL_DAYS - {4, 5}), Limits(min_nights=2)),
        (WEEKENDS, Limits(min_nights=4)),
    ]


def test_what_is_set_piece_by_piece_becomes_one_line() -> None:
    first, second = (
        Dates(date(2026, 12, 1), date(2026, 12, 10)),
        Dates(date(2026, 12, 11), date(2026, 12, 31)),
    )
    after = laid_over(laid_over([], first, {"is_closed": True}), second, {"is_closed": True})
    assert after == [(DECEMBER, Limits(is_closed=True))]
    assert laid_over(after, DECEMBER, {"is_closed": False}) == []


DAYS = [date(2026, 12, 1) + timedelta(days=number) for number in range(14)]
SPANS = st.builds(
    lambda ends, weekdays: Dates(min(ends), max(ends), weekdays),
    st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)),
    st.frozensets(st.integers(0, 6), max_size=7),
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "min_nights": st.none() | st.integers(1, 5),
        "max_nights": st.none() | st.integers(5, 9),
        "is_closed": st.booleans(),
    },
)


@given(st.lists(st.tuples(SPANS, CHANGES), max_size=8))
def test_after_any_number_of_changes_every_date_has_what_was_set_last(
    changes: list[tuple[Dates, dict[str, Any]]],
) -> None:
    expected: dict[date, dict[str, Any]] = {day: {} for day in DAYS}
    limited: list[Any] = []
    for dates, change in changes:
        limited = laid_over(limited, dates, change)
        for day in DAYS:
            if dates.first_on <= day <= dates.last_on and day.weekday() in dates.weekdays:
                expected[day] |= change
    assert {day: limits_on(day, limited) for day in DAYS} == {
        day: Limits(**values) for day, values in expected.items()
    }
    assert all(limits and not dates.is_empty for dates, limits in limited if not dates.is_empty)


@pytest.mark.parametrize(("first", "last", "empty"), [(FRIDAY, FRIDAY, False), (SUNDAY, SUNDAY, True)])
def test_dates_without_any_of_their_weekdays_are_empty(first: date, last: date, empty: bool) -> None:
    assert Dates(first, last, frozenset({4, 5})).is_empty is empty
