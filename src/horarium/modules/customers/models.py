"""Who books and pays, recognised by normalised e-mail or phone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class Customer(BusinessOwned):
    """`email` is normalised, `phone` is E.164; each is unique in a business when present.

    `search` is the folded text of name, e-mail and phone digits.
    """

    public_id = PublicIdField(prefix="cus")
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    locale = models.CharField(max_length=8, blank=True)
    notes = models.TextField(blank=True)
    search = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["business", "-id"], name="customer_by_age")]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="customer_public_id"),
            models.UniqueConstraint(
                fields=["business", "email"],
                condition=~Q(email=""),
                name="customer_email",
            ),
            models.UniqueConstraint(
                fields=["business", "phone"],
                condition=~Q(phone=""),
                name="customer_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MatchReview(BusinessOwned):
    """Contacts that fit two customers: a person decides, nothing is linked silently."""

    public_id = PublicIdField(prefix="rev")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="match_review_public_id"),
            models.UniqueConstraint(
                fields=["business", "customer", "other"],
                condition=Q(resolved_at__isnull=True),
                name="match_review_open_once",
            ),
        ]
