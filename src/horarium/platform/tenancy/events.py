"""Facts about businesses and their members."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.platform.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCreated(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInvited(Event):
    """The link is not in here: `queries.invitation_path` makes it when the message is written."""

    invitation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Event):
    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(Event):
    member_id: str
