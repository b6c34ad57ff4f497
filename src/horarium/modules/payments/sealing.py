"""What businesses enter to use a gateway, at rest."""

from __future__ import annotations

import json
from collections.abc import Mapping

from horarium.platform import sealing

_PURPOSE = "horarium.payments.secrets"


def seal(secrets: Mapping[str, str]) -> bytes:
    return sealing.seal(json.dumps(dict(secrets)).encode(), _PURPOSE)


def unseal(sealed: bytes) -> dict[str, str]:
    """Nothing for nothing. Raises `cryptography.fernet.InvalidToken` when no known key opens it."""
    opened: dict[str, str] = json.loads(sealing.unseal(sealed, _PURPOSE)) if sealed else {}
    return opened
