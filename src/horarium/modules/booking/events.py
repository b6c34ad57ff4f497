"""Facts about orders and bookings. Public ids only."""

from __future__ import annotations

from dataclasses import dataclass

from horarium.platform.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHeld(Event):
    """The time of an order is held until it is paid or the hold lapses."""

    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpired(Event):
    """A hold has passed its time unpaid, and somebody has written that down; the time was free before."""

    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingPending(Event):
    """The time is taken and staff must approve."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingConfirmed(Event):
    """The booking stands: at once, by money or by approval."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsSold(Event):
    """The goods of an order are the guest's: at once, or by money."""

    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsCancelled(Event):
    """Goods of an order were cancelled before they were handed over. `line_id`: the first that went at once."""

    order_id: str
    line_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingMoved(Event):
    """The booking has another time or other resources."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingChanged(Event):
    """The booking has other contents (people, extras, price) at the same time."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalAnnounced(Event):
    """The guest has said when they will come."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingReseated(Event):
    """The stay sleeps in another room of its kind, so that another one could be sold; its time is the same."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCancelled(Event):
    """The booking is off and its time free. `by` is `guest`, `staff` or `system`."""

    booking_id: str
    order_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCheckedIn(Event):
    """The guest is here."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCompleted(Event):
    """The guest has had what was sold."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingNotShown(Event):
    """The guest did not come."""

    booking_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingJoined(Event):
    """Somebody waits for time of an offering."""

    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOffered(Event):
    """A freed time is held for the one who waits; the order lapses if they do not take it."""

    entry_id: str
    order_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLapsed(Event):
    """Nobody took the time that was offered to the one who waited; it is offered to the next."""

    entry_id: str
