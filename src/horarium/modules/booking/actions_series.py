"""Bookings that were made together by one rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from horarium.platform.audit.actions import record
from horarium.platform.audit.actor import Actor

from .models import Booking, Order, Series
from .queries_series import CHANGED


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


def note_changed_dates(business_id: int, was: Mapping[str, datetime], actor: Actor) -> None:
    """Several bookings of one series have been changed at once, which is told as one. `was`: when they began before.

    To be called after the changes themselves, in their transaction.
    """
    own = Booking.objects.filter(business_id=business_id, public_id__in=was)
    changed = list(own.select_related("series").order_by("starts_at", "id"))
    series = changed[0].series
    if series is None:
        raise ValueError("bookings of no series")
    record(
        business_id,
        actor,
        CHANGED,
        series.public_id,
        before={"dates": {one.public_id: was[one.public_id].isoformat() for one in changed}},
        after={
            "dates": {one.public_id: one.starts_at.isoformat() for one in changed},
            "sequences": {one.public_id: one.sequence for one in changed},
        },
    )
