"""The link to a customer's page opens one order, until it is revoked."""

from typing import Any

from horarium.modules.booking.models import Order
from horarium.modules.booking.tokens import is_valid_token, order_id_of, order_token


def order(public_id: str = "ord_1", version: int = 1) -> Order:
    return Order(public_id=public_id, token_version=version)


def test_a_link_opens_its_order_and_no_other() -> None:
    """T-121: the id alone opens nothing."""
    token = order_token(order())
    assert order_id_of(token) == "ord_1"
    assert is_valid_token(order(), token)
    assert not is_valid_token(order("ord_2"), token)
    assert not is_valid_token(order("ord_2"), token.replace("ord_1", "ord_2"))
    for forged in ("ord_1", "ord_1.", "ord_1.x", f"{token}x", f" {token}"):
        assert not is_valid_token(order(), forged)


def test_a_raised_version_revokes_every_old_link() -> None:
    token = order_token(order(version=1))
    assert not is_valid_token(order(version=2), token)
    assert is_valid_token(order(version=2), order_token(order(version=2)))


def test_a_link_signed_with_a_former_key_opens_until_that_key_is_dropped(settings: Any) -> None:
    token, old = order_token(order()), settings.SECRET_KEY
    settings.SECRET_KEY = "the-next-key-" * 5
    settings.SECRET_KEY_FALLBACKS = [old]
    assert is_valid_token(order(), token)
    assert order_token(order()) != token
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_valid_token(order(), token)
