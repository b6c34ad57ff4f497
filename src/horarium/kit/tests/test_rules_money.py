"""Money is exact: nothing is lost or made by rounding, sharing or writing (T-60, T-85)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horarium.kit.money import CURRENCIES, CurrencyMismatch, InvalidAmount, Money, UnknownCurrency

currencies = st.sampled_from(sorted(CURRENCIES))
minors = st.integers(-(10**12), 10**12)
monies = st.builds(Money, minors, currencies)
weights = st.lists(st.integers(0, 1000) | st.fractions(0, 1000, max_denominator=50), min_size=1, max_size=12)


def rub(text: str) -> Money:
    return Money.parse(text, "RUB")


@pytest.mark.parametrize(
    ("currency", "text"),
    [("RUB", "1500.00"), ("EUR", "0.05"), ("USD", "-0.05"), ("CLP", "1500"), ("CLP", "-7"), ("KWD", "1.005")],
)
def test_the_written_form_has_exactly_the_decimals_of_the_currency(currency: str, text: str) -> None:
    money = Money.parse(text, currency)
    assert money.as_text() == text
    assert str(money.amount) == text


@given(monies)
def test_what_is_written_reads_back_the_same(money: Money) -> None:
    assert Money.parse(money.as_text(), money.currency) == money
    assert Money.of(money.amount, money.currency) == money
    assert money.amount * 10 ** CURRENCIES[money.currency] == money.minor


@given(st.text(alphabet="0123456789.-+ e_,٣", max_size=8), currencies)
def test_parsing_accepts_nothing_but_the_written_form(text: str, currency: str) -> None:
    try:
        money = Money.parse(text, currency)
    except InvalidAmount:
        return
    assert money.as_text() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1500",
        "1500.0",
        "1500.000",
        "1,500.00",
        " 1.00",
        "+1.00",
        "01.00",
        "-0.00",
        "1.00\n",
        "1e2",
        "٣.00",
        "9" * 20 + ".00",
    ],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(InvalidAmount) as refusal:
        rub(text)
    assert refusal.value.code == "money.invalid_amount"
    assert refusal.value.params == {"amount": text, "currency": "RUB"}


@pytest.mark.parametrize("amount", [Decimal("0.001"), Decimal("NaN"), Decimal("Infinity")])
def test_an_amount_finer_than_the_minor_unit_or_without_end_is_refused(amount: Decimal) -> None:
    with pytest.raises(InvalidAmount):
        Money.of(amount, "RUB")


@pytest.mark.parametrize(
    ("amount", "factor", "expected"),
    [
        ("0.05", Fraction(1, 2), "0.03"),
        ("-0.05", Fraction(1, 2), "-0.03"),
        ("0.05", Fraction(-1, 2), "-0.03"),
        ("0.01", Fraction(1, 3), "0.00"),
        ("-0.01", Fraction(1, 2), "-0.01"),
        ("100.00", Fraction(1, 3), "33.33"),
        ("100.00", 3, "300.00"),
    ],
)
def test_products_round_halves_away_from_zero(amount: str, factor: Fraction | int, expected: str) -> None:
    assert rub(amount).times(factor) == rub(expected)


@given(monies, st.fractions(-1000, 1000, max_denominator=1000))
def test_a_product_is_within_half_a_unit_and_mirrors_its_opposite(money: Money, factor: Fraction) -> None:
    product = money.times(factor)
    error = abs(product.minor - money.minor * factor)
    assert error <= Fraction(1, 2)
    if error == Fraction(1, 2):
        assert abs(product.minor) > abs(money.minor * factor)
    assert money.times(-factor) == (-money).times(factor) == -product


@given(minors, st.decimals("-500", "500", places=3))
def test_per_cent_agrees_with_decimal_arithmetic(minor: int, rate: Decimal) -> None:
    with localcontext(prec=60):
        expected = (Decimal(minor) * rate / 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert Money(minor, "RUB").percent(rate) == Money(int(expected), "RUB")


def test_a_split_gives_the_larger_shares_first() -> None:
    assert [part.as_text() for part in rub("100.00").split(3)] == ["33.34", "33.33", "33.33"]
    assert [part.as_text() for part in rub("-0.05").split(3)] == ["-0.02", "-0.02", "-0.01"]
    assert [part.as_text() for part in Money(2, "CLP").split(4)] == ["1", "1", "0", "0"]


@given(monies, st.integers(1, 60))
def test_a_split_sums_to_the_whole_and_is_even(money: Money, parts: int) -> None:
    shares = money.split(parts)
    assert len(shares) == parts
    assert sum(shares, Money.zero(money.currency)) == money
    sizes = [abs(share.minor) for share in shares]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] - sizes[-1] <= 1


def test_an_allocation_gives_the_left_over_units_to_the_largest_remainders() -> None:
    shares = rub("1.00").allocate([1, 5, 0, Fraction(1, 2)])
    assert [share.as_text() for share in shares] == ["0.15", "0.77", "0.00", "0.08"]


@given(monies, weights.filter(any))
def test_an_allocation_sums_to_the_whole_and_is_within_one_unit_of_fair(
    money: Money, parts: list[int | Fraction]
) -> None:
    shares = money.allocate(parts)
    assert sum(shares, Money.zero(money.currency)) == money
    total = sum(parts, Fraction(0))
    for share, weight in zip(shares, parts, strict=True):
        assert abs(share.minor - Fraction(money.minor) * weight / total) < 1
        assert weight or not share


@pytest.mark.parametrize("bad", [[], [0, 0], [2, -1]])
def test_weights_that_share_nothing_are_refused(bad: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        rub("1.00").allocate(bad)
    with pytest.raises(ValueError, match="weights"):
        rub("1.00").split(0)


@given(minors, minors, currencies)
def test_sums_and_order_are_those_of_the_minor_units(left: int, right: int, currency: str) -> None:
    a, b = Money(left, currency), Money(right, currency)
    assert (a + b).minor == left + right
    assert (a - b).minor == left - right
    assert (-a).minor == -left
    assert (a < b, a <= b, a > b, a >= b) == (left < right, left <= right, left > right, left >= right)
    assert bool(a) == bool(left)


def test_two_currencies_do_not_mix_and_are_never_equal() -> None:
    rubles, pesos = Money(1, "RUB"), Money(1, "CLP")
    assert rubles != pesos
    assert len({rubles, pesos}) == 2
    for mix in (rubles.__add__, rubles.__sub__, rubles.__lt__, rubles.__le__, rubles.__gt__, rubles.__ge__):
        with pytest.raises(CurrencyMismatch) as refusal:
            mix(pesos)
        assert refusal.value.params == {"left": "RUB", "right": "CLP"}


@pytest.mark.parametrize("currency", ["rub", "QQQ", ""])
def test_an_unknown_currency_is_refused(currency: str) -> None:
    with pytest.raises(UnknownCurrency):
        Money(1, currency)
    with pytest.raises(UnknownCurrency):
        Money.parse("1.00", currency)


def test_the_api_form_has_units_currency_and_amount() -> None:
    assert rub("1500.00").as_json() == {"minor": 150000, "currency": "RUB", "amount": "1500.00"}
