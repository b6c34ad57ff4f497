"""Wall clocks and instants across every kind of change of the offset (T-12, T-13, T-14)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.period import InvalidPeriod
from horarium.kit.zones import (
    UnknownZone,
    exists,
    instant_of,
    local_date_of,
    local_day,
    minutes_of,
    zone,
)

FIRST_YEAR, LAST_YEAR = 2024, 2030
YEAR = 31_556_952
"""Seconds of a mean year."""

SAMPLE = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Almaty",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Easter",
]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the offset of a zone: the first instant with the new offset, and both offsets."""

    zone: ZoneInfo
    at: datetime
    before: timedelta
    after: timedelta


def offset(instant: datetime, place: ZoneInfo) -> timedelta:
    found = instant.astimezone(place).utcoffset()
    assert found is not None
    return found


def changes(place: ZoneInfo) -> Iterator[Change]:
    """All changes of the years under test, found by walking in UTC: days first, then seconds by halving."""
    day, last = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    while day < last:
        following = day + timedelta(days=1)
        before, after = offset(day, place), offset(following, place)
        if before != after:
            low, high = day, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (low, middle) if offset(middle, place) == after else (middle, high)
            yield Change(place, high, before, after)
        day = following


def wall_of(instant: datetime, distance: timedelta) -> tuple[date, int]:
    """What a wall clock at this distance from UTC shows: date and whole minutes."""
    wall = instant + distance
    return wall.date(), wall.hour * 60 + wall.minute


def check(change: Change) -> None:
    one = timedelta(minutes=1)
    size = abs(change.after - change.before)
    inside = [timedelta(0), one, size / 2, size - one]
    if change.after > change.before:
        for step in inside:
            assert_gap(change, step)
    else:
        for step in inside:
            assert_fold(change, step)
    assert instant_of(*wall_of(change.at - one, change.before), change.zone) <= change.at - one
    assert_days_are_true(change)


def assert_gap(change: Change, step: timedelta) -> None:
    skipped = wall_of(change.at + step, change.before)
    assert not exists(*skipped, change.zone)
    assert instant_of(*skipped, change.zone) == change.at
    assert exists(*wall_of(change.at, change.after), change.zone)
    assert instant_of(*wall_of(change.at, change.after), change.zone) == change.at


def assert_fold(change: Change, step: timedelta) -> None:
    repeated = wall_of(change.at + step, change.after)
    first = change.at + step - (change.before - change.after)
    assert exists(*repeated, change.zone)
    assert instant_of(*repeated, change.zone) == first < change.at
    assert wall_of(first, offset(first, change.zone)) == repeated
    assert wall_of(change.at + step, offset(change.at + step, change.zone)) == repeated


def assert_days_are_true(change: Change) -> None:
    """The days around the change join without a seam, each 24 hours less what the clock skipped in it."""
    middle = wall_of(change.at, change.after)[0]
    days = [local_day(middle + timedelta(days=step), change.zone) for step in (-1, 0, 1)]
    assert days[0].end == days[1].start
    assert days[1].end == days[2].start
    for day in days:
        skipped = offset(day.end, change.zone) - offset(day.start, change.zone)
        wall_start = day.start + offset(day.start, change.zone)
        wall_end = day.end + offset(day.end, change.zone)
        assert day.duration == wall_end - wall_start - skipped
    total = days[2].end - days[0].start
    assert total == sum((day.duration for day in days), timedelta())
    assert total == timedelta(days=3) - (change.after - change.before)


@pytest.mark.parametrize("name", SAMPLE)
def test_every_change_of_a_sampled_zone_is_read_right(name: str) -> None:
    for change in changes(zone(name)):
        check(change)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(available_timezones() - {"Factory", "localtime"}))
def test_every_change_of_every_zone_is_read_right(name: str) -> None:
    for change in changes(zone(name)):
        check(change)


