"""Prices of nights as lines that a hotel reads: one season with what a night and each extra guest cost in it.

A line is all rules of equal conditions. Lines stand in the order in which they are tried; those of a rate plan come
before those of all plans, and within a line prices for an age come before the price for any guest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from horarium.modules.pricing.actions import PriceDraft, draft_of
from horarium.modules.pricing.models import PriceRule
from horarium.modules.pricing.rules import names_of

_OF_GUESTS: Final = "per_person_night"


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a line counts, and what it is called. `rate_plan`: a public id, or empty for all plans. `names`: (language,
    name) besides the business's own.
    """

    rate_plan: str = ""
    name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    weekdays: tuple[int, ...] = ()
    min_nights: int | None = None
    max_nights: int | None = None
    names: tuple[tuple[str, str], ...] = ()

    @property
    def weight(self) -> tuple[bool, bool, int, bool, bool]:
        """The narrower, the higher: what is tried first unless somebody says otherwise."""
        dated = self.valid_from is not None or self.valid_until is not None
        days = -1000
        if self.valid_from and self.valid_until:
            days = -(self.valid_until - self.valid_from).days
        nights = self.min_nights is not None or self.max_nights is not None
        return bool(self.rate_plan), dated, days if dated else 0, bool(self.weekdays), nights

    def draft(self, basis: str, minor: int) -> PriceDraft:
        return PriceDraft(
            basis,
            minor,
            name=self.name,
            rate_plan=self.rate_plan,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            weekdays=self.weekdays,
            min_nights=self.min_nights,
            max_nights=self.max_nights,
            translations={code: {"name": name} for code, name in self.names},
        )


@dataclass(frozen=True, slots=True)
class GuestPrice:
    """Of a night of one guest beyond those in the price. Ages are both included."""

    minor: int
    from_age: int | None = None
    until_age: int | None = None

    @property
    def is_of_any_age(self) -> bool:
        return self.from_age is None and self.until_age is None


@dataclass(frozen=True, slots=True)
class RateLine:
    """`id`: the public id of its first rule. Without `night` only extra guests are priced."""

    id: str
    when: Conditions
    night: int | None = None
    guests: list[GuestPrice] = field(default_factory=list)

    def drafts(self) -> list[PriceDraft]:
        found = [] if self.night is None else [self.when.draft("per_night", self.night)]
        for one in sorted(self.guests, key=lambda guest: guest.is_of_any_age):
            draft = self.when.draft(_OF_GUESTS, one.minor)
            found.append(replace(draft, from_age=one.from_age, until_age=one.until_age))
        return [replace(found[0], id=self.id), *found[1:]] if found else []


def lines_of(prices: Sequence[PriceRule]) -> list[RateLine]:
    """Of the stay itself, in the order in which they are tried."""
    found: dict[Conditions, RateLine] = {}
    for rule in prices:
        if rule.extra_id is not None:
            continue
        when = conditions_of(rule)
        line = found.get(when) or RateLine(rule.public_id, when)
        if rule.basis == _OF_GUESTS:
            line.guests.append(GuestPrice(rule.amount_minor, rule.from_age, rule.until_age))
        elif line.night is None:
            line = replace(line, night=rule.amount_minor)
        found[when] = line
    return list(found.values())


def conditions_of(rule: PriceRule) -> Conditions:
    return Conditions(
        rate_plan=rule.rate_plan.public_id if rule.rate_plan else "",
        name=rule.name,
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        weekdays=tuple(sorted(rule.weekdays)),
        min_nights=rule.min_nights,
        max_nights=rule.max_nights,
        names=names_of(rule.translations),
    )


def drafts_of(lines: Sequence[RateLine], prices: Sequence[PriceRule]) -> list[PriceDraft]:
    """The whole price list of a stay: these lines, and the prices of extras as they are."""
    ordered = sorted(lines, key=lambda line: not line.when.rate_plan)
    own = [draft for line in ordered for draft in line.drafts()]
    return own + [draft_of(one) for one in prices if one.extra_id is not None]


def placed(lines: Sequence[RateLine], new: RateLine) -> list[RateLine]:
    """With a new line before the first that is no narrower than it."""
    at = next((number for number, one in enumerate(lines) if one.when.weight <= new.when.weight), len(lines))
    return [*lines[:at], new, *lines[at:]]


def moved_up(lines: Sequence[RateLine], line_id: str) -> list[RateLine]:
    """Tried before the line above it of the same plan."""
    found = list(lines)
    at = next((number for number, one in enumerate(found) if one.id == line_id), 0)
    above = [number for number in range(at) if found[number].when.rate_plan == found[at].when.rate_plan]
    if above:
        found.insert(above[-1], found.pop(at))
    return found
