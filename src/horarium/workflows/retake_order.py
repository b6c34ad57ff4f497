"""Late money: take the time of a lapsed order again when it is still free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from horarium.modules.availability.actions import lock_resources, retake
from horarium.modules.availability.actions_supplies import SupplyTaking, lock_supplies, retake_supplies
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.queries import count_held
from horarium.modules.availability.queries_supplies import supplies_of_products
from horarium.modules.booking.actions import WAITING, confirm_order, replace_assignments, settle_states
from horarium.modules.booking.actions_orders import takings_of
from horarium.modules.booking.actions_reseats import reseat_bookings
from horarium.modules.booking.actions_tickets import attend_session
from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.queries_orders import resources_of
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog
from horarium.platform.audit.actor import Actor

from .checkout import new_reseats
from .plan_again import Change, plan_change
from .plan_sessions import open_planned
from .planned import Besides, PlannedBooking, new_claims, session_claims


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
    """Plan every booking again where it was, and take what the plans say in the order in which everybody locks."""
    catalog = get_current_catalog(order.business_id)
    bookings = list(order.bookings.filter(state__in=WAITING).order_by("id"))
    plans = _plan_all(order, bookings, catalog, now)
    lock_resources(order.business_id, _resources_needed(order, bookings, list(plans.values())))
    planned = open_planned(order.business_id, [plans[one.id] for one in bookings], now, None)
    pairs = list(zip(bookings, planned, strict=True))
    takings = [taking for booking, plan in pairs for taking in takings_of(booking, new_claims(plan.claims))]
    if reseats := new_reseats(planned, catalog):
        also = {one.resource_id for one in takings}
        reseat_bookings(order.business_id, reseats, also=also, actor=Actor.system(), now=now)
    retake(order.business_id, takings, owner_kind=OwnerKind.BOOKING, now=now)
    _retake_counted(order, pairs, now)
    for booking, plan in pairs:
        replace_assignments(booking, new_claims(plan.claims))
        attend_session(booking, plan.session_id)
    settle_states(order, bookings, now)


def _resources_needed(order: Order, bookings: Sequence[Booking], plans: Sequence[PlannedBooking]) -> set[int]:
    """What the bookings have and will have, and what sessions made for them take: locked before any place is."""
    old = resources_of(order.business_id, bookings)
    claims = [*(claim for plan in plans for claim in plan.claims), *session_claims(plans)]
    return {one for of_booking in old.values() for one in of_booking} | {one.resource_id for one in claims}


def _plan_all(
    order: Order, bookings: Sequence[Booking], catalog: Catalog, now: datetime
) -> dict[int, PlannedBooking]:
    """A plan for each, by the booking's key. Raises NotFree when one of them is not to be had any more."""
    besides = Besides(tuple((OwnerKind.BOOKING.value, booking.id) for booking in bookings))
    plans: dict[int, PlannedBooking] = {}
    for booking in _steady_first(order, bookings, now):
        earlier = besides.after(plans.values())
        plans[booking.id] = plan_change(catalog, booking, Change(), now, staff=True, besides=earlier)
    return plans


def _retake_counted(order: Order, pairs: Sequence[tuple[Booking, PlannedBooking]], now: datetime) -> None:
    """Places and pieces. Tickets keep the numbers that were issued with the hold."""
    of_bookings = [
        SupplyTaking(supply_id, quantity, booking.id)
        for booking, plan in pairs
        for supply_id, quantity in plan.supplies
    ]
    lines = list(order.product_lines.filter(state__in=WAITING, product__is_stocked=True))
    supplies = supplies_of_products(order.business_id, [one.product_id for one in lines])
    of_lines = [SupplyTaking(supplies[one.product_id], one.quantity, one.id) for one in lines]
    lock_supplies(order.business_id, {one.supply_id for one in (*of_bookings, *of_lines)})
    if of_bookings:
        retake_supplies(order.business_id, of_bookings, owner_kind=OwnerKind.BOOKING, now=now)
    if of_lines:
        retake_supplies(order.business_id, of_lines, owner_kind=OwnerKind.LINE, now=now)


def _steady_first(order: Order, bookings: Sequence[Booking], now: datetime) -> list[Booking]:
    """Bookings whose own hold is still there before those that must look for other resources."""
    held = count_held(order.business_id, OwnerKind.BOOKING, [one.id for one in bookings])
    needed = resources_of(order.business_id, bookings)

    def is_broken(booking: Booking) -> bool:
        return held.get(booking.id, 0) < len(needed.get(booking.id, ()))

    return sorted(bookings, key=lambda one: (is_broken(one), not one.is_resource_chosen, one.id))
