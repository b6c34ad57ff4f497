"""What an occasion costs, line by line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.pricing.rules import (
    Occasion,
    PricedExtra,
    PriceQuote,
    Rule,
    label_in,
    names_of,
    occasions_alike,
    price,
)

TUESDAY = date(2026, 12, 1)
SATURDAY = date(2026, 12, 5)


def rule(amount: int = 3000, basis: str = "flat", **fields: Any) -> Rule:
    return Rule(fields.pop("name", ""), basis, amount, **fields)


def quote(*rules: Rule, day: date = TUESDAY, at: int = 600, minutes: int = 60, party: int = 1) -> PriceQuote:
    return price(rules, Occasion(day, at, minutes, party), "EUR")


def lines(found: PriceQuote) -> list[tuple[str, int, int | None]]:
    return [(line.label, line.amount.minor, line.minutes) for line in found.lines]


def test_a_flat_price_is_the_same_for_any_length_and_company() -> None:
    assert quote(rule(), minutes=180, party=4).total == Money(3000, "EUR")


def test_a_price_for_each_person_is_multiplied() -> None:
    found = quote(rule(1250, "per_person"), party=3)
    assert found.total == Money(3750, "EUR")
    assert found.lines[0].quantity == 3


@pytest.mark.parametrize(
    ("minutes", "minor"), [(60, 1000), (90, 1500), (45, 750), (5, 83), (50, 833), (10, 167)]
)
def test_a_price_for_each_hour_counts_its_minutes(minutes: int, minor: int) -> None:
    assert quote(rule(1000, "per_hour"), minutes=minutes).total.minor == minor


def test_half_a_minor_unit_is_rounded_away_from_zero() -> None:
    """T-60: 1 × 30 minutes of an hour is half a cent."""
    assert quote(rule(1, "per_hour"), minutes=30).total.minor == 1


@pytest.mark.parametrize(
    ("condition", "day", "at", "minutes", "fits"),
    [
        ({"weekdays": frozenset({5, 6})}, SATURDAY, 600, 60, True),
        ({"weekdays": frozenset({5, 6})}, TUESDAY, 600, 60, False),
        ({"from_minute": 600, "until_minute": 720}, TUESDAY, 600, 60, True),
        ({"from_minute": 600, "until_minute": 720}, TUESDAY, 719, 60, True),
        ({"from_minute": 600, "until_minute": 720}, TUESDAY, 720, 60, False),
        ({"from_minute": 600, "until_minute": 720}, TUESDAY, 595, 60, False),
        ({"valid_from": TUESDAY}, TUESDAY, 600, 60, True),
        ({"valid_from": SATURDAY}, TUESDAY, 600, 60, False),
        ({"valid_until": TUESDAY}, TUESDAY, 600, 60, True),
        ({"valid_until": TUESDAY}, SATURDAY, 600, 60, False),
        ({"duration": 60}, TUESDAY, 600, 60, True),
        ({"duration": 60}, TUESDAY, 600, 90, False),
    ],
)
def test_a_rule_with_conditions_counts_only_where_they_hold(
    condition: dict[str, Any], day: date, at: int, minutes: int, fits: bool
) -> None:
    found = quote(rule(5000, **condition), rule(3000), day=day, at=at, minutes=minutes)
    assert found.total.minor == (5000 if fits else 3000)


def test_hours_are_split_at_the_edges_of_tariffs() -> None:
    day = rule(1000, "per_hour", name="day", from_minute=480, until_minute=1080)
    evening = rule(2000, "per_hour", name="evening", from_minute=1080, until_minute=1440)
    found = quote(day, evening, at=1050, minutes=90)
    assert lines(found) == [("day", 500, 30), ("evening", 2000, 60)]
    assert found.total.minor == 2500


def test_hours_are_split_at_midnight_by_the_next_day() -> None:
    """A booking from 22:00 on Friday takes two hours of Friday and one of Saturday."""
    weekend = rule(3000, "per_hour", name="weekend", weekdays=frozenset({5, 6}))
    week = rule(1000, "per_hour", name="week")
    found = quote(weekend, week, day=date(2026, 12, 4), at=1320, minutes=180)
    assert lines(found) == [("week", 2000, 120), ("weekend", 3000, 60)]


def test_a_gap_between_tariffs_continues_the_one_before() -> None:
    morning = rule(1000, "per_hour", name="morning", from_minute=540, until_minute=660)
    assert lines(quote(morning, at=600, minutes=180)) == [("morning", 3000, 180)]


def test_each_line_is_rounded_by_itself_and_the_total_is_their_sum() -> None:
    """T-60."""
    first = rule(101, "per_hour", name="a", from_minute=0, until_minute=630)
    second = rule(101, "per_hour", name="b", from_minute=630, until_minute=1440)
    found = quote(first, second, at=600, minutes=60)
    assert lines(found) == [("a", 51, 30), ("b", 51, 30)]
    assert found.total.minor == 102


def test_a_night_longer_than_a_day_is_counted_on() -> None:
    night = rule(600, "per_hour", name="night", from_minute=0, until_minute=360)
    other = rule(1200, "per_hour", name="day")
    found = quote(night, other, at=1380, minutes=26 * 60)
    assert lines(found) == [("day", 1200 * 19, 19 * 60), ("night", 600 * 7, 7 * 60)]


def test_extras_have_their_own_rules_and_lines() -> None:
    rules = (rule(3000), rule(500, extra_id=7), rule(200, "per_person", extra_id=8, name="each"))
    extras = [
        PricedExtra(7, "ext_7", "Light"),
        PricedExtra(8, "ext_8", "Coffee"),
        PricedExtra(9, "ext_9", "Gift"),
    ]
    found = price(rules, Occasion(TUESDAY, 600, 60, 2), "EUR", extras)
    assert [(line.label, line.amount.minor, line.extra) for line in found.lines] == [
        ("", 3000, ""),
        ("Light", 500, "ext_7"),
        ("Coffee: each", 400, "ext_8"),
    ]
    assert found.total.minor == 3900
    assert price(rules, Occasion(TUESDAY, 600, 60, 2), "EUR").total.minor == 3000


def test_currencies_without_cents_stay_whole() -> None:
    """CLP has no minor unit: a third of an hour is rounded to whole pesos."""
    found = price([rule(10_000, "per_hour")], Occasion(TUESDAY, 600, 20, 1), "CLP")
    assert found.total == Money(3333, "CLP")


def test_the_frozen_form_repeats_the_sum_of_its_lines() -> None:
    frozen = quote(rule(1000, "per_hour", name="day"), minutes=90).as_json()
    assert frozen == {
        "lines": [{"label": "day", "minor": 1500, "extra": "", "minutes": 90, "quantity": None}],
        "total_minor": 1500,
    }


QUIET = (("es", "Mañana tranquila"), ("ru", "Тихое утро"))


def test_the_name_of_a_rule_is_frozen_in_every_language_that_it_has() -> None:
    frozen = quote(rule(2400, name="Quiet morning", names=QUIET)).as_json()
    assert frozen["lines"] == [
        {
            "label": "Quiet morning",
            "minor": 2400,
            "extra": "",
            "minutes": None,
            "quantity": None,
            "names": {"es": "Mañana tranquila", "ru": "Тихое утро"},
        }
    ]


@pytest.mark.parametrize("basis", ["flat", "per_person", "per_hour", "per_day"])
def test_lines_of_every_basis_tell_the_names_of_their_rule(basis: str) -> None:
    (line,) = quote(rule(2400, basis, name="Quiet morning", names=QUIET)).lines
    assert line.names == QUIET


@pytest.mark.parametrize(
    ("language", "label"),
    [("ru", "Тихое утро"), ("es-cl", "Mañana tranquila"), ("en", "Quiet morning"), ("", "Quiet morning")],
)
def test_a_label_is_read_in_the_language_of_the_reader(language: str, label: str) -> None:
    frozen = {"label": "Quiet morning", "names": dict(QUIET)}
    assert label_in(frozen, language) == label
    assert label_in({"label": "Before there were names"}, language) == "Before there were names"


def test_names_are_what_the_translations_say() -> None:
    told = {"ru": {"name": "Тихое утро"}, "es": {"name": ""}, "en": {}}
    assert names_of(told) == (("ru", "Тихое утро"),)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    edges = draw(
        st.none() | st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda one: one[0] < one[1])
    )
    first = draw(st.none() | st.integers(0, 12))
    last = draw(st.none() | st.integers(0, 12))
    return Rule(
        name=draw(st.sampled_from(["", "a", "b"])),
        basis=draw(st.sampled_from(["flat", "per_hour", "per_hour", "per_person"])),
        amount_minor=draw(st.integers(0, 9999)),
        extra_id=draw(st.sampled_from([None, None, 7])),
        duration=draw(st.sampled_from([None, None, 90])),
        weekdays=draw(st.frozensets(st.integers(0, 6), max_size=3)),
        from_minute=None if edges is None else edges[0] * 60,
        until_minute=None if edges is None else edges[1] * 60,
        valid_from=None if first is None else TUESDAY + timedelta(days=first),
        valid_until=None if last is None else TUESDAY + timedelta(days=last),
    )


MOMENTS = st.tuples(
    st.integers(0, 14).map(lambda n: TUESDAY + timedelta(days=n)), st.integers(0, 95).map(lambda n: n * 15)
)
EXTRAS = [PricedExtra(7, "ext_7", "Light")]


@settings(max_examples=150)
@given(
    given_rules=st.lists(rules(), max_size=4),
    moments=st.lists(MOMENTS, min_size=2, max_size=20),
    minutes=st.sampled_from([45, 90, 600]),
)
def test_occasions_with_equal_keys_have_equal_prices(
    given_rules: list[Rule], moments: list[tuple[date, int]], minutes: int
) -> None:
    key = occasions_alike(given_rules)
    seen: dict[Any, PriceQuote] = {}
    for day, minute in moments:
        found = price(given_rules, Occasion(day, minute, minutes, 2), "EUR", EXTRAS)
        assert seen.setdefault(key(day, minute), found).total == found.total


@settings(max_examples=150)
@given(
    given_rules=st.lists(rules(), max_size=5),
    moment=MOMENTS,
    minutes=st.integers(1, 200).map(lambda n: n * 5),
)
def test_a_total_is_the_sum_of_its_lines_and_hours_are_neither_lost_nor_counted_twice(
    given_rules: list[Rule], moment: tuple[date, int], minutes: int
) -> None:
    """T-60."""
    found = price(given_rules, Occasion(*moment, minutes, 3), "EUR", EXTRAS)
    assert found.total.minor == sum(line.amount.minor for line in found.lines)
    assert found.total.minor >= 0
    for extra in ("", "ext_7"):
        spent = [line.minutes for line in found.lines if line.extra == extra and line.minutes is not None]
        assert spent == [] or sum(spent) == minutes
