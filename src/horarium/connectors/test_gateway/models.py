"""What the simulated gateway remembers: its own side of each payment, as an outside system would."""

from __future__ import annotations

from django.db import models


class SimulatedPayment(models.Model):
    """`business` is only the slug: the simulator is an outside system and knows no tables of ours."""

    ref = models.CharField(max_length=40, unique=True)
    business = models.CharField(max_length=60)
    payment_id = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    description = models.CharField(max_length=200)
    return_url = models.CharField(max_length=500)
    hold_expires_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, default="pending")
    refunded_minor = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.ref


class SimulatedRefund(models.Model):
    """Idempotent by `key`, as real gateways are."""

    payment = models.ForeignKey(SimulatedPayment, on_delete=models.CASCADE, related_name="refunds")
    key = models.CharField(max_length=80, unique=True)
    amount_minor = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
