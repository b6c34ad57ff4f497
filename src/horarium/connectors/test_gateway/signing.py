"""What a shop and its gateway agree on: a secret, and an HMAC-SHA256 of the callback's body under it."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

HEADER = "X-Test-Gateway-Signature"


def shop_secret(business: str) -> bytes:
    """The secret of one shop; nobody has to type it, because both sides run here."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"test-gateway:{business}".encode(), "sha256")


def sign(business: str, body: bytes) -> str:
    return hmac.new(shop_secret(business), body, hashlib.sha256).hexdigest()


def is_signed(business: str, body: bytes, signature: str) -> bool:
    return hmac.compare_digest(sign(business, body).encode(), signature.encode())
