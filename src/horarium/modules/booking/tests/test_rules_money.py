"""What cancelling, changing and not coming cost, at the exact edges of their tiers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.booking.rules import (
    Agreed,
    CancellationTerms,
    ChangeFee,
    Stake,
    agreed_of_json,
    cancellation_terms,
    cancelling_tier,
    change_terms,
    held_for,
)
from horarium.modules.catalog.rules import Terms, Tier, usual_terms

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
TIERED = Terms(
    cancellation=(Tier(48 * 60), Tier(24 * 60, percent=50), Tier(0, percent=100)),
    rescheduling=(Tier(48 * 60), Tier(24 * 60, minor=500)),
    no_show=Tier(0, percent=100),
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def stake(price: int, deposit: int = 0, currency: str = "EUR", *, is_delivered: bool = False) -> Stake:
    return Stake(Money(price, currency), Money(deposit, currency), is_delivered)


@pytest.mark.parametrize(
    ("before", "fee"),
    [
        (48 * HOUR + TICK, 0),
        (48 * HOUR, 0),
        (48 * HOUR - TICK, 1500),
        (24 * HOUR, 1500),
        (24 * HOUR - TICK, 3000),
        (0 * HOUR, 3000),
        (-HOUR, 3000),
    ],
)
def test_a_tier_holds_up_to_its_last_instant(before: timedelta, fee: int) -> None:
    assert cancelling_tier(TIERED, NOON, NOON - before).fee(eur(3000)) == eur(fee)


@pytest.mark.parametrize(
    ("zone", "start", "edge"),
    [
        # The clocks of Lisbon went forward at 01:00 on 29 March 2026, those of Santiago back at 24:00 on 4 April.
        ("Europe/Lisbon", "2026-03-29 12:00", "2026-03-27 11:00"),
        ("Europe/Lisbon", "2026-10-25 12:00", "2026-10-23 13:00"),
        ("Europe/Lisbon", "2026-06-10 12:00", "2026-06-08 12:00"),
        ("America/Santiago", "2026-04-05 12:00", "2026-04-03 13:00"),
        ("America/Santiago", "2026-09-06 12:00", "2026-09-04 11:00"),
    ],
)
def test_two_days_before_are_48_true_hours_whatever_the_clocks_do(zone: str, start: str, edge: str) -> None:
    tz = ZoneInfo(zone)
    starts_at, last = (
        datetime.fromisoformat(one).replace(tzinfo=tz).astimezone(UTC) for one in (start, edge)
    )
    assert cancelling_tier(TIERED, starts_at, last) == Tier(48 * 60)
    assert cancelling_tier(TIERED, starts_at, last + TICK) == Tier(24 * 60, percent=50)


def test_who_may_not_cancel_at_all_costs_as_much_as_who_does_not_come() -> None:
    strict = Terms((), (), Tier(0, percent=80))
    assert strict.cancelling(NOON, NOON - 999 * HOUR) is None
    assert cancelling_tier(strict, NOON, NOON - 999 * HOUR) == Tier(0, percent=80)


def test_a_guest_reschedules_until_the_last_tier_ends() -> None:
    assert TIERED.moving(NOON, NOON - 24 * HOUR) == Tier(24 * 60, minor=500)
    assert TIERED.moving(NOON, NOON - 24 * HOUR + TICK) is None


@pytest.mark.parametrize(
    ("currency", "tier", "price", "fee"),
    [
        ("RUB", Tier(0, percent=50), 100_01, 50_01),
        ("RUB", Tier(0, percent=33), 9_999, 3_300),
        ("EUR", Tier(0, percent=50, minor=500), 3000, 2000),
        ("EUR", Tier(0, percent=90, minor=500), 3000, 3000),
        ("EUR", Tier(0, minor=500), 300, 300),
        ("CLP", Tier(0, percent=50), 10_001, 5_001),
        ("CLP", Tier(0, percent=15), 9_990, 1_499),
    ],
)
def test_a_fee_is_a_percentage_and_a_sum_and_never_more_than_the_price(
    currency: str, tier: Tier, price: int, fee: int
) -> None:
    """T-60: halves are rounded up, to whole pesos where there is nothing smaller."""
    assert tier.fee(Money(price, currency)) == Money(fee, currency)


@pytest.mark.parametrize(
    ("money", "stakes", "shares"),
    [
        (0, [stake(3000)], [0]),
        (900, [stake(3000)], [900]),
        (3500, [stake(3000)], [3000]),
        (3000, [stake(3000), stake(3000)], [1500, 1500]),
        (1000, [stake(3000), stake(3000), stake(3000)], [334, 333, 333]),
        # Only the second one had to be paid for.
        (3000, [stake(3000), stake(3000, 3000)], [0, 3000]),
        (4000, [stake(3000), stake(3000, 3000)], [1000, 3000]),
        (1200, [stake(3000, 900), stake(1000, 300)], [900, 300]),
        (800, [stake(3000, 900), stake(1000, 300)], [600, 200]),
        # What was delivered comes first.
        (4000, [stake(3000, 3000), stake(3000, is_delivered=True)], [1000, 3000]),
        (2000, [stake(0), stake(1000)], [0, 1000]),
    ],
)
def test_the_money_of_an_order_is_there_for_its_bookings(
    money: int, stakes: list[Stake], shares: list[int]
) -> None:
    assert [one.minor for one in held_for(eur(money), stakes)] == shares


def terms(
    held: int, going: list[tuple[int, int]], *, staying: tuple[int, ...] = (), currency: str = "EUR"
) -> tuple[int, int, int]:
    found = cancellation_terms(
        Money(held, currency),
        going=[(stake(price, currency=currency), Money(asked, currency)) for price, asked in going],
        staying=[stake(price, currency=currency) for price in staying],
    )
    return found.fee.minor, found.refund.minor, found.due.minor


@pytest.mark.parametrize(
    ("held", "going", "staying", "expected"),
    [
        (3000, [(3000, 0)], (), (0, 3000, 0)),
        (3000, [(3000, 1500)], (), (1500, 1500, 0)),
        (3000, [(3000, 3000)], (), (3000, 0, 0)),
        (0, [(3000, 3000)], (), (0, 0, 0)),
        # A deposit: no fee goes beyond it, and what is left of it goes back.
        (900, [(3000, 3000)], (), (900, 0, 0)),
        (900, [(3000, 1500)], (), (900, 0, 0)),
        (900, [(3000, 500)], (), (500, 400, 0)),
        (900, [(3000, 0)], (), (0, 900, 0)),
        # Two bookings, both paid: one goes.
        (6000, [(3000, 0)], (3000,), (0, 3000, 0)),
        (6000, [(3000, 1500)], (3000,), (1500, 1500, 0)),
        (6000, [(3000, 3000)], (3000,), (3000, 0, 0)),
        # Two bookings, half paid: what is not kept is needed for the one that stays.
        (3000, [(3000, 0)], (3000,), (0, 0, 0)),
        (3000, [(3000, 3000)], (3000,), (1500, 0, 1500)),
        (3000, [(3000, 500)], (3000,), (500, 0, 500)),
        (4000, [(3000, 0)], (3000,), (0, 1000, 0)),
        # Both go, one of them late: what is there for it is kept.
        (6000, [(2000, 2000), (4000, 0)], (), (2000, 4000, 0)),
        (1800, [(2000, 2000), (4000, 0)], (), (600, 1200, 0)),
        # Overpaid: the surplus goes back whatever is late.
        (3500, [(3000, 3000)], (), (3000, 500, 0)),
        # Nothing was asked, yet something was paid; no fee is more than the price.
        (500, [(0, 500)], (), (0, 500, 0)),
        (3500, [(0, 0)], (3000,), (0, 500, 0)),
    ],
)
def test_what_cancelling_costs_gives_back_and_leaves_to_pay(
    held: int, going: list[tuple[int, int]], staying: tuple[int, ...], expected: tuple[int, int, int]
) -> None:
    """T-60."""
    assert terms(held, going, staying=staying) == expected


@pytest.mark.parametrize(
    ("held", "going", "staying", "refunds"),
    [
        (3600, [(3000, 0), (600, 0)], (), [3000, 600]),
        (3600, [(3000, 1500), (600, 0)], (), [1500, 600]),
        (3600, [(3000, 3000), (600, 0)], (), [0, 600]),
        # Half paid: each gives back what is there for it.
        (1800, [(3000, 0), (600, 0)], (), [1500, 300]),
        # What the one that stays needs of it is taken of both.
        (3600, [(3000, 0), (600, 0)], (1200,), [2000, 400]),
        # Overpaid, unpaid, and paid though it costs nothing.
        (7200, [(3000, 0), (600, 0)], (), [6000, 1200]),
        (0, [(3000, 0), (600, 0)], (), [0, 0]),
        (500, [(0, 0), (0, 0)], (), [500, 0]),
        (500, [], (500,), []),
    ],
)
def test_the_refund_is_that_of_its_parts(
    held: int, going: list[tuple[int, int]], staying: tuple[int, ...], refunds: list[int]
) -> None:
    found = cancellation_terms(
        eur(held),
        going=[(stake(price), eur(asked)) for price, asked in going],
        staying=[stake(price) for price in staying],
    )
    assert [one.minor for one in found.refunds] == refunds
    assert sum(refunds) == found.refund.minor


def test_pesos_stay_whole() -> None:
    assert terms(10_000, [(10_000, 10_000), (10_000, 0), (10_000, 0)], currency="CLP") == (3334, 6666, 0)


def test_free_is_what_keeps_no_fee() -> None:
    zero = Money.zero("EUR")
    assert CancellationTerms((), eur(5), zero).is_free
    assert not CancellationTerms((eur(5),), zero, zero).is_free


@pytest.mark.parametrize(
    ("held", "before", "after", "asked", "others", "expected"),
    [
        # Fee, refund, rest.
        (3000, 3000, 3000, 0, (), (0, 0, 0)),
        (3000, 3000, 4000, 0, (), (0, 0, 1000)),
        (3000, 3000, 4000, 500, (), (500, 0, 1500)),
        (3000, 3000, 2000, 0, (), (0, 1000, 0)),
        (3000, 3000, 2000, 500, (), (500, 500, 0)),
        (3000, 3000, 2500, 800, (), (800, 0, 300)),
        # Nothing is paid yet: nothing can be kept.
        (0, 3000, 4000, 500, (), (0, 0, 4000)),
        (300, 3000, 3000, 500, (), (300, 0, 3000)),
        # Another booking of the order has its own money.
        (6000, 3000, 2000, 0, (3000,), (0, 1000, 0)),
        (3000, 3000, 2000, 0, (3000,), (0, 0, 2000)),
        (3000, 3000, 3000, 2000, (3000,), (1500, 0, 4500)),
    ],
)
def test_what_a_change_costs_gives_back_and_leaves_to_pay(
    held: int, before: int, after: int, asked: int, others: tuple[int, ...], expected: tuple[int, int, int]
) -> None:
    """T-54: only the difference is asked for."""
    found = change_terms(
        eur(held),
        stake=stake(before),
        after=eur(after),
        fee=ChangeFee(eur(asked), eur(0)),
        others=[stake(one) for one in others],
    )
    assert (found.fee.minor, found.refund.minor, found.due.minor) == expected
    assert found.difference == eur(after - before + expected[0])


def test_what_was_agreed_on_is_read_as_it_was_written() -> None:
    agreed = Agreed(TIERED, 900)
    assert agreed_of_json(agreed.as_json()) == agreed
    assert agreed_of_json({}) == Agreed(usual_terms(0))


AMOUNTS = st.integers(0, 100_000)
CURRENCY = st.sampled_from(["RUB", "EUR", "CLP"])


@given(
    held=AMOUNTS,
    going=st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=5),
    staying=st.lists(AMOUNTS, max_size=4),
    currency=CURRENCY,
)
def test_not_a_minor_unit_is_lost_or_made_by_cancelling(
    held: int, going: list[tuple[int, int]], staying: list[int], currency: str
) -> None:
    """T-60: what is here is kept, given back or used for what stays, whose rest is due."""
    fee, refund, due = terms(held, going, staying=tuple(staying), currency=currency)
    assert min(fee, refund, due) >= 0
    assert fee <= sum(min(asked, price) for price, asked in going)
    assert held - fee - refund + due == sum(staying)
    assert not (refund and due)


@given(held=AMOUNTS, before=AMOUNTS, after=AMOUNTS, asked=AMOUNTS, others=st.lists(AMOUNTS, max_size=4))
def test_not_a_minor_unit_is_lost_or_made_by_a_change(
    held: int, before: int, after: int, asked: int, others: list[int]
) -> None:
    found = change_terms(
        eur(held),
        stake=stake(before),
        after=eur(after),
        fee=ChangeFee(eur(asked), eur(0)),
        others=[stake(one) for one in others],
    )
    assert found.held - found.fee - found.refund + found.due == eur(after + sum(others))
    assert not (found.refund and found.due)


@given(money=AMOUNTS, prices=st.lists(st.tuples(AMOUNTS, AMOUNTS, st.booleans()), min_size=1, max_size=6))
def test_nobody_has_a_share_beyond_the_price(money: int, prices: list[tuple[int, int, bool]]) -> None:
    stakes = [stake(price, deposit, is_delivered=done) for price, deposit, done in prices]
    shares = held_for(eur(money), stakes)
    assert all(0 <= share.minor <= one.price.minor for share, one in zip(shares, stakes, strict=True))
    assert sum(share.minor for share in shares) == min(money, sum(price for price, _, _ in prices))


@given(paid=AMOUNTS, prices=st.lists(AMOUNTS, min_size=1, max_size=5))
def test_cancelling_everything_in_time_gives_back_every_minor_unit(paid: int, prices: list[int]) -> None:
    """T-60: a full refund is what was paid."""
    assert terms(paid, [(price, 0) for price in prices]) == (0, paid, 0)
