"""`Idempotency-Key`: the same key and request get the same answer for 24 hours.

    other request under the key      IdempotencyMismatch   422
    the first one is still running   IdempotencyInFlight   409

Kept are answers of 2xx and 4xx, but not 409 and 429: what was taken or too much a moment ago may succeed now.

`replay_or_run` looks the key up before it runs anything. Where each round trip counts, `keep_beside` writes the record
with the very rows that the answer tells of, and nobody looks before: the unique key refuses the second one
(AlreadyAnswered), which is undone and then looked up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import psycopg
from django.db import IntegrityError, connection, transaction

from horarium.kit.clock import now
from horarium.kit.errors import Conflict, InvalidInput
from horarium.platform.database.prepared import prepared_cursor
from horarium.platform.database.rows import Part, as_json

LIFETIME: Final = timedelta(hours=24)
KEY_LENGTH: Final = 255
_NOT_KEPT: Final = frozenset({409, 429})

_ENTER = """
SELECT pg_try_advisory_xact_lock(%s), r.request_hash, r.status, r.headers, r.body
FROM (VALUES (1)) AS one (row) LEFT JOIN idempotency_idempotencyrecord r
    ON r.owner = %s AND r.key_hash = %s AND r.created_at > %s
"""
_INSERT = """
INSERT INTO idempotency_idempotencyrecord (owner, key_hash, request_hash, status, headers, body, created_at)
VALUES (%(key_owner)s, %(key_hash)s, %(key_request)s, %(key_status)s, %(key_headers)s, %(key_body)s, %(key_now)s)
"""
_KEEP = f"""{_INSERT}
ON CONFLICT (owner, key_hash) DO UPDATE SET request_hash = excluded.request_hash, status = excluded.status,
    headers = excluded.headers, body = excluded.body, created_at = excluded.created_at
WHERE idempotency_idempotencyrecord.created_at <= %(key_expired)s
"""


class IdempotencyMismatch(InvalidInput):
    """The key was used for another request."""

    code = "idempotency.mismatch"


class IdempotencyInFlight(Conflict):
    """The first request with this key has not been answered yet."""

    code = "idempotency.in_flight"


class AlreadyAnswered(Exception):
    """The key has an answer, or one that has expired and not been deleted yet."""


@dataclass(frozen=True, slots=True)
class SentKey:
    """Who sent which key with which request: `request` is `request_hash(…)`. Raises InvalidInput."""

    owner: str
    key: str
    request: str

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= KEY_LENGTH:
            raise InvalidInput("1 to 255 characters", field="Idempotency-Key", params={"reason": "length"})

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(f"{self.owner}\n{self.key}".encode()).digest()


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


def replay_or_run(sent: SentKey, run: Callable[[], Answer]) -> Answer:
    """The kept answer of this key, or that of `run()`, which is kept.

    Call it in a transaction that any exception rolls back: record and effects are kept or lost together.
    To have a refusal kept, the caller rolls back and has it returned by `run` in another transaction.
    One lookup and one insert, both plain SQL. Raises IdempotencyMismatch and IdempotencyInFlight.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the record and the effects belong to one transaction")
    kept = _enter(sent)
    if kept is not None:
        return kept
    answer = run()
    if is_kept(answer) and not _keep(sent, answer):
        # Its first request ended between our look at the table and our lock: undo what we did.
        raise IdempotencyInFlight("the first request has just been answered")
    return answer


def keep(sent: SentKey, answer: Answer) -> None:
    """Keep what a request was answered that has not been looked up. Raises AlreadyAnswered."""
    if not _keep(sent, answer):
        raise AlreadyAnswered


def keep_beside(sent: SentKey, answer: Answer) -> Part:
    """`keep` as a part of the statement that makes the answer true. What it raises, `answered_once` names."""
    return Part("answered", _INSERT, _values(sent, answer))


@contextmanager
def answered_once() -> Iterator[None]:
    """Around a transaction with `keep_beside`. Raises AlreadyAnswered, after a wait for who is being answered now."""
    try:
        yield
    except IntegrityError as error:
        cause = error.__cause__
        if isinstance(cause, psycopg.Error) and cause.diag.constraint_name == "idempotency_key_once":
            raise AlreadyAnswered from error
        raise


def _enter(sent: SentKey) -> Answer | None:
    digest = sent.digest
    lock = int.from_bytes(digest[:8], "big", signed=True)
    with prepared_cursor() as cursor:
        cursor.execute(_ENTER, [lock, sent.owner, digest.hex(), now() - LIFETIME])
        is_locked, known, status, headers, body = cursor.fetchone()
    if known is not None:
        if known != sent.request:
            raise IdempotencyMismatch("the key was used for another request", field="Idempotency-Key")
        return Answer(status, body, headers, is_replay=True)
    if not is_locked:
        raise IdempotencyInFlight("the first request is still running")
    return None


def _keep(sent: SentKey, answer: Answer) -> bool:
    """Whether it is ours now: not when another answer stands."""
    with prepared_cursor() as cursor:
        cursor.execute(_KEEP, {**_values(sent, answer), "key_expired": now() - LIFETIME})
        return bool(cursor.rowcount)


def _values(sent: SentKey, answer: Answer) -> dict[str, Any]:
    return {
        "key_owner": sent.owner,
        "key_hash": sent.digest.hex(),
        "key_request": sent.request,
        "key_status": answer.status,
        "key_headers": as_json(dict(answer.headers)),
        "key_body": answer.body,
        "key_now": now(),
    }


def prune_answers() -> int:
    """Delete what is older than 24 hours. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM idempotency_idempotencyrecord WHERE created_at < %s", [now() - LIFETIME])
        return int(cursor.rowcount)
