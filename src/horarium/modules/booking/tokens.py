"""The signed links of guests: to a customer's page, and to a place on a waiting list: `<id>.<signature>`.

The signature covers the order's id and its `token_version`, so that raising the version revokes every old link.
Nothing but the link opens the page; the link opens nothing but this order, or shows and leaves this one place.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare

from horarium.kit.errors import NotFound

from .models import Order

_SALT = "horarium.booking.order-page"
_WAITING_SALT = "horarium.booking.waiting-list"


def order_token(order: Order) -> str:
    return f"{order.public_id}.{Signer(salt=_SALT).signature(_signed(order))}"


def order_id_of(token: str) -> str:
    """The order that a token speaks of; nothing is verified."""
    return token.partition(".")[0]


def is_valid_token(order: Order, token: str) -> bool:
    public_id, _, signature = token.partition(".")
    signer = Signer(salt=_SALT)
    try:
        # Opens what former keys have signed as well (SECRET_KEY_FALLBACKS).
        signer.unsign(f"{_signed(order)}{signer.sep}{signature}")
    except BadSignature:
        return False
    return constant_time_compare(public_id, order.public_id)


def _signed(order: Order) -> str:
    return f"{order.public_id}:{order.token_version}"


def waiting_token(entry_id: str) -> str:
    return f"{entry_id}.{Signer(salt=_WAITING_SALT).signature(entry_id)}"


def waiting_path(entry_id: str) -> str:
    return f"/waiting/{waiting_token(entry_id)}/"


def entry_id_of(token: str) -> str:
    """The place on a waiting list that a token opens. Raises NotFound for a wrong one."""
    entry_id, _, signature = token.partition(".")
    signer = Signer(salt=_WAITING_SALT)
    try:
        return signer.unsign(f"{entry_id}{signer.sep}{signature}")
    except BadSignature:
        raise NotFound("waiting entry", params={"kind": "waiting_entry"}) from None
