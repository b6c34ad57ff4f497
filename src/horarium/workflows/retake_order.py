"""Late money: take the time of a lapsed order again when it is still free."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from horarium.modules.availability.actions import retake
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.booking.actions import (
    confirm_order,
    replace_assignments,
    settle_states,
    takings_of,
)
from horarium.modules.booking.models import BookingState, Order
from horarium.modules.catalog.queries import get_current_catalog

from .move_booking import plan_again


def retake_order(order: Order, now: datetime) -> bool:
    """Confirm a locked order whose hold has run out, on the same resources when they are free, else on others
    where the guest did not choose. True when everything was taken; False, with nothing changed, when not.
    """
    try:
        with transaction.atomic():
            if confirm_order(order, now):
                return True
            _retake(order, now)
    except NotFree:
        return False
    return True


def _retake(order: Order, now: datetime) -> None:
    catalog = get_current_catalog(order.business_id)
    bookings = list(order.bookings.filter(state__in=[BookingState.HELD, BookingState.EXPIRED]).order_by("id"))
    besides = [(OwnerKind.BOOKING.value, booking.id) for booking in bookings]
    takings = []
    for booking in bookings:
        planned = plan_again(catalog, booking, booking.starts_at, now, besides=besides)
        claims = planned.as_new_booking().claims
        takings += takings_of(booking, claims)
        replace_assignments(booking, claims)
    retake(order.business_id, takings, owner_kind=OwnerKind.BOOKING, now=now)
    settle_states(order, bookings, now)
