"""Reads of series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from horarium.kit.errors import NotFound
from horarium.platform.audit.queries import AuditFilters, list_entries

from .models import Booking, Series

CHANGED: Final = "series.changed"
"""The entry of the audit log about dates of a series that were changed at once."""


@dataclass(frozen=True, slots=True)
class ChangedDates:
    """What one change has made of several dates of a series, by booking: when it began before, and the sequence that
    it has since; a booking with another one has been changed again.
    """

    was: dict[str, datetime]
    sequences: dict[str, int]

    @property
    def first(self) -> tuple[str, int]:
        """One of the bookings with its sequence, always the same: it names the change."""
        return min(self.sequences.items())


def find_series_of(business_id: int, booking_id: str) -> Series | None:
    """The series that a booking belongs to. Inside a scope."""
    return Series.objects.filter(business_id=business_id, bookings__public_id=booking_id).first()


def get_series(business_id: int, series_id: str) -> Series:
    """Raises NotFound. Inside a scope."""
    found = Series.objects.filter(business_id=business_id, public_id=series_id).first()
    if found is None:
        raise NotFound("series", params={"kind": "series"})
    return found


def list_series_bookings(series: Series) -> list[Booking]:
    """All of them, cancelled ones too, by start, each with its order. One query. Inside a scope."""
    found = Booking.objects.filter(business_id=series.business_id, series_id=series.pk)
    return list(found.select_related("order").order_by("starts_at", "id"))


def list_repeated(business_id: int, order_id: str) -> frozenset[str]:
    """The bookings of an order that belong to a series. One query. Inside a scope."""
    found = Booking.objects.filter(business_id=business_id, order__public_id=order_id, series__isnull=False)
    return frozenset(found.values_list("public_id", flat=True))


def find_changed_dates(business_id: int, booking_id: str, sequence: int) -> ChangedDates | None:
    """The change of several dates at once by which the booking got this sequence. Two queries. Inside a scope."""
    series = find_series_of(business_id, booking_id)
    if series is None:
        return None
    wanted = AuditFilters(subject_id=series.public_id, action=CHANGED)
    for entry in list_entries(business_id, wanted).entries:
        sequences = (entry.after or {})["sequences"]
        if sequences.get(booking_id) == sequence:
            was = (entry.before or {})["dates"]
            return ChangedDates({key: datetime.fromisoformat(at) for key, at in was.items()}, sequences)
    return None
