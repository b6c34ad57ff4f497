"""Secrets of businesses at rest: sealed with a key made from SECRET_KEY, opened also with its former values."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secrets: Mapping[str, str]) -> bytes:
    return _box().encrypt(json.dumps(dict(secrets)).encode())


def unseal(sealed: bytes) -> dict[str, str]:
    """Nothing for nothing. Raises `cryptography.fernet.InvalidToken` when no known key opens it."""
    opened: dict[str, str] = json.loads(_box().decrypt(sealed)) if sealed else {}
    return opened


def _box() -> MultiFernet:
    return MultiFernet([_key(text) for text in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"horarium.payments.secrets").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
