"""Visits of several people with several offerings: what is asked, and the plans."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from horarium.workflows.plan_visits import LONGEST_IDLE, MOST_DATES, MOST_PEOPLE, MOST_STEPS, Step, Visit

from .answers import Moment, MoneyAnswer
from .fields import Day, Input, Key, Minutes


class StepInput(Input):
    """`people`: names or numbers of those who take part together. `after`: numbers of earlier steps, from 0, that
    must be over; left out: those of the same people; empty: any time.
    """

    offering: Key
    people: list[Key] = Field(default=["1"], min_length=1, max_length=MOST_PEOPLE)
    after: list[Annotated[int, Field(strict=True, ge=0, lt=MOST_STEPS)]] | None = Field(
        default=None, max_length=MOST_STEPS
    )
    duration: Minutes | None = None
    resource: Key | None = None
    extras: list[Key] = Field(default=[], max_length=20)

    def as_step(self) -> Step:
        return Step(
            offering=self.offering,
            people=tuple(self.people),
            after=None if self.after is None else tuple(self.after),
            duration=self.duration,
            resource=self.resource,
            extras=tuple(self.extras),
        )


class VisitInput(Input):
    """Local dates; between two steps nobody waits longer than `max_idle` minutes."""

    steps: list[StepInput] = Field(min_length=1, max_length=MOST_STEPS)
    dates: list[Day] = Field(min_length=1, max_length=MOST_DATES)
    max_idle: Annotated[int, Field(strict=True, ge=0, le=LONGEST_IDLE)] = 15

    def as_visit(self) -> Visit:
        return Visit(tuple(one.as_step() for one in self.steps), tuple(self.dates), self.max_idle)


class VisitOrderItem(BaseModel):
    """As an order takes it."""

    offering: str
    start: Moment
    duration: int
    party: int
    resource: str | None
    extras: list[str]


class VisitItemAnswer(BaseModel):
    """`served_by`: resources that would serve it now; they may change until it is booked."""

    item: VisitOrderItem
    step: int
    people: list[str]
    end: Moment
    price: MoneyAnswer
    served_by: list[str]


class VisitPlanAnswer(BaseModel):
    """Minutes. The items can be booked together in this order."""

    start: Moment
    end: Moment
    length: int
    idle: int
    total: MoneyAnswer
    items: list[VisitItemAnswer]


class VisitPlansAnswer(BaseModel):
    """At most six, the shortest first. `is_complete`: no better one was missed within the bound of the work."""

    plans: list[VisitPlanAnswer]
    is_complete: bool
