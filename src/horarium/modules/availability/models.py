"""Taken time. The exclusion constraint below is the only judge of double booking."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class AllocationState(models.TextChoices):
    HELD = "held"
    TAKEN = "taken"
    RELEASED = "released"


class OwnerKind(models.TextChoices):
    BOOKING = "booking"
    BLOCK = "block"


LIVE = Q(state__in=["held", "taken"])


class Allocation(BusinessOwned):
    """A resource's time `[start, end)`, buffers included, taken by an owner.

    `held` until `expires_at`: a hold that has passed it counts as free in reads, and whoever inserts over it
    releases it first. `owner_id` is the integer key of the booking or block; there is no foreign key because
    availability knows neither.
    """

    resource = models.ForeignKey("resources.Resource", on_delete=models.PROTECT, related_name="+")
    during = DateTimeRangeField()
    state = models.CharField(max_length=8, choices=AllocationState.choices)
    expires_at = models.DateTimeField(null=True)
    owner_kind = models.CharField(max_length=8, choices=OwnerKind.choices)
    owner_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["business", "owner_kind", "owner_id"],
                name="allocation_by_owner",
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="allocation_no_overlap",
                expressions=[
                    (
                        Func(
                            F("resource_id"),
                            F("resource_id"),
                            Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
                condition=LIVE,
            ),
            models.CheckConstraint(
                condition=Q(state="held", expires_at__isnull=False) | ~Q(state="held"),
                name="allocation_hold_expires",
            ),
        ]


class Block(BusinessOwned):
    """Time taken by staff: lunch, holiday, repair. Its allocations carry the resources."""

    public_id = PublicIdField(prefix="blk")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["business", "starts_at"], name="block_by_start")]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="block_public_id"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="block_interval"),
        ]
