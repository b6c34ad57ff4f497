"""Staff book for somebody: taken time binds them, too; what binds guests only they may break, and say why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.actions_changes import Overridden, note_override
from horarium.modules.booking.rules_limits import asks_why, broken_limit
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope

from .checkout import Checkout, Contact, place_and_show
from .order_view import BookingView, OrderView
from .place_series import place_series
from .recurrence_items import SeriesWish


def book_at_desk(
    slug: str, checkout: Checkout, actor: Actor, now: datetime, *, reason: str = ""
) -> OrderView:
    """`place_and_show` for staff. A limit that asks why needs a `reason`, which the audit log keeps.

    Raises InvalidInput(`reason`) where it is missing, and what `place_and_show` raises; then nothing is booked.
    """
    with transaction.atomic():
        view = place_and_show(slug, checkout, actor, now, staff=True)
        _note_limits(view, reason, actor, now)
    return view


def book_series_at_desk(
    business_id: int,
    wish: SeriesWish,
    contact: Contact,
    actor: Actor,
    now: datetime,
    *,
    notes: str = "",
    reason: str = "",
) -> OrderView:
    """`place_series`, with a `reason` as in `book_at_desk`: one for all dates that ask why."""
    with transaction.atomic():
        view = place_series(business_id, wish, contact, actor, now, notes=notes)
        _note_limits(view, reason, actor, now)
    return view


def _note_limits(view: OrderView, reason: str, actor: Actor, now: datetime) -> None:
    for booking in view.bookings:
        limit = _limit_of(booking, now)
        if not asks_why(limit):
            continue
        if not reason:
            params = {"reason": "required", "limit": str(limit)}
            raise InvalidInput("why is missing", field="reason", params=params)
        facts = {
            "action": "book",
            "limit": str(limit),
            "price_minor": booking.price.minor,
            "usual_price_minor": booking.price.minor,
            "fee_minor": 0,
            "usual_fee_minor": 0,
        }
        with business_scope(view.business.id):
            note_override(view.business.id, Overridden(reason, facts), actor, subject=booking.id)


def _limit_of(booking: BookingView, now: datetime) -> Reason | None:
    plan = booking.rate_plan.id if booking.rate_plan else None
    return broken_limit(booking.offering, (booking.start, booking.end), plan, now)
