"""Orders and bookings: who has agreed on which time, for which price."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned

# Plain SQL writes these tables, too: what it does not name has the same default there.
EMPTY = Value({}, models.JSONField())


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
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
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
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["public_id"], name="order_of_link"),
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


class Series(BusinessOwned):
    """Bookings that were made together by one rule: `{"every", "weekdays", "count" or "until"}`, in weeks unless
    there is another `unit`.
    """

    public_id = PublicIdField(prefix="srs")
    offering = models.ForeignKey("catalog.Offering", on_delete=models.PROTECT, related_name="+")
    rule = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="series_public_id")]


class Booking(BusinessOwned):
    """The agreement for one offering at one time. `[starts_at, ends_at)` is the guest's time, without buffers.

    `price` is the frozen quote: `{"lines": [{"label", "minor", …}], "total_minor"}`; `total_minor` repeats its sum.
    `sequence` is the SEQUENCE of the calendar file: it grows with every change that a guest's calendar must see.
    `guests` of a stay: `{"adults": 2, "child_ages": [4]}`; of a session: `{"tickets": {"tkt_…": 2}}`; `party` is all
    of them. `terms`: the policy as it was agreed on, see `rules.Agreed`. `is_pinned`: a stay that keeps its room.
    `approve_by`: until when a pending booking waits for staff. `arrives_at`: what the guest has announced.
    """

    public_id = PublicIdField(prefix="bk")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="bookings")
    offering = models.ForeignKey("catalog.Offering", on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(
        "tenancy.Location", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    party = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=BookingState.choices)
    price = models.JSONField()
    total_minor = models.PositiveBigIntegerField()
    extras = models.ManyToManyField("catalog.Extra", through="BookingExtra", related_name="+")
    session = models.ForeignKey(
        "availability.Session", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rate_plan = models.ForeignKey(
        "catalog.RatePlan", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    guests = models.JSONField(default=dict, db_default=EMPTY)
    series = models.ForeignKey(Series, null=True, on_delete=models.SET_NULL, related_name="bookings")
    is_resource_chosen = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False, db_default=False)
    terms = models.JSONField(default=dict, db_default=EMPTY)
    needs_approval = models.BooleanField(default=False)
    approve_by = models.DateTimeField(null=True)
    staff_notes = models.TextField(blank=True)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    arrives_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_out_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["business", "session"], name="booking_by_session"),
            models.Index(fields=["business", "starts_at", "id"], name="booking_by_start"),
            models.Index(fields=["business", "-id"], name="booking_by_age"),
            models.Index(fields=["business", "state", "starts_at"], name="booking_by_state"),
            models.Index(fields=["approve_by"], condition=Q(state="pending"), name="booking_to_approve"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="booking_public_id"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_interval"),
            models.CheckConstraint(condition=Q(party__gte=1), name="booking_party"),
        ]


class Assignment(BusinessOwned):
    """Which resource serves a booking now. Times are in the allocations; this is for lists and people."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="assignments", db_index=False)
    resource = models.ForeignKey(
        "resources.Resource", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    requirement = models.ForeignKey(
        "catalog.Requirement", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["business", "resource"], name="assignment_by_resource"),
            # Lists read who serves their bookings, in order, from the index alone.
            models.Index(
                fields=["booking", "id"], include=["resource", "business"], name="assignment_by_booking"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "booking", "resource"], name="assignment_once"),
        ]


class BookingExtra(BusinessOwned):
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="extra_lines")
    extra = models.ForeignKey("catalog.Extra", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1, db_default=1)

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


class ProductLine(BusinessOwned):
    """Goods of an order. States as those of a booking: held, confirmed, completed (handed over), cancelled, expired."""

    public_id = PublicIdField(prefix="lin")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="product_lines")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=BookingState.choices)
    price = models.JSONField()
    total_minor = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="product_line_public_id"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="product_line_quantity"),
        ]


class Ticket(BusinessOwned):
    """One numbered ticket of a booked session. `code` is what its QR says: whoever shows it may enter, once."""

    public_id = PublicIdField(prefix="tck")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="tickets")
    session = models.ForeignKey("availability.Session", on_delete=models.PROTECT, related_name="+")
    ticket_type = models.ForeignKey("catalog.TicketType", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    price_minor = models.PositiveBigIntegerField()
    checked_in_at = models.DateTimeField(null=True)
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="ticket_public_id"),
            models.UniqueConstraint(fields=["business", "code"], name="ticket_code"),
            models.UniqueConstraint(fields=["business", "session", "number"], name="ticket_number"),
        ]


class WaitingState(models.TextChoices):
    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    LEFT = "left"
    LAPSED = "lapsed"


class WaitingEntry(BusinessOwned):
    """Somebody waits for time of an offering on the local dates of `[first_on, last_on]`.

    `wish`: what an item of an order says besides the time (duration, nights, guests, tickets, resource). While it is
    `offered`, `order` holds the freed time for this one alone. An offer that ran out puts nobody back: `lapsed`.
    """

    public_id = PublicIdField(prefix="wait")
    offering = models.ForeignKey("catalog.Offering", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    contact_name = models.CharField(max_length=120)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=32, blank=True)
    locale = models.CharField(max_length=8)
    first_on = models.DateField()
    last_on = models.DateField()
    party = models.PositiveSmallIntegerField(default=1)
    wish = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=WaitingState.choices, default=WaitingState.WAITING)
    order = models.OneToOneField(Order, null=True, on_delete=models.SET_NULL, related_name="waiting_entry")
    offered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["public_id"], name="waiting_of_link"),
            models.Index(fields=["business", "offering", "state", "id"], name="waiting_in_turn"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="waiting_public_id"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="waiting_dates"),
        ]


class Cart(BusinessOwned):
    """What a guest has put aside before checkout; it takes no time. `items` have the form of an order's in the API.

    Whoever knows the id may read and change it, so it names nobody. `order` is what became of it.
    """

    public_id = PublicIdField(prefix="cart")
    items = models.JSONField(default=list)
    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["updated_at"], name="cart_by_age")]
        constraints = [models.UniqueConstraint(fields=["business", "public_id"], name="cart_public_id")]
