"""Goods of an order that guests take with them."""

from __future__ import annotations

from collections.abc import Collection

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from .errors import IllegalTransition
from .models import BookingState, Order, ProductLine


def standing_lines(order: Order, line_ids: Collection[str] = ()) -> list[ProductLine]:
    """Lines of a locked order that are sold and not yet handed over: the named ones, or all.

    Raises IllegalTransition when one of those named is not among them, or there are none.
    """
    lines = order.product_lines.filter(state=BookingState.CONFIRMED).order_by("id")
    found = [one for one in lines if not line_ids or one.public_id in line_ids]
    if not found or len(found) < len(set(line_ids)):
        raise IllegalTransition("not to be handed over", params={"wanted": "completed"})
    return found


def complete_lines(lines: Collection[ProductLine], actor: Actor) -> None:
    """They have been handed over."""
    for line in lines:
        line.state = BookingState.COMPLETED
        line.save(update_fields=["state"])
        before, after = {"state": "confirmed"}, {"state": "completed"}
        record(line.business_id, actor, "line.handed_over", line.public_id, before=before, after=after)
