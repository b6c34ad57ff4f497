"""Dates and instants as forms and addresses write them. Nothing that makes no sense is an error here: it is None."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any


def read_date(text: Any) -> date | None:
    """`2026-12-01`, of the years that people book in."""
    try:
        found = date.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2200 else None


def read_instant(text: str) -> datetime | None:
    """An instant with its offset, whose `+` an address may have made a space; without one it says nothing."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found.tzinfo is not None and 1990 <= found.year <= 2200 else None
