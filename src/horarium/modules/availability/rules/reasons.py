"""Why a start is not free. The same codes in the API, on every screen and in every refusal."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    CLOSED = "closed"
    TAKEN = "taken"
    BLOCKED = "blocked"
    LEAD_TIME = "lead_time"
    HORIZON = "horizon"
    OFF_GRID = "off_grid"
    RESOURCE_UNAVAILABLE = "resource_unavailable"
    MIN_STAY = "min_stay"
    MAX_STAY = "max_stay"
    CLOSED_TO_ARRIVAL = "closed_to_arrival"
    CLOSED_TO_DEPARTURE = "closed_to_departure"
    CAPACITY = "capacity"
    CUTOFF = "cutoff"
    CANCELLED = "cancelled"


class DayStatus(StrEnum):
    AVAILABLE = "available"
    LIMITED = "limited"
    SOLD_OUT = "sold_out"
    CLOSED = "closed"
