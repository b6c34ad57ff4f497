"""Terms of cancelling, rescheduling and not showing up: which fee at which time before the start.

Time before the start is real time, not wall-clock time: 48 hours are 48 hours also when the clock is changed between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money

MAX_TIERS = 10
MAX_MINUTES = 366 * 1440


@dataclass(frozen=True, slots=True)
class Tier:
    """Applies while at least `minutes` are left: `percent` of the price plus `minor` units, at most the price."""

    minutes: int
    percent: int = 0
    minor: int = 0

    @property
    def is_free(self) -> bool:
        return not self.percent and not self.minor

    def as_json(self) -> dict[str, int]:
        return {"minutes": self.minutes, "percent": self.percent, "minor": self.minor}

    def fee(self, price: Money) -> Money:
        return min(price.percent(self.percent) + Money(self.minor, price.currency), price)


@dataclass(frozen=True, slots=True)
class Terms:
    """A policy as plain values; this is what is frozen on a booking."""

    cancellation: tuple[Tier, ...]
    rescheduling: tuple[Tier, ...]
    no_show: Tier

    def as_json(self) -> dict[str, Any]:
        return {
            "cancellation": [one.as_json() for one in self.cancellation],
            "rescheduling": [one.as_json() for one in self.rescheduling],
            "no_show": self.no_show.as_json(),
        }

    def cancelling(self, starts_at: datetime, now: datetime) -> Tier | None:
        """The tier that applies now; None: the guest may not cancel any more."""
        return tier_at(self.cancellation, starts_at, now)

    def moving(self, starts_at: datetime, now: datetime) -> Tier | None:
        """The tier that applies now; None: the guest may not reschedule any more."""
        return tier_at(self.rescheduling, starts_at, now)

    def at_least(self, fee: Money, price: Money) -> Terms:
        """The same, except that neither cancelling nor not showing up costs less than `fee` of this price."""
        if fee.minor <= 0:
            return self
        raised = [_raised(one, fee, price) for one in self.cancellation]
        # Of tiers that have become alike the one that lasts longest says it for all.
        following = [*raised[1:], None]
        kept = [
            one
            for one, after in zip(raised, following, strict=True)
            if after is None or replace(one, minutes=after.minutes) != after
        ]
        return Terms(tuple(kept), self.rescheduling, _raised(self.no_show, fee, price))


def tier_at(tiers: Sequence[Tier], starts_at: datetime, now: datetime) -> Tier | None:
    """The first tier whose time is still left, its last instant included."""
    return next((one for one in tiers if now <= starts_at - timedelta(minutes=one.minutes)), None)


def _raised(tier: Tier, fee: Money, price: Money) -> Tier:
    return Tier(tier.minutes, minor=fee.minor) if tier.fee(price) <= fee else tier


def terms_of_json(kept: Mapping[str, Any]) -> Terms:
    """The opposite of `Terms.as_json`."""
    return Terms(
        tuple(Tier(**one) for one in kept["cancellation"]),
        tuple(Tier(**one) for one in kept["rescheduling"]),
        Tier(**kept["no_show"]),
    )


def usual_terms(free_hours: int) -> Terms:
    """Without a policy: all is free until so many hours before; then cancelling costs all, and staff reschedules."""
    free = Tier(free_hours * 60)
    late = () if free_hours == 0 else (Tier(0, percent=100),)
    return Terms((free, *late), (free,), Tier(0, percent=100))


def check_tiers(tiers: Iterable[Tier], *, field: str, must_reach_start: bool) -> list[Tier]:
    """In falling order of time. Raises InvalidInput for tiers that cannot be."""
    ordered = sorted(tiers, key=lambda one: -one.minutes)
    if len(ordered) > MAX_TIERS:
        raise InvalidInput("too many tiers", field=field, params={"reason": "too_long", "max": MAX_TIERS})
    if len({one.minutes for one in ordered}) != len(ordered):
        raise InvalidInput("two tiers of one time", field=field, params={"reason": "twice"})
    for one in ordered:
        if not 0 <= one.minutes <= MAX_MINUTES or not 0 <= one.percent <= 100 or one.minor < 0:
            raise InvalidInput("no such tier", field=field, params={"reason": "out_of_range"})
    if must_reach_start and ordered and ordered[-1].minutes:
        raise InvalidInput("no tier for the last hours", field=field, params={"reason": "tiers_end_early"})
    return ordered
