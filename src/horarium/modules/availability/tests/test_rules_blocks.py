"""When blocks take time: on the wall clock, every week, and around what is taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.rules.blocks import BlockSpan, Repeat, WallTime, around, occurrences

LISBON = ZoneInfo("Europe/Lisbon")
MONDAY = date(2026, 10, 19)


def lunch(**fields: object) -> WallTime:
    return WallTime(**{"on": MONDAY, "minute": 780, "until_on": MONDAY, "until_minute": 840, **fields})  # type: ignore[arg-type]


def starts(time: WallTime, repeat: Repeat | None) -> list[str]:
    return [f"{one:%m-%d %H:%M}" for one, _ends in occurrences(time, LISBON, repeat)]


def test_a_block_without_a_repeat_is_one() -> None:
    assert starts(lunch(), None) == ["10-19 12:00"]


def test_lunch_stays_at_one_when_the_clock_goes_back() -> None:
    """T-15: Lisbon leaves summer time on 25 October 2026."""
    assert starts(lunch(), Repeat((), date(2026, 11, 2))) == ["10-19 12:00", "10-26 13:00", "11-02 13:00"]


def test_the_last_date_counts_and_the_weekdays_choose() -> None:
    assert starts(lunch(), Repeat((0, 2), date(2026, 10, 21))) == ["10-19 12:00", "10-21 12:00"]
    assert starts(lunch(), Repeat((1,), date(2026, 10, 20))) == ["10-20 12:00"]


@pytest.mark.parametrize(
    ("time", "repeat", "reason"),
    [
        (lunch(until_minute=780), None, "end_before_start"),
        (lunch(until_on=MONDAY + timedelta(days=400)), None, "end_before_start"),
        (lunch(until_on=MONDAY + timedelta(days=2)), Repeat((0, 1), date(2026, 10, 30)), "overlap"),
        (lunch(), Repeat((1,), date(2026, 10, 19)), "range"),
        (lunch(), Repeat((), MONDAY + timedelta(days=800)), "range_too_long"),
        (lunch(), Repeat((7,), date(2026, 10, 30)), "weekday"),
    ],
)
def test_what_makes_no_block_is_refused_with_its_reason(
    time: WallTime, repeat: Repeat | None, reason: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        occurrences(time, LISBON, repeat)
    assert refused.value.params["reason"] == reason


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 1, hour, minute, tzinfo=UTC)


def test_a_block_goes_around_what_is_taken_and_equal_pieces_stay_together() -> None:
    span = BlockSpan(at(9), at(18), (1, 2, 3))
    taken = {1: [(at(12), at(13)), (at(12, 30), at(14))], 2: [(at(8), at(10))]}
    assert around([span], taken) == [
        BlockSpan(at(9), at(12), (1,)),
        BlockSpan(at(9), at(18), (3,)),
        BlockSpan(at(10), at(18), (2,)),
        BlockSpan(at(14), at(18), (1,)),
    ]


def test_nothing_is_left_of_what_is_all_taken() -> None:
    assert around([BlockSpan(at(9), at(10), (1,))], {1: [(at(8), at(9, 30)), (at(9, 30), at(11))]}) == []
