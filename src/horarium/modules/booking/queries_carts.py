"""Reads of carts."""

from __future__ import annotations

from .models import Cart


def find_order_of_cart(business_id: int, cart_id: str) -> str | None:
    """The public id of the order that a cart has become; None while it is one, or when there is none."""
    found = (
        Cart.objects.filter(business_id=business_id, public_id=cart_id, order__isnull=False)
        .values_list("order__public_id", flat=True)
        .first()
    )
    return None if found is None else str(found)
