"""What may be asked of an offering, and what must be paid for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.catalog.rules import (
    ExtraFacts,
    Need,
    PaymentTerms,
    check_durations,
    choose_duration,
    choose_extras,
    choose_party,
    duration_range,
    translated,
)
from horarium.modules.catalog.tests.facts import offering_facts

TERMS = PaymentTerms("none", 0, 15, False, 24)
TEA, LIGHT = (ExtraFacts(number, f"ext_{name}", name, "", {}) for number, name in ((1, "tea"), (2, "light")))
PORTRAIT = offering_facts(
    slug="portrait",
    name="Portrait",
    summary="An hour",
    translations={"ru": {"name": "Портрет"}},
    durations=(60, 90),
    grid=15,
    lead=60,
    party_min=2,
    party_max=4,
    terms=TERMS,
    needs=(
        Need(1, "", 1, 0, None, False, None, (7,)),
        Need(2, "", 1, 0, None, False, 2, (8, 9)),
    ),
    extras=(TEA, LIGHT),
)


@pytest.mark.parametrize(
    ("prepayment", "value", "total", "due"),
    [
        ("none", 50, 3000, 0),
        ("full", 0, 3000, 3000),
        ("deposit_percent", 50, 2999, 1500),
        ("deposit_percent", 0, 3000, 0),
        ("deposit_percent", 100, 2999, 2999),
        ("deposit_fixed", 1000, 3000, 1000),
        ("deposit_fixed", 5000, 3000, 3000),
        ("deposit_fixed", 1000, 0, 0),
    ],
)
def test_what_is_due_now_is_never_more_than_the_price(
    prepayment: str, value: int, total: int, due: int
) -> None:
    terms = replace(TERMS, prepayment=prepayment, deposit_value=value)
    assert terms.due_now(Money(total, "EUR")) == Money(due, "EUR")


def test_a_duration_is_one_on_offer_or_the_shortest() -> None:
    assert choose_duration(PORTRAIT, None) == 60
    assert choose_duration(PORTRAIT, 90) == 90
    for wanted, reason in ((45, "too_short"), (75, "duration"), (120, "duration"), (0, "too_short")):
        with pytest.raises(InvalidInput) as refused:
            choose_duration(PORTRAIT, wanted)
        assert refused.value.field == "duration"
        assert refused.value.params == {"reason": reason, "allowed": [60, 90]}


def test_a_company_is_within_its_bounds() -> None:
    assert choose_party(PORTRAIT, None) == 2
    assert [choose_party(PORTRAIT, size) for size in (2, 3, 4)] == [2, 3, 4]
    for size in (0, 1, 5):
        with pytest.raises(InvalidInput) as refused:
            choose_party(PORTRAIT, size)
        assert refused.value.params == {"reason": "capacity", "min": 2, "max": 4}


def test_extras_are_those_of_the_offering_once_each_in_its_order() -> None:
    assert choose_extras(PORTRAIT, ["ext_light", "ext_tea"]) == (TEA, LIGHT)
    assert choose_extras(PORTRAIT, []) == ()
    for wanted in (["ext_none"], ["ext_tea", "ext_tea"]):
        with pytest.raises(InvalidInput) as refused:
            choose_extras(PORTRAIT, wanted)
        assert refused.value.field == "extras"


def test_an_extra_s_need_counts_only_with_the_extra() -> None:
    assert [one.id for one in PORTRAIT.needs_with(frozenset())] == [1]
    assert [one.id for one in PORTRAIT.needs_with(frozenset({2}))] == [1, 2]
    assert PORTRAIT.resource_ids() == {7, 8, 9}


def test_a_missing_translation_is_shown_in_the_language_of_the_business() -> None:
    """ADR 4: field by field, and a regional language is its language."""
    assert PORTRAIT.text("name", "ru") == "Портрет"
    assert PORTRAIT.text("name", "ru-KZ") == "Портрет"
    assert PORTRAIT.text("summary", "ru") == "An hour"
    assert PORTRAIT.text("name", "es") == "Portrait"
    assert translated({"es": {"name": ""}}, "name", "es", "Portrait") == "Portrait"


def test_a_range_of_durations_ends_with_its_longest() -> None:
    assert duration_range(60, 120, 15) == [60, 75, 90, 105, 120]
    assert duration_range(60, 119, 30) == [60, 90]
    for shortest, longest, step in ((60, 120, 0), (120, 60, 15)):
        with pytest.raises(InvalidInput):
            duration_range(shortest, longest, step)


@pytest.mark.parametrize("durations", [[], [0], [61], [-5], [7 * 1440 + 5]])
def test_durations_are_multiples_of_five_minutes_within_a_week(durations: list[int]) -> None:
    assert check_durations([90, 60, 90]) == [60, 90]
    assert check_durations([7 * 1440]) == [7 * 1440]
    with pytest.raises(InvalidInput):
        check_durations(durations)
