"""Extras with their numbers in the form of a new booking: an id that stands n times is taken n times."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from horarium.modules.catalog.rules import ExtraFacts, OfferingFacts


@dataclass(frozen=True, slots=True)
class ExtraChoice:
    extra: ExtraFacts
    number: int


def read_extras(query: QueryDict, offering: OfferingFacts) -> tuple[str, ...]:
    """`extras=<id>` ticks one, `extra-<id>=<number>` says how many; only what the offering has."""
    ticked = set(query.getlist("extras"))
    found: list[str] = []
    for extra in offering.extras:
        said = number_in(query, f"extra-{extra.public_id}")
        number = (1 if extra.public_id in ticked else 0) if said is None else said
        found += [extra.public_id] * min(number, extra.max_quantity)
    return tuple(found)


def extra_choices(offering: OfferingFacts, taken: tuple[str, ...]) -> tuple[ExtraChoice, ...]:
    return tuple(ExtraChoice(one, taken.count(one.public_id)) for one in offering.extras)


def number_in(query: QueryDict, name: str) -> int | None:
    """A number that may be nought; None where none has been said."""
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
