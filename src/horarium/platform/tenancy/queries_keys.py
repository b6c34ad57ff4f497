"""Reads of API keys, and who shows one.

Every request with a key begins here. What a key opens is kept in memory, with the version of its business's row: where
and by whom that was written last. A trigger writes the row anew whenever its keys open something else. Nothing is
answered before the database says that this version stands, so a revoked key or a closed business is seen at once.
Mostly it is asked beforehand; the busiest read asks along with what it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Any, Final

from cachetools import LRUCache
from django.db import connection
from django.db.models import Q
from django_scopes import scopes_disabled

from horarium.kit.clock import now
from horarium.platform.database.prepared import prepared_cursor

from .models import ApiKey, Business
from .scope import business_scope
from .tokens import KEY_PREFIX, hash_of

USE_IS_NOTED_EVERY: Final = timedelta(minutes=1)

_KEY_FIELDS: Final = [field.attname for field in ApiKey._meta.concrete_fields]
_BUSINESS_FIELDS: Final = [field.attname for field in Business._meta.concrete_fields]
_KEY_SQL: Final = """
SELECT owner.xmin::text, owner.ctid::text, {fields}
FROM tenancy_apikey AS key JOIN tenancy_business AS owner ON owner.id = key.business_id
WHERE key.secret_hash = %s AND key.revoked_at IS NULL AND owner.is_active
""".format(
    fields=", ".join(
        [*(f"key.{name}" for name in _KEY_FIELDS), *(f"owner.{name}" for name in _BUSINESS_FIELDS)]
    )
)
KEY_STANDS: Final = """EXISTS (SELECT 1 FROM tenancy_business
WHERE id = %(business)s AND is_active AND xmin = %(written_by)s::xid AND ctid = %(written_at)s::tid)"""
"""A condition for a statement that reads for a known key. Its places are filled by `KnownKey.values`."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key with its business as they were at a version. Requests share it: it is for reading only."""

    key: ApiKey
    written_by: str
    written_at: str

    @property
    def values(self) -> dict[str, Any]:
        return {
            "business": self.key.business_id,
            "written_by": self.written_by,
            "written_at": self.written_at,
        }


_known_keys: LRUCache[str, KnownKey] = LRUCache(maxsize=2000)
_known_keys_lock = Lock()


def list_api_keys(business_id: int) -> list[ApiKey]:
    """Keys that open something, newest first."""
    with business_scope(business_id):
        return list(ApiKey.objects.filter(revoked_at=None).order_by("-id"))


def authenticate_api_key(secret: str) -> ApiKey | None:
    """The key with its business, or None. Notes the use, at most once a minute.

    Requests share what is returned: it is for reading only.
    """
    if not secret.startswith(KEY_PREFIX):
        return None
    digest = hash_of(secret)
    known = _recall(digest)
    if known is None or not _stands(known):
        known = _load(digest)
    if known is None:
        return None
    if _is_use_to_note(known.key):
        _note_use(known.key)
        _forget(digest)
    return known.key


def recall_api_key(secret: str) -> KnownKey | None:
    """The key from memory, unasked: for a statement that reads on condition of KEY_STANDS.

    None where `authenticate_api_key` has more to do than to ask.
    """
    known = _recall(hash_of(secret))
    return None if known is None or _is_use_to_note(known.key) else known


def _recall(digest: str) -> KnownKey | None:
    with _known_keys_lock:
        return _known_keys.get(digest)


def _forget(digest: str) -> None:
    with _known_keys_lock:
        _known_keys.pop(digest, None)


def _stands(known: KnownKey) -> bool:
    with prepared_cursor() as cursor:
        cursor.execute(f"SELECT {KEY_STANDS}", known.values)
        return bool(cursor.fetchone()[0])


def _load(digest: str) -> KnownKey | None:
    with prepared_cursor() as cursor:
        cursor.execute(_KEY_SQL, [digest])
        row = cursor.fetchone()
    if row is None:
        _forget(digest)
        return None
    written_by, written_at, *values = row
    key = ApiKey.from_db(connection.alias, _KEY_FIELDS, values[: len(_KEY_FIELDS)])
    key.business = Business.from_db(connection.alias, _BUSINESS_FIELDS, values[len(_KEY_FIELDS) :])
    known = KnownKey(key, written_by, written_at)
    with _known_keys_lock:
        _known_keys[digest] = known
    return known


def _is_use_to_note(key: ApiKey) -> bool:
    return key.last_used_at is None or key.last_used_at < now() - USE_IS_NOTED_EVERY


def _note_use(key: ApiKey) -> None:
    at = now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=at - USE_IS_NOTED_EVERY)
    with scopes_disabled():
        ApiKey.objects.filter(stale, pk=key.pk, business_id=key.business_id).update(last_used_at=at)
