"""`Idempotency-Key`: the same key and request get the same answer for 24 hours.

    other request under the key      IdempotencyMismatch   422
    the first one is still running   IdempotencyInFlight   409

Kept are answers of 2xx and 4xx, but not 409 and 429: what was taken or too much a moment ago may succeed now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction

from horarium.kit.clock import now
from horarium.kit.errors import Conflict, InvalidInput
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.database.rows import as_json

LIFETIME: Final = timedelta(hours=24)
KEY_LENGTH: Final = 255
_NOT_KEPT: Final = frozenset({409, 429})

_ENTER = """
SELECT pg_try_advisory_xact_lock(%s), r.request_hash, r.status, r.headers::text, r.body
FROM (VALUES (1)) AS one (row) LEFT JOIN idempotency_idempotencyrecord r
    ON r.owner = %s AND r.key_hash = %s AND r.created_at > %s
"""
_KEEP = """
INSERT INTO idempotency_idempotencyrecord (owner, key_hash, request_hash, status, headers, body, created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (owner, key_hash) DO UPDATE SET request_hash = excluded.request_hash, status = excluded.status,
    headers = excluded.headers, body = excluded.body, created_at = excluded.created_at
WHERE idempotency_idempotencyrecord.created_at <= %s
"""


class IdempotencyMismatch(InvalidInput):
    """The key was used for another request."""

    code = "idempotency.mismatch"


class IdempotencyInFlight(Conflict):
    """The first request with this key has not been answered yet."""

    code = "idempotency.in_flight"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    is_replay: bool = False


def is_kept(answer: Answer) -> bool:
    return 200 <= answer.status < 500 and answer.status not in _NOT_KEPT


def request_hash(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same."""
    digest = hashlib.sha256(f"{method} {path}\n".encode())
    digest.update(body)
    return digest.hexdigest()


def replay_or_run(owner: str, key: str, request: str, run: Callable[[], Answer]) -> Answer:
    """The kept answer of this key, or that of `run()`, which is kept.

    Call it in a transaction that any exception rolls back: record and effects are kept or lost together.
    To have a refusal kept, the caller rolls back and has it returned by `run` in another transaction.
    `owner` names who sent the key, `request` is `request_hash(…)`. One lookup and one insert, both plain SQL,
    because every POST passes here.
    Raises IdempotencyMismatch and IdempotencyInFlight.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the record and the effects belong to one transaction")
    if not 0 < len(key) <= KEY_LENGTH:
        raise InvalidInput("1 to 255 characters", field="Idempotency-Key", params={"reason": "length"})
    digest = hashlib.sha256(f"{owner}\n{key}".encode()).digest()
    kept = _enter(owner, digest, request)
    if kept is not None:
        return kept
    answer = run()
    if is_kept(answer):
        _keep(owner, digest, request, answer)
    return answer


def _enter(owner: str, digest: bytes, request: str) -> Answer | None:
    lock = int.from_bytes(digest[:8], "big", signed=True)
    with prepared_cursor() as cursor:
        cursor.execute(_ENTER, [lock, owner, digest.hex(), now() - LIFETIME])
        is_locked, known, status, headers, body = cursor.fetchone()
    if known is not None:
        if known != request:
            raise IdempotencyMismatch("the key was used for another request", field="Idempotency-Key")
        return Answer(status, bytes(body), json.loads(headers), is_replay=True)
    if not is_locked:
        raise IdempotencyInFlight("the first request is still running")
    return None


def _keep(owner: str, digest: bytes, request: str, answer: Answer) -> None:
    values: list[Any] = [
        owner,
        digest.hex(),
        request,
        answer.status,
        as_json(dict(answer.headers)),
        answer.body,
        now(),
    ]
    with prepared_cursor() as cursor:
        cursor.execute(_KEEP, [*values, now() - LIFETIME])
        if not cursor.rowcount:
            # Its first request ended between our look at the table and our lock: undo what we did.
            raise IdempotencyInFlight("the first request has just been answered")


def prune_answers() -> int:
    """Delete what is older than 24 hours. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM idempotency_idempotencyrecord WHERE created_at < %s", [now() - LIFETIME])
        return int(cursor.rowcount)
