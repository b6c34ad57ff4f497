"""Rescheduling and amending a booking, by guest or staff: the same terms are shown before and applied after.

New time and places are taken before the old ones are given back, all in one transaction: what is refused leaves
everything as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import HorariumError, InvalidInput
from horarium.kit.money import Money
from horarium.kit.zones import local_date_of, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_changes import Overridden, note_override, retake_time, write_change
from horarium.modules.booking.errors import DeadlinePassed, IllegalTransition
from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.rules import (
    AMENDABLE,
    MOVABLE,
    ChangeFee,
    ChangeTerms,
    Stake,
    agreed_of_json,
    cancellation_terms,
    cancelling_tier,
    change_fee,
    change_terms,
)
from horarium.modules.booking.rules_limits import broken_restriction
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.ledger.actions import keep_fee
from horarium.platform.audit.actor import Actor

from .checkout import ATTEMPTS, new_reseats
from .list_availability import Slot, compute
from .order_view import BookingView, OrderView, get_order_view, view_of
from .plan_again import Change, agreed_extras, inquire_again, own, plan_change
from .plan_sessions import open_planned
from .planned import PlannedBooking
from .refund_payment import refund_order

AGREED_PRICE = "Agreed price"
"""Label of the line that makes the price what staff has agreed on."""
MOVED_AT_THE_DESK = "moved at the desk"


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """A change, and what staff decides otherwise than the terms say, which needs a `reason`.

    `keep_price` leaves the price as it is, `price` (minor units) sets another one, `waive_fee` takes no fee.
    """

    change: Change
    keep_price: bool = False
    price: int | None = None
    waive_fee: bool = False
    reason: str = ""

    @property
    def is_override(self) -> bool:
        return self.keep_price or self.waive_fee or self.price is not None


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """A change that can be done now: what the booking would be, and its money. `limit`: the restriction of its new
    dates that binds guests and that staff would break.
    """

    planned: PlannedBooking
    price: dict[str, Any]
    money: ChangeTerms
    usual: ChangeTerms
    limit: Reason | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    order: OrderView
    money: ChangeTerms


def preview_change(
    business_id: int, booking_id: str, wish: ChangeWish, now: datetime, *, staff: bool = False
) -> ChangePreview:
    """What `apply_change` would do, and what it would raise."""
    with scope(business=business_id):
        booking = get_booking(business_id, booking_id)
        return _decide(view_of(booking.order, now), booking, wish, now, staff=staff)


def apply_change(
    business_id: int, booking_id: str, wish: ChangeWish, actor: Actor, now: datetime, *, staff: bool = False
) -> Changed:
    """Do it: money over goes back after commit, a rest is due.

    Raises OrderNotFound; NotFree with alternatives; InvalidInput; IllegalTransition in the wrong state; DeadlinePassed
    when the terms do not let the guest. Then the booking stands as it was.
    """
    with scope(business=business_id):
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    order_id, money = _apply(business_id, booking_id, wish, actor, now, staff=staff)
                break
            except _Lost as lost:
                if attempt == ATTEMPTS:
                    raise lost.refusal from lost
        return Changed(get_order_view(business_id, order_id, now), money)


@dataclass(frozen=True, slots=True)
class MoveVerdict:
    """Whether a move can be done, before it is: the reason against it, and the nearest starts."""

    reason: str | None
    alternatives: tuple[Slot, ...] = ()


def preview_move(business_id: int, booking_id: str, change: Change, now: datetime) -> MoveVerdict:
    """What `move_booking` would say. Raises NotFound, InvalidInput."""
    try:
        preview_change(business_id, booking_id, _at_the_desk(change), now, staff=True)
    except IllegalTransition:
        return MoveVerdict("state")
    except NotFree as refusal:
        return MoveVerdict(str(refusal.reason), refusal.params.get("alternatives", ()))  # type: ignore[arg-type]
    return MoveVerdict(None)


def move_booking(business_id: int, booking_id: str, change: Change, actor: Actor, now: datetime) -> Booking:
    """The quick change of staff, as by drag: the price stays and no fee is taken, which the audit log tells."""
    apply_change(business_id, booking_id, _at_the_desk(change), actor, now, staff=True)
    return get_booking(business_id, booking_id)


def list_change_starts(
    business_id: int, booking_id: str, day: date, change: Change, now: datetime, *, staff: bool = False
) -> tuple[Slot, ...]:
    """Free starts of a local date for a booked slot, its own time included. Raises NotFound, InvalidInput."""
    with scope(business=business_id):
        booking = get_booking(business_id, booking_id)
        inquiry = inquire_again(get_current_catalog(business_id), booking, change, staff=staff)
        inquiry = replace(inquiry, staff=staff)
        listing, _ = compute(inquiry, day, day, now, besides=own(booking))
    return listing.days[0].slots


class _Lost(Exception):
    """Others were quicker with what was planned: it is planned anew."""

    def __init__(self, refusal: NotFree) -> None:
        super().__init__()
        self.refusal = refusal


def _apply(
    business_id: int, booking_id: str, wish: ChangeWish, actor: Actor, now: datetime, *, staff: bool
) -> tuple[str, ChangeTerms]:
    order = lock_order(business_id, get_booking(business_id, booking_id).order.public_id)
    booking = get_booking(business_id, booking_id)
    decided = _decide(view_of(order, now), booking, wish, now, staff=staff)
    planned, money = decided.planned, decided.money
    if decided.limit is not None and not wish.reason:
        raise InvalidInput("why is missing", field="reason", params={"reason": "required"})
    try:
        (planned,) = open_planned(business_id, [planned], now, None)
        new = replace(
            planned.as_new_booking(),
            price=decided.price,
            total_minor=money.after.minor,
            is_resource_chosen=_is_chosen(booking, wish.change),
            terms=_terms_after(booking, money),
        )
        reseats = new_reseats([planned], get_current_catalog(business_id))
        last = retake_time(booking, new, reseats, actor, now)
    except NotFree as lost:
        raise _Lost(lost) from lost
    write_change(order, booking, new, actor, now, last_numbers=last)
    _note_override(order, booking, wish, decided, actor)
    keep_fee(
        business_id,
        booking_id=booking_id,
        order_id=order.public_id,
        fee=money.fee,
        occurred_at=now,
        mark=f"change:{booking.sequence}",
    )
    if money.refund:
        refund_order(order, money.refund, reason="changed", actor=actor, now=now)
    return order.public_id, money


def _decide(
    view: OrderView, booking: Booking, wish: ChangeWish, now: datetime, *, staff: bool
) -> ChangePreview:
    shown = next(one for one in view.bookings if one.id == booking.public_id)
    _check(shown, wish, staff=staff)
    catalog = get_current_catalog(booking.business_id)
    planned = plan_change(catalog, booking, wish.change, now, staff=staff)
    usual_price = _usual_price(booking, planned, now) if not wish.keep_price else booking.price
    price = _agreed_price(wish, planned, usual_price)
    after = Money(price["total_minor"], view.total.currency)
    usual = _money(view, shown, booking, planned, after, is_free=False)
    money = _money(view, shown, booking, planned, after, is_free=True) if wish.waive_fee else usual
    return ChangePreview(planned, price, money, usual, _broken_limit(booking, planned) if staff else None)


def _check(shown: BookingView, wish: ChangeWish, *, staff: bool) -> None:
    if shown.state not in (AMENDABLE if staff else MOVABLE):
        raise IllegalTransition("state", params={"state": shown.state})
    change = wish.change
    goes_elsewhere = change.start not in (None, shown.start) or change.session or change.check_in
    if shown.state not in MOVABLE and goes_elsewhere:
        raise IllegalTransition("has begun", params={"state": shown.state})
    if wish.is_override and not staff:
        raise InvalidInput("not a guest's to decide", field="price", params={"reason": "not_allowed"})
    if wish.is_override and not wish.reason:
        raise InvalidInput("why is missing", field="reason", params={"reason": "required"})
    if wish.price is not None and wish.price < 0:
        raise InvalidInput("not a price", field="price", params={"reason": "out_of_range"})
    if not staff and not shown.can_reschedule:
        raise DeadlinePassed("cannot be changed by the guest", params={"action": "reschedule"})


def _broken_limit(booking: Booking, planned: PlannedBooking) -> Reason | None:
    """Dates that were agreed on are not asked again."""
    tz = zone(planned.offering.location.time_zone)
    before, after = (
        (local_date_of(one.starts_at, tz), local_date_of(one.ends_at, tz)) for one in (booking, planned)
    )
    if before == after:
        return None
    return broken_restriction(planned.offering, (planned.starts_at, planned.ends_at), planned.rate_plan_id)


def _money(
    view: OrderView,
    shown: BookingView,
    booking: Booking,
    planned: PlannedBooking,
    after: Money,
    *,
    is_free: bool,
) -> ChangeTerms:
    others = [one.stake for one in view.bookings if one.counts and one.id != shown.id]
    others += [one.stake for one in view.products if one.counts]
    carried = min(Money(shown.agreed.carried_minor, after.currency), shown.price)
    if is_free:
        fee = ChangeFee(Money.zero(after.currency), min(carried, after))
    else:
        is_moved, is_amended = _is_moved(booking, planned), _is_amended(booking, planned)
        fee = change_fee(
            shown.price,
            after,
            moving=shown.rescheduling if is_moved else None,
            cancelling=cancelling_tier(shown.agreed.policy, shown.start, shown.seen_at)
            if is_amended
            else None,
            come_due=max(carried, _come_due(view, shown, others)) if is_moved else carried,
        )
    return change_terms(view.held, stake=shown.stake, after=after, fee=fee, others=others)


def _come_due(view: OrderView, shown: BookingView, others: Sequence[Stake]) -> Money:
    """What cancelling it now would keep."""
    asked = shown.cancelling.fee(shown.price)
    return cancellation_terms(view.held, going=[(shown.stake, asked)], staying=others).fee


def _terms_after(booking: Booking, money: ChangeTerms) -> dict[str, Any]:
    """What was agreed on stays; only the carried fee may be another one."""
    kept: dict[str, Any] = booking.terms
    agreed = agreed_of_json(kept)
    if agreed.carried_minor == money.carried.minor:
        return kept
    return replace(agreed, carried_minor=money.carried.minor).as_json()


def _is_chosen(booking: Booking, change: Change) -> bool:
    """Whether somebody wished for the resource that it has after the change."""
    if change.is_resource_chosen is not None:
        return change.is_resource_chosen
    return booking.is_resource_chosen or change.resource is not None


def _is_moved(booking: Booking, planned: PlannedBooking) -> bool:
    return planned.starts_at != booking.starts_at or planned.session_id != booking.session_id


def _is_amended(booking: Booking, planned: PlannedBooking) -> bool:
    length = planned.ends_at - planned.starts_at
    return (
        length != booking.ends_at - booking.starts_at
        or planned.party != booking.party
        or planned.guests != booking.guests
        or planned.rate_plan_id != booking.rate_plan_id
        or _counted(planned.extras) != _counted(agreed_extras(booking))
    )


def _counted(extras: Iterable[Any]) -> dict[int, int]:
    return {one.id: one.quantity for one in extras}


def _usual_price(booking: Booking, planned: PlannedBooking, now: datetime) -> dict[str, Any]:
    """The frozen price for what costs today as much as what is booked; else today's price."""
    if not _is_moved(booking, planned) and not _is_amended(booking, planned):
        return dict(booking.price)
    try:
        present = plan_change(get_current_catalog(booking.business_id), booking, Change(), now, staff=True)
    except HorariumError:
        return planned.quote.as_json()
    kept: dict[str, Any] = booking.price
    return kept if present.quote == planned.quote else planned.quote.as_json()


