"""Reads of waiting lists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from horarium.kit.errors import NotFound

from .models import WaitingEntry, WaitingState


def list_in_turn(
    business_id: int, offering_ids: Collection[int], today: date, limit: int
) -> list[WaitingEntry]:
    """Who waits for these offerings from today on, the longest waiting first. One query."""
    waiting = WaitingEntry.objects.filter(
        business_id=business_id,
        offering_id__in=offering_ids,
        state=WaitingState.WAITING,
        last_on__gte=today,
    )
    return list(waiting.order_by("id")[:limit])


def offerings_awaited(business_id: int, today: date) -> set[int]:
    """Keys of the offerings that somebody waits for."""
    waiting = WaitingEntry.objects.filter(
        business_id=business_id, state=WaitingState.WAITING, last_on__gte=today
    )
    return set(waiting.values_list("offering_id", flat=True).distinct())


def get_waiting_entry(business_id: int, entry_id: str) -> WaitingEntry:
    """Raises NotFound."""
    entry = _entries(business_id).filter(public_id=entry_id).first()
    if entry is None:
        raise NotFound("waiting entry", params={"kind": "waiting_entry"})
    return entry


def list_waiting(
    business_id: int, *, state: str = "", offset: int = 0, limit: int = 50
) -> list[WaitingEntry]:
    """For staff, by turn. Two queries."""
    entries = _entries(business_id)
    if state:
        entries = entries.filter(state=state)
    return list(entries.order_by("id")[offset : offset + limit])


def count_waiting(business_id: int, *, state: str = "") -> int:
    entries = WaitingEntry.objects.filter(business_id=business_id)
    return (entries.filter(state=state) if state else entries).count()


def _entries(business_id: int) -> QuerySet[WaitingEntry]:
    return WaitingEntry.objects.filter(business_id=business_id).select_related(
        "order", "offering", "customer"
    )
