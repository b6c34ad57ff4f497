"""Delivery of events by the worker."""

from __future__ import annotations

from horarium.platform.jobs.declare import job

from .actions import DELIVERY, deliver


@job(DELIVERY, queue="events")
def deliver_event(business_id: int, event_id: int, handler: str) -> None:
    deliver(business_id, event_id, handler)
