"""What tickets, rentals by the hour and by the day, and extras taken several times cost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from horarium.modules.pricing.rules import (
    Occasion,
    PricedExtra,
    PricedTicket,
    PriceQuote,
    Rule,
    price,
    price_tickets,
    ticket_price,
)

FRIDAY = date(2026, 12, 4)
DAY = 1440
ADULT, CHILD, LAP = 1, 2, 3
NOON = Occasion(FRIDAY, 720, 180, 4)


def rule(amount: int, basis: str, **fields: Any) -> Rule:
    return Rule(fields.pop("name", ""), basis, amount, **fields)


def rented(*rules: Rule, minutes: int, party: int = 1, currency: str = "EUR") -> PriceQuote:
    return price(rules, Occasion(FRIDAY, 600, minutes, party), currency)


def lines(found: PriceQuote) -> list[tuple[int, int | None, int | None, int | None]]:
    return [(one.amount.minor, one.minutes, one.days, one.quantity) for one in found.lines]


TICKETS = (
    rule(6500, "per_person", ticket_type_id=ADULT, weekdays=frozenset({5, 6}), name="weekend"),
    rule(5000, "per_person", ticket_type_id=ADULT),
    rule(2500, "per_person", ticket_type_id=CHILD),
    rule(900, "flat", extra_id=7),
    rule(300, "per_person", extra_id=8),
)


def test_each_type_of_ticket_is_paid_by_its_own_rule_and_one_without_is_free() -> None:
    wanted = [PricedTicket(ADULT, "tkt_a", "Adult", 2), PricedTicket(LAP, "tkt_l", "Lap child")]
    found = price_tickets(TICKETS, [*wanted, PricedTicket(CHILD, "tkt_c", "Child")], NOON, "EUR")
    assert [(one.label, one.amount.minor, one.quantity, one.ticket) for one in found.lines] == [
        ("Adult", 10_000, 2, "tkt_a"),
        ("Lap child", 0, 1, "tkt_l"),
        ("Child", 2500, 1, "tkt_c"),
    ]
    assert found.total.minor == 12_500
    assert found.lines[0].as_json()["ticket"] == "tkt_a"


def test_tickets_have_seasons_and_extras_as_slots_do() -> None:
    saturday = Occasion(date(2026, 12, 5), 720, 180, 2)
    assert ticket_price(TICKETS, ADULT, saturday, "EUR").minor == 6500
    assert ticket_price(TICKETS, ADULT, NOON, "EUR").minor == 5000
    extras = [PricedExtra(7, "ext_7", "Lunch", 3), PricedExtra(8, "ext_8", "Headset")]
    found = price_tickets(TICKETS, [PricedTicket(ADULT, "tkt_a", "Adult", 2)], saturday, "EUR", extras)
    assert [(one.label, one.amount.minor, one.quantity) for one in found.lines] == [
        ("Adult: weekend", 13_000, 2),
        ("Lunch", 2700, 3),
        ("Headset", 600, 2),
    ]


def test_a_rule_without_a_type_prices_every_ticket() -> None:
    assert ticket_price([rule(700, "per_person")], CHILD, NOON, "EUR").minor == 700


@pytest.mark.parametrize(
    ("minutes", "days"), [(5, 1), (DAY - 5, 1), (DAY, 1), (DAY + 5, 2), (2 * DAY, 2), (7 * DAY, 7)]
)
def test_days_are_begun_spans_of_24_hours(minutes: int, days: int) -> None:
    assert lines(rented(rule(3000, "per_day"), minutes=minutes, party=3)) == [(3000 * days, None, days, None)]
    assert lines(rented(rule(3000, "per_person_day"), minutes=minutes, party=3)) == [
        (9000 * days, None, days, 3)
    ]


def test_each_day_is_priced_where_it_begins_and_a_gap_continues_the_one_before() -> None:
    weekend = rule(5000, "per_day", weekdays=frozenset({5, 6}), name="weekend")
    found = rented(weekend, rule(3000, "per_day"), minutes=4 * DAY)
    assert lines(found) == [(6000, None, 2, None), (10_000, None, 2, None)]
    friday_only = rule(3000, "per_day", weekdays=frozenset({4}))
    assert rented(friday_only, minutes=3 * DAY).total.minor == 9000


def test_hours_of_people_are_hours_times_people_rounded_once() -> None:
    """T-60: three people for ten minutes at one cent an hour make half a cent, which is one."""
    assert lines(rented(rule(1, "per_person_hour"), minutes=10, party=3)) == [(1, 10, None, 3)]
    assert rented(rule(1000, "per_person_hour"), minutes=90, party=2).total.minor == 3000
    assert rented(rule(10_000, "per_person_hour"), minutes=20, party=2, currency="CLP").total.minor == 6667


def test_hours_of_people_are_split_at_the_edges_of_tariffs() -> None:
    morning = rule(600, "per_person_hour", from_minute=0, until_minute=660)
    found = rented(morning, rule(1200, "per_person_hour"), minutes=120, party=2)
    assert lines(found) == [(1200, 60, None, 2), (2400, 60, None, 2)]


@pytest.mark.parametrize(
    ("basis", "once", "thrice"),
    [("flat", 500, 1500), ("per_person", 1000, 3000), ("per_hour", 1500, 4500), ("per_day", 500, 1500)],
)
def test_an_extra_that_is_taken_three_times_costs_three_times_as_much(
    basis: str, once: int, thrice: int
) -> None:
    occasion = Occasion(FRIDAY, 720, 180, 2)
    for quantity, minor in ((1, once), (3, thrice)):
        extra = PricedExtra(7, "ext_7", "Rope", quantity)
        assert price([rule(500, basis, extra_id=7)], occasion, "EUR", [extra]).total.minor == minor
