"""Pages of lists: always bounded, and the same envelope everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def page_json(items: Iterable[Any], *, page: int, page_size: int, has_next: bool) -> dict[str, Any]:
    return {"items": list(items), "page": page, "page_size": page_size, "has_next": has_next}


def tail_json(items: list[Any], limit: int) -> dict[str, Any]:
    """A list that is read on with `before`: `next_before` is None at its end. Give it one item more than `limit`."""
    shown = items[:limit]
    return {"items": shown, "next_before": shown[-1]["id"] if len(items) > limit else None}
