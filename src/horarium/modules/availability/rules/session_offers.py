"""Whether places of a session are on sale now. The listing and the plan ask the same."""

from __future__ import annotations

from dataclasses import dataclass

from .reasons import Reason


@dataclass(frozen=True, slots=True)
class SaleWindow:
    """Sessions that start in `[earliest, latest)`, seconds, are on sale; for staff (`until_end`) until they end."""

    earliest: int
    latest: int
    until_end: bool = False


@dataclass(frozen=True, slots=True)
class Seats:
    """A session as its sale sees it: instants in seconds; `is_alive` is false when its time may be taken by others."""

    starts: int
    ends: int
    free: int
    is_scheduled: bool = True
    is_alive: bool = True


def why_not_session(session: Seats, window: SaleWindow, places: int) -> Reason | None:
    """Why so many places are not on sale; None: they are. The first reason in this order."""
    if not session.is_scheduled:
        return Reason.CANCELLED
    if (session.ends if window.until_end else session.starts) < window.earliest:
        return Reason.CUTOFF
    if session.starts >= window.latest:
        return Reason.HORIZON
    if not session.is_alive:
        return Reason.TAKEN
    if session.free < places:
        return Reason.CAPACITY
    return None
