"""States, and what they make of an order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from horarium.modules.booking.models import BookingState
from horarium.modules.booking.rules import (
    ACTIVE,
    MOVABLE,
    TAKES_TIME,
    TRANSITIONS,
    effective_state,
    link_is_open,
    may_become,
    order_status,
)

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def test_every_state_says_what_may_follow_it() -> None:
    states = set(BookingState.values)
    assert set(TRANSITIONS) == states
    assert {new for follows in TRANSITIONS.values() for new in follows} <= states
    assert {state: sorted(follows) for state, follows in TRANSITIONS.items() if not follows} == {
        "completed": [],
        "cancelled": [],
    }
    assert MOVABLE < ACTIVE < TAKES_TIME < states


@pytest.mark.parametrize(
    ("state", "new", "allowed"),
    [
        ("held", "confirmed", True),
        ("pending", "confirmed", True),
        ("expired", "confirmed", True),
        ("confirmed", "held", False),
        ("confirmed", "expired", False),
        ("cancelled", "confirmed", False),
        ("completed", "cancelled", False),
        ("no_show", "checked_in", True),
        ("no_show", "cancelled", False),
        ("pending", "completed", False),
    ],
)
def test_a_state_becomes_only_what_may_follow_it(state: str, new: str, allowed: bool) -> None:
    assert may_become(state, new) is allowed


@pytest.mark.parametrize(("after", "state"), [(-TICK, "held"), (timedelta(0), "expired"), (TICK, "expired")])
def test_a_hold_is_expired_from_the_very_instant_at_which_it_runs_out(after: timedelta, state: str) -> None:
    """T-51."""
    assert effective_state("held", NOON, NOON + after) == state
    assert effective_state("confirmed", NOON, NOON + after) == "confirmed"
    assert effective_state("held", None, NOON + after) == "held"


@pytest.mark.parametrize(
    ("states", "status"),
    [
        (["confirmed", "held"], "held"),
        (["confirmed", "pending", "cancelled"], "pending"),
        (["completed", "confirmed"], "confirmed"),
        (["completed", "checked_in"], "checked_in"),
        (["completed", "cancelled"], "completed"),
        (["no_show", "completed"], "completed"),
        (["no_show", "cancelled"], "no_show"),
        (["expired", "cancelled"], "expired"),
        (["cancelled", "cancelled"], "cancelled"),
    ],
)
def test_an_order_shows_what_needs_attention_first(states: list[str], status: str) -> None:
    assert order_status(states) == status


def test_a_link_lives_ninety_days_after_the_last_booking() -> None:
    assert link_is_open(NOON, NOON + timedelta(days=90) - TICK)
    assert not link_is_open(NOON, NOON + timedelta(days=90))
