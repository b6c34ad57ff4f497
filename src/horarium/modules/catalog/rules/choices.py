"""What may be chosen of an offering, and how durations are written down."""

from __future__ import annotations

from collections.abc import Sequence

from horarium.kit.errors import InvalidInput

from .facts import ExtraFacts, OfferingFacts

STEP = 5
MAX_DURATION = 7 * 1440


def choose_duration(offering: OfferingFacts, duration: int | None) -> int:
    """The length asked for, or the shortest. Raises InvalidInput for one that is not on offer."""
    if duration is None:
        return offering.durations[0]
    if duration not in offering.durations:
        short = duration < offering.durations[0]
        raise InvalidInput(
            "duration not on offer",
            field="duration",
            params={
                "reason": "too_short" if short else "duration",
                "allowed": list(offering.durations),
            },
        )
    return duration


def choose_party(offering: OfferingFacts, party: int | None) -> int:
    """How many people. Raises InvalidInput outside of the offering's bounds."""
    size = offering.party_min if party is None else party
    if not offering.party_min <= size <= offering.party_max:
        raise InvalidInput(
            "party outside of bounds",
            field="party",
            params={
                "reason": "capacity",
                "min": offering.party_min,
                "max": offering.party_max,
            },
        )
    return size


def choose_extras(offering: OfferingFacts, wanted: Sequence[str]) -> tuple[ExtraFacts, ...]:
    """The extras of an order line, each once; one that is named n times is taken n times.

    Raises InvalidInput for one that the offering does not have, or not so often.
    """
    known = {extra.public_id: extra for extra in offering.extras}
    for one in wanted:
        if one not in known or wanted.count(one) > known[one].max_quantity:
            raise InvalidInput("no such extra", field="extras", params={"reason": "extra"})
    return tuple(extra for extra in offering.extras if extra.public_id in wanted)


def duration_range(shortest: int, longest: int, step: int) -> list[int]:
    """The durations of an offering that allows any length in steps, e.g. 60 to 480 by 15 minutes."""
    if step < STEP or longest < shortest:
        raise InvalidInput("empty range of durations", field="durations", params={"reason": "range"})
    return list(range(shortest, longest + 1, step))


def check_durations(durations: list[int], *, field: str = "durations") -> list[int]:
    """Sorted, unique; multiples of five minutes within a week."""
    if not durations:
        raise InvalidInput("no duration", field=field, params={"reason": "required"})
    if any(one % STEP or not STEP <= one <= MAX_DURATION for one in durations):
        raise InvalidInput(
            "not in steps of five minutes",
            field=field,
            params={"reason": "not_five_minutes"},
        )
    return sorted(set(durations))
