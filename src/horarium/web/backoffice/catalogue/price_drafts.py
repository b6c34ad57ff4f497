"""Price rules as drafts: what a screen does not show is written again as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from horarium.modules.catalog.models import Extra
from horarium.modules.pricing.actions import PriceDraft, draft_of
from horarium.modules.pricing.models import PriceRule

_CONDITIONS: Final = (
    "name", "priority", "weekdays", "duration", "from_minute", "until_minute", "valid_from", "valid_until",
    "min_nights", "max_nights", "from_age", "until_age", "rate_plan_id", "ticket_type_id",
)  # fmt: skip
_NONE: Final[tuple[object, ...]] = (None, "", 0, [])


def plain_price(extra: Extra, prices: Sequence[PriceRule]) -> PriceRule | None:
    """The price of an extra that is the same at any time."""
    own = [one for one in prices if one.extra_id == extra.pk]
    if len(own) != 1:
        return None
    return own[0] if all(getattr(own[0], name) in _NONE for name in _CONDITIONS) else None


def kept_prices(prices: Sequence[PriceRule], extras: Sequence[Extra]) -> list[PriceDraft]:
    """All but the plain prices of extras, in the order in which they are tried."""
    plain = {one.pk for extra in extras if (one := plain_price(extra, prices))}
    return [draft_of(one) for one in prices if one.pk not in plain]
