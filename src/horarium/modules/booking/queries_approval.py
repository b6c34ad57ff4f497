"""Reads of bookings that wait for staff's approval."""

from __future__ import annotations

from datetime import datetime

from django_scopes import scopes_disabled

from .models import Booking, BookingState


def list_overdue_requests(now: datetime, limit: int) -> list[tuple[int, str]]:
    """`(business, order id)` of pending bookings about which nobody has decided in time. Across all businesses."""
    with scopes_disabled():
        overdue = Booking.objects.filter(state=BookingState.PENDING, approve_by__lte=now)
        return list(overdue.values_list("business_id", "order__public_id").distinct()[:limit])
