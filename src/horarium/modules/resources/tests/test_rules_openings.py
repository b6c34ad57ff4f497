"""Opening rules: which intervals begin on a date, and which weeks are refused."""

from __future__ import annotations

from datetime import date

import pytest

from horarium.kit.errors import InvalidInput
from horarium.modules.resources.rules import (
    DatedRule,
    OpeningRules,
    WeeklyRule,
    check_interval,
    check_week,
    merged,
    open_intervals,
)

MONDAY = date(2026, 11, 30)
TUESDAY = date(2026, 12, 1)
NOTHING = OpeningRules()


def week(*intervals: tuple[int, int], weekday: int = 0) -> OpeningRules:
    return OpeningRules(tuple(WeeklyRule(weekday, starts, ends) for starts, ends in intervals))


def own_day(rules: OpeningRules, day: date = MONDAY) -> list[tuple[int, int]]:
    return open_intervals(rules, NOTHING, False, day)


def test_a_day_has_as_many_intervals_as_it_needs_with_breaks_between() -> None:
    rules = week((900, 1200), (540, 720), (780, 840))
    assert own_day(rules) == [(540, 720), (780, 840), (900, 1200)]
    assert own_day(rules, TUESDAY) == []


def test_touching_intervals_are_one() -> None:
    assert own_day(week((540, 720), (720, 840))) == [(540, 840)]
    assert merged([(3, 9), (1, 4), (20, 30), (5, 6)]) == [(1, 9), (20, 30)]


def test_an_interval_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    rules = week((1320, 1560), weekday=0)
    assert own_day(rules, MONDAY) == [(1320, 1560)]
    assert own_day(rules, TUESDAY) == []


def test_dated_hours_replace_the_whole_week_rule_of_their_dates() -> None:
    rules = OpeningRules(
        (WeeklyRule(0, 540, 1080), WeeklyRule(1, 540, 1080)),
        (DatedRule(MONDAY, MONDAY, 720, 780), DatedRule(MONDAY, MONDAY, 600, 660)),
    )
    assert own_day(rules, MONDAY) == [(600, 660), (720, 780)]
    assert own_day(rules, TUESDAY) == [(540, 1080)]


def test_a_closure_holds_on_its_first_and_last_date_and_beats_other_hours_of_that_date() -> None:
    rules = OpeningRules(
        tuple(WeeklyRule(day, 540, 1080) for day in range(7)),
        (DatedRule(MONDAY, TUESDAY), DatedRule(MONDAY, MONDAY, 600, 660)),
    )
    assert own_day(rules, date(2026, 11, 29)) == [(540, 1080)]
    assert own_day(rules, MONDAY) == []
    assert own_day(rules, TUESDAY) == []
    assert own_day(rules, date(2026, 12, 2)) == [(540, 1080)]


def test_a_weekly_rule_holds_from_its_first_to_its_last_date() -> None:
    rule = WeeklyRule(0, 540, 600, valid_from=date(2026, 11, 23), valid_until=MONDAY)
    fitting = [date(2026, 11, day) for day in (16, 23, 30)] + [date(2026, 12, 7)]
    assert [rule.applies_on(day) for day in fitting] == [False, True, True, False]
    assert not rule.applies_on(TUESDAY)


OWN_DATED = OpeningRules((WeeklyRule(0, 540, 600),), (DatedRule(MONDAY, MONDAY, 300, 360),))
OWN_WEEK = week((540, 600))
LOCATION_WEEK = week((480, 1200))
LOCATION_DATED = OpeningRules((WeeklyRule(0, 480, 1200),), (DatedRule(MONDAY, MONDAY, 660, 720),))
LOCATION_CLOSED = OpeningRules((WeeklyRule(0, 480, 1200),), (DatedRule(MONDAY, MONDAY),))


@pytest.mark.parametrize(
    ("own", "location", "follows", "expected"),
    [
        (OWN_DATED, LOCATION_CLOSED, True, [(300, 360)]),
        (OWN_DATED, LOCATION_DATED, False, [(300, 360)]),
        (OWN_WEEK, LOCATION_CLOSED, False, []),
        (OWN_WEEK, LOCATION_CLOSED, True, []),
        (OWN_WEEK, LOCATION_DATED, True, [(660, 720)]),
        (OWN_WEEK, LOCATION_DATED, False, [(540, 600)]),
        (OWN_WEEK, LOCATION_WEEK, True, [(480, 1200)]),
        (OWN_WEEK, LOCATION_WEEK, False, [(540, 600)]),
        (NOTHING, LOCATION_WEEK, False, []),
        (NOTHING, NOTHING, True, []),
    ],
)
def test_the_most_specific_rule_wins(
    own: OpeningRules, location: OpeningRules, follows: bool, expected: list[tuple[int, int]]
) -> None:
    """Own dated rule, a closed location, the location's dated hours when followed, then the week."""
    assert open_intervals(own, location, follows, MONDAY) == expected


@pytest.mark.parametrize(
    ("starts", "ends", "reason"),
    [
        (-5, 60, "start_outside_day"),
        (1440, 1500, "start_outside_day"),
        (600, 600, "end_before_start"),
        (600, 595, "end_before_start"),
        (600, 2045, "end_before_start"),
        (601, 660, "not_five_minutes"),
        (600, 662, "not_five_minutes"),
    ],
)
def test_an_interval_that_no_calendar_can_show_is_refused(starts: int, ends: int, reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_interval(starts, ends, field="week")
    assert (refusal.value.field, refusal.value.params["reason"]) == ("week", reason)


def test_a_whole_day_and_a_night_are_intervals() -> None:
    check_interval(0, 1440, field="week")
    check_interval(1435, 2875, field="week")


def test_overlapping_intervals_of_one_weekday_are_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_week([WeeklyRule(2, 600, 720), WeeklyRule(2, 540, 605)], field="week")
    assert refusal.value.params == {"reason": "overlap"}
    with pytest.raises(InvalidInput):
        check_week([WeeklyRule(7, 600, 720)], field="week")


def test_intervals_may_touch_lie_on_other_weekdays_or_on_other_dates() -> None:
    check_week([WeeklyRule(2, 600, 720), WeeklyRule(2, 720, 800), WeeklyRule(3, 600, 720)], field="week")
    summer = WeeklyRule(2, 600, 720, valid_until=date(2026, 8, 31))
    autumn = WeeklyRule(2, 630, 800, valid_from=date(2026, 9, 1))
    check_week([summer, autumn], field="week")
    with pytest.raises(InvalidInput):
        check_week([summer, WeeklyRule(2, 630, 800, valid_from=date(2026, 8, 31))], field="week")


def test_an_interval_is_compared_with_every_earlier_one_of_its_day() -> None:
    """One of another season stands between two that overlap."""
    spring = date(2026, 6, 30)
    week = [
        WeeklyRule(0, 540, 720, valid_until=spring),
        WeeklyRule(0, 600, 610, valid_from=date(2026, 7, 1)),
        WeeklyRule(0, 700, 800, valid_until=spring),
    ]
    with pytest.raises(InvalidInput) as refusal:
        check_week(week, field="week")
    assert refusal.value.params == {"reason": "overlap"}