@pytest.mark.parametrize(
    ("name", "day", "minutes", "is_real", "expected"),
    [
        pytest.param("Europe/Berlin", "2026-03-29", 150, False, "2026-03-29T01:00", id="gap of an hour"),
        pytest.param("Europe/Berlin", "2026-03-29", 180, True, "2026-03-29T01:00", id="end of the gap"),
        pytest.param("Europe/Berlin", "2026-10-25", 150, True, "2026-10-25T00:30", id="fold of an hour"),
        pytest.param("Europe/Berlin", "2026-10-25", 180, True, "2026-10-25T02:00", id="end of the fold"),
        pytest.param("Australia/Lord_Howe", "2026-10-04", 135, False, "2026-10-03T15:30", id="half-hour gap"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", 105, True, "2026-04-04T14:45", id="half-hour fold"),
        pytest.param("America/Santiago", "2026-09-06", 30, False, "2026-09-06T04:00", id="gap at midnight"),
        pytest.param(
            "America/Santiago", "2026-04-04", 1410, True, "2026-04-05T02:30", id="fold up to midnight"
        ),
        pytest.param("America/Santiago", "2026-04-05", 0, True, "2026-04-05T04:00", id="day after that fold"),
        pytest.param("Atlantic/Azores", "2026-10-25", 0, True, "2026-10-25T00:00", id="midnight twice"),
        pytest.param(
            "Africa/Cairo", "2026-04-24", 15, False, "2026-04-23T22:00", id="gap at midnight, Friday"
        ),
        pytest.param("Africa/Casablanca", "2026-02-15", 150, True, "2026-02-15T01:30", id="Ramadan begins"),
        pytest.param("Africa/Casablanca", "2026-03-22", 150, False, "2026-03-22T02:00", id="Ramadan ends"),
        pytest.param(
            "Asia/Almaty", "2024-02-29", 1410, True, "2024-02-29T17:30", id="a country moves for good"
        ),
        pytest.param("Antarctica/Troll", "2026-03-29", 120, False, "2026-03-29T01:00", id="gap of two hours"),
        pytest.param("Europe/Dublin", "2026-10-25", 90, True, "2026-10-25T00:30", id="negative summer time"),
        pytest.param("America/St_Johns", "2026-03-08", 150, False, "2026-03-08T05:30", id="half-hour offset"),
        pytest.param("Pacific/Chatham", "2026-09-27", 180, False, "2026-09-26T14:00", id="gap at 02:45"),
        pytest.param("Pacific/Apia", "2011-12-30", 720, False, "2011-12-30T10:00", id="a day that never was"),
        pytest.param("Europe/Moscow", "2026-10-25", 150, True, "2026-10-24T23:30", id="no change at all"),
    ],
)
def test_golden_table_of_changes(name: str, day: str, minutes: int, is_real: bool, expected: str) -> None:
    local, place = date.fromisoformat(day), zone(name)
    assert exists(local, minutes, place) is is_real
    assert instant_of(local, minutes, place) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "day", "hours"),
    [
        ("Europe/Moscow", "2026-03-29", 24),
        ("Europe/Lisbon", "2026-03-29", 23),
        ("Europe/Lisbon", "2026-10-25", 25),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Antarctica/Troll", "2026-03-29", 22),
        ("America/Santiago", "2026-09-06", 23),
        ("America/Santiago", "2026-04-04", 25),
        ("Pacific/Apia", "2011-12-29", 24),
    ],
)
def test_a_local_day_has_its_true_length(name: str, day: str, hours: float) -> None:
    assert local_day(date.fromisoformat(day), zone(name)).duration == timedelta(hours=hours)


def test_a_date_that_the_zone_left_out_has_no_day() -> None:
    with pytest.raises(InvalidPeriod):
        local_day(date(2011, 12, 30), zone("Pacific/Apia"))


def test_minutes_past_midnight_mean_the_wall_clock_of_the_later_date() -> None:
    """T-13: a Saturday that closes at 03:00 closes at 03:00 on the wall, also in the night of the change."""
    lisbon = zone("Europe/Lisbon")
    saturday = date(2026, 3, 28)
    assert instant_of(saturday, 1440 + 180, lisbon) == datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
    assert instant_of(saturday, 1440 + 180, lisbon) == instant_of(date(2026, 3, 29), 180, lisbon)
    assert instant_of(saturday, 3 * 1440, lisbon) == instant_of(date(2026, 3, 31), 0, lisbon)
    assert not exists(saturday, 1440 + 90, lisbon)


@given(
    st.sampled_from(SAMPLE).map(zone),
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.integers(-1440, 4 * 1440),
)
def test_a_wall_time_that_exists_reads_back_and_one_that_does_not_gives_a_later_one(
    place: ZoneInfo, day: date, minutes: int
) -> None:
    instant = instant_of(day, minutes, place)
    wanted = day.toordinal() * 1440 + minutes
    shown = local_date_of(instant, place).toordinal() * 1440 + minutes_of(instant, place)
    assert instant.tzinfo is UTC
    assert shown == wanted if exists(day, minutes, place) else shown > wanted
    earlier = [instant - timedelta(minutes=step) for step in range(30, 121, 30)]
    assert all(
        local_date_of(other, place).toordinal() * 1440 + minutes_of(other, place) != wanted
        for other in earlier
    )


@given(
    st.sampled_from(SAMPLE).map(zone),
    st.integers(1990 * YEAR, 2060 * YEAR).map(lambda s: datetime.fromtimestamp(s - 1970 * YEAR, UTC)),
)
def test_an_instant_lies_in_its_local_day_unless_the_clock_went_back_over_midnight(
    place: ZoneInfo, instant: datetime
) -> None:
    day = local_day(local_date_of(instant, place), place)
    went_back = offset(instant, place) < offset(day.start, place)
    assert day.contains(instant) or (went_back and day.end <= instant < day.end + timedelta(hours=1))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Base",
        "europe/moscow",
        "America",
        "right/UTC",
        "../etc/passwd",
        "/etc/localtime",
        "localtime",
        "Factory",
        "UTC+3",
    ],
)
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone) as refusal:
        zone(name)
    assert refusal.value.params == {"zone": name}


def test_a_zone_is_known_by_its_name_and_kept() -> None:
    assert zone("America/Santiago") is zone("America/Santiago")
    assert zone("America/Santiago").key == "America/Santiago"
