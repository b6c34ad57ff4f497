"""How often one address, or one link, may ask.

Each process counts by itself and tells the others through one row of an unlogged table, every so many requests:
a read costs the database nothing, a tight limit is exact, and a generous one is exceeded by a few per cent at most
for each further process. Windows are whole minutes of the clock.
"""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from cachetools import LRUCache
from django.conf import settings
from django.db import connection
from django.http import HttpRequest

WINDOW = 60
SHARES = 20
"""A process tells the others after each twentieth of the limit."""
_COUNT_SQL = """
INSERT INTO api_requestcount AS known (key, minute, requests) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET minute = EXCLUDED.minute,
    requests = EXCLUDED.requests + CASE WHEN known.minute = EXCLUDED.minute THEN known.requests ELSE 0 END
RETURNING requests
"""
_TIDY_SQL = "DELETE FROM api_requestcount WHERE minute < %s"
TIDY_EVERY = 500


class Kind(StrEnum):
    READS = "reads"
    ORDERS = "orders"
    STAFF = "staff"


@dataclass(slots=True)
class _Count:
    window: int
    shared: int = 0
    own: int = 0


_counts: LRUCache[tuple[Kind, str], _Count] = LRUCache(maxsize=20_000)
_lock = Lock()


def seconds_to_wait(request: HttpRequest, kind: Kind) -> float | None:
    """Count this request; None when it may pass. `0` as a limit is no limit."""
    limit = _limit(kind)
    if not limit:
        return None
    waits = [_wait(kind, name, limit) for name in _names(request, kind)]
    return max((wait for wait in waits if wait is not None), default=None)


def forget_all() -> None:
    """Start counting afresh in this process."""
    with _lock:
        _counts.clear()


def _limit(kind: Kind) -> int:
    limits = {
        Kind.READS: settings.RATE_LIMIT_READS,
        Kind.ORDERS: settings.RATE_LIMIT_ORDERS,
        Kind.STAFF: settings.RATE_LIMIT_STAFF,
    }
    return int(limits[kind])


def _names(request: HttpRequest, kind: Kind) -> list[str]:
    """Whom a request counts for: its address (of IPv6 the network), and the link or key that it shows."""
    address = request.META.get("REMOTE_ADDR", "")
    names = [":".join(address.split(":")[:4]) if ":" in address else address]
    if shown := request.META.get("HTTP_AUTHORIZATION"):
        names = [shown] if kind is Kind.STAFF else [*names, shown]
    return names


def _wait(kind: Kind, name: str, limit: int) -> float | None:
    now = time.time()
    window = int(now // WINDOW)
    share = max(1, limit // SHARES)
    with _lock:
        count = _counts.get((kind, name))
        if count is None or count.window != window:
            count = _counts[kind, name] = _Count(window)
        if count.shared + count.own >= limit:
            return (window + 1) * WINDOW - now
        count.own += 1
        told = count.own if count.own >= share else 0
        count.own -= told
    if told:
        count.shared = _tell(kind, name, window, told)
        if count.shared > limit:
            return (window + 1) * WINDOW - now
    return None


def _tell(kind: Kind, name: str, window: int, requests: int) -> int:
    """The sum of all processes. Addresses are kept as keyed hashes only."""
    secret = settings.SECRET_KEY.encode()[:64]
    key = hashlib.blake2b(f"{kind}:{name}".encode(), key=secret, digest_size=16).digest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_SQL, [key, window, requests])
        row = cursor.fetchone()
        if random.randrange(TIDY_EVERY) == 0:  # noqa: S311  # chooses when to tidy
            cursor.execute(_TIDY_SQL, [window - 2])
    return int(row[0])
