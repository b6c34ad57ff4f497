"""Bookings that were made together by one rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from .models import Booking, Order, Series


def make_series(order: Order, offering_id: int, rule: dict[str, Any], actor: Actor, now: datetime) -> Series:
    """The bookings of this offering in an order that has just been placed belong together from now on."""
    series = Series.objects.create(
        business_id=order.business_id, offering_id=offering_id, rule=rule, created_at=now
    )
    count = Booking.objects.filter(
        business_id=order.business_id, order_id=order.pk, offering_id=offering_id
    ).update(series=series)
    facts = {"rule": rule, "order": order.public_id, "bookings": count}
    record(order.business_id, actor, "series.placed", series.public_id, after=facts)
    return series
