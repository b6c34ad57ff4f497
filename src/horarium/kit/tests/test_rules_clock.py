from datetime import UTC, datetime, timedelta, timezone

import pytest

from horarium.kit.clock import SystemClock, frozen, now

NOON = datetime(2026, 12, 31, 12, tzinfo=UTC)


def test_the_present_is_an_aware_instant_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= now() <= SystemClock().now() <= datetime.now(UTC)
    assert now().tzinfo is UTC


def test_a_frozen_clock_stands_still_and_nests() -> None:
    with frozen(NOON):
        assert now() == NOON
        with frozen(NOON + timedelta(days=1)) as inner:
            assert now() == inner.at == NOON + timedelta(days=1)
        assert now() == NOON
    assert now() != NOON


def test_a_frozen_clock_thaws_after_an_error() -> None:
    with pytest.raises(LookupError), frozen(NOON):
        raise LookupError
    assert now() != NOON


def test_a_frozen_clock_shows_utc_whatever_zone_it_was_given() -> None:
    with frozen(NOON.astimezone(timezone(timedelta(hours=5)))):
        assert now() == NOON
        assert now().tzinfo is UTC


def test_a_naive_instant_freezes_nothing() -> None:
    with pytest.raises(ValueError, match="aware"), frozen(datetime.fromisoformat("2026-01-01")):
        pass
