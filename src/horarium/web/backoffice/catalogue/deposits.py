"""A deposit as it is typed: percent, or an amount of money."""

from __future__ import annotations

from typing import Any

from horarium.kit.money import Money
from horarium.web.backoffice.entered import Entered


def read_deposit(entered: Entered, currency: str) -> int:
    """Percent or minor units, by the chosen `prepayment`."""
    match entered.text("prepayment"):
        case "deposit_percent":
            return entered.whole("deposit_percent", needed=True) or 0
        case "deposit_fixed":
            return entered.money("deposit_amount", currency, needed=True) or 0
        case _:
            return 0


def typed_deposit(prepayment: str, value: int, currency: str) -> dict[str, Any]:
    match prepayment:
        case "deposit_percent":
            return {"deposit_percent": value}
        case "deposit_fixed":
            return {"deposit_amount": Money(value, currency).as_text()}
        case _:
            return {}
