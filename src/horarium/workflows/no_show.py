"""Who does not come: what that costs is shown before and applied after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_changes import Overridden, mark_booking, note_override
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking, BookingState
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.rules import CancellationTerms, cancellation_terms
from horarium.modules.ledger.actions import fee_key, keep_fee, reverse_entry
from horarium.modules.ledger.queries import find_entry
from horarium.platform.audit.actor import Actor

from .order_view import BookingView, OrderView, view_of
from .refund_payment import refund_order

MARK = "no_show"


@dataclass(frozen=True, slots=True)
class NoShowWish:
    """What staff decides otherwise than the terms say, which needs a `reason`: no fee, or another one."""

    waive_fee: bool = False
    fee: int | None = None
    reason: str = ""

    @property
    def is_override(self) -> bool:
        return self.waive_fee or self.fee is not None


def preview_no_show(view: OrderView, booking_id: str, wish: NoShowWish | None = None) -> CancellationTerms:
    """Fee and refund of a guest who did not come, exactly as marking it now would apply them."""
    shown = _shown(view, booking_id)
    others = [one.stake for one in view.bookings if one.counts and one.id != booking_id]
    others += [one.stake for one in view.products if one.counts]
    asked = _asked(shown, wish or NoShowWish())
    return cancellation_terms(view.held, going=[(shown.stake, asked)], staying=others)


def mark_no_show(
    business_id: int, booking_id: str, wish: NoShowWish, actor: Actor, now: datetime
) -> CancellationTerms:
    """The guest did not come: the fee is kept, what is over goes back after commit, nothing more is billed.

    Raises OrderNotFound; IllegalTransition before the start or in the wrong state; InvalidInput(reason).
    """
    if wish.is_override and not wish.reason:
        raise InvalidInput("why is missing", field="reason", params={"reason": "required"})
    with scope(business=business_id), transaction.atomic():
        order = lock_order(business_id, get_booking(business_id, booking_id).order.public_id)
        booking = get_booking(business_id, booking_id)
        if booking.starts_at > now:
            raise IllegalTransition("has not begun", params={"state": booking.state})
        view = view_of(order, now)
        terms = preview_no_show(view, booking_id, wish)
        mark_booking(booking, BookingState.NO_SHOW, actor, now)
        keep_fee(
            business_id,
            booking_id=booking_id,
            order_id=order.public_id,
            fee=terms.fee,
            occurred_at=now,
            mark=MARK,
        )
        if wish.is_override:
            usual = preview_no_show(view, booking_id)
            facts = {"action": "no_show", "fee_minor": terms.fee.minor, "usual_fee_minor": usual.fee.minor}
            note_override(order.business_id, Overridden(wish.reason, facts), actor, subject=booking_id)
        if terms.refund:
            refund_order(order, terms.refund, reason="no_show", actor=actor, now=now)
        return terms


def forgive_no_show(booking: Booking, now: datetime) -> None:
    """The fee of a guest who came after all counts for the price again. In the caller's transaction."""
    key = fee_key(booking.public_id, MARK)
    is_kept = booking.state == BookingState.NO_SHOW and find_entry(booking.business_id, key) is not None
    if is_kept:
        reverse_entry(booking.business_id, key, occurred_at=now)


def _asked(shown: BookingView, wish: NoShowWish) -> Money:
    if wish.waive_fee:
        return Money.zero(shown.price.currency)
    if wish.fee is not None:
        return Money(max(wish.fee, 0), shown.price.currency)
    return shown.terms.no_show.fee(shown.price)


def _shown(view: OrderView, booking_id: str) -> BookingView:
    return next(one for one in view.bookings if one.id == booking_id)
