"""Bookings that were made together by one rule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from .models import Booking, Order, Series


def make_series(
    order: Order,
    offering_id: int,
    rule: dict[str, Any],
    actor: Actor,
    now: datetime,
    *,
    numbers: Collection[int],
) -> Series:
    """Some bookings of an order that has just been placed belong together from now on: those with these `numbers`."""
    series = Series.objects.create(
        business_id=order.business_id, offering_id=offering_id, rule=rule, created_at=now
    )
    own = Booking.objects.filter(business_id=order.business_id)
    keys = own.filter(order_id=order.pk).order_by("id").values_list("pk", flat=True)
    meant = [key for number, key in enumerate(keys) if number in numbers]
    count = own.filter(pk__in=meant).update(series=series)
    facts = {"rule": rule, "order": order.public_id, "bookings": count}
    record(order.business_id, actor, "series.placed", series.public_id, after=facts)
    return series
