"""What an extra is said to cost before anything is chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from horarium.kit.money import Money
from horarium.modules.catalog.rules import ExtraFacts
from horarium.modules.pricing.rules import Rule
from horarium.workflows.lowest_price import ExtraPrice, extra_price

TODAY = date(2026, 12, 1)
LUNCH = ExtraFacts(7, "ext_7", "Lunch", "", {})


def rule(amount: int, basis: str = "flat", extra: int | None = 7, **fields: Any) -> Rule:
    return Rule("", basis, amount, extra_id=extra, **fields)


def found(*rules: Rule) -> ExtraPrice | None:
    return extra_price(rules, LUNCH, "EUR", TODAY)


def test_an_extra_costs_its_cheapest_rule_by_that_rule_s_own_basis() -> None:
    cheapest = found(rule(100, extra=None), rule(200, extra=8), rule(1500), rule(900, "per_person"))
    assert cheapest == ExtraPrice(Money(900, "EUR"), "per_person")


def test_a_season_that_is_over_does_not_count_and_its_last_day_does() -> None:
    past, last = date(2026, 11, 30), TODAY
    assert found(rule(500, valid_until=past), rule(900)) == ExtraPrice(Money(900, "EUR"), "flat")
    assert found(rule(500, valid_until=last), rule(900)) == ExtraPrice(Money(500, "EUR"), "flat")
    assert found(rule(500, valid_until=past)) is None


def test_the_price_of_an_adult_goes_before_those_of_children() -> None:
    child = rule(300, "per_person_night", from_age=3, until_age=12)
    assert found(child, rule(800, "per_person_night")) == ExtraPrice(Money(800, "EUR"), "per_person_night")
    assert found(child) == ExtraPrice(Money(300, "EUR"), "per_person_night")


def test_an_extra_that_nothing_prices_costs_nothing() -> None:
    assert found(rule(100, extra=None)) is None
