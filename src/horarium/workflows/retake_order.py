"""Late money: take the time of a lapsed order again when it is still free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from horarium.modules.availability.actions import retake
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.queries import count_held
from horarium.modules.availability.rules.solver import Claim
from horarium.modules.booking.actions import (
    confirm_order,
    replace_assignments,
    settle_states,
)
from horarium.modules.booking.actions_orders import takings_of
from horarium.modules.booking.models import Booking, BookingState, Order
from horarium.modules.booking.queries_orders import resources_of
from horarium.modules.catalog.queries import get_current_catalog

from .move_booking import plan_again
from .planned import new_claims


def retake_order(order: Order, now: datetime) -> bool:
    """Confirm a locked order whose hold has run out, on the same resources when they are free, else on others
    where the guest did not choose. True when everything was taken; False, with nothing changed, when not.
    """
    try:
        with transaction.atomic():
            if not _confirm(order, now):
                _retake(order, now)
    except NotFree:
        return False
    return True


def _confirm(order: Order, now: datetime) -> bool:
    """Confirm what is still there, all of it or nothing: a part of it must not be seen by the plans that follow."""
    with transaction.atomic():
        is_whole = confirm_order(order, now)
        transaction.set_rollback(not is_whole)
    return is_whole


def _retake(order: Order, now: datetime) -> None:
    catalog = get_current_catalog(order.business_id)
    bookings = list(order.bookings.filter(state__in=[BookingState.HELD, BookingState.EXPIRED]).order_by("id"))
    besides = [(OwnerKind.BOOKING.value, booking.id) for booking in bookings]
    claims: dict[int, tuple[Claim, ...]] = {}
    for booking in _steady_first(order, bookings, now):
        taken = [claim for of_booking in claims.values() for claim in of_booking]
        planned = plan_again(catalog, booking, booking.starts_at, now, besides=besides, taken=taken)
        claims[booking.id] = planned.claims
    takings = []
    for booking in bookings:
        mine = new_claims(claims[booking.id])
        takings += takings_of(booking, mine)
        replace_assignments(booking, mine)
    retake(order.business_id, takings, owner_kind=OwnerKind.BOOKING, now=now)
    settle_states(order, bookings, now)


def _steady_first(order: Order, bookings: Sequence[Booking], now: datetime) -> list[Booking]:
    """Bookings whose own hold is still there before those that must look for other resources."""
    held = count_held(order.business_id, OwnerKind.BOOKING, [one.id for one in bookings])
    needed = resources_of(order.business_id, bookings)

    def is_broken(booking: Booking) -> bool:
        return held.get(booking.id, 0) < len(needed.get(booking.id, ()))

    return sorted(bookings, key=lambda one: (is_broken(one), not one.is_resource_chosen, one.id))
