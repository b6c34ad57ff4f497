"""Businesses, their locations, and who may work in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django_scopes import ScopedManager

from .fields import PublicIdField


class BusinessType(models.TextChoices):
    """Presets: they choose words, menu and defaults, and never fork the code."""

    HOTEL = "hotel"
    SERVICES = "services"
    TOURS = "tours"
    EVENTS = "events"
    RENTAL = "rental"
    STUDIO = "studio"


class Role(models.TextChoices):
    OWNER = "owner"
    MANAGER = "manager"
    OPERATOR = "operator"
    SPECIALIST = "specialist"
    MARKETER = "marketer"
    ACCOUNTANT = "accountant"


class Business(models.Model):
    """Who sells time here. Everything else belongs to exactly one business.

    `catalog_revision` grows with every change of offerings, openings, prices or rules: computed answers
    made under one revision stay true until it changes.
    """

    public_id = PublicIdField(prefix="biz")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=16, choices=BusinessType.choices)
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    default_language = models.CharField(max_length=8, default="en")
    brand_color = models.CharField(max_length=7, default="#2f6f62")
    tagline = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    website = models.URLField(blank=True)
    cover_file = models.CharField(max_length=32, blank=True)
    translations = models.JSONField(default=dict, blank=True)
    catalog_revision = models.BigIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["public_id"], name="business_public_id")]

    def __str__(self) -> str:
        return self.slug


M = TypeVar("M", bound=models.Model)

if TYPE_CHECKING:
    ScopedByBusiness = models.Manager
else:
    ScopedByBusiness = type(ScopedManager(business="business"))


class OwnedManager(ScopedByBusiness[M]):
    """The manager of django-scopes under a name that type checkers find."""


class BusinessOwned(models.Model):
    """Base of every table of a business: a query outside of a scope raises."""

    # Without an index of its own: those of the tables begin with it.
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects: ClassVar[OwnedManager[Self]] = OwnedManager()

    class Meta:
        abstract = True


class Location(BusinessOwned):
    public_id = PublicIdField(prefix="loc")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=64)
    phone = models.CharField(max_length=32, blank=True)
    directions = models.TextField(blank=True)
    translations = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="location_public_id"),
        ]

    def __str__(self) -> str:
        return self.name


class Member(BusinessOwned):
    public_id = PublicIdField(prefix="mbr")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="member_public_id"),
            models.UniqueConstraint(fields=["business", "user"], name="member_once_per_business"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Invitation(BusinessOwned):
    """A member to be. The link carries the secret; the table keeps its hash."""

    public_id = PublicIdField(prefix="inv")
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=Role.choices)
    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="invitation_public_id"),
        ]

    def __str__(self) -> str:
        return self.public_id


class ApiKey(BusinessOwned):
    """A key of the staff API. Shown once; afterwards only its `hint` and hash remain."""

    public_id = PublicIdField(prefix="key")
    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64, db_index=True)
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="api_key_public_id"),
        ]

    def __str__(self) -> str:
        return self.public_id
