"""Reads of waiting lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from horarium.kit.errors import NotFound

from .models import BookingState, WaitingEntry, WaitingState
from .tokens import entry_id_of


@dataclass(frozen=True, slots=True)
class WaitingFilters:
    """`on`: who waits for this local date. `search`: part of a name, address or phone number."""

    state: str = ""
    offering_id: int | None = None
    on: date | None = None
    search: str = ""


def list_in_turn(
    business_id: int, offering_ids: Collection[int], today: date, limit: int, *, after: int = 0
) -> list[WaitingEntry]:
    """Who waits for these offerings from today on, the longest waiting first, after that key. One query."""
    waiting = WaitingEntry.objects.filter(
        business_id=business_id,
        offering_id__in=offering_ids,
        state=WaitingState.WAITING,
        last_on__gte=today,
        pk__gt=after,
    )
    return list(waiting.order_by("id")[:limit])


def offerings_awaited(business_id: int, today: date) -> set[int]:
    """Keys of the offerings that somebody waits for."""
    waiting = WaitingEntry.objects.filter(
        business_id=business_id, state=WaitingState.WAITING, last_on__gte=today
    )
    return set(waiting.values_list("offering_id", flat=True).distinct())


def has_waiting(business_id: int) -> bool:
    """Whether somebody waits, or has been offered time."""
    return WaitingEntry.objects.filter(
        business_id=business_id, state__in=[WaitingState.WAITING, WaitingState.OFFERED]
    ).exists()


def list_businesses_waiting() -> list[int]:
    """Keys of the businesses on whose lists somebody stands. Across all businesses."""
    with scopes_disabled():
        waiting = WaitingEntry.objects.filter(state__in=[WaitingState.WAITING, WaitingState.OFFERED])
        return sorted(waiting.values_list("business_id", flat=True).distinct())


def list_offers_over(business_id: int, now: datetime) -> list[str]:
    """Public ids of offered orders that hold nothing any more: run out, cancelled or booked."""
    held = Q(order__bookings__state=BookingState.HELD, order__expires_at__gt=now)
    offered = WaitingEntry.objects.filter(business_id=business_id, state=WaitingState.OFFERED)
    live = offered.filter(held).values("pk")
    return list(offered.exclude(pk__in=live).order_by("id").values_list("order__public_id", flat=True))


def get_waiting_entry(business_id: int, entry_id: str) -> WaitingEntry:
    """Raises NotFound."""
    entry = find_waiting_entry(business_id, entry_id)
    if entry is None:
        raise NotFound("waiting entry", params={"kind": "waiting_entry"})
    return entry


def find_waiting_entry(business_id: int, entry_id: str) -> WaitingEntry | None:
    return _entries(business_id).filter(public_id=entry_id).first()


def get_waiting_entry_of_link(token: str) -> WaitingEntry:
    """The entry that a signed link opens. Raises NotFound for a wrong one."""
    entry_id = entry_id_of(token)
    with scopes_disabled():
        entry = (
            WaitingEntry.objects.select_related("business", "order", "offering")
            .filter(public_id=entry_id)
            .first()
        )
    if entry is None:
        raise NotFound("waiting entry", params={"kind": "waiting_entry"})
    return entry


def list_waiting(
    business_id: int, filters: WaitingFilters | None = None, *, offset: int = 0, limit: int = 50
) -> list[WaitingEntry]:
    """For staff, by turn. One query."""
    found = _filtered(_entries(business_id), filters or WaitingFilters())
    return list(found.order_by("id")[offset : offset + limit])


def count_waiting(business_id: int, filters: WaitingFilters | None = None) -> int:
    return _filtered(
        WaitingEntry.objects.filter(business_id=business_id), filters or WaitingFilters()
    ).count()


def _filtered(entries: QuerySet[WaitingEntry], filters: WaitingFilters) -> QuerySet[WaitingEntry]:
    if filters.state:
        entries = entries.filter(state=filters.state)
    if filters.offering_id is not None:
        entries = entries.filter(offering_id=filters.offering_id)
    if filters.on is not None:
        entries = entries.filter(first_on__lte=filters.on, last_on__gte=filters.on)
    for term in filters.search.split():
        entries = entries.filter(
            Q(contact_name__icontains=term)
            | Q(contact_email__icontains=term)
            | Q(contact_phone__icontains=term)
            | Q(public_id=term)
        )
    return entries


def _entries(business_id: int) -> QuerySet[WaitingEntry]:
    return WaitingEntry.objects.filter(business_id=business_id).select_related(
        "order", "offering", "customer", "business"
    )
