"""Bodies and queries of staff about blocks, free time for several, and people who are away."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from horarium.modules.availability.rules.blocks import Repeat
from horarium.workflows.find_time import TimeNeed, TimeWish
from horarium.workflows.replace_in_sessions import AcceptedSession
from horarium.workflows.replace_specialist import Absence, Accepted

from .fields import Day, Input, Instant, Key, Line

Flag = Annotated[bool, Field(strict=True)]
Weekday = Annotated[int, Field(strict=True, ge=0, le=6)]
Names = Annotated[list[Key], Field(min_length=1, max_length=100)]


class RepeatInput(Input):
    """Every week up to `until`; without weekdays on the weekday of the start."""

    until: Day
    weekdays: list[Weekday] = Field(default=[], max_length=7)

    def as_repeat(self) -> Repeat:
        return Repeat(tuple(self.weekdays), self.until)


class BlockInput(Input):
    """`resources`: ids of resources, pools or locations, or `all`. `around`: leave out what is taken already."""

    resources: Names
    start: Instant
    end: Instant
    reason: Line = ""
    repeat: RepeatInput | None = None
    around: Flag = False


class RemovalQuery(Input):
    """How many of the blocks that were placed together go."""

    reach: Literal["this", "following", "all"] = "this"


class CollisionsQuery(Input):
    resource: Names
    since: Instant = Field(alias="from")
    until: Instant = Field(alias="to")


class NeedInput(Input):
    """`quantity` of what is named: resources, pools or locations, or one offering for all that it needs."""

    of: Names
    quantity: Annotated[int, Field(strict=True, ge=1, le=100)] = 1

    def as_need(self) -> TimeNeed:
        return TimeNeed(tuple(self.of), self.quantity)


class TimeSearchInput(Input):
    """Minutes; local dates, both included; the whole time lies between two wall-clock minutes of its day."""

    duration: Annotated[int, Field(strict=True, ge=5, le=10_080)]
    needs: list[NeedInput] = Field(min_length=1, max_length=6)
    first_on: Day = Field(alias="from")
    last_on: Day = Field(alias="to")
    from_minute: Annotated[int, Field(strict=True, ge=0, le=1440)] = 0
    until_minute: Annotated[int, Field(strict=True, ge=0, le=2880)] = 2880

    def as_wish(self) -> TimeWish:
        return TimeWish(
            duration=self.duration,
            needs=tuple(one.as_need() for one in self.needs),
            first_on=self.first_on,
            last_on=self.last_on,
            from_minute=self.from_minute,
            until_minute=self.until_minute,
        )


class AbsenceQuery(Input):
    resource: Key
    since: Instant = Field(alias="from")
    until: Instant = Field(alias="to")

    def as_absence(self) -> Absence:
        return Absence(self.resource, self.since, self.until)


class AcceptedInput(Input):
    """A proposal as it was given."""

    booking: Key
    start: Instant
    resource: Key | None = None

    def as_accepted(self) -> Accepted:
        return Accepted(self.booking, self.start, self.resource or "")


class AcceptedSessionInput(Input):
    """A proposal for a session as it was given: who leads it instead."""

    session: Key
    resource: Key

    def as_accepted(self) -> AcceptedSession:
        return AcceptedSession(self.session, self.resource)


class ReplacementInput(AbsenceQuery):
    """`block`: take the resource's remaining time out of sale, around what still stands in it."""

    accept: list[AcceptedInput] = Field(default=[], max_length=60)
    accept_sessions: list[AcceptedSessionInput] = Field(default=[], max_length=60)
    block: Flag = True
    reason: Line = ""

    def as_accepted(self) -> list[Accepted | AcceptedSession]:
        return [
            *(one.as_accepted() for one in self.accept),
            *(one.as_accepted() for one in self.accept_sessions),
        ]
