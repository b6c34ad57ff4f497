"""A guest says when they will come, comes, and leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.modules.booking.actions import lock_order
from horarium.modules.booking.actions_changes import announce_arrival, mark_booking, note_check_out
from horarium.modules.booking.errors import IllegalTransition
from horarium.modules.booking.models import Booking, BookingState
from horarium.modules.booking.queries_orders import get_booking
from horarium.modules.booking.rules import MOVABLE
from horarium.platform.audit.actor import Actor

from .no_show import forgive_no_show
from .order_view import BookingView
from .tidy_bookings import complete_booking


def check_in(business_id: int, booking_id: str, actor: Actor, now: datetime) -> None:
    """The guest is here; who was taken for a no-show pays the price, not the fee. Raises IllegalTransition."""
    with _locked(business_id, booking_id) as booking:
        forgive_no_show(booking, now)
        mark_booking(booking, BookingState.CHECKED_IN, actor, now)


def check_out(business_id: int, booking_id: str, actor: Actor, now: datetime) -> None:
    """The guest has left, and what was sold is earned. Raises IllegalTransition."""
    with _locked(business_id, booking_id) as booking:
        complete_booking(business_id, booking_id, actor, now)
        note_check_out(booking, now)


def tell_arrival(business_id: int, shown: BookingView, arrives_at: datetime | None, actor: Actor) -> None:
    """When the guest will come: on a day of the booking, before its end. None takes it back.

    Raises IllegalTransition, InvalidInput(arrives_at).
    """
    with _locked(business_id, shown.id) as booking:
        if booking.state not in MOVABLE:
            raise IllegalTransition("state", params={"state": booking.state})
        if arrives_at is not None:
            day = arrives_at.astimezone(shown.start.tzinfo).date()
            if day < shown.start.date() or arrives_at >= shown.end:
                raise InvalidInput("not then", field="arrives_at", params={"reason": "out_of_range"})
        announce_arrival(booking, arrives_at, actor)


@contextmanager
def _locked(business_id: int, booking_id: str) -> Iterator[Booking]:
    """A booking in a transaction that holds its order's lock."""
    with scope(business=business_id), transaction.atomic():
        lock_order(business_id, get_booking(business_id, booking_id).order.public_id)
        yield get_booking(business_id, booking_id)
