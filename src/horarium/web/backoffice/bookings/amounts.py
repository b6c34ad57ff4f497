"""Amounts as people type them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from horarium.kit.money import InvalidAmount, Money


def read_amount(text: str, currency: str) -> Money:
    """Spaces and a comma are fine. Raises InvalidAmount."""
    plain = "".join(text.split()).replace("\u202f", "").replace(",", ".")
    try:
        return Money.of(Decimal(plain), currency)
    except InvalidOperation:
        raise InvalidAmount("not a number", field="amount") from None
