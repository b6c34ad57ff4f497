"""What a guest has chosen so far. It lives in the address, so that every step is a plain link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from horarium.modules.catalog.rules import OfferingFacts
from horarium.workflows.list_availability import WishInput


@dataclass(frozen=True, slots=True)
class Choice:
    """Duration in minutes, public ids, local dates of the location; `month` is its first day."""

    duration: int | None = None
    party: int | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()
    month: date | None = None
    day: date | None = None
    start: datetime | None = None

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """Read from a query or a form. What cannot be read is as if it had not been given."""
        return cls(
            duration=_number(data.get("duration")),
            party=_number(data.get("party")),
            resource=data.get("resource") or None,
            extras=tuple(dict.fromkeys(one for one in data.getlist("extra") if one)),
            month=_date(f"{data.get('month', '')}-01"),
            day=_date(data.get("day", "")),
            start=_instant(data.get("start", "")),
        )

    @property
    def wish(self) -> WishInput:
        return WishInput(self.duration, self.party, self.resource, self.extras)

    def fitted(self, offering: OfferingFacts, choosable: frozenset[str]) -> Choice:
        """Without what this offering does not have, and with its defaults filled in."""
        duration = self.duration if self.duration in offering.durations else offering.durations[0]
        party = offering.party_min if self.party is None else self.party
        known = {extra.public_id for extra in offering.extras}
        return replace(
            self,
            duration=duration,
            party=min(max(party, offering.party_min), offering.party_max),
            resource=self.resource if self.resource in choosable else None,
            extras=tuple(one for one in self.extras if one in known),
        )

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
        ]
        return [(name, str(value)) for name, value in single if value is not None]

    def query(self, **changes: Any) -> str:
        """`?duration=60&day=2026-12-01`, with some of it changed."""
        return f"?{urlencode(replace(self, **changes).pairs())}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _instant(text: str) -> datetime | None:
    """An instant with its offset; a wall-clock time without one says nothing."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None and 1970 < found.year < 3000 else None
