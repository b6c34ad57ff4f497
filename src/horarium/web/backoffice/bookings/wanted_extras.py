"""Extras in the form of a new booking, each with how many of it are taken."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.modules.catalog.rules import ExtraFacts, OfferingFacts


@dataclass(frozen=True, slots=True)
class ExtraChoice:
    extra: ExtraFacts
    number: int


def extra_choices(offering: OfferingFacts, taken: tuple[str, ...]) -> tuple[ExtraChoice, ...]:
    return tuple(ExtraChoice(one, taken.count(one.public_id)) for one in offering.extras)
