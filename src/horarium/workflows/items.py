"""The lines of a checkout as they come in: public ids, local dates, aware instants. Prices and states never do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Guests:
    """Who sleeps there. Ages of children in full years at arrival."""

    adults: int = 1
    child_ages: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        return self.adults + len(self.child_ages)

    def as_json(self) -> dict[str, object]:
        return {"adults": self.adults, "child_ages": list(self.child_ages)}


@dataclass(frozen=True, slots=True)
class StayItem:
    """Nights from the local date of arrival to that of departure. An extra named n times is taken n times."""

    offering: str
    check_in: date
    check_out: date
    guests: Guests = Guests()
    rate_plan: str | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionItem:
    """Tickets of a session, or of a shared slot: then `offering` and `start` say which."""

    tickets: tuple[tuple[str, int], ...]
    session: str | None = None
    offering: str | None = None
    start: datetime | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductItem:
    product: str
    quantity: int = 1
