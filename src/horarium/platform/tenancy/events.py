"""Facts about businesses and their members."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.platform.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCreated(Event):
    """A business has been set up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInvited(Event):
    """A person is invited. The link is made by `queries.invitation_path` when the message is written."""

    invitation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Event):
    """A person may work in the business from now on."""

    member_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(Event):
    """A person may not work in the business any more."""

    member_id: str
