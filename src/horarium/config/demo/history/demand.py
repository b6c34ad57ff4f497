"""How much is booked when: by season, weekday and hour, growing over the year and thinning out ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

AHEAD_DAYS: Final = 42
BACK_DAYS: Final = 365


@dataclass(frozen=True, kw_only=True)
class NightDemand:
    """How many of the rooms are slept in: a year ago, now, and as far ahead as people book."""

    busy_then: float
    busy_now: float
    months: tuple[float, ...]
    weekdays: tuple[float, ...]
    lengths: Mapping[int, float]
    lead_days: float
    ahead_days: int

    def busy(self, day: date, today: date) -> float:
        ahead = (day - today).days
        wave = self.weekdays[day.weekday()] * self.months[day.month - 1]
        if ahead <= 0:
            share = self.busy_then + (self.busy_now - self.busy_then) * (1 + ahead / BACK_DAYS)
            return min(0.96, wave * share)
        thinning: float = (1 - ahead / (self.ahead_days + 1)) ** 1.4
        return min(0.9, wave * self.busy_now * thinning)


@dataclass(frozen=True, kw_only=True)
class Demand:
    """`busy_*`: share of the working hours that is booked a year ago, now, and in the coming days.

    `hours` weighs the wall-clock hour of the start, `shares` the lengths on offer; `kind` are the resources whose
    working hours count, `goods` the share of orders with goods in them.
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
    goods: float = 0.0
    nights: NightDemand | None = None

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
    "hotel": Demand(
        busy_then=0.32,
        busy_now=0.46,
        busy_soon=0.5,
        hours=_hours(10, 0.2, 0.3, 0.5, 0.6, 0.8, 1.0, 1.2, 1.5, 1.6, 1.3, 0.8, 0.3),
        weekdays=(0.7, 0.7, 0.8, 0.95, 1.3, 1.45, 1.1),
        months=(1.25, 1.05, 0.95, 0.75, 0.9, 1.1, 1.2, 1.15, 0.95, 0.9, 0.85, 1.2),
        kind="hall",
        customers=760,
        lead_days=6.0,
        by_staff=0.3,
        no_show=0.02,
        cancelled=0.07,
        shares={120: 4.0, 180: 2.0, 240: 0.8},
        goods=0.09,
        nights=NightDemand(
            busy_then=0.5,
            busy_now=0.66,
            months=(0.95, 0.85, 0.8, 0.62, 0.85, 1.15, 1.3, 1.28, 0.98, 0.85, 0.72, 0.95),
            weekdays=(0.82, 0.82, 0.86, 0.95, 1.22, 1.28, 0.92),
            lengths={1: 3.0, 2: 5.0, 3: 3.2, 4: 1.4, 5: 1.1, 7: 1.0, 10: 0.2},
            lead_days=24.0,
            ahead_days=150,
        ),
    ),
    "tours": Demand(
        busy_then=0.016,
        busy_now=0.03,
        busy_soon=0.06,
        hours=_hours(9, 1.0, 1.4, 1.1, 0.6, 0.7, 1.0, 0.9, 0.5),
        weekdays=(0.9, 0.85, 0.9, 1.0, 1.1, 1.2, 1.05),
        months=(0.62, 0.68, 0.85, 1.05, 1.2, 1.25, 1.15, 1.15, 1.25, 1.1, 0.8, 0.85),
        kind="person",
        customers=860,
        lead_days=9.0,
        by_staff=0.1,
        no_show=0.02,
        cancelled=0.07,
        shares={},
        goods=0.07,
    ),
    "venue": Demand(
        busy_then=0.12,
        busy_now=0.2,
        busy_soon=0.3,
        hours=_hours(8, 0.2, 0.5, 1.0, 1.1, 0.9, 0.7, 0.6, 0.7, 1.1, 1.4, 1.6, 1.5, 1.2, 0.8, 0.4),
        weekdays=(0.8, 0.9, 0.95, 1.05, 1.2, 1.2, 0.8),
        months=(0.8, 0.9, 1.0, 1.1, 1.15, 1.05, 0.8, 0.6, 1.05, 1.15, 1.15, 1.2),
        kind="hall",
        customers=860,
        lead_days=8.0,
        by_staff=0.14,
        no_show=0.02,
        cancelled=0.05,
        shares={60: 2.0, 90: 1.0, 120: 4.0, 180: 2.0, 240: 1.2, 360: 0.5, 480: 0.4, 600: 0.3},
        goods=0.1,
    ),
    "rental": Demand(
        busy_then=0.06,
        busy_now=0.09,
        busy_soon=0.28,
        hours=_hours(9, 1.0, 1.5, 1.4, 1.0, 0.6, 0.5, 0.8, 1.0, 0.5, 0.3),
        weekdays=(0.8, 0.8, 0.85, 0.9, 1.1, 1.4, 1.3),
        months=(0.35, 0.45, 0.7, 1.0, 1.15, 1.5, 1.9, 2.0, 1.4, 0.9, 0.6, 0.5),
        kind="equipment",
        customers=860,
        lead_days=3.0,
        by_staff=0.26,
        no_show=0.02,
        cancelled=0.06,
        shares={
            60: 1.4,
            120: 3.0,
            180: 2.0,
            240: 1.6,
            1440: 3.0,
            2880: 2.0,
            4320: 1.2,
            7200: 0.6,
            10080: 0.5,
        },
        goods=0.08,
    ),
}
