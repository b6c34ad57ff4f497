"""The log of events."""

from __future__ import annotations

from horarium.platform.tenancy.scope import business_scope

from .models import OutboxEvent


def list_events(
    business_id: int, *, before: str | None = None, limit: int = 50, types: tuple[str, ...] = ()
) -> list[OutboxEvent]:
    """Newest first; the next page is `before` the public id of the last one."""
    with business_scope(business_id):
        events = OutboxEvent.objects.order_by("-id")
        if types:
            events = events.filter(type__in=types)
        if before is not None:
            events = events.filter(id__lt=OutboxEvent.objects.filter(public_id=before).values("id")[:1])
        return list(events[:limit])
