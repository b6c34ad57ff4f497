"""What a guest can book, and what it needs."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class Mode(models.TextChoices):
    SLOT = "slot"


class Prepayment(models.TextChoices):
    NONE = "none"
    DEPOSIT_PERCENT = "deposit_percent"
    DEPOSIT_FIXED = "deposit_fixed"
    FULL = "full"


class BookingRules(BusinessOwned):
    """Defaults of a business; an offering may say otherwise."""

    grid_minutes = models.PositiveSmallIntegerField(default=15)
    lead_minutes = models.PositiveIntegerField(default=60)
    horizon_days = models.PositiveSmallIntegerField(default=90)
    hold_minutes = models.PositiveSmallIntegerField(default=15)
    cancel_free_hours = models.PositiveSmallIntegerField(default=24)
    reminder_hours = models.PositiveSmallIntegerField(default=24)
    needs_phone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business"], name="booking_rules_once")]


class Category(BusinessOwned):
    public_id = PublicIdField(prefix="cat")
    name = models.CharField(max_length=120)
    translations = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="category_public_id")]

    def __str__(self) -> str:
        return self.name


class Offering(BusinessOwned):
    """What a guest can book. All durations, buffers and minutes are whole multiples of five minutes.

    `durations`: the lengths on offer, in minutes, ascending; one entry is a fixed duration.
    `fixed_starts`: minutes from local midnight; empty means every `grid_minutes` (from midnight).
    Null in grid, lead, horizon, hold or cancellation means the default of `BookingRules`.
    `deposit_value`: percent, or minor units of the business's currency, by `prepayment`.
    """

    public_id = PublicIdField(prefix="off")
    location = models.ForeignKey("tenancy.Location", on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offerings",
    )
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.SLOT)
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    translations = models.JSONField(default=dict, blank=True)
    photo = models.ForeignKey(
        "files.StoredFile",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    durations = ArrayField(models.PositiveSmallIntegerField())
    grid_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    fixed_starts = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    buffer_before = models.PositiveSmallIntegerField(default=0)
    buffer_after = models.PositiveSmallIntegerField(default=0)
    lead_minutes = models.PositiveIntegerField(null=True, blank=True)
    horizon_days = models.PositiveSmallIntegerField(null=True, blank=True)
    party_min = models.PositiveSmallIntegerField(default=1)
    party_max = models.PositiveSmallIntegerField(default=1)
    prepayment = models.CharField(max_length=16, choices=Prepayment.choices, default=Prepayment.NONE)
    deposit_value = models.PositiveBigIntegerField(default=0)
    hold_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_approval = models.BooleanField(default=False)
    cancel_free_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="offering_public_id"),
            models.UniqueConstraint(fields=["business", "slug"], name="offering_slug"),
            models.CheckConstraint(
                condition=Q(party_min__gte=1, party_max__gte=F("party_min")),
                name="offering_party",
            ),
            models.CheckConstraint(condition=Q(durations__len__gte=1), name="offering_has_duration"),
            models.CheckConstraint(
                condition=~Q(prepayment="deposit_percent") | Q(deposit_value__lte=100),
                name="offering_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Extra(BusinessOwned):
    """An add-on of an offering (light set, breakfast). May bring requirements and price rules of its own."""

    public_id = PublicIdField(prefix="ext")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="extras")
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=200, blank=True)
    translations = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="extra_public_id")]

    def __str__(self) -> str:
        return self.name


class Requirement(BusinessOwned):
    """What an offering needs: `quantity` *of* these resources or pools, for this part of its time.

    The part is `[from_minute, until_minute)` from the start of the booking; null until = its end.
    Buffers apply where the part touches the booking's start or end.
    With an `extra`, the requirement counts only when the guest takes that extra.
    """

    public_id = PublicIdField(prefix="req")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="requirements")
    extra = models.ForeignKey(
        Extra,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="requirements",
    )
    label = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveSmallIntegerField(default=1)
    from_minute = models.PositiveSmallIntegerField(default=0)
    until_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    is_choosable = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="requirement_public_id"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="requirement_quantity"),
            models.CheckConstraint(
                condition=Q(until_minute__isnull=True) | Q(until_minute__gt=F("from_minute")),
                name="requirement_part",
            ),
        ]


class RequirementChoice(BusinessOwned):
    """One of the resources, or pools, that can satisfy a requirement."""

    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="choices")
    resource = models.ForeignKey(
        "resources.Resource",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    pool = models.ForeignKey(
        "resources.Pool",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=True) ^ Q(pool__isnull=True),
                name="choice_of_one_kind",
            ),
            models.UniqueConstraint(
                fields=["business", "requirement", "resource"],
                name="choice_resource_once",
            ),
            models.UniqueConstraint(fields=["business", "requirement", "pool"], name="choice_pool_once"),
        ]
