"""Price lists and quotes as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from horarium.kit.money import Money


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a price list; empty conditions always fit. Given in order: the first that fits wins.

    `names`: (language, its name there), where it is not that of the business's own language.
    """

    name: str
    basis: str
    amount_minor: int
    extra_id: int | None = None
    duration: int | None = None
    weekdays: frozenset[int] = frozenset()
    from_minute: int | None = None
    until_minute: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    rate_plan_id: int | None = None
    ticket_type_id: int | None = None
    min_nights: int | None = None
    max_nights: int | None = None
    from_age: int | None = None
    until_age: int | None = None
    names: tuple[tuple[str, str], ...] = ()

    def fits(self, day: date, minute: int, duration: int) -> bool:
        return (
            (self.duration is None or self.duration == duration)
            and (
                self.from_minute is None
                or self.until_minute is None
                or self.from_minute <= minute < self.until_minute
            )
            and self.fits_date(day)
        )

    def fits_date(self, day: date) -> bool:
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )

    def fits_stay(self, nights: int, rate_plan_id: int | None) -> bool:
        """Whether it may price a night of a stay of this length under this rate plan."""
        return (
            self.rate_plan_id in (None, rate_plan_id)
            and (self.min_nights is None or self.min_nights <= nights)
            and (self.max_nights is None or nights <= self.max_nights)
        )

    def fits_guest(self, age: int | None) -> bool:
        """By age in full years; an adult has none, and no rule for ages is for adults."""
        if age is None:
            return self.from_age is None and self.until_age is None
        return (self.from_age is None or self.from_age <= age) and (
            self.until_age is None or age <= self.until_age
        )


@dataclass(frozen=True, slots=True)
class PricedExtra:
    id: int
    public_id: str
    name: str
    quantity: int = 1

    def label(self, rule_name: str) -> str:
        return f"{self.name}: {rule_name}" if rule_name else self.name


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote.

    `minutes` is set for time priced by the hour, `days` and `nights` for that priced by them, `quantity` for people,
    tickets and pieces; `ticket` is the public id of a ticket type. `names`: the label in other languages, where it is
    the name of a rule.
    """

    label: str
    amount: Money
    extra: str = ""
    minutes: int | None = None
    quantity: int | None = None
    days: int | None = None
    nights: int | None = None
    ticket: str = ""
    names: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        """Days, nights, ticket and names stand there only where they mean something."""
        rare = {"days": self.days, "nights": self.nights, "ticket": self.ticket, "names": dict(self.names)}
        return {
            "label": self.label,
            "minor": self.amount.minor,
            "extra": self.extra,
            "minutes": self.minutes,
            "quantity": self.quantity,
            **{name: value for name, value in rare.items() if value},
        }


@dataclass(frozen=True, slots=True)
class PriceQuote:
    lines: tuple[Line, ...]
    total: Money

    @classmethod
    def of(cls, lines: Sequence[Line], currency: str) -> PriceQuote:
        return cls(tuple(lines), sum((line.amount for line in lines), Money.zero(currency)))

    def as_json(self) -> dict[str, object]:
        """The form that is frozen on a booking."""
        return {"lines": [line.as_json() for line in self.lines], "total_minor": self.total.minor}


def names_of(translations: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """(language, name) of what is translated."""
    found = {code: texts.get("name", "") for code, texts in translations.items()}
    return tuple(sorted((code, name) for code, name in found.items() if name))


def label_in(line: Mapping[str, Any], language: str) -> str:
    """The label of a line as it was frozen (`Line.as_json`), in a language that it is known in, else as it is."""
    names: Mapping[str, str] = line.get("names") or {}
    return str(names.get(language.split("-")[0]) or line["label"])