def _agreed_price(wish: ChangeWish, planned: PlannedBooking, usual: dict[str, Any]) -> dict[str, Any]:
    if wish.price is None:
        return usual
    lines = [one.as_json() for one in planned.quote.lines]
    difference = wish.price - planned.quote.total.minor
    if difference:
        lines.append({"label": AGREED_PRICE, "minor": difference, "kind": "agreed"})
    return {"lines": lines, "total_minor": wish.price}


def _note_override(
    order: Order, booking: Booking, wish: ChangeWish, decided: ChangePreview, actor: Actor
) -> None:
    """Only what really was otherwise than the terms say."""
    today = decided.planned.quote.total.minor
    is_other = decided.money.fee != decided.usual.fee or (
        (wish.keep_price or wish.price is not None) and decided.money.after.minor != today
    )
    if (wish.is_override and is_other) or decided.limit is not None:
        facts = {
            "action": "change",
            "limit": str(decided.limit or ""),
            "price_minor": decided.money.after.minor,
            "usual_price_minor": today,
            "fee_minor": decided.money.fee.minor,
            "usual_fee_minor": decided.usual.fee.minor,
        }
        note_override(order.business_id, Overridden(wish.reason, facts), actor, subject=booking.public_id)


def _at_the_desk(change: Change) -> ChangeWish:
    return ChangeWish(change, keep_price=True, waive_fee=True, reason=MOVED_AT_THE_DESK)
