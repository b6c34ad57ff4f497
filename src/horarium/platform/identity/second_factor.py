"""Secrets of second factors at rest."""

from __future__ import annotations

import base64
import secrets
from typing import Any, Final

import structlog
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from horarium.platform import sealing

_PURPOSE: Final = "horarium.identity.second_factor"
_SEALED: Final = "sealed:"
"""What begins otherwise was written before secrets were sealed."""

_PLACES: Final = ("secret", "seed")
_log = structlog.get_logger(__name__)


def seal(text: str) -> str:
    return _SEALED + sealing.seal(text.encode(), _PURPOSE).decode()


def unseal(text: str) -> str:
    """The secret. One that no known key opens is answered with another, so that every code is wrong."""
    if not text.startswith(_SEALED):
        return text
    try:
        return sealing.unseal(text.removeprefix(_SEALED).encode(), _PURPOSE).decode()
    except InvalidToken:
        _log.warning("second_factor_lost", reason="no known SECRET_KEY opens it")
        return base64.b32encode(secrets.token_bytes(20)).decode()


@transaction.atomic
def seal_anew(user_id: int | None = None) -> int:
    """Seal with the present key what is plain or sealed with a former one. Returns how many rows that changed."""
    rows = Authenticator.objects.select_for_update().filter(type__in=["totp", "recovery_codes"])
    changed = 0
    for row in rows.order_by("pk") if user_id is None else rows.filter(user_id=user_id):
        renewed = {name: seal(text) for name in _PLACES if (text := _stale(row.data.get(name)))}
        if renewed:
            row.data = {**row.data, **renewed}
            row.save(update_fields=["data"])
            changed += 1
    return changed


def seal_used(sender: Any, *, user: Any, **_about: Any) -> None:
    """Hears when a second factor has served."""
    seal_anew(user.pk)


def _stale(stored: Any) -> str:
    """The secret of a place that must be sealed anew; empty when there is nothing to do, or no key for it."""
    if not isinstance(stored, str) or not stored:
        return ""
    if not stored.startswith(_SEALED):
        return stored
    token = stored.removeprefix(_SEALED).encode()
    if sealing.is_sealed_anew(token, _PURPOSE):
        return ""
    try:
        return sealing.unseal(token, _PURPOSE).decode()
    except InvalidToken:
        return ""
