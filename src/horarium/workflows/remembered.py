"""Answers that are kept as long as a fresh one would say the same."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from cachetools import LRUCache


@dataclass(frozen=True, slots=True)
class Kept:
    stamp: Hashable
    valid_until: float
    answer: Any
    weight: int


class Remembered:
    """A bounded memory of one process. An answer is found again only under the very stamp it was kept with,
    and before the second at which the clock alone would change it.
    """

    def __init__(self, max_weight: int) -> None:
        self._kept: LRUCache[Hashable, Kept] = LRUCache(max_weight, getsizeof=lambda kept: kept.weight)
        self._lock = Lock()

    def find(self, key: Hashable, stamp: Hashable, now: datetime) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or kept.stamp != stamp or now.timestamp() >= kept.valid_until:
            return None
        return kept

    def keep(self, key: Hashable, stamp: Hashable, valid_until: float, answer: Any, *, weight: int) -> None:
        kept = Kept(stamp, valid_until, answer, weight)
        if weight <= self._kept.maxsize:
            with self._lock:
                self._kept[key] = kept

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._kept.clear()
