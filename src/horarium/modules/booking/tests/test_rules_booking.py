"""States, what they make of an order, and what cancelling costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.booking.models import BookingState
from horarium.modules.booking.rules import (
    ACTIVE,
    MOVABLE,
    TAKES_TIME,
    TRANSITIONS,
    CancellationTerms,
    cancellation_terms,
    effective_state,
    is_free_to_cancel,
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


def test_free_cancellation_ends_with_the_instant_so_many_hours_before_the_start() -> None:
    edge = NOON - timedelta(hours=24)
    assert is_free_to_cancel(NOON, 24, edge)
    assert not is_free_to_cancel(NOON, 24, edge + TICK)
    assert is_free_to_cancel(NOON, 0, NOON)
    assert not is_free_to_cancel(NOON, 0, NOON + TICK)


def test_a_link_lives_ninety_days_after_the_last_booking() -> None:
    assert link_is_open(NOON, NOON + timedelta(days=90) - TICK)
    assert not link_is_open(NOON, NOON + timedelta(days=90))


def terms(
    paid: int,
    going: list[tuple[int, bool]],
    *,
    staying: int = 0,
    total: int | None = None,
    currency: str = "EUR",
) -> tuple[int, int]:
    order_total = sum(price for price, _ in going) + staying if total is None else total
    found = cancellation_terms(
        paid=Money(paid, currency),
        going=[(Money(price, currency), is_free) for price, is_free in going],
        staying=Money(staying, currency),
        order_total=Money(order_total, currency),
    )
    return found.fee.minor, found.refund.minor


FREE, LATE = True, False


@pytest.mark.parametrize(
    ("paid", "going", "staying", "expected"),
    [
        (3000, [(3000, FREE)], 0, (0, 3000)),
        (3000, [(3000, LATE)], 0, (3000, 0)),
        (0, [(3000, LATE)], 0, (0, 0)),
        (0, [(3000, FREE)], 0, (0, 0)),
        # A deposit: late keeps it, in time gives it back.
        (900, [(3000, LATE)], 0, (900, 0)),
        (900, [(3000, FREE)], 0, (0, 900)),
        # Two bookings, both paid: one goes.
        (6000, [(3000, FREE)], 3000, (0, 3000)),
        (6000, [(3000, LATE)], 3000, (3000, 0)),
        # Two bookings, half paid: what is here is needed for the one that stays.
        (3000, [(3000, FREE)], 3000, (0, 0)),
        (3000, [(3000, LATE)], 3000, (0, 0)),
        (4000, [(3000, FREE)], 3000, (0, 1000)),
        (4000, [(3000, LATE)], 3000, (1000, 0)),
        # Both go, one of them late: its share is kept.
        (6000, [(2000, LATE), (4000, FREE)], 0, (2000, 4000)),
        (1800, [(2000, LATE), (4000, FREE)], 0, (600, 1200)),
        # Overpaid: the surplus goes back whatever is late.
        (3500, [(3000, LATE)], 0, (3000, 500)),
        # Nothing was asked, yet something was paid.
        (500, [(0, LATE)], 0, (0, 500)),
        (3500, [(0, FREE)], 3000, (0, 500)),
    ],
)
def test_what_cancelling_costs_and_gives_back(
    paid: int, going: list[tuple[int, bool]], staying: int, expected: tuple[int, int]
) -> None:
    """T-60."""
    assert terms(paid, going, staying=staying) == expected


def test_pesos_stay_whole() -> None:
    assert terms(10_000, [(10_000, LATE), (10_000, FREE), (10_000, FREE)], currency="CLP") == (3333, 6667)


def test_free_is_what_keeps_no_fee() -> None:
    zero = Money.zero("EUR")
    assert CancellationTerms(zero, Money(5, "EUR")).is_free
    assert not CancellationTerms(Money(5, "EUR"), zero).is_free


AMOUNTS = st.integers(0, 100_000)


@given(
    paid=AMOUNTS,
    going=st.lists(st.tuples(AMOUNTS, st.booleans()), min_size=1, max_size=5),
    staying=AMOUNTS,
    currency=st.sampled_from(["EUR", "CLP"]),
)
def test_fee_and_refund_never_exceed_what_was_paid_nor_take_from_what_stays(
    paid: int, going: list[tuple[int, bool]], staying: int, currency: str
) -> None:
    """T-60."""
    fee, refund = terms(paid, going, staying=staying, currency=currency)
    assert fee >= 0
    assert refund >= 0
    assert fee + refund == max(paid - staying, 0)
    if all(is_free for _, is_free in going):
        assert fee == 0


@given(paid=AMOUNTS, prices=st.lists(AMOUNTS, min_size=1, max_size=5))
def test_cancelling_everything_in_time_gives_back_every_minor_unit(paid: int, prices: list[int]) -> None:
    """T-60: a full refund is what was paid."""
    assert terms(paid, [(price, FREE) for price in prices]) == (0, paid)
