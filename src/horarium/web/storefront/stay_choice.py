"""What a guest has chosen of a stay so far. It lives in the address, so that every step is a plain link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from horarium.modules.catalog.rules import OfferingFacts
from horarium.web.components.guests import OLDEST, usual_adults
from horarium.web.components.quantities import fit_extras, number_of, read_extras
from horarium.web.components.typed_dates import read_date
from horarium.workflows.items import Guests, StayItem
from horarium.workflows.stay_inquiry import StayWish

USUAL_AGE = 8
"""Stands in the field of a child until the guest says another."""


@dataclass(frozen=True, slots=True)
class StayChoice:
    """Local dates of the location, public ids; `month` is the first day of the first month that is shown."""

    check_in: date | None = None
    check_out: date | None = None
    adults: int | None = None
    child_ages: tuple[int, ...] = ()
    rate_plan: str | None = None
    resource: str | None = None
    extras: tuple[str, ...] = ()
    month: date | None = None

    @classmethod
    def of(cls, data: QueryDict) -> Self:
        """Read from a query or a form. What cannot be read is as if it had not been given."""
        ages = [number_of(one) for one in data.getlist("age")[:20]]
        children = number_of(data.get("children"))
        known = [min(one, OLDEST) for one in ages if one is not None]
        if children is not None:
            known = (known + [USUAL_AGE] * min(children, 20))[: min(children, 20)]
        return cls(
            check_in=read_date(data.get("check_in", "")),
            check_out=read_date(data.get("check_out", "")),
            adults=number_of(data.get("adults")),
            child_ages=tuple(known),
            rate_plan=data.get("rate_plan") or None,
            resource=data.get("resource") or None,
            extras=read_extras(data),
            month=read_date(f"{data.get('month', '')}-01"),
        )

    @property
    def guests(self) -> Guests:
        return Guests(self.adults or 1, self.child_ages)

    @property
    def wish(self) -> StayWish:
        return StayWish(self.guests, self.rate_plan, self.resource, self.extras)

    @property
    def nights(self) -> int:
        return (self.check_out - self.check_in).days if self.check_in and self.check_out else 0

    def fitted(self, offering: OfferingFacts, choosable: frozenset[str]) -> StayChoice:
        """Without what this offering does not have, and with its defaults filled in."""
        adults = min(max(self.adults or usual_adults(offering), 1), offering.party_max)
        ages = self.child_ages[: offering.party_max - adults]
        plans = {one.public_id for one in offering.rate_plans}
        is_stay = self.check_in and self.check_out and 0 < (self.check_out - self.check_in).days <= 366
        return replace(
            self,
            check_out=self.check_out if is_stay else None,
            adults=max(adults, offering.party_min - len(ages)),
            child_ages=ages,
            rate_plan=self.rate_plan if self.rate_plan in plans else None,
            resource=self.resource if self.resource in choosable else None,
            extras=fit_extras(offering, self.extras),
        )

    def within(self, today: date, last_day: date) -> StayChoice:
        """Without dates that no calendar shows."""
        if self.check_in is None or today <= self.check_in <= last_day + timedelta(days=1):
            return self
        return replace(self, check_in=None, check_out=None)

    def item(self, offering: OfferingFacts) -> StayItem | None:
        """None while a date is missing."""
        if self.check_in is None or self.check_out is None:
            return None
        return StayItem(
            offering.public_id,
            self.check_in,
            self.check_out,
            self.guests,
            self.rate_plan,
            self.resource,
            self.extras,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As fields of a form or a query; what is not chosen is left out."""
        single: list[tuple[str, Any]] = [
            ("check_in", self.check_in),
            ("check_out", self.check_out),
            ("adults", self.adults),
            *(("age", age) for age in self.child_ages),
            ("rate_plan", self.rate_plan),
            ("resource", self.resource),
            *(("extra", extra) for extra in self.extras),
            ("month", self.month and f"{self.month:%Y-%m}"),
        ]
        return [(name, str(value)) for name, value in single if value is not None]

    def query(self, **changes: Any) -> str:
        return f"?{urlencode(replace(self, **changes).pairs())}"
