"""Secrets at rest: sealed with a key made from SECRET_KEY, opened also with its former values."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(plain: bytes, purpose: str) -> bytes:
    """`purpose` gives each kind of secret a key of its own."""
    return _key(settings.SECRET_KEY, purpose).encrypt(plain)


def unseal(sealed: bytes, purpose: str) -> bytes:
    """Raises `cryptography.fernet.InvalidToken` when no known key opens it."""
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(secret, purpose) for secret in known]).decrypt(sealed)


def is_sealed_anew(sealed: bytes, purpose: str) -> bool:
    """Whether the present key opens it, not only a former one."""
    try:
        _key(settings.SECRET_KEY, purpose).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _key(secret: str, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
