"""Which dated sessions a schedule makes, across both changes of the clock, and what becomes of those that are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.rules.schedules import (
    Changes,
    KnownSession,
    Occurrence,
    ScheduleRule,
    begun_on,
    ended_before,
    occurrences,
    reconcile,
)

MON = date(2026, 11, 30)
ZONES = [
    "UTC",
    "Europe/Lisbon",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
]


def rule(**fields: object) -> ScheduleRule:
    plain = ScheduleRule(first_on=MON, starts_minute=600, duration=120, weekdays=frozenset({0, 4}))
    return replace(plain, **fields)  # type: ignore[arg-type]  # tests name fields of the rule


def on(number: int) -> date:
    return MON + timedelta(days=number)


def dates(one: ScheduleRule, days: int = 14) -> list[int]:
    return [(found.on - MON).days for found in occurrences(one, MON, on(days - 1), zone("Europe/Lisbon"))]


def test_weekdays_within_the_season_and_single_dates_and_no_exceptions() -> None:
    assert dates(rule()) == [0, 4, 7, 11]
    assert dates(rule(first_on=on(3), last_on=on(7))) == [4, 7]
    assert dates(rule(dates=frozenset({on(2), on(4)}))) == [0, 2, 4, 7, 11]
    assert dates(rule(except_on=frozenset({on(4), on(2)}), dates=frozenset({on(2)}))) == [0, 7, 11]
    assert dates(rule(weekdays=frozenset(), dates=frozenset({on(1)}), first_on=on(5))) == [1]


def starts(zone_name: str, first: date, minute: int, days: int = 3) -> list[str]:
    one = ScheduleRule(first, minute, 120, frozenset(range(7)))
    last = first + timedelta(days=days - 1)
    return [
        f"{found.starts_at:%d %H:%M}-{found.ends_at:%H:%M}"
        for found in occurrences(one, first, last, zone(zone_name))
    ]


def test_the_wall_clock_stays_and_the_duration_is_true_when_the_offset_changes() -> None:
    """T-12, T-13: Lisbon's clocks go back on 25 October 2026 and forward on 28 March 2027."""
    assert starts("Europe/Lisbon", date(2026, 10, 24), 600) == [
        "24 09:00-11:00",
        "25 10:00-12:00",
        "26 10:00-12:00",
    ]
    assert starts("Europe/Lisbon", date(2026, 10, 24), 0) == [
        "23 23:00-01:00",
        "24 23:00-01:00",
        "26 00:00-02:00",
    ]
    assert starts("Europe/Lisbon", date(2027, 3, 27), 60) == [
        "27 01:00-03:00",
        "28 01:00-03:00",
        "29 00:00-02:00",
    ]


def test_a_start_in_a_gap_is_the_first_instant_after_it_and_in_a_fold_the_first_occurrence() -> None:
    """T-13: in Santiago the clock goes from 24:00 to 01:00 on 6 September 2026 and back at 24:00 on 3 April 2027."""
    assert starts("America/Santiago", date(2026, 9, 5), 30) == [
        "05 04:30-06:30",
        "06 04:00-06:00",
        "07 03:30-05:30",
    ]
    assert starts("America/Santiago", date(2027, 4, 3), 1410) == [
        "04 02:30-04:30",
        "05 03:30-05:30",
        "06 03:30-05:30",
    ]
    assert starts("Australia/Lord_Howe", date(2026, 10, 3), 135) == [
        "02 15:45-17:45",
        "03 15:30-17:30",
        "04 15:15-17:15",
    ]


def test_a_date_that_the_zone_left_out_has_no_session() -> None:
    assert starts("Pacific/Apia", date(2011, 12, 29), 600) == ["29 20:00-22:00", "30 20:00-22:00"]


def known(number: int, places: int = 0, **fields: object) -> KnownSession:
    [found] = occurrences(rule(weekdays=frozenset(range(7))), on(number), on(number), zone("Europe/Lisbon"))
    plain = KnownSession(number, found.on, found.starts_at, found.ends_at, False, False, places)
    return replace(plain, **fields)  # type: ignore[arg-type]  # tests name fields of the session


def wanted(*numbers: int, **fields: object) -> list[Occurrence]:
    of = rule(weekdays=frozenset(range(7)), **fields)
    return [
        one for number in numbers for one in occurrences(of, on(number), on(number), zone("Europe/Lisbon"))
    ]


def test_what_is_missing_is_added_and_what_fits_is_kept() -> None:
    assert reconcile(wanted(0, 4), [known(0)]) == Changes(add=tuple(wanted(4)), keep=(known(0),))


