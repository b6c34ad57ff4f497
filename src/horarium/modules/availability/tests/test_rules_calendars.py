"""Openings and grids become seconds: golden tables for every kind of change of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from horarium.kit.timeline import CELL
from horarium.modules.availability.rules.calendars import (
    Calendar,
    TakenRange,
    day_bounds,
    grid_mask,
    grid_of_day,
    open_cells,
    open_ranges,
    span_of,
    without,
)
from horarium.modules.resources.rules import DatedRule, OpeningRules, WeeklyRule

LISBON, SANTIAGO, LORD_HOWE = "Europe/Lisbon", "America/Santiago", "Australia/Lord_Howe"
NOTHING = OpeningRules()


def every_day(*intervals: tuple[int, int]) -> OpeningRules:
    return OpeningRules(tuple(WeeklyRule(day, *one) for day in range(7) for one in intervals))


def utc(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%d %H:%M")


def opened(zone: str, day: date, *intervals: tuple[int, int]) -> list[tuple[str, str]]:
    """Openings that begin on the date, in UTC."""
    first, end = day_bounds(day, zone)
    found = open_ranges(every_day(*intervals), NOTHING, False, span_of(zone, day, day, margin_minutes=0))
    return [(utc(starts), utc(ends)) for starts, ends in found if first <= starts < end]


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        (LISBON, date(2026, 3, 29), 23 * 60),
        (LISBON, date(2026, 10, 25), 25 * 60),
        (SANTIAGO, date(2026, 9, 6), 23 * 60),
        (SANTIAGO, date(2026, 4, 4), 25 * 60),
        (SANTIAGO, date(2026, 4, 5), 24 * 60),
        (LORD_HOWE, date(2026, 10, 4), 23 * 60 + 30),
        (LORD_HOWE, date(2026, 4, 5), 24 * 60 + 30),
        (LISBON, date(2026, 12, 1), 24 * 60),
    ],
)
def test_a_day_lasts_as_long_as_it_lasts(zone: str, day: date, minutes: int) -> None:
    first, end = day_bounds(day, zone)
    assert (end - first) // 60 == minutes
    assert day_bounds(day + timedelta(days=1), zone)[0] == end


@pytest.mark.parametrize(
    ("zone", "day", "missing"),
    [
        (LISBON, date(2026, 3, 29), ["01:00", "01:30"]),
        (SANTIAGO, date(2026, 9, 6), ["00:00", "00:30"]),
        (LORD_HOWE, date(2026, 10, 4), ["02:00"]),
    ],
)
def test_starts_in_a_gap_do_not_exist(zone: str, day: date, missing: list[str]) -> None:
    """T-13: a start that the clock never shows is not offered, and none is moved onto another."""
    starts = grid_of_day(day, zone, 30, ())
    assert len(starts) == len(set(starts)) == 48 - len(missing)
    shown = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 1440, 30)]
    kept = [one for one in shown if one not in missing]
    for second, clock in zip(starts, kept, strict=True):
        assert clock_of(second, zone) == clock


@pytest.mark.parametrize(
    ("zone", "day", "twice"),
    [
        (LISBON, date(2026, 10, 25), "01:30"),
        (SANTIAGO, date(2026, 4, 4), "23:30"),
        (LORD_HOWE, date(2026, 4, 5), "01:30"),
    ],
)
def test_starts_in_a_repeated_hour_count_once_at_their_first_occurrence(
    zone: str, day: date, twice: str
) -> None:
    """T-13."""
    starts = grid_of_day(day, zone, 30, ())
    assert len(starts) == len(set(starts)) == 48
    assert list(starts) == sorted(starts)
    [found] = [second for second in starts if clock_of(second, zone) == twice]
    later = found + (1800 if zone == LORD_HOWE else 3600)
    assert clock_of(later, zone) == twice
    assert later not in starts


def clock_of(second: int, zone_name: str) -> str:
    from horarium.kit.zones import zone

    return datetime.fromtimestamp(second, zone(zone_name)).strftime("%H:%M")


@pytest.mark.parametrize(
    ("zone", "day", "interval", "expected"),
    [
        # Lisbon, 29 March: 01:00 becomes 02:00.
        (LISBON, date(2026, 3, 29), (0, 180), ("29 00:00", "29 02:00")),
        (LISBON, date(2026, 3, 29), (90, 180), ("29 01:00", "29 02:00")),
        (LISBON, date(2026, 3, 29), (540, 1080), ("29 08:00", "29 17:00")),
        # Lisbon, 25 October: 02:00 becomes 01:00.
        (LISBON, date(2026, 10, 25), (0, 180), ("24 23:00", "25 03:00")),
        (LISBON, date(2026, 10, 25), (60, 90), ("25 00:00", "25 00:30")),
        (LISBON, date(2026, 10, 25), (540, 1080), ("25 09:00", "25 18:00")),
        # Santiago, 6 September: midnight becomes 01:00.
        (SANTIAGO, date(2026, 9, 6), (0, 120), ("06 04:00", "06 05:00")),
        (SANTIAGO, date(2026, 9, 5), (1320, 1560), ("06 02:00", "06 05:00")),
        # Santiago, 4 April: midnight becomes 23:00 of the same Saturday.
        (SANTIAGO, date(2026, 4, 4), (1320, 1440), ("05 01:00", "05 04:00")),
        (SANTIAGO, date(2026, 4, 4), (1380, 1410), ("05 02:00", "05 02:30")),
        # Lord Howe moves by half an hour: 02:00 becomes 02:30 in October, 01:30 in April.
        (LORD_HOWE, date(2026, 10, 4), (60, 180), ("03 14:30", "03 16:00")),
        (LORD_HOWE, date(2026, 4, 5), (60, 180), ("04 14:00", "04 16:30")),
    ],
)
def test_openings_across_a_change_of_the_clock_keep_their_true_duration(
    zone: str, day: date, interval: tuple[int, int], expected: tuple[str, str]
) -> None:
    """T-12, T-13."""
    assert opened(zone, day, interval) == [expected]


def test_an_opening_that_lies_in_a_gap_is_none() -> None:
    assert opened(LISBON, date(2026, 3, 29), (60, 120)) == []
    assert opened(SANTIAGO, date(2026, 9, 6), (15, 45)) == []


def test_the_night_before_reaches_into_the_window_of_a_date() -> None:
    day = date(2026, 12, 1)
    span = span_of(LISBON, day, day, margin_minutes=0)
    cells = open_cells(every_day((1320, 1560)), NOTHING, False, span)
    assert [(utc(one), utc(two)) for one, two in cells.ranges()] == [
        ("01 00:00", "01 02:00"),
        ("01 22:00", "02 00:00"),
    ]


def test_the_window_holds_its_dates_and_the_margin_around_them() -> None:
    span = span_of(LISBON, date(2026, 10, 24), date(2026, 10, 25), margin_minutes=95)
    assert utc(span.starts) == "23 21:25"
    assert utc(span.ends) == "26 01:35"
    assert span.length * CELL == (24 + 25) * 3600 + 2 * 95 * 60
    assert span.days() == [date(2026, 10, 24), date(2026, 10, 25)]


def test_fixed_starts_stand_instead_of_the_grid() -> None:
    day = date(2026, 12, 1)
    mask = grid_mask(span_of(LISBON, day, day, margin_minutes=60), 15, (600, 1350))
    assert [utc(one) for one in mask.starts()] == ["01 10:00", "01 22:30"]


def test_a_grid_starts_anew_at_each_local_midnight() -> None:
    """T-07: 40 minutes do not divide a day; the second day begins at midnight all the same."""
    span = span_of(LISBON, date(2026, 12, 1), date(2026, 12, 2), margin_minutes=0)
    starts = [utc(one) for one in grid_mask(span, 50, ()).starts()]
    assert starts[:2] == ["01 00:00", "01 00:50"]
    assert [one for one in starts if one.startswith("02")][:2] == ["02 00:00", "02 00:50"]


def test_what_is_taken_is_rounded_outward_and_what_is_open_inward() -> None:
    day = date(2026, 12, 1)
    span = span_of("UTC", day, day, margin_minutes=0)
    base = span.starts
    closed_until = OpeningRules(dated=(DatedRule(day, day, 600, 660),))
    calendar = Calendar(
        open_cells(closed_until, NOTHING, False, span),
        (
            TakenRange(base + 610 * 60 + 1, base + 614 * 60, is_block=False),
            TakenRange(base + 640 * 60, base + 645 * 60, is_block=True),
        ),
    )
    assert [(utc(a), utc(b)) for a, b in calendar.open.ranges()] == [("01 10:00", "01 11:00")]
    free = calendar.open & calendar.untaken
    assert [(utc(a), utc(b)) for a, b in free.ranges()] == [
        ("01 10:00", "01 10:10"),
        ("01 10:15", "01 10:40"),
        ("01 10:45", "01 11:00"),
    ]
    unbooked = calendar.open & calendar.unbooked
    assert [(utc(a), utc(b)) for a, b in unbooked.ranges()] == [
        ("01 10:00", "01 10:10"),
        ("01 10:15", "01 11:00"),
    ]


def test_claims_of_earlier_lines_count_as_booked_and_leave_the_given_calendars_alone() -> None:
    day = date(2026, 12, 1)
    span = span_of("UTC", day, day, margin_minutes=0)
    calendar = Calendar(open_cells(every_day((600, 660)), NOTHING, False, span))
    changed = without({7: calendar}, [(7, span.starts + 36_000, span.starts + 37_800)])[7]
    assert [(utc(a), utc(b)) for a, b in (changed.open & changed.untaken).ranges()] == [
        ("01 10:30", "01 11:00")
    ]
    assert calendar.taken == ()
    assert changed.taken == (TakenRange(span.starts + 36_000, span.starts + 37_800, False),)
