"""Transactions that begin again when others were quicker, instead of savepoints that everybody pays for."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.db import transaction

T = TypeVar("T")

ATTEMPTS = 4
_left: ContextVar[int | None] = ContextVar("attempts_left", default=None)


class TryAgain(Exception):
    """Undo everything and begin again. Raise it while attempts are left."""


def repeatedly(run: Callable[[], T]) -> T:
    """Run in one transaction, from the start again after TryAgain. Inside another such call: just run.

    The locks of an attempt are gone before the next one begins, so that it may take its own in order.
    """
    if _left.get() is not None:
        return run()
    for left in reversed(range(1, ATTEMPTS)):
        try:
            return _attempt(run, left)
        except TryAgain:
            continue
    return _attempt(run, 0)


def attempts_left() -> int:
    """How often the running attempt may still be begun again."""
    return _left.get() or 0


def _attempt(run: Callable[[], T], left: int) -> T:
    token = _left.set(left)
    try:
        with transaction.atomic():
            return run()
    finally:
        _left.reset(token)
