"""What guests put aside. A cart takes no time and promises nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from horarium.kit.errors import NotFound

from .models import Cart, Order

KEPT = timedelta(days=30)


def create_cart(business_id: int, items: Sequence[dict[str, Any]], now: datetime) -> Cart:
    return Cart.objects.create(business_id=business_id, items=list(items), created_at=now, updated_at=now)


def change_cart(business_id: int, cart_id: str, items: Sequence[dict[str, Any]], now: datetime) -> Cart:
    """Put these items in place of the old ones. Raises NotFound."""
    cart = get_cart(business_id, cart_id)
    cart.items, cart.updated_at = list(items), now
    cart.save(update_fields=["items", "updated_at"])
    return cart


def get_cart(business_id: int, cart_id: str) -> Cart:
    """Raises NotFound, also for one that has become an order."""
    found = Cart.objects.filter(business_id=business_id, public_id=cart_id, order=None).first()
    if found is None:
        raise NotFound("cart", params={"kind": "cart"})
    return found


def close_cart(business_id: int, cart_id: str, order: Order) -> None:
    """It has become this order."""
    Cart.objects.filter(business_id=business_id, public_id=cart_id, order=None).update(order=order)


def forget_carts(now: datetime) -> int:
    """Delete carts that nobody has touched for a month, of all businesses; call it outside of a scope."""
    deleted, _ = Cart.objects.filter(updated_at__lt=now - KEPT).delete()
    return deleted
