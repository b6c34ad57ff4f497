"""Outbox and inbox: facts leave with the transaction that made them, and each handler works once."""

from __future__ import annotations

from django.db import models

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class OutboxEvent(BusinessOwned):
    """A fact of the domain, written in the transaction that made it true."""

    public_id = PublicIdField(prefix="evt")
    type = models.CharField(max_length=80)
    payload = models.JSONField()
    occurred_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["business", "-id"], name="outbox_by_business")]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="outbox_event_public_id"),
        ]


class InboxEntry(BusinessOwned):
    """One row for an event that a handler has finished: the key that makes handlers idempotent."""

    handler = models.CharField(max_length=120)
    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    handled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "handler", "event"], name="inbox_once"),
        ]
