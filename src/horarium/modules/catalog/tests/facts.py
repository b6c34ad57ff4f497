"""Facts of the catalogue for tests of rules: plain ones, of which a test says what differs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from horarium.modules.catalog.rules import LocationFacts, OfferingFacts, PaymentTerms
from horarium.modules.resources.rules import OpeningRules

MAIN = LocationFacts(1, "loc_1", "Main", "", "", "PT", "UTC", "", "", {}, OpeningRules())
_PLAIN = OfferingFacts(
    id=1,
    public_id="off_1",
    slug="cut",
    name="Cut",
    summary="",
    description="",
    translations={},
    category_id=None,
    location=MAIN,
    photo="",
    mode="slot",
    durations=(60,),
    grid=30,
    fixed_starts=(),
    buffer_before=0,
    buffer_after=0,
    lead=0,
    horizon_days=90,
    party_min=1,
    party_max=1,
    terms=PaymentTerms("none", 0, 15, False, 24),
    needs=(),
    extras=(),
    is_public=True,
    is_active=True,
)


def offering_facts(**fields: Any) -> OfferingFacts:
    """An hour for one, every half an hour, that nothing is needed for."""
    return replace(_PLAIN, **fields)
