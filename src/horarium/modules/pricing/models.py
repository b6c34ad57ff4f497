"""What time costs."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class Basis(models.TextChoices):
    FLAT = "flat"
    PER_HOUR = "per_hour"
    PER_PERSON = "per_person"


class PriceRule(BusinessOwned):
    """One line of a price: the most specific rule that fits wins (higher `priority`, then the newer).

    Conditions are in wall-clock time of the location; an empty condition always fits.
    `weekdays`: 0 = Monday. `from_minute`/`until_minute`: half-open, minutes from local midnight.
    `valid_from`/`valid_until`: local dates, both included. With an `extra`, the rule prices that extra.
    """

    public_id = PublicIdField(prefix="rate")
    offering = models.ForeignKey("catalog.Offering", on_delete=models.CASCADE, related_name="+")
    extra = models.ForeignKey(
        "catalog.Extra",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = models.CharField(max_length=80, blank=True)
    basis = models.CharField(max_length=12, choices=Basis.choices)
    amount_minor = models.PositiveBigIntegerField()
    duration = models.PositiveSmallIntegerField(null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    from_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    until_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    priority = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["-priority", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="price_rule_public_id"),
            models.CheckConstraint(
                condition=Q(from_minute__isnull=True, until_minute__isnull=True)
                | Q(from_minute__lt=F("until_minute"), until_minute__lte=1440),
                name="price_rule_interval",
            ),
        ]
