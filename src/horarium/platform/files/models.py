"""Uploaded and made files: sniffed type, bounded size, unguessable name."""

from __future__ import annotations

from django.db import models

from horarium.platform.tenancy.fields import PublicIdField
from horarium.platform.tenancy.models import BusinessOwned


class StoredFile(BusinessOwned):
    """`name` is random and is the whole secret of the address; `original_name` is only shown to staff."""

    public_id = PublicIdField(prefix="file")
    name = models.CharField(max_length=80, unique=True)
    original_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    alt = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["business", "public_id"], name="stored_file_public_id"),
        ]
