"""Who did what, to what, from where; before and after. Append-only by a trigger."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class ActorKind(models.TextChoices):
    MEMBER = "member"
    API_KEY = "api_key"
    GUEST = "guest"
    SYSTEM = "system"


class AuditEntry(BusinessOwned):
    public_id = PublicIdField(prefix="aud")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16, choices=ActorKind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    api_key = models.ForeignKey(
        "tenancy.ApiKey", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    channel = models.CharField(max_length=20, blank=True)
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["business", "-id"], name="audit_by_business"),
            models.Index(fields=["business", "subject_id", "-id"], name="audit_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="audit_entry_public_id"),
        ]
