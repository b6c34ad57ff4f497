"""Moving a booking: new time first, the old one released in the same transaction. The frozen price stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django_scopes import scope

from horarium.modules.availability.actions import retake
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.rules.solver import Claim, Wish
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_changes import write_change
from horarium.modules.booking.actions_orders import takings_of
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.rules import MOVABLE
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import Catalog, choose_duration
from horarium.modules.pricing.queries import get_price_list
from horarium.modules.pricing.rules import PricedExtra
from horarium.platform.audit.actor import Actor

from .items import SlotItem
from .list_availability import Inquiry, Slot, choose_resource, compute
from .plan_slots import plan_slot
from .planned import PlannedBooking


@dataclass(frozen=True, slots=True)
class Move:
    """Where a booking should go. What is None stays as it is; `resource` replaces one of its resources.

    `leaves` names a resource that must not serve it any more; the others stay where they can.
    """

    start: datetime | None = None
    resource: str | None = None
    duration: int | None = None
    leaves: str | None = None


@dataclass(frozen=True, slots=True)
class MoveVerdict:
    """Whether a move can be done, before it is: the reason against it, and the nearest starts."""

    reason: str | None
    alternatives: tuple[Slot, ...] = ()


def preview_move(business_id: int, booking_id: str, move: Move, now: datetime) -> MoveVerdict:
    """What `move_booking` would say. Raises NotFound, InvalidInput."""
    with scope(business=business_id):
        booking = get_booking(business_id, booking_id)
        if booking.state not in MOVABLE:
            return MoveVerdict("state")
        try:
            _plan_move(booking, move, now)
        except NotFree as refusal:
            return MoveVerdict(str(refusal.reason), refusal.params.get("alternatives", ()))  # type: ignore[arg-type]
        return MoveVerdict(None)


def list_move_starts(
    business_id: int, booking_id: str, day: date, move: Move, now: datetime
) -> tuple[Slot, ...]:
    """Free starts of a local date for a booking, its own time included. Raises NotFound, InvalidInput."""
    with scope(business=business_id):
        booking = get_booking(business_id, booking_id)
        catalog = get_current_catalog(business_id)
        inquiry = inquire_again(catalog, booking, move)
        own = [(OwnerKind.BOOKING.value, booking.id)]
        listing, _ = compute(inquiry, day, day, now, besides=own)
    return listing.days[0].slots


def move_booking(business_id: int, booking_id: str, move: Move, actor: Actor, now: datetime) -> Booking:
    """Move by staff. Raises NotFree with alternatives; then the old booking stands as it was."""
    with scope(business=business_id), transaction.atomic():
        booking = get_booking(business_id, booking_id)
        order = lock_order(business_id, booking.order.public_id)
        booking.refresh_from_db(fields=["state", "starts_at", "ends_at", "sequence"])
        if booking.state not in MOVABLE:
            raise IllegalTransition("state", params={"state": booking.state})
        planned = _plan_move(booking, move, now)
        new = planned.as_new_booking()
        retake(business_id, takings_of(booking, new.claims), owner_kind=OwnerKind.BOOKING, now=now)
        write_change(
            order,
            booking,
            replace(
                new,
                price=booking.price,
                total_minor=booking.total_minor,
                is_resource_chosen=booking.is_resource_chosen,
            ),
            actor,
        )
        return booking


def plan_again(
    catalog: Catalog,
    booking: Booking,
    start: datetime,
    now: datetime,
    *,
    besides: Iterable[tuple[str, int]],
    taken: Sequence[Claim] = (),
    move: Move | None = None,
) -> PlannedBooking:
    """Plan an existing booking for a start, on its present resources when they are free.

    Where the guest chose a resource, that one must stay unless it leaves; the others may change. Raises NotFree.
    """
    move = move or Move()
    inquiry = inquire_again(catalog, booking, move)
    item = SlotItem(inquiry.offering.public_id, start)

    def plan(chosen: frozenset[int]) -> PlannedBooking:
        wanted = replace(inquiry, wish=replace(inquiry.wish, chosen=chosen))
        return plan_slot(wanted, item, 0, now, earlier=taken, besides=besides)

    asked = inquiry.wish.chosen
    present = frozenset(one.resource_id for one in booking.assignments.all())
    able = present.intersection(inquiry.resource_ids())
    if move.leaves is not None:
        gone = choose_resource(catalog, inquiry.offering, move.leaves, staff=True)
        minutes = inquiry.margin_minutes
        taken = [*taken, away(gone, start - timedelta(minutes=minutes), start + timedelta(minutes=minutes))]
        first, last = asked | able - {gone}, asked
    else:
        first = asked or able
        last = asked or (_chosen_by_guest(inquiry, able) if booking.is_resource_chosen else frozenset())
    try:
        return plan(first)
    except NotFree:
        if last == first:
            raise
        return plan(last)


def away(resource_id: int, starts_at: datetime, ends_at: datetime) -> Claim:
    """Time in which a resource is not there, as if somebody else had it."""
    return Claim(resource_id, 0, int(starts_at.timestamp()), int(ends_at.timestamp()))


def inquire_again(catalog: Catalog, booking: Booking, move: Move) -> Inquiry:
    """What a booking asks for. Only what a move changes is checked: the rest was agreed on, whatever the
    catalogue says by now.
    """
    offering = catalog.offering_of_key(booking.offering_id)
    minutes = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
    duration = minutes if move.duration in (None, minutes) else choose_duration(offering, move.duration)
    extra_ids = frozenset(booking.extra_lines.values_list("extra_id", flat=True))
    chosen = (
        frozenset({choose_resource(catalog, offering, move.resource, staff=True)})
        if move.resource is not None
        else frozenset[int]()
    )
    return Inquiry(
        catalog=catalog,
        offering=offering,
        wish=Wish(duration, extra_ids, chosen, booking.party),
        party=booking.party,
        rules=get_price_list(catalog.business.id, catalog.revision).get(offering.id, ()),
        extras=tuple(
            PricedExtra(one.id, one.public_id, one.name) for one in offering.extras if one.id in extra_ids
        ),
        staff=True,
    )


def _chosen_by_guest(inquiry: Inquiry, present: frozenset[int]) -> frozenset[int]:
    """Of the present resources those that a guest could choose; where there are none, staff chose: all."""
    needs = inquiry.offering.needs_with(inquiry.wish.extra_ids)
    choosable = {one for need in needs if need.is_choosable for one in need.candidates}
    return present & choosable or present


def _plan_move(booking: Booking, move: Move, now: datetime) -> PlannedBooking:
    catalog = get_current_catalog(booking.business_id)
    besides = [(OwnerKind.BOOKING.value, booking.id)]
    return plan_again(catalog, booking, move.start or booking.starts_at, now, besides=besides, move=move)
