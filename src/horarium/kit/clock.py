"""The one source of the present instant, so that tests and demo history can travel in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FrozenClock:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        """Always the same instant, aware, in UTC."""
        return self.at


_SYSTEM = SystemClock()
_clock: ContextVar[Clock] = ContextVar("clock", default=_SYSTEM)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _clock.get().now()


@contextmanager
def frozen(at: datetime) -> Iterator[FrozenClock]:
    """Let `now()` be `at` inside the block; may be nested, the outer instant returns afterwards.

    Holds for this context only: tasks started inside inherit it, new threads do not. A naive `at` raises
    `ValueError`.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("a clock needs an aware instant")
    clock = FrozenClock(at.astimezone(UTC))
    token = _clock.set(clock)
    try:
        yield clock
    finally:
        _clock.reset(token)
