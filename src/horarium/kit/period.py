"""A stretch of real time between two instants."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from horarium.kit.errors import InvalidInput


class InvalidPeriod(InvalidInput):
    """A period needs two aware instants, the first before the second."""

    code = "period.invalid"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Half-open `[start, end)`, both in UTC whatever zone they were given in; ordered by start, then end.

    Naive instants and `start >= end` raise `InvalidPeriod`.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        # Python compares two instants of one zone by the wall clock, which runs backwards in a repeated hour,
        # so both go to UTC first.
        object.__setattr__(self, "start", _in_utc(self.start))
        object.__setattr__(self, "end", _in_utc(self.end))
        if self.start >= self.end:
            raise InvalidPeriod(
                f"{self.start.isoformat()} is not before {self.end.isoformat()}",
                params={"start": self.start.isoformat(), "end": self.end.isoformat()},
            )

    @property
    def duration(self) -> timedelta:
        """The true length, free of any wall clock."""
        return self.end - self.start

    def overlaps(self, other: "Period") -> bool:
        """Whether they share any time; periods that only touch do not."""
        return self.start < other.end and other.start < self.end

    def contains(self, inner: "datetime | Period") -> bool:
        """Whether the instant, or the whole of the other period, lies inside."""
        if isinstance(inner, Period):
            return self.start <= inner.start and inner.end <= self.end
        return self.start <= _in_utc(inner) < self.end

    def intersection(self, other: "Period") -> "Period | None":
        """The time that both cover, if any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def shift(self, by: timedelta) -> "Period":
        """The same duration, later (or earlier when negative)."""
        return Period(self.start + by, self.end + by)

    def extend(self, before: timedelta = timedelta(), after: timedelta = timedelta()) -> "Period":
        """With so much added at each end, as buffers are; negative values shorten it."""
        return Period(self.start - before, self.end + after)

    def minus(self, other: "Period") -> "list[Period]":
        """What is left without the other: none, one or two periods in order."""
        if not self.overlaps(other):
            return [self]
        left = [Period(self.start, other.start)] if self.start < other.start else []
        right = [Period(other.end, self.end)] if other.end < self.end else []
        return left + right


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise InvalidPeriod(f"{instant.isoformat()} has no zone", params={"instant": instant.isoformat()})
    return instant.astimezone(UTC)
