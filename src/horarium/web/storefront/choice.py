"""What a guest has chosen so far. It lives in the address, so that every step is a plain link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.quantities import (
    TICKET,
    fit_extras,
    fit_tickets,
    number_of,
    read_extras,
    read_tickets,
)
from horarium.web.components.typed_dates import read_date, read_instant
from horarium.workflows.items import SessionItem, SlotItem
from horarium.workflows.list_availability import WishInput


@dataclass(frozen=True, slots=True)
class Choice:
    """Duration in minutes, public ids, local dates of the location; `month` is its first day.

    `session` and `tickets` are of offerings by session; None: nothing has been said about tickets.
    """

    duration: int | None = None
    party: int | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()
    month: date | None = None
    day: date | None = None
    start: datetime | None = None
    session: str | None = None
    tickets: tuple[tuple[str, int], ...] | None = None

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """Read from a query or a form. What cannot be read is as if it had not been given."""
        return cls(
            duration=number_of(data.get("duration")),
            party=number_of(data.get("party")),
            resource=data.get("resource") or None,
            extras=read_extras(data),
            month=read_date(f"{data.get('month', '')}-01"),
            day=read_date(data.get("day", "")),
            start=read_instant(data.get("start", "")),
            session=data.get("session") or None,
            tickets=read_tickets(data),
        )

    @property
    def wish(self) -> WishInput:
        return WishInput(self.duration, self.party, self.resource, self.extras)

    def fitted(self, offering: OfferingFacts, choosable: frozenset[str]) -> Choice:
        """Without what this offering does not have, and with its defaults filled in."""
        usual = offering.durations[0] if offering.durations else None
        duration = self.duration if self.duration in offering.durations else usual
        party = offering.party_min if self.party is None else self.party
        return replace(
            self,
            duration=duration,
            party=min(max(party, offering.party_min), offering.party_max),
            resource=self.resource if self.resource in choosable else None,
            extras=fit_extras(offering, self.extras),
            tickets=fit_tickets(offering, self.tickets) if offering.mode == "session" else None,
        )

    def item(self, offering: OfferingFacts) -> SlotItem | SessionItem | None:
        """None while no start or session is chosen, or no ticket."""
        if offering.mode == "session":
            return self._tickets(offering)
        if self.start is None:
            return None
        return SlotItem(offering.public_id, self.start, self.duration, self.resource, self.party, self.extras)

    def _tickets(self, offering: OfferingFacts) -> SessionItem | None:
        tickets = tuple((key, number) for key, number in self.tickets or () if number)
        if not tickets or (self.session is None and self.start is None):
            return None
        if self.session is not None:
            return SessionItem(tickets, session=self.session, extras=self.extras)
        return SessionItem(tickets, offering=offering.public_id, start=self.start, extras=self.extras)

    def pairs(self) -> list[tuple[str, str]]:
        """As fields of a form or a query; what is not chosen is left out."""
        single: list[tuple[str, Any]] = [
            ("duration", self.duration),
            ("party", self.party),
            ("resource", self.resource),
            *(("extra", extra) for extra in self.extras),
            ("month", self.month and f"{self.month:%Y-%m}"),
            ("day", self.day),
            ("start", self.start and self.start.isoformat()),
            ("session", self.session),
            *((f"{TICKET}{key}", number) for key, number in self.tickets or ()),
        ]
        return [(name, str(value)) for name, value in single if value is not None]

    def query(self, **changes: Any) -> str:
        """`?duration=60&day=2026-12-01`, with some of it changed."""
        return f"?{urlencode(replace(self, **changes).pairs())}"
