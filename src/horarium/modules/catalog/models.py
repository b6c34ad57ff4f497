"""What a guest can book, and what it needs."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class Mode(models.TextChoices):
    SLOT = "slot"
    STAY = "stay"
    SESSION = "session"


class Prepayment(models.TextChoices):
    NONE = "none"
    DEPOSIT_PERCENT = "deposit_percent"
    DEPOSIT_FIXED = "deposit_fixed"
    FULL = "full"


class Policy(BusinessOwned):
    """What cancelling, rescheduling and not coming cost.

    `cancellation`, `rescheduling`: tiers `{"minutes", "percent", "minor"}` in falling order of `minutes`; the first
    whose `minutes` are still left before the start (that instant included) applies, and the last has 0. A fee is
    `percent` of the booking's price plus `minor` units, never more than the price. No tiers: not allowed to guests.
    """

    public_id = PublicIdField(prefix="pol")
    name = models.CharField(max_length=80)
    translations = models.JSONField(default=dict, blank=True)
    cancellation = models.JSONField(default=list, blank=True)
    rescheduling = models.JSONField(default=list, blank=True)
    no_show_percent = models.PositiveSmallIntegerField(default=100)
    no_show_minor = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="policy_public_id"),
            models.CheckConstraint(condition=Q(no_show_percent__lte=100), name="policy_no_show_percent"),
        ]

    def __str__(self) -> str:
        return self.name


class BookingRules(BusinessOwned):
    """Defaults of a business; an offering may say otherwise.

    Without a `policy`, cancelling is free until `cancel_free_hours` before the start and then costs all.
    `waiting_offer_minutes`: how long a freed place is kept for the one on the waiting list it is offered to.
    """

    grid_minutes = models.PositiveSmallIntegerField(default=15)
    lead_minutes = models.PositiveIntegerField(default=60)
    horizon_days = models.PositiveSmallIntegerField(default=90)
    hold_minutes = models.PositiveSmallIntegerField(default=15)
    cancel_free_hours = models.PositiveSmallIntegerField(default=24)
    reminder_hours = models.PositiveSmallIntegerField(default=24)
    needs_phone = models.BooleanField(default=False)
    policy = models.ForeignKey(Policy, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    waiting_offer_minutes = models.PositiveSmallIntegerField(default=60)

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

    `durations`: the lengths on offer, in minutes, ascending; one entry is a fixed duration. A `session` offering
    has the usual length of its sessions here, a `stay` none: it lasts from `check_in_minute` of the first day
    to `check_out_minute` of the last (minutes from local midnight), with `included_guests` in the price of a night.
    `capacity`: places of a new session. `is_shared`: the first guest creates the session at any free start of the
    grid, the next ones join it.
    `repeats_up_to`: how many dates of a `slot` guests may book together by one rule; with 1 they do not repeat it.
    `approval_hours`: how long a booking may wait for staff; null means until its start.
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
    approval_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    cancel_free_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    policy = models.ForeignKey(Policy, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    check_in_minute = models.PositiveSmallIntegerField(default=15 * 60)
    check_out_minute = models.PositiveSmallIntegerField(default=12 * 60)
    included_guests = models.PositiveSmallIntegerField(default=1)
    capacity = models.PositiveSmallIntegerField(default=1)
    is_shared = models.BooleanField(default=False)
    has_waiting_list = models.BooleanField(default=True)
    repeats_up_to = models.PositiveSmallIntegerField(default=1)
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
            models.CheckConstraint(
                condition=Q(mode="stay") | Q(durations__len__gte=1), name="offering_has_duration"
            ),
            models.CheckConstraint(
                condition=Q(check_in_minute__lt=1440, check_out_minute__lt=1440)
                & Q(check_out_minute__lte=F("check_in_minute")),
                name="offering_check_times",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="offering_capacity"),
            models.CheckConstraint(condition=Q(repeats_up_to__gte=1), name="offering_repeats"),
            models.CheckConstraint(
                condition=~Q(prepayment="deposit_percent") | Q(deposit_value__lte=100),
                name="offering_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Extra(BusinessOwned):
    """An add-on of an offering (light set, breakfast). May bring requirements and price rules of its own.

    `extends_before`, `extends_after`: minutes by which the booking really takes more time (early arrival, late
    departure). `product`: each one takes a piece out of this stock. `needs_offering`: only for an order that
    has this offering in it, too.
    """

    public_id = PublicIdField(prefix="ext")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="extras")
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=200, blank=True)
    translations = models.JSONField(default=dict, blank=True)
    max_quantity = models.PositiveSmallIntegerField(default=1)
    extends_before = models.PositiveSmallIntegerField(default=0)
    extends_after = models.PositiveSmallIntegerField(default=0)
    product = models.ForeignKey(
        "catalog.Product", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    needs_offering = models.ForeignKey(
        Offering, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
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
    `is_per_person`: `quantity` for each of the party (a bicycle for everybody).
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
    is_per_person = models.BooleanField(default=False)
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


class RatePlan(BusinessOwned):
    """A named price policy of a stay: its price rules point to it. What is null is as the offering has it."""

    public_id = PublicIdField(prefix="plan")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="rate_plans")
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=200, blank=True)
    translations = models.JSONField(default=dict, blank=True)
    policy = models.ForeignKey(Policy, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    prepayment = models.CharField(max_length=16, choices=Prepayment.choices, blank=True)
    deposit_value = models.PositiveBigIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="rate_plan_public_id"),
            models.CheckConstraint(
                condition=~Q(prepayment="deposit_percent") | Q(deposit_value__lte=100),
                name="rate_plan_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Restriction(BusinessOwned):
    """What stays may not do on the local dates of `[first_on, last_on]` that fall on `weekdays` (empty: all).

    `min_nights`, `max_nights` and `is_closed` bind every stay that sleeps in one of these nights;
    `min_nights_on_arrival` and `closed_to_arrival` those that arrive on one of these dates, `closed_to_departure`
    those that leave on one. With a `rate_plan` it binds that plan only. The strictest of several counts.
    """

    public_id = PublicIdField(prefix="rst")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="restrictions")
    rate_plan = models.ForeignKey(
        RatePlan, null=True, blank=True, on_delete=models.CASCADE, related_name="restrictions"
    )
    first_on = models.DateField()
    last_on = models.DateField()
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    min_nights = models.PositiveSmallIntegerField(null=True, blank=True)
    max_nights = models.PositiveSmallIntegerField(null=True, blank=True)
    min_nights_on_arrival = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_to_arrival = models.BooleanField(default=False)
    closed_to_departure = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["first_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="restriction_public_id"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="restriction_dates"),
        ]


class TicketType(BusinessOwned):
    """A kind of ticket of a session offering (adult, child, infant). Each takes `places` of the session, 0 for a lap
    child; price rules point to it.
    """

    public_id = PublicIdField(prefix="tkt")
    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="ticket_types")
    name = models.CharField(max_length=80)
    summary = models.CharField(max_length=200, blank=True)
    translations = models.JSONField(default=dict, blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    max_per_order = models.PositiveSmallIntegerField(default=20)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="ticket_type_public_id")
        ]

    def __str__(self) -> str:
        return self.name


class Product(BusinessOwned):
    """Goods sold beside bookings. `is_stocked`: its pieces are counted, and what is not there is not sold."""

    public_id = PublicIdField(prefix="prd")
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="products"
    )
    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    translations = models.JSONField(default=dict, blank=True)
    photo = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    price_minor = models.PositiveBigIntegerField()
    is_stocked = models.BooleanField(default=True)
    max_per_order = models.PositiveSmallIntegerField(default=20)
    position = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="product_public_id")]

    def __str__(self) -> str:
        return self.name
