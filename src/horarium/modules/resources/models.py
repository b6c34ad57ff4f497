"""What can be taken, and when it can be used."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned

MINUTES_PER_DAY = 1440


class ResourceKind(models.TextChoices):
    PERSON = "person"
    ROOM = "room"
    HALL = "hall"
    VEHICLE = "vehicle"
    EQUIPMENT = "equipment"


class Resource(BusinessOwned):
    """Anything that can be taken by one user at a time.

    `follows_location`: the opening hours are those of the location; otherwise the resource has its own.
    `calendar_revision` grows, under the row's lock, with every change of what is taken: answers computed
    under one revision stay true until it changes.
    """

    public_id = PublicIdField(prefix="res")
    location = models.ForeignKey("tenancy.Location", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ResourceKind.choices)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    translations = models.JSONField(default=dict, blank=True)
    color = models.CharField(max_length=7, blank=True)
    photo = models.ForeignKey(
        "files.StoredFile",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    member = models.ForeignKey(
        "tenancy.Member",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    follows_location = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    calendar_revision = models.BigIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="resource_public_id"),
        ]

    def __str__(self) -> str:
        return self.name


class Pool(BusinessOwned):
    """Interchangeable resources: all double rooms, all masseurs."""

    public_id = PublicIdField(prefix="pool")
    name = models.CharField(max_length=120)
    resources = models.ManyToManyField(Resource, through="PoolResource", related_name="pools")

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="pool_public_id")]

    def __str__(self) -> str:
        return self.name


class PoolResource(BusinessOwned):
    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="entries")
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="pool_entries")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "pool", "resource"], name="resource_once_in_pool"),
        ]


class Opening(BusinessOwned):
    """A weekly rule in wall-clock time of the location: open from `starts_minute` to `ends_minute`.

    Minutes from local midnight of `weekday` (0 = Monday); an end above 1440 runs over midnight.
    Several rules on one weekday are several intervals; the gap between them is a break.
    Belongs to a resource, or to a location for all resources that follow it.
    """

    public_id = PublicIdField(prefix="opn")
    location = models.ForeignKey(
        "tenancy.Location",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="openings",
    )
    resource = models.ForeignKey(
        Resource,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="openings",
    )
    weekday = models.PositiveSmallIntegerField()
    starts_minute = models.PositiveSmallIntegerField()
    ends_minute = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["weekday", "starts_minute"]
        indexes = [models.Index(fields=["business", "resource"], name="opening_by_resource")]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="opening_public_id"),
            models.CheckConstraint(
                condition=Q(location__isnull=True) ^ Q(resource__isnull=True),
                name="opening_of_one_owner",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_weekday"),
            models.CheckConstraint(
                condition=Q(
                    starts_minute__lt=MINUTES_PER_DAY,
                    ends_minute__gt=F("starts_minute"),
                    ends_minute__lte=F("starts_minute") + MINUTES_PER_DAY,
                ),
                name="opening_interval",
            ),
        ]


class OpeningException(BusinessOwned):
    """A dated rule that replaces the weekly ones on each local date of `[first_on, last_on]`.

    Without minutes it means closed. Rows of one owner on one date are a union of intervals; a closed row wins.
    The more specific owner wins: resource, then location; a closed location closes every resource
    that has no dated rule of its own.
    """

    public_id = PublicIdField(prefix="exc")
    location = models.ForeignKey(
        "tenancy.Location",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="exceptions",
    )
    resource = models.ForeignKey(
        Resource,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="exceptions",
    )
    first_on = models.DateField()
    last_on = models.DateField()
    starts_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    ends_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["first_on", "starts_minute"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="opening_exception_public_id"),
            models.CheckConstraint(
                condition=Q(location__isnull=True) ^ Q(resource__isnull=True),
                name="exception_of_one_owner",
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="exception_dates"),
            models.CheckConstraint(
                condition=Q(starts_minute__isnull=True, ends_minute__isnull=True)
                | Q(
                    starts_minute__lt=MINUTES_PER_DAY,
                    ends_minute__gt=F("starts_minute"),
                    ends_minute__lte=F("starts_minute") + MINUTES_PER_DAY,
                ),
                name="exception_interval",
            ),
        ]
