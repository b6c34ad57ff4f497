"""Reading the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from horarium.platform.tenancy.scope import business_scope

from .models import AuditEntry

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilters:
    """`action` also means every action below it: `booking` finds `booking.moved`. `until` is not included."""

    subject_id: str | None = None
    subject_ids: tuple[str, ...] = ()
    action: str | None = None
    user_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: tuple[AuditEntry, ...]
    page: int
    has_next: bool


def list_entries(business_id: int, filters: AuditFilters | None = None, page: int = 1) -> AuditPage:
    """Newest first, with the accounts and keys that acted. Two bounded queries at most, whatever the size."""
    wanted = filters or AuditFilters()
    number = max(page, 1)
    first = (number - 1) * PAGE_SIZE
    with business_scope(business_id):
        entries = AuditEntry.objects.select_related("user", "api_key").order_by("-id")
        if wanted.subject_id:
            entries = entries.filter(subject_id=wanted.subject_id)
        if wanted.subject_ids:
            entries = entries.filter(subject_id__in=wanted.subject_ids)
        if wanted.action:
            entries = entries.filter(action__startswith=wanted.action)
        if wanted.user_id:
            entries = entries.filter(user_id=wanted.user_id)
        if wanted.since:
            entries = entries.filter(at__gte=wanted.since)
        if wanted.until:
            entries = entries.filter(at__lt=wanted.until)
        found = tuple(entries[first : first + PAGE_SIZE + 1])
    return AuditPage(found[:PAGE_SIZE], number, len(found) > PAGE_SIZE)
