"""Period against a model of whole minutes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.period import InvalidPeriod, Period

EPOCH = datetime(2026, 10, 25, tzinfo=UTC)
NAIVE = datetime.fromisoformat("2026-10-25T00:30")
zones = st.sampled_from(["UTC", "Europe/Lisbon", "America/Santiago", "Australia/Lord_Howe"]).map(ZoneInfo)


def at(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.integers(0, 40))
    return Period(at(start), at(start + draw(st.integers(1, 20))))


def minutes(*parts: Period) -> set[int]:
    return {minute for minute in range(-80, 140) for part in parts if part.start <= at(minute) < part.end}


@given(periods(), periods())
def test_overlap_and_intersection_are_those_of_the_minutes(a: Period, b: Period) -> None:
    shared = minutes(a) & minutes(b)
    common = a.intersection(b)
    assert a.overlaps(b) == b.overlaps(a) == bool(shared)
    assert minutes(*[common] if common else []) == shared
    assert a.contains(b) == (minutes(b) <= minutes(a))


@given(periods(), periods())
def test_what_is_left_is_the_difference_in_order(a: Period, b: Period) -> None:
    left = a.minus(b)
    assert minutes(*left) == minutes(a) - minutes(b)
    assert left == sorted(left)
    assert len(left) <= 2
    assert sum((part.duration for part in left), timedelta()) == timedelta(
        minutes=len(minutes(a) - minutes(b))
    )


@given(periods(), st.integers(-60, 60))
def test_a_shift_keeps_the_duration(period: Period, by: int) -> None:
    moved = period.shift(timedelta(minutes=by))
    assert moved.duration == period.duration
    assert minutes(moved) == {minute + by for minute in minutes(period)}


@given(periods(), st.integers(0, 20), st.integers(0, 20))
def test_buffers_extend_both_ends(period: Period, before: int, after: int) -> None:
    wide = period.extend(timedelta(minutes=before), timedelta(minutes=after))
    assert wide == Period(period.start - timedelta(minutes=before), period.end + timedelta(minutes=after))
    assert wide.contains(period)


@given(periods(), zones, zones)
def test_the_zone_in_which_the_ends_are_given_makes_no_difference(
    period: Period, one: ZoneInfo, other: ZoneInfo
) -> None:
    same = Period(period.start.astimezone(one), period.end.astimezone(other))
    assert same == period
    assert hash(same) == hash(period)
    assert same.start.tzinfo is UTC
    assert same.end.tzinfo is UTC


def test_periods_that_touch_do_not_overlap() -> None:
    """T-10: conflict is overlap, and the end is not part of the period."""
    morning, noon = Period(at(0), at(10)), Period(at(10), at(20))
    assert not morning.overlaps(noon)
    assert not noon.overlaps(morning)
    assert morning.intersection(noon) is None
    assert not morning.contains(at(10))
    assert noon.contains(at(10))


def test_a_period_inside_a_repeated_hour_keeps_its_true_length() -> None:
    """T-13: 02:45 (first) to 02:15 (second) runs backwards on the wall and is half an hour long."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 2, 45, tzinfo=berlin)
    end = datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=berlin)
    assert Period(start, end).duration == timedelta(minutes=30)
    assert Period(start, end).contains(datetime(2026, 10, 25, 2, 0, fold=1, tzinfo=berlin))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at(1), at(1)),
        (at(2), at(1)),
        (NAIVE, at(0)),
        (at(0), NAIVE),
        (
            datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
            datetime(2026, 10, 25, 2, 45, tzinfo=ZoneInfo("Europe/Berlin")),
        ),
    ],
)
def test_empty_reversed_and_naive_periods_are_refused(start: datetime, end: datetime) -> None:
    with pytest.raises(InvalidPeriod) as refusal:
        Period(start, end)
    assert refusal.value.code == "period.invalid"


def test_a_naive_instant_is_in_no_period() -> None:
    with pytest.raises(InvalidPeriod):
        Period(at(0), at(1)).contains(NAIVE)
