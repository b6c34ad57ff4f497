"""Facts about orders and bookings. Public ids only."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.platform.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHeld(Event):
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpired(Event):
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingPending(Event):
    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingConfirmed(Event):
    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingMoved(Event):
    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCancelled(Event):
    booking_id: str
    order_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCheckedIn(Event):
    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCompleted(Event):
    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingNotShown(Event):
    booking_id: str
    order_id: str
