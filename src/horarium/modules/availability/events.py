"""Facts about sessions and time. Public ids only."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.platform.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCancelled(Event):
    """The session does not take place; its guests are to be told and paid back. `reason` is what they may read."""

    session_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBelowMinimum(Event):
    """At the time of decision fewer places were sold than the session needs; it is cancelled."""

    session_id: str
    sold: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMoved(Event):
    """The session has another time; `was` is the instant at which it would have started."""

    session_id: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFreed(Event):
    """Time or places have come on sale otherwise than by a booking: a block was removed, a capacity raised."""

    subject: str
