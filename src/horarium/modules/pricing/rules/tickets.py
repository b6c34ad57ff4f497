"""What tickets of a session cost: each type by its own rules, at the wall-clock start of the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from horarium.kit.money import Money

from .tariffs import Line, PricedExtra, PriceQuote, Rule
from .times import Occasion, first_fitting, lines_of_extras


@dataclass(frozen=True, slots=True)
class PricedTicket:
    """So many tickets of one type."""

    id: int
    public_id: str
    name: str
    quantity: int = 1


def ticket_rule(rules: Sequence[Rule], ticket_type_id: int, occasion: Occasion) -> Rule | None:
    """The rule that prices one ticket of this type: its own, or one without a type, whichever comes first."""
    fitting = [
        rule for rule in rules if rule.extra_id is None and rule.ticket_type_id in (None, ticket_type_id)
    ]
    return first_fitting(fitting, occasion.day, occasion.minute, occasion.duration)


def ticket_price(rules: Sequence[Rule], ticket_type_id: int, occasion: Occasion, currency: str) -> Money:
    """One ticket. A type without a fitting rule costs nothing."""
    rule = ticket_rule(rules, ticket_type_id, occasion)
    return Money.zero(currency) if rule is None else Money(rule.amount_minor, currency)


def price_tickets(
    rules: Sequence[Rule],
    tickets: Sequence[PricedTicket],
    occasion: Occasion,
    currency: str,
    extras: Sequence[PricedExtra] = (),
) -> PriceQuote:
    """The quote of one booking of a session: a line for each type, free ones too. `party` counts for extras only."""
    lines = []
    for ticket in tickets:
        rule = ticket_rule(rules, ticket.id, occasion)
        label = f"{ticket.name}: {rule.name}" if rule is not None and rule.name else ticket.name
        amount = ticket_price(rules, ticket.id, occasion, currency).times(ticket.quantity)
        lines.append(Line(label, amount, quantity=ticket.quantity, ticket=ticket.public_id))
    return PriceQuote.of([*lines, *lines_of_extras(rules, occasion, currency, extras)], currency)
