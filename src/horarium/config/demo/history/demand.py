"""How much is booked when: by season, weekday and hour, growing over the year and thinning out ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

AHEAD_DAYS: Final = 42
BACK_DAYS: Final = 365


@dataclass(frozen=True, kw_only=True)
class Demand:
    """`busy_*`: share of the working hours that is booked a year ago, now, and in the coming days.

    `hours` weighs the wall-clock hour of the start, `shares` the lengths on offer, `kinds` the resources
    whose working hours count.
    """

    busy_then: float
    busy_now: float
    busy_soon: float
    hours: Mapping[int, float]
    weekdays: tuple[float, ...]
    months: tuple[float, ...]
    kind: str
    customers: int
    lead_days: float
    by_staff: float
    no_show: float
    cancelled: float
    shares: Mapping[int, float]

    def busy(self, day: date, today: date) -> float:
        """The share of working hours to be booked on a date."""
        ahead = (day - today).days
        wave = self.weekdays[day.weekday()] * self.months[day.month - 1]
        if ahead < 0:
            growth = 1 + ahead / BACK_DAYS
            return wave * (self.busy_then + (self.busy_now - self.busy_then) * growth)
        if ahead <= 5:
            return min(0.82, wave * self.busy_soon)
        thinning: float = (1 - (ahead - 5) / (AHEAD_DAYS - 4)) ** 1.6
        return wave * max(0.06, self.busy_soon * thinning)


def _hours(first: int, *weights: float) -> dict[int, float]:
    return {first + number: weight for number, weight in enumerate(weights)}


DEMANDS: Final = {
    "spa": Demand(
        busy_then=0.2,
        busy_now=0.38,
        busy_soon=0.52,
        hours=_hours(10, 0.7, 1.1, 1.2, 0.8, 0.7, 0.9, 1.2, 1.5, 1.6, 1.2, 0.5),
        weekdays=(0.75, 0.85, 0.9, 1.0, 1.15, 1.3, 1.05),
        months=(0.8, 0.75, 0.95, 1.0, 1.05, 1.15, 1.15, 1.05, 0.95, 1.0, 1.05, 1.15),
        kind="person",
        customers=820,
        lead_days=4.5,
        by_staff=0.22,
        no_show=0.025,
        cancelled=0.08,
        shares={60: 3.0, 90: 1.2},
    ),
    "studio": Demand(
        busy_then=0.27,
        busy_now=0.55,
        busy_soon=0.72,
        hours=_hours(0, 0.1, 0.05, 0, 0, 0, 0, 0.05, 0.2, 0.6, 0.9, 1.3, 1.4, 1.3, 1.1, 1.2, 1.2, 1.1, 1.1)
        | _hours(18, 1.3, 1.2, 0.9, 0.6, 0.4, 0.2),
        weekdays=(0.75, 0.8, 0.85, 0.9, 1.0, 1.25, 1.2),
        months=(0.75, 0.9, 1.05, 1.05, 0.95, 0.85, 0.75, 0.8, 1.05, 1.1, 1.15, 1.25),
        kind="hall",
        customers=640,
        lead_days=8.0,
        by_staff=0.14,
        no_show=0.012,
        cancelled=0.07,
        shares={60: 4.0, 90: 2.0, 120: 5.0, 150: 0.8, 180: 3.0, 240: 2.0, 300: 0.6, 360: 0.5, 480: 0.4},
    ),
    "salon": Demand(
        busy_then=0.16,
        busy_now=0.34,
        busy_soon=0.66,
        hours=_hours(9, 0.8, 1.1, 1.2, 1.0, 0.8, 0.9, 1.0, 1.1, 1.2, 1.2, 0.7),
        weekdays=(0.7, 0.85, 0.9, 1.05, 1.2, 1.2, 1.0),
        months=(0.85, 0.9, 1.0, 1.0, 1.1, 1.15, 1.05, 0.8, 1.05, 1.0, 1.05, 1.25),
        kind="person",
        customers=880,
        lead_days=5.0,
        by_staff=0.3,
        no_show=0.03,
        cancelled=0.09,
        shares={},
    ),
}
