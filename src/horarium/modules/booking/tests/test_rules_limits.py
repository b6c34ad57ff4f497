"""What binds guests only, at its exact edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.rules_limits import asks_why, broken_limit, broken_restriction, guest_window
from horarium.modules.catalog.rules import OfferingFacts, RestrictionFacts
from horarium.modules.catalog.tests.facts import MAIN, offering_facts

SANTIAGO = replace(MAIN, country="CL", time_zone="America/Santiago")
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
"""Nine in the morning in Santiago."""
SECOND = timedelta(seconds=1)


def offering(mode: str = "slot", *restrictions: RestrictionFacts, lead: int = 120) -> OfferingFacts:
    """Two hours of notice, ten days ahead."""
    return offering_facts(location=SANTIAGO, mode=mode, lead=lead, horizon_days=10, restrictions=restrictions)


def limit(of: OfferingFacts, start: datetime, hours: int = 1, plan: int | None = None) -> Reason | None:
    return broken_limit(of, (start, start + timedelta(hours=hours)), plan, NOW)


def test_the_lead_time_ends_with_its_second() -> None:
    cut = offering()
    assert limit(cut, NOW + timedelta(hours=2)) is None
    assert limit(cut, NOW + timedelta(hours=2) - SECOND) is Reason.LEAD_TIME
    assert limit(cut, NOW - timedelta(days=3)) is Reason.LEAD_TIME


def test_what_is_left_of_a_second_counts_as_passed() -> None:
    cut = offering(lead=0)
    late = NOW + timedelta(microseconds=1)
    assert broken_limit(cut, (NOW, NOW + timedelta(hours=1)), None, late) is Reason.LEAD_TIME
    assert broken_limit(cut, (NOW + SECOND, NOW + timedelta(hours=1)), None, late) is None


def test_the_horizon_ends_with_a_date_of_the_location() -> None:
    cut = offering()
    midnight = datetime(2026, 12, 12, 3, 0, tzinfo=UTC)
    assert limit(cut, midnight - SECOND) is None
    assert limit(cut, midnight) is Reason.HORIZON
    assert guest_window(cut, NOW) == (int(NOW.timestamp()) + 7200, int(midnight.timestamp()))


def test_short_notice_asks_for_no_reason() -> None:
    asked = [one for one in (None, *Reason) if asks_why(one)]
    assert {Reason.HORIZON, Reason.MIN_STAY, Reason.CLOSED_TO_ARRIVAL} < set(asked)
    assert not {None, Reason.LEAD_TIME, Reason.CUTOFF} & set(asked)


def test_a_session_is_past_its_cutoff() -> None:
    walk = offering("session")
    assert limit(walk, NOW + timedelta(hours=1)) is Reason.CUTOFF
    assert limit(walk, NOW + timedelta(hours=2)) is None
    assert limit(walk, NOW + timedelta(days=20)) is Reason.HORIZON


def weekend(**fields: object) -> RestrictionFacts:
    """Of the first weekend of December."""
    dates = date(2026, 12, 5), date(2026, 12, 6)
    plain = RestrictionFacts(None, *dates, frozenset(), None, None, None, False, False, False)
    return replace(plain, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        (weekend(min_nights=3), Reason.MIN_STAY),
        (weekend(max_nights=1), Reason.MAX_STAY),
        (weekend(is_closed=True), Reason.CLOSED),
        (weekend(closed_to_arrival=True), Reason.CLOSED_TO_ARRIVAL),
        (weekend(min_nights=2), None),
        (weekend(min_nights=3, rate_plan_id=7), None),
    ],
)
def test_a_stay_breaks_a_restriction_of_its_dates(
    restriction: RestrictionFacts, expected: Reason | None
) -> None:
    """Two nights from Saturday on, arriving at three in the afternoon."""
    double = offering("stay", restriction)
    arrival = datetime(2026, 12, 5, 18, 0, tzinfo=UTC)
    assert limit(double, arrival, hours=44) is expected
    assert limit(double, arrival, hours=44, plan=7) is (
        Reason.MIN_STAY if restriction.min_nights == 3 else expected
    )


def test_a_restriction_is_told_before_short_notice_and_only_stays_have_restrictions() -> None:
    closed = weekend(first_on=date(2026, 12, 1), is_closed=True)
    times = (NOW + timedelta(hours=1), NOW + timedelta(hours=23))
    assert broken_limit(offering("stay", closed), times, None, NOW) is Reason.CLOSED
    assert broken_limit(offering("slot", closed), times, None, NOW) is Reason.LEAD_TIME
    assert broken_restriction(offering("stay", closed), times, None) is Reason.CLOSED
    assert broken_restriction(offering("slot", closed), times, None) is None
