"""Secrets of links and keys. The database keeps hashes only."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.core.signing import Signer
from django.urls import reverse

KEY_PREFIX: Final = "hrm_"


def hash_of(secret: str) -> str:
    """SHA-256: enough for secrets of 32 random bytes, which nobody can try out."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_api_key() -> str:
    return KEY_PREFIX + secrets.token_urlsafe(32)


def invitation_token(invitation_id: str) -> str:
    """Made from the id and the installation's key, so that the message can be written later without a stored secret."""
    return Signer(salt="horarium.invitation", sep=".").sign(invitation_id)


def invitation_path(invitation_id: str) -> str:
    return reverse("invitation", args=[invitation_token(invitation_id)])
