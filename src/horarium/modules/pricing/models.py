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
    PER_PERSON_HOUR = "per_person_hour"
    PER_DAY = "per_day"
    PER_PERSON_DAY = "per_person_day"
    PER_NIGHT = "per_night"
    PER_PERSON_NIGHT = "per_person_night"


class PriceRule(BusinessOwned):
    """One line of a price: the most specific rule that fits wins (higher `priority`, then the newer).

    Conditions are in wall-clock time of the location; an empty condition always fits.
    `weekdays`: 0 = Monday. `from_minute`/`until_minute`: half-open, minutes from local midnight.
    `valid_from`/`valid_until`: local dates, both included. With an `extra`, the rule prices that extra.
    With a `ticket_type`, it prices one such ticket (`per_person`). With a `rate_plan`, it belongs to that plan
    only; without, to all plans. `min_nights`/`max_nights`: the length of the stay, both included.
    `from_age`/`until_age`: guests of these ages, both included; an adult has no age. `per_person_night` of a stay
    itself prices guests beyond the included ones; of an extra, all guests.
    Days of `per_day` are begun spans of 24 hours. `translations`: its `name` by language, besides the business's own.
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
    rate_plan = models.ForeignKey(
        "catalog.RatePlan", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    ticket_type = models.ForeignKey(
        "catalog.TicketType", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(max_length=80, blank=True)
    translations = models.JSONField(default=dict, blank=True)
    basis = models.CharField(max_length=16, choices=Basis.choices)
    amount_minor = models.PositiveBigIntegerField()
    duration = models.PositiveSmallIntegerField(null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    from_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    until_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    min_nights = models.PositiveSmallIntegerField(null=True, blank=True)
    max_nights = models.PositiveSmallIntegerField(null=True, blank=True)
    from_age = models.PositiveSmallIntegerField(null=True, blank=True)
    until_age = models.PositiveSmallIntegerField(null=True, blank=True)
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
