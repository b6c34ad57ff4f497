"""The shapes of answers about blocks, free time for several, and people who are away."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from .answers import Moment
from .staff_answers import Reference, ResourceReference


class CollisionAnswer(BaseModel):
    """Who has the time. `title`: the guest's name, or the reason of a block."""

    kind: Literal["booking", "session", "block"]
    id: str
    title: str
    state: str
    start: Moment
    end: Moment
    offering: Reference | None
    resources: list[ResourceReference]


class CollisionsAnswer(BaseModel):
    items: list[CollisionAnswer]


class BlocksMadeAnswer(BaseModel):
    """`id` is the first of `ids`; `left_out` is what the blocks were placed around."""

    id: str
    ids: list[str]
    left_out: list[CollisionAnswer]


class FoundTimeAnswer(BaseModel):
    """`resources`: for each need, who would serve it."""

    start: Moment
    end: Moment
    resources: list[list[ResourceReference]]


class FoundTimesAnswer(BaseModel):
    time_zone: str
    items: list[FoundTimeAnswer]
    is_cut: bool


class ProposalAnswer(BaseModel):
    """`kind`: colleague (same time), time (another one), or none with a `reason`. `resource`: who comes instead."""

    booking: str
    name: str
    state: str
    offering: Reference
    start: Moment
    end: Moment
    is_resource_chosen: bool
    kind: Literal["colleague", "time", "none"]
    reason: str | None
    new_start: Moment | None
    resource: ResourceReference | None


class SessionProposalAnswer(BaseModel):
    """`kind`: colleague, or none with a `reason`. `resource`: who leads it instead. Its time stays."""

    session: str
    offering: Reference
    start: Moment
    end: Moment
    taken: int
    total: int
    kind: Literal["colleague", "none"]
    reason: str | None
    resource: ResourceReference | None


class ReplacementAnswer(BaseModel):
    resource: ResourceReference
    items: list[ProposalAnswer]
    sessions: list[SessionProposalAnswer]
    is_cut: bool


class OutcomeAnswer(BaseModel):
    """`code` is null for a booking that was moved."""

    booking: str
    code: str | None


class SessionOutcomeAnswer(BaseModel):
    """`code` is null for a session that the colleague leads now."""

    session: str
    code: str | None


class ReplacedAnswer(BaseModel):
    items: list[OutcomeAnswer]
    sessions: list[SessionOutcomeAnswer]
    blocks: list[str]
    left: list[CollisionAnswer]
