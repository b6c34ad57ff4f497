"""Taken time and taken places. The exclusion constraint and the check of `Supply` are the only judges."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
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
    SESSION = "session"
    LINE = "line"


LIVE = Q(state__in=["held", "taken"])


class Allocation(BusinessOwned):
    """A resource's time `[start, end)`, buffers included, taken by an owner.

    `held` until `expires_at`: a hold that has passed it counts as free in reads, and whoever inserts over it
    releases it first. `owner_id` is the integer key of the booking or block; there is no foreign key because
    availability knows neither.
    """

    resource = models.ForeignKey(
        "resources.Resource", on_delete=models.PROTECT, related_name="+", db_index=False
    )
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


class BlockRepeat(BusinessOwned):
    """A block that was placed many times at once; each of its blocks can be removed by itself."""

    public_id = PublicIdField(prefix="rep")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list)
    last_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="repeat_public_id")]


class Block(BusinessOwned):
    """Time taken by staff: lunch, holiday, repair. Its allocations carry the resources."""

    public_id = PublicIdField(prefix="blk")
    repeat = models.ForeignKey(
        BlockRepeat, null=True, blank=True, on_delete=models.SET_NULL, related_name="blocks"
    )
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


class Supply(BusinessOwned):
    """How many of a thing may be taken: places of a session, pieces of a product. The check is the judge.

    `taken` is the sum of its live allocations, holds included; those that have passed their time count as free in
    reads, and whoever needs them releases them first. `issued` numbers its tickets. `revision` grows with every change.
    """

    product = models.OneToOneField(
        "catalog.Product", null=True, blank=True, on_delete=models.PROTECT, related_name="supply"
    )
    total = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    revision = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("total")), name="supply_not_oversold"),
        ]


class SupplyAllocation(BusinessOwned):
    """`quantity` of a supply, taken by an owner; states and expiry as those of `Allocation`."""

    supply = models.ForeignKey(Supply, on_delete=models.PROTECT, related_name="allocations")
    quantity = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=AllocationState.choices)
    expires_at = models.DateTimeField(null=True)
    owner_kind = models.CharField(max_length=8, choices=OwnerKind.choices)
    owner_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["business", "owner_kind", "owner_id"], name="supply_allocation_by_owner"),
            models.Index(
                fields=["supply", "expires_at"], condition=Q(state="held"), name="supply_allocation_holds"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", expires_at__isnull=False) | ~Q(state="held"),
                name="supply_hold_expires",
            ),
        ]


class StockMovement(BusinessOwned):
    """Why the pieces of a product became more or fewer; append-only. The sum of `delta` is the supply's total."""

    public_id = PublicIdField(prefix="mov")
    supply = models.ForeignKey(Supply, on_delete=models.PROTECT, related_name="movements")
    delta = models.IntegerField()
    reason = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="movement_public_id")]


class Schedule(BusinessOwned):
    """Makes dated sessions of an offering: on `weekdays` from `first_on` to `last_on`, on `dates`, save `except_on`.

    `starts_minute`, `duration`: minutes of the wall clock of the location. `resources`: public ids that every session
    takes when it can, else others that serve the offering's requirements. `min_places`: fewer sold places
    `decide_hours` before the start and the session does not run.
    """

    public_id = PublicIdField(prefix="sch")
    offering = models.ForeignKey("catalog.Offering", on_delete=models.CASCADE, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    dates = ArrayField(models.DateField(), default=list, blank=True)
    except_on = ArrayField(models.DateField(), default=list, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    starts_minute = models.PositiveSmallIntegerField()
    duration = models.PositiveSmallIntegerField()
    capacity = models.PositiveIntegerField()
    min_places = models.PositiveIntegerField(default=0)
    decide_hours = models.PositiveSmallIntegerField(default=24)
    resources = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["starts_minute", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="schedule_public_id"),
            models.CheckConstraint(
                condition=Q(starts_minute__lt=1440, duration__gte=5), name="schedule_interval"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="schedule_capacity"),
        ]


class SessionState(models.TextChoices):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class Session(BusinessOwned):
    """One dated occurrence with a capacity. Its resources are allocations owned by it.

    `occurs_on`: the date of its schedule it stands for, also after it was moved. `is_edited`: changed by itself, so
    that changes of the schedule leave it alone. `decided_at`: when it was settled that it runs. `is_shared`:
    created by its first guest, and gone with the last.
    """

    public_id = PublicIdField(prefix="ses")
    offering = models.ForeignKey("catalog.Offering", on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(
        Schedule, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    occurs_on = models.DateField(null=True, blank=True)
    supply = models.OneToOneField(Supply, on_delete=models.PROTECT, related_name="session")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=SessionState.choices, default=SessionState.SCHEDULED)
    min_places = models.PositiveIntegerField(default=0)
    decide_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    is_edited = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["business", "offering", "starts_at"], name="session_by_start"),
            models.Index(
                fields=["decide_at"],
                condition=Q(decided_at__isnull=True, state="scheduled"),
                name="session_to_decide",
            ),
            models.Index(
                fields=["ends_at"],
                condition=Q(is_shared=True, state="scheduled"),
                name="session_shared_to_come",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="session_public_id"),
            models.UniqueConstraint(fields=["business", "schedule", "occurs_on"], name="session_once_a_date"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_interval"),
        ]
