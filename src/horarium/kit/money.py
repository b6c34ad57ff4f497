"""Exact money: whole minor units of one currency, never a float."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, Self, TypedDict

from horarium.kit.errors import InvalidInput

CURRENCIES: Final[dict[str, int]] = {
    "AED": 2, "AMD": 2, "ARS": 2, "AUD": 2, "AZN": 2, "BGN": 2, "BHD": 3, "BRL": 2, "BYN": 2, "CAD": 2,
    "CHF": 2, "CLP": 0, "CNY": 2, "COP": 2, "CZK": 2, "DKK": 2, "EUR": 2, "GBP": 2, "GEL": 2, "HUF": 2,
    "IDR": 2, "ILS": 2, "INR": 2, "JPY": 0, "KGS": 2, "KRW": 0, "KWD": 3, "KZT": 2, "MDL": 2, "MXN": 2,
    "NOK": 2, "NZD": 2, "PEN": 2, "PLN": 2, "PYG": 0, "RON": 2, "RSD": 2, "RUB": 2, "SEK": 2, "THB": 2,
    "TJS": 2, "TND": 3, "TRY": 2, "UAH": 2, "USD": 2, "UYU": 2, "UZS": 2, "VND": 0, "ZAR": 2,
}  # fmt: skip
"""ISO 4217 code → number of decimals of the minor unit."""

_PLAIN: Final = re.compile(r"(?P<sign>-?)(?P<whole>0|[1-9][0-9]{0,15})(?:\.(?P<decimals>[0-9]+))?")


class CurrencyMismatch(InvalidInput):
    """Two currencies met where only one makes sense."""

    code = "money.currency_mismatch"


class UnknownCurrency(InvalidInput):
    """The currency is not one that the product can count in."""

    code = "money.unknown_currency"


class InvalidAmount(InvalidInput):
    """The amount is not written as, or not a whole number of, minor units of its currency."""

    code = "money.invalid_amount"


class MoneyJson(TypedDict):
    """Money as the API shows it."""

    minor: int
    currency: str
    amount: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (`minor`) of an ISO 4217 `currency`; may be negative.

    Sums and order exist within one currency only (`CurrencyMismatch`); `==` across currencies is simply
    false, so that money can live in sets and dictionaries. Add many with `sum(parts, Money.zero("RUB"))`.
    An unsupported currency raises `UnknownCurrency`.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        _exponent(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing, in this currency."""
        return cls(0, currency)

    @classmethod
    def of(cls, amount: Decimal | int, currency: str) -> Self:
        """Major units to money, exactly: more decimals than the currency has raise `InvalidAmount`."""
        number = Decimal(amount)
        if not number.is_finite():
            raise _invalid_amount(str(amount), currency)
        minor = Fraction(number) * 10 ** _exponent(currency)
        if minor.denominator != 1:
            raise _invalid_amount(str(amount), currency)
        return cls(minor.numerator, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """The exact inverse of `as_text`: `1500.00` for RUB, `1500` for CLP.

        Any other spelling (spaces, plus sign, leading zeros, minus zero, more or fewer decimals) raises
        `InvalidAmount`.
        """
        exponent = _exponent(currency)
        found = _PLAIN.fullmatch(text)
        decimals = (found["decimals"] or "") if found else ""
        if found is None or len(decimals) != exponent:
            raise _invalid_amount(text, currency)
        minor = int(found["whole"] + decimals)
        if found["sign"] and not minor:
            raise _invalid_amount(text, currency)
        return cls(-minor if found["sign"] else minor, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, factor: Fraction | int) -> "Money":
        """The product, rounded to the minor unit, halves away from zero."""
        exact = Fraction(self.minor) * factor
        size = abs(exact)
        rounded = (2 * size.numerator + size.denominator) // (2 * size.denominator)
        return Money(-rounded if exact < 0 else rounded, self.currency)

    def percent(self, rate: int | Decimal) -> "Money":
        """`rate` per cent of it, rounded as `times` does; the rate is exact (`Decimal("12.5")`)."""
        return self.times(Fraction(rate) / 100)

    def split(self, parts: int) -> "list[Money]":
        """So many shares that differ by one minor unit at most, the larger first; they sum to the whole."""
        return self.allocate([1] * parts)

    def allocate(self, weights: Sequence[int | Fraction]) -> "list[Money]":
        """Shares in proportion to the weights that sum to the whole exactly (largest remainders).

        The left-over minor units go to the largest remainders, the earlier share first among equals.
        A negative amount is shared as its opposite. Needs weights ≥ 0 with a sum > 0 (`ValueError`).
        """
        total = sum(weights, Fraction(0))
        if total <= 0 or any(weight < 0 for weight in weights):
            raise ValueError("weights must not be negative and must have a positive sum")
        exact = [Fraction(abs(self.minor)) * weight / total for weight in weights]
        shares = [part.numerator // part.denominator for part in exact]
        by_remainder = sorted(range(len(exact)), key=lambda index: shares[index] - exact[index])
        for index in by_remainder[: abs(self.minor) - sum(shares)]:
            shares[index] += 1
        return [Money(-share if self.minor < 0 else share, self.currency) for share in shares]

    @property
    def amount(self) -> Decimal:
        """Major units with exactly the decimals of the currency."""
        return Decimal(self.as_text())

    def as_text(self) -> str:
        """Major units, plain: `1500.00` for RUB, `1500` for CLP, `-0.05`; no symbol, no grouping."""
        return _as_text(self.minor, self.currency)

    def as_json(self) -> MoneyJson:
        """The form of the API: both the exact minor units and the readable amount."""
        return {"minor": self.minor, "currency": self.currency, "amount": _as_text(self.minor, self.currency)}

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(
                f"{self.currency} and {other.currency} do not mix",
                params={"left": self.currency, "right": other.currency},
            )
        return other.minor


@lru_cache(maxsize=8192)
def _as_text(minor: int, currency: str) -> str:
    """Lists show the same few amounts again and again."""
    exponent = _exponent(currency)
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    sign = "-" if minor < 0 else ""
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}" if exponent else f"{sign}{digits}"


def _exponent(currency: str) -> int:
    try:
        return CURRENCIES[currency]
    except KeyError:
        raise UnknownCurrency(f"unknown currency {currency!r}", params={"currency": currency}) from None


def _invalid_amount(text: str, currency: str) -> InvalidAmount:
    return InvalidAmount(
        f"{text!r} is not an amount of {currency}", params={"amount": text, "currency": currency}
    )
