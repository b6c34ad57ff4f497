"""Keys of the staff API."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from horarium.kit.clock import now
from horarium.kit.errors import NotFound
from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from ..models import ApiKey
from ..permissions import KEY_SCOPES
from ..rules import check_text, refuse
from ..scope import business_scope
from ..tokens import hash_of, new_api_key

HINT_LENGTH = 8


@transaction.atomic
def create_api_key(business_id: int, name: str, scopes: Iterable[str], actor: Actor) -> tuple[ApiKey, str]:
    """The key's row and its secret, which is told this once and never again."""
    wanted = sorted(set(scopes))
    if not wanted:
        raise refuse("scopes", "required", "a key needs a scope")
    if unknown := [scope for scope in wanted if scope not in KEY_SCOPES]:
        raise refuse("scopes", "unknown", f"no such scope: {unknown[0]}", allowed=sorted(KEY_SCOPES))
    secret = new_api_key()
    key = ApiKey.objects.create(
        business_id=business_id,
        name=check_text("name", 80, required=True)(name),
        hint=secret[:HINT_LENGTH] + "…",
        secret_hash=hash_of(secret),
        scopes=wanted,
    )
    record(business_id, actor, "api_key.created", key.public_id, after={"name": key.name, "scopes": wanted})
    return key, secret


@transaction.atomic
def revoke_api_key(business_id: int, key_id: str, actor: Actor) -> None:
    """From the next request on the key opens nothing. Raises NotFound, also for a revoked one."""
    with business_scope(business_id):
        if not ApiKey.objects.filter(public_id=key_id, revoked_at=None).update(revoked_at=now()):
            raise NotFound("API key", params={"kind": "api_key"})
    record(business_id, actor, "api_key.revoked", key_id)