def test_sessions_without_guests_move_or_go_and_those_with_guests_are_only_reported() -> None:
    later = wanted(0, 1, starts_minute=660)
    changes = reconcile(later, [known(0), known(1, places=2), known(2), known(3, places=1)])
    assert changes.move == ((known(0), later[0]),)
    assert changes.drop == (known(2),)
    assert changes.sold == ((known(1, places=2), later[1]), (known(3, places=1), None))
    assert not changes.add
    assert not changes.keep


def test_sessions_that_were_changed_or_cancelled_by_themselves_stay_and_are_not_made_again() -> None:
    edited, gone = known(0, is_edited=True), known(1, is_cancelled=True)
    assert reconcile(wanted(0, 1, starts_minute=660), [edited, gone]) == Changes()
    assert reconcile([], [edited, gone]) == Changes()


days = st.integers(0, 40).map(on)


@st.composite
def rules(draw: st.DrawFn) -> ScheduleRule:
    return ScheduleRule(
        first_on=draw(days),
        starts_minute=draw(st.integers(0, 287)) * 5,
        duration=draw(st.integers(1, 400)) * 5,
        weekdays=frozenset(draw(st.sets(st.integers(0, 6)))),
        dates=frozenset(draw(st.sets(days, max_size=5))),
        except_on=frozenset(draw(st.sets(days, max_size=5))),
        last_on=draw(st.none() | days),
    )


@given(one=rules(), zone_name=st.sampled_from(ZONES), year=st.integers(2024, 2040), shift=st.integers(0, 364))
def test_random_schedules_make_one_session_a_date_at_its_wall_time(
    one: ScheduleRule, zone_name: str, year: int, shift: int
) -> None:
    tz, first = zone(zone_name), date(year, 1, 1) + timedelta(days=shift)
    move = first - MON

    def moved(some: frozenset[date]) -> frozenset[date]:
        return frozenset(day + move for day in some)

    there = replace(
        one,
        first_on=one.first_on + move,
        last_on=one.last_on and one.last_on + move,
        dates=moved(one.dates),
        except_on=moved(one.except_on),
    )
    found = occurrences(there, first, first + timedelta(days=40), tz)
    assert [each.on for each in found] == sorted({each.on for each in found})
    for day in (first + timedelta(days=number) for number in range(41)):
        in_season = there.first_on <= day <= (there.last_on or date.max)
        expected = (
            day in there.dates or (in_season and day.weekday() in there.weekdays)
        ) and day not in there.except_on
        assert expected == any(each.on == day for each in found)
    for each in found:
        assert each.starts_at == instant_of(each.on, there.starts_minute, tz)
        assert each.ends_at - each.starts_at == timedelta(minutes=there.duration)
        assert each.starts_at.tzinfo is UTC


@given(one=rules(), cut=days)
def test_a_schedule_that_is_split_makes_what_the_whole_made(one: ScheduleRule, cut: date) -> None:
    def made(of: ScheduleRule) -> list[Occurrence]:
        return occurrences(of, MON, on(60), zone("America/Santiago"))

    before, after = made(ended_before(one, cut)), made(begun_on(one, cut))
    assert all(each.on < cut for each in before)
    assert all(each.on >= cut for each in after)
    assert before + after == made(one)


@given(old=rules(), new=rules(), sold=st.sets(days, max_size=10))
def test_after_a_change_every_session_without_guests_is_where_the_schedule_says(
    old: ScheduleRule, new: ScheduleRule, sold: set[date]
) -> None:
    tz = zone("Europe/Lisbon")
    there = [
        KnownSession(number, one.on, one.starts_at, one.ends_at, False, False, int(one.on in sold))
        for number, one in enumerate(occurrences(old, MON, on(40), tz))
    ]
    target = occurrences(new, MON, on(40), tz)
    changes = reconcile(target, there)
    result = [*changes.add, *(to for _, to in changes.move)]
    result += [Occurrence(one.on, one.starts_at, one.ends_at) for one in changes.keep]
    result += [to for _, to in changes.sold if to is not None]
    assert sorted(result, key=lambda one: one.on) == target
    assert all(one.places == 0 for one in [*changes.drop, *(one for one, _ in changes.move)])
    assert len(there) == len(changes.move) + len(changes.keep) + len(changes.drop) + len(changes.sold)


def test_instants_are_in_utc() -> None:
    assert wanted(0)[0].starts_at == datetime(2026, 11, 30, 10, tzinfo=UTC)
