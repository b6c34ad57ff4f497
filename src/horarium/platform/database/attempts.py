"""Parts of a transaction that others may have been quicker with, and that leave nothing behind then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import connection, transaction

from horarium.kit.errors import HorariumError

T = TypeVar("T")
_begins_anew: ContextVar[bool] = ContextVar("begins_anew", default=False)


class _BegunAnew(Exception):
    """An attempt failed in a transaction that has no savepoint for it."""


def in_transaction(run: Callable[[], T]) -> T:
    """`run()` in a transaction of its own, where the first attempt costs no savepoint.

    Nearly every attempt succeeds, and a savepoint is two round trips. When one fails, everything is undone and `run` is
    called once more with savepoints, so call it with nothing that cannot be done twice.
    """
    token = _begins_anew.set(not connection.in_atomic_block)
    try:
        with transaction.atomic():
            return run()
    except _BegunAnew:
        pass
    finally:
        _begins_anew.reset(token)
    with transaction.atomic():
        return run()


@contextmanager
def attempt() -> Iterator[None]:
    """What is done inside is undone when it raises: a transaction, or a savepoint of the one that is open."""
    if not (_begins_anew.get() and connection.in_atomic_block):
        with transaction.atomic():
            yield
        return
    try:
        yield
    except HorariumError as error:
        raise _BegunAnew from error
