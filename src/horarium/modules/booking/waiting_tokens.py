"""The signed link of a place on a waiting list: `<entry id>.<signature>`. It shows and leaves this place."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from horarium.kit.errors import NotFound

_SALT = "horarium.booking.waiting-list"


def waiting_token(entry_id: str) -> str:
    return f"{entry_id}.{Signer(salt=_SALT).signature(entry_id)}"


def waiting_path(entry_id: str) -> str:
    return f"/waiting/{waiting_token(entry_id)}/"


def entry_id_of(token: str) -> str:
    """The entry that a token opens. Raises NotFound for a wrong one."""
    entry_id, _, signature = token.partition(".")
    signer = Signer(salt=_SALT)
    try:
        # Opens what former keys have signed as well (SECRET_KEY_FALLBACKS).
        return signer.unsign(f"{entry_id}{signer.sep}{signature}")
    except BadSignature:
        raise NotFound("waiting entry", params={"kind": "waiting_entry"}) from None
