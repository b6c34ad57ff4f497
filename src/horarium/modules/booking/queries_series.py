"""Reads of series."""

from __future__ import annotations

from horarium.kit.errors import NotFound

from .models import Booking, Series


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
