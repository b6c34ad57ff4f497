"""Extras with their numbers, as forms and addresses say them: an id that stands n times is taken n times."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from horarium.modules.catalog.rules import OfferingFacts

EXTRA = "extra-"
TICKET = "ticket-"
MOST = 99


def read_extras(data: QueryDict) -> tuple[str, ...]:
    """`extra=<id>` for each piece, as links say it, or `extra-<id>=<number>`, as fields do."""
    found = [one for one in data.getlist("extra") if one]
    for name in data:
        if name.startswith(EXTRA):
            found += [name.removeprefix(EXTRA)] * min(number_of(data.get(name)) or 0, MOST)
    return tuple(found[:500])


def read_tickets(data: QueryDict) -> tuple[tuple[str, int], ...] | None:
    """`ticket-<id>=<number>`; None where no number has been said at all."""
    found = {
        name.removeprefix(TICKET): min(number_of(data.get(name)) or 0, MOST)
        for name in data
        if name.startswith(TICKET)
    }
    return tuple(found.items())[:50] if found else None


def fit_tickets(
    offering: OfferingFacts, tickets: Iterable[tuple[str, int]] | None
) -> tuple[tuple[str, int], ...]:
    """In the order of the offering; where nothing has been said, one of the first type that takes a place."""
    if tickets is None:
        first = next((one for one in offering.ticket_types if one.places), None)
        return ((first.public_id, 1),) if first else ()
    wanted = dict(tickets)
    counted = (
        (one.public_id, min(wanted.get(one.public_id, 0), one.max_per_order)) for one in offering.ticket_types
    )
    return tuple((key, number) for key, number in counted if number)


def fit_extras(offering: OfferingFacts, extras: Iterable[str]) -> tuple[str, ...]:
    """Those that the offering has, each at most as often as it may be taken."""
    wanted = list(extras)
    return tuple(
        extra.public_id
        for extra in offering.extras
        for _ in range(min(wanted.count(extra.public_id), extra.max_quantity))
    )


def number_of(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None
