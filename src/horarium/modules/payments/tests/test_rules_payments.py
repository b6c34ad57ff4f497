"""States move forward only, and only on reports that agree with what was asked."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.money import Money
from horarium.modules.payments.rules import Intent, Report, mismatch, next_state, state_after_refunds

STATES = [
    "created",
    "pending",
    "authorized",
    "paid",
    "partially_refunded",
    "refunded",
    "failed",
    "cancelled",
]
REPORTED = ["pending", "authorized", "paid", "failed", "cancelled"]
INTENT = Intent(gateway="test", gateway_ref="tg_1", order_id="ord_1", amount=Money(2500, "EUR"))


def report(**changes: object) -> Report:
    facts = {
        "gateway": "test",
        "gateway_ref": "tg_1",
        "order_id": "ord_1",
        "amount": Money(2500, "EUR"),
        "state": "paid",
    }
    return Report(**{**facts, **changes})  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("current", "reported", "result"),
    [
        ("created", "pending", "pending"),
        ("created", "paid", "paid"),
        ("pending", "authorized", "authorized"),
        ("pending", "failed", "failed"),
        ("authorized", "cancelled", "cancelled"),
        ("failed", "paid", "paid"),
        ("cancelled", "authorized", "authorized"),
        ("failed", "pending", "failed"),
        ("failed", "cancelled", "failed"),
        ("paid", "failed", "paid"),
        ("paid", "pending", "paid"),
        ("paid", "authorized", "paid"),
        ("paid", "paid", "paid"),
        ("partially_refunded", "paid", "partially_refunded"),
        ("refunded", "paid", "refunded"),
        ("refunded", "cancelled", "refunded"),
    ],
)
def test_a_report_moves_a_payment_forward_or_not_at_all(current: str, reported: str, result: str) -> None:
    """T-64."""
    assert next_state(current, reported) == result


@pytest.mark.parametrize("order", list(permutations(["authorized", "paid", "pending", "failed"])))
def test_a_payment_that_was_paid_is_paid_in_whatever_order_it_is_told(order: tuple[str, ...]) -> None:
    """T-56: AUTHORIZED and CONFIRMED come at the same time; T-64: stale news come last."""
    state = "created"
    for reported in order:
        state = next_state(state, reported)
    assert state == "paid"


@given(current=st.sampled_from(STATES), reports=st.lists(st.sampled_from(REPORTED), max_size=12))
def test_telling_everything_twice_tells_nothing_new(current: str, reports: list[str]) -> None:
    once = twice = current
    for reported in reports:
        once = next_state(once, reported)
        twice = next_state(next_state(twice, reported), reported)
    assert once == twice


@given(reports=st.lists(st.sampled_from(REPORTED), max_size=12))
def test_money_that_has_come_is_never_forgotten(reports: list[str]) -> None:
    state = "paid"
    for reported in reports:
        state = next_state(state, reported)
    assert state == "paid"


def test_a_report_that_says_what_was_asked_agrees() -> None:
    assert mismatch(INTENT, report()) == ""


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"gateway": "other"}, "gateway"),
        ({"gateway_ref": "tg_2"}, "reference"),
        ({"order_id": "ord_2"}, "order"),
        ({"amount": Money(2500, "RUB")}, "currency"),
        ({"amount": Money(2499, "EUR")}, "amount"),
        ({"amount": Money(2501, "EUR")}, "amount"),
    ],
)
def test_a_report_that_contradicts_is_told_by_what(changes: dict[str, object], wrong: str) -> None:
    """T-64, T-59: what the payer or anybody between has made of the amount is compared with ours."""
    assert mismatch(INTENT, report(**changes)) == wrong


def test_a_callback_may_outrun_the_answer_that_brings_the_reference() -> None:
    unknown = Intent("test", "", "ord_1", Money(2500, "EUR"))
    assert mismatch(unknown, report(gateway_ref="tg_77")) == ""


@pytest.mark.parametrize(
    ("refunded", "state"),
    [(0, "paid"), (1, "partially_refunded"), (2499, "partially_refunded"), (2500, "refunded")],
)
def test_the_sum_that_went_back_tells_the_state(refunded: int, state: str) -> None:
    """T-60: refunded means to the last minor unit."""
    assert state_after_refunds(2500, refunded) == state
