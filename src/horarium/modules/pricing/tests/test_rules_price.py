"""What a booking costs, line by line and to the minor unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.pricing.rules import Occasion, PricedExtra, PriceQuote, Rule, occasions_alike, price

FRIDAY = date(2026, 12, 4)
WEEKEND = frozenset({5, 6})


def quote(
    rules: list[Rule], *, hour: int = 10, minutes: int = 60, party: int = 1, day: date = FRIDAY
) -> PriceQuote:
    return price(rules, Occasion(day, hour * 60, minutes, party), "EUR")


def lines(found: PriceQuote) -> list[tuple[str, int, int | None]]:
    return [(line.label, line.amount.minor, line.minutes) for line in found.lines]


def test_the_first_rule_that_fits_wins() -> None:
    rules = [
        Rule("Long", "flat", 9000, duration=120),
        Rule("Weekend", "flat", 7000, weekdays=WEEKEND),
        Rule("Usual", "flat", 5000),
    ]
    assert lines(quote(rules)) == [("Usual", 5000, None)]
    assert lines(quote(rules, minutes=120, day=FRIDAY + timedelta(days=1))) == [("Long", 9000, None)]
    assert lines(quote(rules, day=FRIDAY + timedelta(days=1))) == [("Weekend", 7000, None)]


def test_dates_include_both_ends_and_times_exclude_the_last() -> None:
    rules = [
        Rule("Season", "flat", 1, valid_from=FRIDAY, valid_until=FRIDAY),
        Rule("Evening", "flat", 2, from_minute=18 * 60, until_minute=22 * 60),
        Rule("Usual", "flat", 3),
    ]
    next_day = FRIDAY + timedelta(days=1)
    assert [quote(rules, hour=hour, day=next_day).total.minor for hour in (17, 18, 21, 22)] == [3, 2, 2, 3]
    assert [quote(rules, day=FRIDAY + timedelta(days=shift)).total.minor for shift in (-1, 0, 1)] == [3, 1, 3]


def test_hours_are_cut_where_another_rule_begins_and_at_midnight() -> None:
    rules = [
        Rule("Night", "per_hour", 3000, from_minute=22 * 60, until_minute=1440),
        Rule("Saturday", "per_hour", 2000, weekdays=WEEKEND),
        Rule("Usual", "per_hour", 1000),
    ]
    found = quote(rules, hour=21, minutes=240)
    assert lines(found) == [("Usual", 1000, 60), ("Night", 6000, 120), ("Saturday", 2000, 60)]
    assert found.total == Money(9000, "EUR")


def test_a_gap_between_hourly_rules_continues_the_one_before() -> None:
    rules = [Rule("Morning", "per_hour", 1000, from_minute=9 * 60, until_minute=11 * 60)]
    assert lines(quote(rules, hour=10, minutes=180)) == [("Morning", 3000, 180)]


def test_people_multiply_and_extras_have_prices_of_their_own() -> None:
    rules = [
        Rule("", "per_person", 2500),
        Rule("", "flat", 700, extra_id=7),
        Rule("Hour", "per_hour", 600, extra_id=8),
    ]
    extras = [
        PricedExtra(7, "ext_tea", "Tea"),
        PricedExtra(8, "ext_light", "Light"),
        PricedExtra(9, "ext_smile", "Smile"),
    ]
    found = price(rules, Occasion(FRIDAY, 600, 90, 3), "EUR", extras)
    assert lines(found) == [("", 7500, None), ("Tea", 700, None), ("Light: Hour", 900, 90)]
    assert [line.extra for line in found.lines] == ["", "ext_tea", "ext_light"]
    assert found.as_json()["total_minor"] == 9100


def test_without_a_fitting_rule_it_costs_nothing() -> None:
    assert quote([]) == PriceQuote((), Money.zero("EUR"))
    assert quote([Rule("Weekend", "flat", 1, weekdays=WEEKEND)]).total == Money.zero("EUR")


@pytest.mark.parametrize(("minutes", "minor"), [(15, 3), (30, 5), (45, 8), (60, 10)])
def test_a_line_is_rounded_half_away_from_zero(minutes: int, minor: int) -> None:
    """T-60, T-85: 2.5 is 3 and 7.5 is 8, once a line, whatever the number of pieces."""
    assert quote([Rule("", "per_hour", 10)], minutes=minutes).total == Money(minor, "EUR")


RULES = st.builds(
    Rule,
    name=st.sampled_from(["A", "B", "C"]),
    basis=st.sampled_from(["flat", "per_hour", "per_person"]),
    amount_minor=st.integers(0, 99_999),
    duration=st.sampled_from([None, None, 60]),
    weekdays=st.sampled_from([frozenset(), frozenset(), WEEKEND]),
    from_minute=st.none(),
    until_minute=st.none(),
) | st.tuples(st.integers(0, 1439), st.integers(1, 600), st.integers(0, 9_999)).map(
    lambda drawn: Rule(
        "T", "per_hour", drawn[2], from_minute=drawn[0], until_minute=min(1440, drawn[0] + drawn[1])
    )
)


@given(
    rules=st.lists(RULES, max_size=5),
    day=st.integers(0, 20),
    minute=st.integers(0, 287),
    minutes=st.sampled_from([30, 60, 90, 600]),
    party=st.integers(1, 5),
)
def test_a_total_is_the_sum_of_its_lines_and_every_minute_is_paid_once(
    rules: list[Rule], day: int, minute: int, minutes: int, party: int
) -> None:
    """T-60."""
    found = price(rules, Occasion(FRIDAY + timedelta(days=day), minute * 5, minutes, party), "CLP")
    assert found.total.minor == sum(line.amount.minor for line in found.lines)
    timed = [line.minutes for line in found.lines if line.minutes is not None]
    assert sum(timed) == (minutes if timed else 0)


@given(
    rules=st.lists(RULES, max_size=5),
    days=st.lists(st.integers(0, 20), min_size=2, max_size=2),
    minutes=st.lists(st.integers(0, 287), min_size=2, max_size=2),
)
def test_occasions_that_are_called_alike_cost_the_same(
    rules: list[Rule], days: list[int], minutes: list[int]
) -> None:
    key = occasions_alike(rules)
    one, other = (
        (FRIDAY + timedelta(days=day), minute * 5) for day, minute in zip(days, minutes, strict=True)
    )
    if key(*one) == key(*other):
        costs = [price(rules, Occasion(*when, 60, 2), "EUR").total for when in (one, other)]
        assert costs[0] == costs[1]
