"""Handing over: the guest takes the goods, there are fewer pieces from then on, and their money is earned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.money import Money
from horarium.modules.availability.actions_stock import hand_over
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_goods import complete_lines, standing_lines
from horarium.modules.ledger.actions import recognise_revenue
from horarium.platform.audit.actor import Actor


def hand_over_goods(
    business_id: int, order_id: str, line_ids: Collection[str], actor: Actor, now: datetime
) -> int:
    """Hand over these lines of an order (none named: all that are sold). Returns how many lines.

    Two people at once hand them over once: the second is refused. Raises OrderNotFound, IllegalTransition.
    """
    with scope(business=business_id), transaction.atomic():
        order = lock_order(business_id, order_id)
        lines = standing_lines(order, line_ids)
        keys = [one.pk for one in lines]
        hand_over(business_id, line_ids=keys, subject=order_id, actor=actor, now=now)
        complete_lines(lines, actor)
        for line in lines:
            recognise_revenue(
                business_id,
                booking_id=line.public_id,
                order_id=order_id,
                price=Money(line.total_minor, order.currency),
                occurred_at=now,
            )
    return len(lines)
