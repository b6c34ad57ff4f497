"""Several offerings in one visit: who comes for what, on which day, and plans that fit."""

from __future__ import annotations

from .shop import Shop


def offers_visits(shop: Shop) -> bool:
    """There is something to combine: at least two offerings by start that are not shared."""
    return len([one for one in shop.catalog.listed_offerings() if one.mode == "slot"]) > 1
