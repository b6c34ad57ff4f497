"""The one way into the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from horarium.kit.clock import now
from horarium.kit.ids import PREFIXES, new_id

from .actor import Actor

_ENCODER = DjangoJSONEncoder(ensure_ascii=False)
_INSERT = """
INSERT INTO audit_auditentry (business_id, public_id, at, actor_kind, user_id, api_key_id, action,
    subject_kind, subject_id, before, after, channel, ip)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def record(
    business_id: int,
    actor: Actor,
    action: str,
    subject_id: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry in the current transaction.

    `action` is `noun.past_participle` (`booking.confirmed`); the kind of the subject comes from the prefix of
    its public id. `before` and `after` hold what changed and nothing else, never secrets.
    Plain SQL, because every order writes one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                business_id,
                new_id("aud"),
                now(),
                actor.kind,
                actor.user_id,
                actor.api_key_id,
                action,
                _kind_of(subject_id),
                subject_id,
                _json(before),
                _json(after),
                actor.channel,
                actor.ip,
            ],
        )


def _kind_of(public_id: str) -> str:
    prefix = public_id.partition("_")[0]
    if prefix not in PREFIXES:
        raise ValueError(f"{public_id!r} is not a public id")
    return prefix


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else _ENCODER.encode(dict(values))
