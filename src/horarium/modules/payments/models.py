"""Money asked, taken and given back through a gateway. Knows nothing of bookings: `subject` is an order's id."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class PaymentState(models.TextChoices):
    CREATED = "created"
    PENDING = "pending"
    AUTHORIZED = "authorized"
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RefundState(models.TextChoices):
    REQUESTED = "requested"
    DONE = "done"
    FAILED = "failed"


class GatewayAccount(BusinessOwned):
    """A business's access to a gateway. `secrets` is encrypted and never shown again."""

    gateway = models.CharField(max_length=20)
    is_enabled = models.BooleanField(default=True)
    secrets = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "gateway"], name="gateway_account_once"),
        ]


class Payment(BusinessOwned):
    public_id = PublicIdField(prefix="pay")
    subject = models.CharField(max_length=40)
    gateway = models.CharField(max_length=20)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    refunded_minor = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=20, choices=PaymentState.choices, default=PaymentState.CREATED)
    gateway_ref = models.CharField(max_length=80, blank=True)
    confirmation_url = models.URLField(max_length=500, blank=True)
    return_url = models.URLField(max_length=500, blank=True)
    flag = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["business", "subject"], name="payment_by_subject"),
            models.Index(fields=["business", "-id"], name="payment_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="payment_public_id"),
            models.UniqueConstraint(
                fields=["business", "gateway", "gateway_ref"],
                condition=~Q(gateway_ref=""),
                name="payment_gateway_ref",
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__lte=F("amount_minor")),
                name="refunds_within_payment",
            ),
        ]


class Refund(BusinessOwned):
    public_id = PublicIdField(prefix="ref")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=80)
    amount_minor = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=RefundState.choices, default=RefundState.REQUESTED)
    reason = models.CharField(max_length=120)
    gateway_ref = models.CharField(max_length=80, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="refund_public_id"),
            models.UniqueConstraint(fields=["business", "key"], name="refund_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_is_positive"),
        ]


class GatewayCallback(BusinessOwned):
    """What a gateway sent, as it came. `dedup_key` makes a repeat a no-op."""

    gateway = models.CharField(max_length=20)
    dedup_key = models.CharField(max_length=160)
    body = models.BinaryField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    repeats = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "gateway", "dedup_key"], name="callback_once"),
        ]
