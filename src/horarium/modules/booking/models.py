"""Orders and bookings: who has agreed on which time, for which price."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class BookingState(models.TextChoices):
    HELD = "held"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    CHECKED_IN = "checked_in"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


class Channel(models.TextChoices):
    PAGE = "page"
    WIDGET = "widget"
    API = "api"
    BACKOFFICE = "backoffice"


class Order(BusinessOwned):
    """One checkout. Its status is derived from its bookings, its payment state from the ledger.

    `contact_*` is what was typed at checkout, kept as it was; `customer` is who it was recognised as.
    `due_minor` is what must be paid before `expires_at` for the hold to become a booking (0: nothing).
    `token_version` is part of the signed link to the customer's page: raising it revokes old links.
    """

    public_id = PublicIdField(prefix="ord")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=120)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=32, blank=True)
    locale = models.CharField(max_length=8)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    currency = models.CharField(max_length=3)
    total_minor = models.PositiveBigIntegerField()
    due_minor = models.PositiveBigIntegerField(default=0)
    notes = models.TextField(blank=True)
    return_url = models.URLField(max_length=500, blank=True)
    token_version = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["business", "customer", "-id"], name="order_by_customer"),
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False),
                name="order_by_expiry",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="order_public_id"),
            models.CheckConstraint(
                condition=Q(due_minor__lte=F("total_minor")),
                name="order_due_within_total",
            ),
        ]


class Booking(BusinessOwned):
    """The agreement for one offering at one time. `[starts_at, ends_at)` is the guest's time, without buffers.

    `price` is the frozen quote: `{"lines": [{"label", "minor", …}], "total_minor"}`; `total_minor` repeats its sum.
    `sequence` is the SEQUENCE of the calendar file: it grows with every change that a guest's calendar must see.
    """

    public_id = PublicIdField(prefix="bk")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="bookings")
    offering = models.ForeignKey("catalog.Offering", on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey("tenancy.Location", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    party = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=BookingState.choices)
    price = models.JSONField()
    total_minor = models.PositiveBigIntegerField()
    extras = models.ManyToManyField("catalog.Extra", through="BookingExtra", related_name="+")
    is_resource_chosen = models.BooleanField(default=False)
    needs_approval = models.BooleanField(default=False)
    cancel_free_hours = models.PositiveSmallIntegerField(default=0)
    staff_notes = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["business", "starts_at", "id"], name="booking_by_start"),
            models.Index(fields=["business", "-id"], name="booking_by_age"),
            models.Index(fields=["business", "state", "starts_at"], name="booking_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="booking_public_id"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_interval"),
            models.CheckConstraint(condition=Q(party__gte=1), name="booking_party"),
        ]


class Assignment(BusinessOwned):
    """Which resource serves a booking now. Times are in the allocations; this is for lists and people."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="assignments")
    resource = models.ForeignKey("resources.Resource", on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(
        "catalog.Requirement", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["business", "resource"], name="assignment_by_resource")]
        constraints = [
            models.UniqueConstraint(fields=["business", "booking", "resource"], name="assignment_once"),
        ]


class BookingExtra(BusinessOwned):
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="extra_lines")
    extra = models.ForeignKey("catalog.Extra", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "booking", "extra"], name="booking_extra_once"),
        ]


class CancelledBy(models.TextChoices):
    GUEST = "guest"
    STAFF = "staff"
    SYSTEM = "system"


class Cancellation(BusinessOwned):
    """Who cancelled a booking, when and why."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="cancellation")
    by = models.CharField(max_length=8, choices=CancelledBy.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    refunded_minor = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()
