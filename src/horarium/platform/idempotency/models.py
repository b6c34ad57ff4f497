"""Answers kept for `Idempotency-Key`: the same key and body get the same answer for 24 hours."""

from __future__ import annotations

from django.db import models


class IdempotencyRecord(models.Model):
    """`owner` names who sent the key (a business's public API, an API key, an order's token)."""

    owner = models.CharField(max_length=80)
    key_hash = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key_hash"], name="idempotency_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.status}"
