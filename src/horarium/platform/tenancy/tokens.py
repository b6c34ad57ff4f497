"""Secrets of links and keys. The database keeps hashes only."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from django.core.signing import BadSignature, Signer
from django.urls import reverse

KEY_PREFIX: Final = "hrm_"


def hash_of(secret: str) -> str:
    """SHA-256: enough for secrets of 32 random bytes, which nobody can try out."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_api_key() -> str:
    return KEY_PREFIX + secrets.token_urlsafe(32)


def invitation_token(invitation_id: str, *, vouched: bool = False) -> str:
    """Made from the id and the installation's key, so that the message can be written later without a stored secret.

    A `vouched` one says that whoever runs the installation knows the mailbox to be the invited person's.
    """
    return _signer(vouched=vouched).sign(invitation_id)


def invitation_path(invitation_id: str, *, vouched: bool = False) -> str:
    return reverse("invitation", args=[invitation_token(invitation_id, vouched=vouched)])


def vouched_invitation(token: str) -> str | None:
    """The id in a vouched token; None for every other token."""
    try:
        return str(_signer(vouched=True).unsign(token))
    except BadSignature:
        return None


def _signer(*, vouched: bool) -> Signer:
    return Signer(salt="horarium.invitation.vouched" if vouched else "horarium.invitation", sep=".")
