"""Reads of single orders and bookings, for the workflows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django_scopes import scope, scopes_disabled

from .errors import OrderNotFound
from .models import Assignment, Booking, BookingState, Order, ProductLine, Ticket
from .tokens import is_valid_token, order_id_of


def get_order(business_id: int, order_id: str) -> Order:
    """Raises OrderNotFound."""
    with scope(business=business_id):
        order = Order.objects.filter(business_id=business_id, public_id=order_id).first()
    if order is None:
        raise OrderNotFound("order", params={"kind": "order"})
    return order


def get_order_of_link(token: str) -> Order:
    """The order that a signed link opens. Raises OrderNotFound for a wrong or revoked one."""
    with scopes_disabled():
        order = Order.objects.filter(public_id=order_id_of(token)).first()
    if order is None or not is_valid_token(order, token):
        raise OrderNotFound("order", params={"kind": "order"})
    return order


def get_booking(business_id: int, booking_id: str) -> Booking:
    """With its order. Raises OrderNotFound."""
    with scope(business=business_id):
        found = (
            Booking.objects.select_related("order")
            .filter(business_id=business_id, public_id=booking_id)
            .first()
        )
    if found is None:
        raise OrderNotFound("booking", params={"kind": "booking"})
    return found


def lines_of(order: Order) -> list[ProductLine]:
    """The goods of an order, as they were added. Inside a scope."""
    return list(ProductLine.objects.filter(business_id=order.business_id, order=order).order_by("id"))


def tickets_of(business_id: int, bookings: Sequence[Booking]) -> dict[int, list[Ticket]]:
    """Tickets by the key of their booking, by number; those that were voided are not among them. Inside a scope."""
    found: dict[int, list[Ticket]] = {}
    keys = [one.id for one in bookings if one.session_id is not None]
    if keys:
        tickets = Ticket.objects.filter(business_id=business_id, booking_id__in=keys, voided_at=None)
        for ticket in tickets.select_related("ticket_type").order_by("number"):
            found.setdefault(ticket.booking_id, []).append(ticket)
    return found


def find_order(business_id: int, order_id: str) -> Order | None:
    """With its business. Inside a scope."""
    return (
        Order.objects.select_related("business").filter(business_id=business_id, public_id=order_id).first()
    )


def find_booking(business_id: int, booking_id: str) -> Booking | None:
    """With its order and, if it was cancelled, how. Inside a scope."""
    return (
        Booking.objects.select_related("order", "cancellation")
        .filter(business_id=business_id, public_id=booking_id)
        .first()
    )


def list_bookings_of(order: Order) -> list[Booking]:
    """The bookings of an order with all that can be told of them: three queries, whatever their number."""
    return list(
        Booking.objects.filter(business_id=order.business_id, order=order)
        .select_related("offering", "location", "cancellation")
        .prefetch_related("assignments__resource", "extra_lines__extra")
        .order_by("starts_at", "id")
    )


def resources_of(business_id: int, bookings: Sequence[Booking]) -> dict[int, list[int]]:
    """Keys of the resources that serve each booking, by the booking's key. One query."""
    result: dict[int, list[int]] = {}
    with scope(business=business_id):
        rows = Assignment.objects.filter(business_id=business_id, booking__in=bookings).order_by("id")
        for booking_key, resource_key in rows.values_list("booking_id", "resource_id"):
            result.setdefault(booking_key, []).append(resource_key)
    return result


def list_lapsed_orders(now: datetime, limit: int) -> list[tuple[int, str]]:
    """`(business, order id)` of holds that have passed their time and still say `held`. Across all businesses."""
    with scopes_disabled():
        lapsed = Order.objects.filter(expires_at__lte=now, bookings__state=BookingState.HELD)
        return list(lapsed.values_list("business_id", "public_id").distinct()[:limit])


def list_ended_bookings(ended_by: datetime, limit: int) -> list[tuple[int, str]]:
    """`(business, booking id)` of agreed bookings whose time is over. Across all businesses."""
    with scopes_disabled():
        ended = Booking.objects.filter(
            state__in=[BookingState.CONFIRMED, BookingState.CHECKED_IN], ends_at__lte=ended_by
        )
        return list(ended.order_by("ends_at").values_list("business_id", "public_id")[:limit])
