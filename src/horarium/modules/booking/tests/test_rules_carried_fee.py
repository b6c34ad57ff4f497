"""A fee that has come due does not vanish by moving the booking: it is carried to a later cancellation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.booking.rules import (
    Agreed,
    Stake,
    agreed_of_json,
    cancellation_terms,
    cancelling_tier,
    change_fee,
    change_terms,
    free_until,
)
from horarium.modules.catalog.rules import Terms, Tier

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
TIERED = Terms(
    cancellation=(Tier(48 * 60), Tier(24 * 60, percent=50), Tier(0, percent=100)),
    rescheduling=(Tier(0),),
    no_show=Tier(0, percent=20),
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.mark.parametrize(
    ("currency", "price", "left", "fee"),
    [
        ("EUR", 3000, 60 * HOUR, 1500),
        ("EUR", 3000, 48 * HOUR, 1500),
        ("EUR", 3000, 48 * HOUR - TICK, 1500),
        ("EUR", 3000, 24 * HOUR, 1500),
        ("EUR", 3000, 24 * HOUR - TICK, 3000),
        ("EUR", 4000, 24 * HOUR, 2000),
        ("EUR", 1000, 60 * HOUR, 1000),
        ("RUB", 100_01, 60 * HOUR, 1500),
        ("RUB", 100_01, 24 * HOUR, 50_01),
        ("CLP", 1501, 60 * HOUR, 1500),
        ("CLP", 1501, 24 * HOUR - TICK, 1501),
        ("CLP", 0, 60 * HOUR, 0),
    ],
)
def test_a_carried_fee_is_the_least_that_cancelling_costs(
    currency: str, price: int, left: timedelta, fee: int
) -> None:
    """T-60: 15 euros, 15 roubles and 1 500 pesos are carried; the tiers ask for more where they do."""
    at = Money(price, currency)
    terms = Agreed(TIERED, carried_minor=1500).terms_at(at)
    assert cancelling_tier(terms, NOON, NOON - left).fee(at) == Money(fee, currency)


def test_with_a_carried_fee_there_is_no_free_time_and_not_coming_costs_as_much() -> None:
    terms = Agreed(TIERED, carried_minor=1500).terms_at(eur(3000))
    assert terms.cancellation == (Tier(24 * 60, minor=1500), Tier(0, percent=100))
    assert terms.no_show == Tier(0, minor=1500)
    assert terms.rescheduling == TIERED.rescheduling
    assert (free_until(TIERED, NOON), free_until(terms, NOON)) == (NOON - 48 * HOUR, None)
    assert Agreed(TIERED).terms_at(eur(3000)) is TIERED


def test_a_carried_fee_is_kept_with_what_was_agreed_on() -> None:
    agreed = Agreed(TIERED, 900, 1500)
    assert agreed_of_json(agreed.as_json()) == agreed
    assert "carried_minor" not in Agreed(TIERED, 900).as_json()


@pytest.mark.parametrize(
    ("currency", "before", "after", "come_due", "asked", "carried"),
    [
        ("EUR", 3000, 3000, 0, 0, 0),
        ("EUR", 3000, 3000, 1500, 0, 1500),
        ("EUR", 3000, 4500, 1500, 0, 1500),
        ("EUR", 3000, 1500, 1500, 0, 1500),
        ("EUR", 3000, 1499, 1500, 1, 1499),
        ("EUR", 3000, 500, 3000, 2500, 500),
        ("RUB", 100_01, 50_00, 50_01, 1, 50_00),
        ("CLP", 10_001, 0, 5_001, 5_001, 0),
    ],
)
def test_what_the_new_price_cannot_cover_is_asked_for_with_the_change(
    currency: str, before: int, after: int, come_due: int, asked: int, carried: int
) -> None:
    found = change_fee(Money(before, currency), Money(after, currency), come_due=Money(come_due, currency))
    assert (found.asked.minor, found.carried.minor) == (asked, carried)
    assert found.carried <= Money(after, currency)


def test_what_is_kept_of_contents_that_are_given_up_is_not_carried_again() -> None:
    """Half of 30 has come due; 5 of it are kept of the 10 that are given up, 10 are carried."""
    found = change_fee(eur(3000), eur(2000), cancelling=Tier(0, percent=50), come_due=eur(1500))
    assert (found.asked, found.carried) == (eur(500), eur(1000))


def test_the_fee_of_rescheduling_is_the_price_of_the_move_and_does_not_count_for_it() -> None:
    found = change_fee(eur(3000), eur(3000), moving=Tier(0, minor=500), come_due=eur(1500))
    assert (found.asked, found.carried) == (eur(500), eur(1500))


@pytest.mark.parametrize(
    ("moved", "after", "held", "kept", "carried", "later"),
    [
        (48 * HOUR, 3000, 3000, 0, 0, (0, 1500, 3000)),
        (48 * HOUR - TICK, 3000, 3000, 0, 1500, (1500, 1500, 3000)),
        (23 * HOUR, 3000, 3000, 0, 3000, (3000, 3000, 3000)),
        (23 * HOUR, 1000, 3000, 2000, 1000, (1000, 1000, 1000)),
        (HOUR, 3000, 0, 0, 0, (0, 1500, 3000)),
    ],
)
def test_the_table_of_the_documentation(
    moved: timedelta, after: int, held: int, kept: int, carried: int, later: tuple[int, int, int]
) -> None:
    """Moved so long before; then cancelled a month, 30 hours and an hour before the new start, all of it paid."""
    old = Stake(eur(3000), eur(0))
    asked = cancelling_tier(TIERED, NOON, NOON - moved).fee(old.price)
    due = cancellation_terms(eur(held), going=[(old, asked)], staying=()).fee
    fee = change_fee(old.price, eur(after), moving=TIERED.rescheduling[0], come_due=due)
    done = change_terms(eur(held), stake=old, after=eur(after), fee=fee, others=())
    assert (done.fee.minor, done.carried.minor) == (kept, carried)
    terms = Agreed(TIERED, carried_minor=carried).terms_at(eur(after))
    left = (30 * 24 * HOUR, 30 * HOUR, HOUR)
    found = tuple(cancelling_tier(terms, NOON, NOON - one).fee(eur(after)).minor for one in left)
    assert found == later


AMOUNTS = st.integers(0, 100_000)


TIERS = st.builds(Tier, st.just(0), st.integers(0, 100), st.integers(0, 5000))


@given(
    held=AMOUNTS,
    prices=st.tuples(AMOUNTS, AMOUNTS),
    tier=TIERS,
    moving=TIERS,
    is_amended=st.booleans(),
    currency=st.sampled_from(["RUB", "EUR", "CLP"]),
)
def test_who_moves_and_then_cancels_never_gets_more_back_than_who_cancels_at_once(
    held: int, prices: tuple[int, int], tier: Tier, moving: Tier, is_amended: bool, currency: str
) -> None:
    """Far from the new start, where cancelling is free of charge by itself."""

    def money(minor: int) -> Money:
        return Money(minor, currency)

    before, after = prices
    zero, old, paid = money(0), Stake(money(before), money(0)), money(min(held, before))
    at_once = cancellation_terms(paid, going=[(old, tier.fee(old.price))], staying=())
    fee = change_fee(
        old.price,
        money(after),
        moving=moving,
        cancelling=tier if is_amended else None,
        come_due=at_once.fee,
    )
    moved = change_terms(paid, stake=old, after=money(after), fee=fee, others=())
    new = Stake(money(after), zero)
    free = Terms((Tier(0),), (), Tier(0))
    terms = Agreed(free, carried_minor=moved.carried.minor).terms_at(new.price)
    left = paid - moved.fee - moved.refund
    later = cancellation_terms(left, going=[(new, terms.cancellation[0].fee(new.price))], staying=())
    assert moved.refund + later.refund <= at_once.refund
    assert moved.fee + later.fee >= at_once.fee
