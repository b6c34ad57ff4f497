"""What nights cost: golden tables in three currencies, at the exact edges of every condition."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.pricing.rules import Company, PricedExtra, PriceQuote, Rule, StayTariff, price_stay

THURSDAY = date(2026, 7, 30)
FLEXIBLE, SAVER = 1, 2
BREAKFAST = PricedExtra(7, "ext_7", "Breakfast")


def rule(amount: int, basis: str = "per_night", **fields: Any) -> Rule:
    return Rule(fields.pop("name", ""), basis, amount, **fields)


def quote(
    *rules: Rule,
    nights: int = 1,
    adults: int = 2,
    ages: tuple[int, ...] = (),
    included: int = 2,
    plan: int | None = None,
    currency: str = "RUB",
    extras: tuple[PricedExtra, ...] = (),
    arrival: date = THURSDAY,
) -> PriceQuote | None:
    return price_stay(rules, arrival, Company(nights, adults, ages, included, plan), currency, extras)


def total(*rules: Rule, **fields: Any) -> int | None:
    found = quote(*rules, **fields)
    return None if found is None else found.total.minor


def lines(found: PriceQuote | None) -> list[tuple[str, int, int | None, int | None]]:
    assert found is not None
    return [(one.label, one.amount.minor, one.nights, one.quantity) for one in found.lines]


def test_nights_tell_the_names_of_their_rules() -> None:
    names = (("ru", "Выходные"),)
    found = quote(rule(400_000, name="Weekend", names=names), nights=2)
    assert found is not None
    assert [(one.label, one.nights, one.names) for one in found.lines] == [("Weekend", 2, names)]


HOTEL = (
    rule(450_000, name="High season", valid_from=date(2026, 8, 1), valid_until=date(2026, 8, 31)),
    rule(400_000, name="Weekend", weekdays=frozenset({4, 5})),
    rule(350_000, name="Week"),
    rule(100_000, "per_person_night", name="Child", from_age=3, until_age=11),
    rule(0, "per_person_night", name="Infant", until_age=2),
    rule(150_000, "per_person_night", name="Extra guest"),
)


def test_a_season_begins_with_its_first_night_and_ends_with_its_last() -> None:
    """Thursday 30 July, Friday, then two nights of August, the first a Saturday: dates go before weekdays here."""
    assert lines(quote(*HOTEL, nights=4)) == [
        ("Week", 350_000, 1, None),
        ("Weekend", 400_000, 1, None),
        ("High season", 900_000, 2, None),
    ]
    assert lines(quote(*HOTEL, nights=2, arrival=date(2026, 8, 31))) == [
        ("High season", 450_000, 1, None),
        ("Week", 350_000, 1, None),
    ]


@pytest.mark.parametrize(
    ("adults", "ages", "beyond"),
    [
        (1, (), []),
        (2, (), []),
        (2, (2,), [("Infant", 0, 1)]),
        (2, (3,), [("Child", 100_000, 1)]),
        (2, (11,), [("Child", 100_000, 1)]),
        (2, (12,), [("Extra guest", 150_000, 1)]),
        (3, (), [("Extra guest", 150_000, 1)]),
        (3, (4,), [("Extra guest", 150_000, 1), ("Child", 100_000, 1)]),
        (1, (4,), []),
        (1, (2, 11), [("Infant", 0, 1)]),
        (1, (4, 5, 12), [("Child", 200_000, 2)]),
        (4, (0, 1), [("Extra guest", 300_000, 2), ("Infant", 0, 2)]),
    ],
)
def test_adults_fill_the_included_places_first_and_then_the_oldest_children(
    adults: int, ages: tuple[int, ...], beyond: list[tuple[str, int, int]]
) -> None:
    """Two places are in the price of the night; an adult has no age, so no rule for ages is for adults."""
    found = quote(*HOTEL, adults=adults, ages=ages)
    assert found is not None
    assert [(one.label, one.amount.minor, one.quantity) for one in found.lines[1:]] == beyond
    assert found.total.minor == 350_000 + sum(minor for _, minor, _ in beyond)


def test_a_guest_whom_no_rule_fits_sleeps_free() -> None:
    assert total(rule(1000), rule(300, "per_person_night", from_age=3, until_age=11), adults=3) == 1000


def test_guests_beyond_are_counted_for_each_night_at_the_price_of_that_night() -> None:
    summer = rule(2000, "per_person_night", name="Guest, summer", valid_from=date(2026, 8, 1))
    found = quote(rule(9000), summer, rule(1500, "per_person_night", name="Guest"), nights=3, adults=4)
    assert lines(found) == [("", 27_000, 3, None), ("Guest", 6000, 2, 2), ("Guest, summer", 4000, 1, 2)]


@pytest.mark.parametrize(
    ("nights", "minor"),
    [(1, 9000), (6, 54_000), (7, 7 * 8000), (27, 27 * 8000), (28, 28 * 6500), (40, 40 * 6500)],
)
def test_the_length_of_the_whole_stay_sets_the_price_of_each_night(nights: int, minor: int) -> None:
    rules = (rule(6500, min_nights=28), rule(8000, min_nights=7, max_nights=27), rule(9000))
    assert total(*rules, nights=nights, currency="EUR") == minor


@pytest.mark.parametrize(("plan", "minor"), [(FLEXIBLE, 10_000), (SAVER, 8500), (None, 12_000), (3, 12_000)])
def test_a_rule_of_a_plan_counts_for_that_plan_and_one_without_for_all(plan: int | None, minor: int) -> None:
    rules = (rule(10_000, rate_plan_id=FLEXIBLE), rule(8500, rate_plan_id=SAVER), rule(12_000))
    assert total(*rules, plan=plan, currency="EUR") == minor


def test_a_night_without_a_rule_of_the_plan_is_not_sold_and_so_is_no_stay_over_it() -> None:
    until_friday = rule(8500, rate_plan_id=SAVER, valid_until=date(2026, 7, 31))
    assert total(until_friday, plan=SAVER, nights=2) == 17_000
    assert total(until_friday, plan=SAVER, nights=3) is None
    assert total(until_friday, plan=FLEXIBLE) is None
    assert total() is None
    tariff = StayTariff([until_friday], Company(3, 2, (), 2, SAVER), "RUB")
    assert tariff.night(date(2026, 7, 31)) == Money(8500, "RUB")
    assert tariff.night(date(2026, 8, 1)) is None
    assert tariff.total(THURSDAY) is None


def test_a_price_for_guests_alone_sells_the_night_where_nobody_is_included() -> None:
    guests = rule(40_000, "per_person_night", name="Guest")
    assert total(guests, adults=2, included=0, nights=3) == 240_000
    assert total(guests, adults=3, included=2) is None
    assert total(rule(40_000, "per_person_night", until_age=11), included=0, adults=1) is None


EXTRAS = [
    (rule(500, "flat", extra_id=7), 500, 1000),
    (rule(500, "per_person", extra_id=7), 500 * 3, 500 * 6),
    (rule(500, "per_night", extra_id=7), 500 * 2, 500 * 4),
    (rule(500, "per_person_night", extra_id=7), 500 * 6, 500 * 12),
]


@pytest.mark.parametrize(("priced", "once", "twice"), EXTRAS)
def test_an_extra_is_paid_once_by_night_by_guest_or_by_both_and_so_many_times(
    priced: Rule, once: int, twice: int
) -> None:
    """Three guests, two nights: an extra counts all guests, also the included ones."""
    fields: dict[str, Any] = {"nights": 2, "ages": (8,), "currency": "EUR"}
    two = PricedExtra(7, "ext_7", "Breakfast", quantity=2)
    assert total(rule(9000), priced, extras=(BREAKFAST,), **fields) == 18_000 + once
    assert total(rule(9000), priced, extras=(two,), **fields) == 18_000 + twice


def test_an_extra_knows_ages_seasons_and_plans() -> None:
    rules = (
        rule(9000),
        rule(0, "per_person_night", extra_id=7, rate_plan_id=FLEXIBLE),
        rule(0, "per_person_night", extra_id=7, until_age=5, name="small"),
        rule(900, "per_person_night", extra_id=7, until_age=11, name="child"),
        rule(1500, "per_person_night", extra_id=7, valid_from=date(2026, 7, 31)),
    )
    family: dict[str, Any] = {"nights": 2, "ages": (5, 6, 12), "extras": (BREAKFAST,), "included": 9}
    assert lines(quote(*rules, plan=SAVER, **family)) == [
        ("", 18_000, 2, None),
        ("Breakfast: child", 1800, 2, 1),
        ("Breakfast: small", 0, 2, 1),
        ("Breakfast", 4500, 1, 3),
    ]
    assert lines(quote(*rules, plan=FLEXIBLE, **family))[1:] == [("Breakfast", 0, 2, 5)]


def test_an_extra_that_no_rule_prices_costs_nothing() -> None:
    assert lines(quote(rule(9000), extras=(BREAKFAST,))) == [("", 9000, 1, None)]


@pytest.mark.parametrize(
    ("currency", "night", "guest", "minor"),
    [
        ("RUB", 523_333, 70_001, 3 * 523_333 + 6 * 70_001),
        ("EUR", 8999, 1, 26_997 + 6),
        ("CLP", 45_990, 7, 138_012),
    ],
)
def test_totals_are_exact_to_the_minor_unit(currency: str, night: int, guest: int, minor: int) -> None:
    found = quote(rule(night), rule(guest, "per_person_night"), nights=3, adults=4, currency=currency)
    assert found is not None
    assert found.total == Money(minor, currency)


def test_the_frozen_form_says_how_many_nights() -> None:
    found = quote(rule(9000, name="Week"), nights=2, currency="EUR")
    assert found is not None
    assert found.as_json() == {
        "lines": [
            {"label": "Week", "minor": 18_000, "extra": "", "minutes": None, "quantity": None, "nights": 2}
        ],
        "total_minor": 18_000,
    }


@st.composite
def rules_of_stays(draw: st.DrawFn) -> Rule:
    ages = draw(st.sampled_from([(None, None), (None, 2), (3, 11), (12, None)]))
    first = draw(st.none() | st.integers(0, 6))
    extra = draw(st.sampled_from([None, None, 7]))
    bases = ["per_night", "per_person_night"] + ([] if extra is None else ["flat", "per_person"])
    return Rule(
        name=draw(st.sampled_from(["", "a"])),
        basis=draw(st.sampled_from(bases)),
        amount_minor=draw(st.integers(0, 9999)),
        extra_id=extra,
        weekdays=draw(st.frozensets(st.integers(0, 6), max_size=2)),
        valid_from=None if first is None else THURSDAY + timedelta(days=first),
        rate_plan_id=draw(st.sampled_from([None, None, SAVER])),
        min_nights=draw(st.sampled_from([None, 2])),
        from_age=ages[0],
        until_age=ages[1],
    )


@settings(max_examples=200)
@given(
    given_rules=st.lists(rules_of_stays(), max_size=6),
    nights=st.integers(1, 5),
    ages=st.lists(st.integers(0, 17), max_size=3),
    extras=st.sampled_from([(), (BREAKFAST,), (PricedExtra(7, "ext_7", "B", 2),)]),
)
def test_a_total_is_the_sum_of_its_lines_and_nights_are_neither_lost_nor_counted_twice(
    given_rules: list[Rule], nights: int, ages: list[int], extras: tuple[PricedExtra, ...]
) -> None:
    """T-60. And a tariff that many stays share gives each the price it would have alone."""
    company = Company(nights, 1, tuple(ages), 1, SAVER)
    shared = StayTariff(given_rules, company, "EUR", extras)
    for number in range(6):
        arrival = THURSDAY + timedelta(days=number)
        alone = price_stay(given_rules, arrival, company, "EUR", extras)
        assert shared.quote(arrival) == alone
        assert shared.total(arrival) == (None if alone is None else alone.total)
        sold = all(shared.night(arrival + timedelta(days=one)) is not None for one in range(nights))
        assert sold == (alone is not None)
        if alone is not None:
            assert alone.total.minor == sum(line.amount.minor for line in alone.lines)
            of_room = [one.nights or 0 for one in alone.lines if not one.extra and one.quantity is None]
            assert sum(of_room) == nights
