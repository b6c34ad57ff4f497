"""The shapes of answers to staff about schedules and sessions."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from .answers import Moment, Reason


class ScheduleAnswer(BaseModel):
    id: str
    first_on: date
    last_on: date | None
    starts_minute: int
    weekdays: list[int]
    dates: list[date]
    except_on: list[date]
    duration: int
    capacity: int
    min_places: int
    decide_hours: int
    resources: list[str]
    note: str


class SchedulesAnswer(BaseModel):
    items: list[ScheduleAnswer]


class SoldSessionAnswer(BaseModel):
    """A session with guests that no longer fits; it stays. `wanted`: when the schedule would have it, if at all."""

    session: str
    start: Moment
    places: int
    wanted: Moment | None


class UnseatedAnswer(BaseModel):
    on: date
    reason: Reason


class ScheduleSavedAnswer(BaseModel):
    """What the change has made of the sessions to come. `following`: the new schedule after a change from a date on."""

    schedule: ScheduleAnswer
    following: ScheduleAnswer | None
    created: int
    moved: int
    dropped: int
    sold: list[SoldSessionAnswer]
    unseated: list[UnseatedAnswer]


class StaffSessionAnswer(BaseModel):
    """`taken`: places sold and held; `held` may still lapse."""

    id: str
    start: Moment
    end: Moment
    state: Literal["scheduled", "cancelled"]
    total: int
    taken: int
    held: int
    is_shared: bool
    resources: list[str]
    min_places: int
    decide_at: Moment | None
    decided_at: Moment | None
    note: str
    cancel_reason: str


class StaffSessionsAnswer(BaseModel):
    items: list[StaffSessionAnswer]
