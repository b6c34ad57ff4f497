"""Bodies and queries of schedules and sessions."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from horarium.modules.availability.rules.schedule_drafts import ScheduleDraft
from horarium.modules.availability.rules.session_drafts import SessionChange, SessionDraft

from .fields import Day, Input, Instant, Key, Line, LongLine, People
from .manage import Change, SpanQuery, Weekday, Whole

Starts = Annotated[int, Field(strict=True, ge=0, lt=1440)]
Length = Annotated[int, Field(strict=True, ge=5, le=14 * 1440)]
Note = Annotated[LongLine, Field(max_length=200)]


class ScheduleInput(Input):
    """On `weekdays` from `first_on` to `last_on`, and on `dates`, save `except_on`. Null is as the offering has it.

    With `min_places`, a session with fewer sold `decide_hours` before its start is cancelled.
    """

    first_on: Day
    last_on: Day | None = None
    starts_minute: Starts
    weekdays: list[Weekday] = Field(default=[], max_length=7)
    dates: list[Day] = Field(default=[], max_length=500)
    except_on: list[Day] = Field(default=[], max_length=500)
    duration: Length | None = None
    capacity: People | None = None
    min_places: Whole = 0
    decide_hours: Whole = 24
    resources: list[Key] = Field(default=[], max_length=100)
    note: Note = ""

    def as_draft(self, offering: str) -> ScheduleDraft:
        values = self.model_dump(exclude={"from_on"})
        lists = ("weekdays", "dates", "except_on", "resources")
        return ScheduleDraft(offering, **(values | {name: tuple(values[name]) for name in lists}))


class ScheduleChange(ScheduleInput):
    """The whole schedule. With `from_on` the sessions before that date stay as they are."""

    from_on: Day | None = None


class SchedulesQuery(Input):
    """`resting`: those that were copied or ended and make no sessions, instead of those that do."""

    resting: bool = False


class EndQuery(Input):
    """`from`: the first local date without sessions; all to come without it."""

    from_on: Day | None = Field(default=None, alias="from")


class SessionInput(Input):
    start: Instant
    duration: Length | None = None
    capacity: People | None = None
    min_places: Whole = 0
    decide_hours: Whole = 24
    resources: list[Key] = Field(default=[], max_length=100)
    note: Note = ""

    def as_draft(self, offering: str) -> SessionDraft:
        values = self.model_dump(exclude={"start"})
        values["resources"] = tuple(self.resources)
        return SessionDraft(offering, self.start, **values)


class SessionChangeInput(Change):
    """What is not sent stays."""

    start: Instant | None = None
    duration: Length | None = None
    capacity: People | None = None
    min_places: Whole | None = None
    decide_hours: Whole | None = None
    resources: list[Key] | None = Field(default=None, max_length=100)
    note: Note | None = None

    def as_change(self) -> SessionChange:
        values: dict[str, Any] = self.model_dump(exclude={"start"})
        values["resources"] = None if self.resources is None else tuple(self.resources)
        return SessionChange(starts_at=self.start, **values)


class SessionCancellationInput(Input):
    reason: Line = ""


class SessionsQuery(SpanQuery):
    """Sessions that start in `from`–`to`, at most 400 days."""
