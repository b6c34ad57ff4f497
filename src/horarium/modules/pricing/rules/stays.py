"""What nights cost.

Each night is priced by the first rule that fits its date, the rate plan and the length of the whole stay. Of the
guests, adults fill the places included in that price first, then the oldest children; every other one pays the first
rule per person that fits the night and the age, or nothing when none does. A night that no rule prices is not sold.
Nights at one price make one line. There is nothing to round: whole units times whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from horarium.kit.money import Money

from .tariffs import Line, PricedExtra, PriceQuote, Rule

Piece = tuple[Rule, int]
"""A rule and how many people or pieces pay it."""
Night = tuple[Piece, ...]
_Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Who sleeps how long, and on which terms. `included`: guests in the price of a night."""

    nights: int
    adults: int
    child_ages: tuple[int, ...] = ()
    included: int = 1
    rate_plan_id: int | None = None

    @property
    def ages(self) -> tuple[int | None, ...]:
        """All guests in the order in which they fill the included places; an adult has no age."""
        return (*[None] * self.adults, *sorted(self.child_ages, reverse=True))


class StayTariff:
    """Prices of all stays of one company and length. A night is priced once, however many stays sleep in it."""

    def __init__(
        self, rules: Sequence[Rule], company: Company, currency: str, extras: Sequence[PricedExtra] = ()
    ) -> None:
        self.company = company
        self.currency = currency
        self.extras = tuple(extras)
        fitting = [rule for rule in rules if rule.fits_stay(company.nights, company.rate_plan_id)]
        own = [rule for rule in fitting if rule.extra_id is None]
        self._rooms = [rule for rule in own if rule.basis == "per_night"]
        self._guests = [rule for rule in own if rule.basis == "per_person_night"]
        self._of_extra = {
            one.id: [rule for rule in fitting if rule.extra_id == one.id] for one in self.extras
        }
        self._beyond = company.ages[company.included :]
        self._nights: dict[date, Night | None] = {}

    def night(self, day: date) -> Money | None:
        """The price of one night without extras; None: it is not sold on these terms."""
        pieces = self._night(day)
        return None if pieces is None else self._sum(pieces)

    def total(self, arrival: date) -> Money | None:
        """The total of `quote`, at less cost."""
        if self.extras:
            found = self.quote(arrival)
            return None if found is None else found.total
        total = Money.zero(self.currency)
        for day in self._days(arrival):
            pieces = self._night(day)
            if pieces is None:
                return None
            total += self._sum(pieces)
        return total

    def quote(self, arrival: date) -> PriceQuote | None:
        """The price of the stay that arrives on this date; None when one of its nights is not sold on these terms."""
        nights: list[Night] = []
        for day in self._days(arrival):
            pieces = self._night(day)
            if pieces is None:
                return None
            nights.append(pieces)
        lines = list(self._lines(nights))
        for extra in self.extras:
            lines.extend(self._lines_of(extra, arrival))
        return PriceQuote.of(lines, self.currency)

    def _days(self, arrival: date) -> Iterator[date]:
        return (arrival + timedelta(days=number) for number in range(self.company.nights))

    def _night(self, day: date) -> Night | None:
        if day not in self._nights:
            self._nights[day] = self._priced(day)
        return self._nights[day]

    def _priced(self, day: date) -> Night | None:
        room = next((rule for rule in self._rooms if rule.fits_date(day)), None)
        guests = _by_rule([rule for rule in self._guests if rule.fits_date(day)], self._beyond)
        if room is None:
            # Where nobody is included, the room may cost nothing by itself and every guest something.
            return guests if guests and not self.company.included else None
        return ((room, 1), *guests)

    def _sum(self, pieces: Night) -> Money:
        return Money(sum(rule.amount_minor * count for rule, count in pieces), self.currency)

    def _lines(self, nights: Iterable[Night], extra: PricedExtra | None = None) -> Iterator[Line]:
        """One line for each price and number of people, in the order in which they first occur."""
        counted: dict[tuple[str, _Names, int, int, bool], int] = {}
        for pieces in nights:
            for rule, count in pieces:
                key = (rule.name, rule.names, rule.amount_minor, count, rule.basis == "per_person_night")
                counted[key] = counted.get(key, 0) + 1
        for (name, names, minor, count, of_people), number in counted.items():
            amount = Money(minor * count * number, self.currency)
            quantity = count if of_people or count > 1 else None
            if extra is None:
                yield Line(name, amount, quantity=quantity, nights=number, names=names)
            else:
                yield Line(extra.label(name), amount, extra.public_id, quantity=quantity, nights=number)

    def _lines_of(self, extra: PricedExtra, arrival: date) -> Iterator[Line]:
        """The first rule that fits any night says how the extra is counted."""
        rules = self._of_extra[extra.id]
        found = ((day, rule) for day in self._days(arrival) for rule in rules if rule.fits_date(day))
        day, first = next(found, (arrival, None))
        if first is None:
            return
        alike = [rule for rule in rules if rule.basis == first.basis]
        if first.basis in ("per_night", "per_person_night"):
            yield from self._lines((self._of_night(extra, alike, one) for one in self._days(arrival)), extra)
        elif first.basis == "per_person":
            on_that_day = [rule for rule in alike if rule.fits_date(day)]
            for rule, count in _by_rule(on_that_day, self.company.ages, extra.quantity):
                amount = Money(rule.amount_minor * count, self.currency)
                yield Line(extra.label(rule.name), amount, extra.public_id, quantity=count)
        else:
            amount = Money(first.amount_minor * extra.quantity, self.currency)
            pieces = extra.quantity if extra.quantity > 1 else None
            yield Line(extra.label(first.name), amount, extra.public_id, quantity=pieces)

    def _of_night(self, extra: PricedExtra, rules: Sequence[Rule], day: date) -> Night:
        fitting = [rule for rule in rules if rule.fits_date(day)]
        if not fitting or fitting[0].basis == "per_person_night":
            return _by_rule(fitting, self.company.ages, extra.quantity)
        return ((fitting[0], extra.quantity),)


def price_stay(
    rules: Sequence[Rule],
    arrival: date,
    company: Company,
    currency: str,
    extras: Sequence[PricedExtra] = (),
) -> PriceQuote | None:
    """The quote of one stay. None when its rate plan is not sold on one of its nights: no rule prices that night."""
    return StayTariff(rules, company, currency, extras).quote(arrival)


def _by_rule(rules: Sequence[Rule], ages: Iterable[int | None], pieces: int = 1) -> Night:
    """Each guest under the first rule for the age; guests without one pay nothing."""
    counted: dict[Rule, int] = {}
    for age in ages:
        rule = next((one for one in rules if one.fits_guest(age)), None)
        if rule is not None:
            counted[rule] = counted.get(rule, 0) + pieces
    return tuple(counted.items())
