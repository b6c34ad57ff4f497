"""The guests of a stay as forms ask for them: one rule for guests and staff."""

from __future__ import annotations

from typing import Final

from horarium.modules.catalog.rules import OfferingFacts

OLDEST: Final = 17
"""Who is older is an adult."""


def usual_adults(offering: OfferingFacts) -> int:
    """Until somebody says another number: as many as the price includes."""
    return min(max(offering.included_guests, offering.party_min), offering.party_max)
