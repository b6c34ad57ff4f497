"""The one way into the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from horarium.kit.clock import now
from horarium.kit.ids import PREFIXES, new_id
from horarium.platform.database.rows import Part, as_json

from .actor import Actor

_INSERT = """
INSERT INTO audit_auditentry (business_id, public_id, at, actor_kind, user_id, api_key_id, action,
    subject_kind, subject_id, before, after, channel, ip)
VALUES (%(audit_business)s, %(audit_id)s, %(audit_at)s, %(audit_kind)s, %(audit_user)s, %(audit_key)s, %(audit_action)s,
    %(audit_subject_kind)s, %(audit_subject)s, %(audit_before)s, %(audit_after)s, %(audit_channel)s, %(audit_ip)s)
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
    """
    entry = record_beside(business_id, actor, action, subject_id, before=before, after=after)
    with connection.cursor() as cursor:
        cursor.execute(entry.sql, entry.parameters)


def record_beside(
    business_id: int,
    actor: Actor,
    action: str,
    subject_id: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Part:
    """The entry of `record` as a part of another statement, because every order writes one."""
    return Part(
        "audit",
        _INSERT,
        {
            "audit_business": business_id,
            "audit_id": new_id("aud"),
            "audit_at": now(),
            "audit_kind": actor.kind,
            "audit_user": actor.user_id,
            "audit_key": actor.api_key_id,
            "audit_action": action,
            "audit_subject_kind": _kind_of(subject_id),
            "audit_subject": subject_id,
            "audit_before": _json(before),
            "audit_after": _json(after),
            "audit_channel": actor.channel,
            "audit_ip": actor.ip,
        },
    )


def _kind_of(public_id: str) -> str:
    prefix = public_id.partition("_")[0]
    if prefix not in PREFIXES:
        raise ValueError(f"{public_id!r} is not a public id")
    return prefix


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else as_json(dict(values))
