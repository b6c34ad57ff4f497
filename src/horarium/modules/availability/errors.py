"""Refusals of the engine.

HorariumError
└── Conflict
    └── NotFree        availability.slot_taken, or availability.<reason> of `rules.reasons.Reason`
"""

from __future__ import annotations

from typing import Any

from horarium.kit.errors import Conflict

from .rules.reasons import Reason


class NotFree(Conflict):
    """The time cannot be taken. `reason` says why; `item` is the index of the order line."""

    code = "availability.slot_taken"

    def __init__(self, reason: Reason, *, item: int = 0, params: dict[str, Any] | None = None) -> None:
        super().__init__(
            f"not free: {reason}", params={"reason": str(reason), "item": item, **(params or {})}
        )
        self.reason = reason
        self.item = item
        if reason is not Reason.TAKEN:
            self.code = f"availability.{reason}"  # type: ignore[misc]  # narrows the class's default
