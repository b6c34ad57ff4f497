"""The one price engine: what a booking of any mode costs, line by line."""

from .stays import Company, StayTariff, price_stay
from .tariffs import Line, PricedExtra, PriceQuote, Rule, label_in, names_of
from .tickets import PricedTicket, price_tickets, ticket_price
from .times import Occasion, occasions_alike, price

__all__ = [
    "Company",
    "Line",
    "Occasion",
    "PriceQuote",
    "PricedExtra",
    "PricedTicket",
    "Rule",
    "StayTariff",
    "label_in",
    "names_of",
    "occasions_alike",
    "price",
    "price_stay",
    "price_tickets",
    "ticket_price",
]
