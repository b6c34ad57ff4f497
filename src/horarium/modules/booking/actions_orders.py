"""Writing a new order: its rows by one statement, its time and places by the ones that judge, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from horarium.modules.availability.actions import hold_until
from horarium.modules.availability.actions_supplies import (
    SupplyTaking,
    hold_supplies_until,
    lock_supplies,
    take_supplies,
)
from horarium.modules.availability.actions_taking import (
    TAKEN_COLUMNS,
    NewTaking,
    Taken,
    Taking,
    complete,
    take_beside,
)
from horarium.modules.availability.models import OwnerKind
from horarium.platform.audit.actions import record_beside
from horarium.platform.audit.actor import Actor
from horarium.platform.database.rows import Part
from horarium.platform.events.actions import publish_beside
from horarium.platform.events.event import Event

from . import events
from .actions_reseats import NewReseat, reseat_bookings
from .actions_tickets import issue_tickets
from .models import Booking, BookingState, Order, ProductLine, Series, Ticket
from .new_rows import NEW_BOOKINGS, NewParts, insert_order


@dataclass(frozen=True, slots=True)
class NewClaim:
    """Time of one resource, seconds since the epoch, buffers included."""

    resource_id: int
    requirement_id: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class NewSupply:
    """`quantity` places of a session, or pieces of a product. Of a session that was planned for `starts_at`, with
    `numbers` tickets.
    """

    supply_id: int
    quantity: int
    numbers: int = 0
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewTicket:
    ticket_type_id: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class NewBooking:
    """`extras`: keys and quantities. `approval_hours`: how long it may wait for staff; None: until its start.
    `guests`, `terms`: as the columns of `Booking`.
    """

    offering_id: int
    location_id: int
    starts_at: datetime
    ends_at: datetime
    party: int
    price: dict[str, Any]
    total_minor: int
    claims: tuple[NewClaim, ...]
    extras: tuple[tuple[int, int], ...] = ()
    supplies: tuple[NewSupply, ...] = ()
    tickets: tuple[NewTicket, ...] = ()
    session_id: int | None = None
    rate_plan_id: int | None = None
    guests: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    is_resource_chosen: bool = False
    needs_approval: bool = False
    approval_hours: int | None = None


@dataclass(frozen=True, slots=True)
class NewLine:
    """Goods. `supply_id` is None where pieces are not counted."""

    product_id: int
    quantity: int
    price: dict[str, Any]
    total_minor: int
    supply_id: int | None


@dataclass(frozen=True, slots=True)
class NewOrder:
    """`customer`: the parts that find who orders, or make them. `expires_at` makes it a hold until then; without it
    the bookings are confirmed, or pending, at once.
    """

    business_id: int
    customer: Sequence[Part]
    contact_name: str
    contact_email: str
    contact_phone: str
    locale: str
    channel: str
    currency: str
    due_minor: int
    expires_at: datetime | None
    bookings: tuple[NewBooking, ...]
    lines: tuple[NewLine, ...] = ()
    reseats: tuple[NewReseat, ...] = ()
    series: Series | None = None
    notes: str = ""
    return_url: str = ""
    created_by_id: int | None = None
    staff_notes: str = field(default="")

    @property
    def total_minor(self) -> int:
        return sum(one.total_minor for one in self.bookings) + sum(one.total_minor for one in self.lines)

    @property
    def is_time_alone(self) -> bool:
        """Whether nothing of it is counted: no goods, places, or extras of which there are so many."""
        return not self.lines and not any(one.supplies for one in self.bookings)


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An order as it has just been written: each booking with the keys of its resources."""

    order: Order
    bookings: tuple[tuple[Booking, tuple[int, ...]], ...]
    lines: tuple[ProductLine, ...] = ()
    tickets: tuple[Ticket, ...] = ()


def create_order(
    new: NewOrder,
    actor: Actor,
    now: datetime,
    beside: Callable[[PlacedOrder], Sequence[Part]] = lambda placed: (),
) -> PlacedOrder:
    """Write an order and take its time, places and pieces, all or nothing. Raises NotFree and CustomerUnsettled.

    Call it in a transaction of its own or in a savepoint: undo that, and nothing is left of the order. The locks come
    last: the customer, resources, supplies, bookings. An order of time alone is known before it is written, but for
    its keys and its customer: then `beside` may have other rows written by the same statement.
    """
    order = _order(new, now)
    bookings = [_booking(one, new, now) for one in new.bookings]
    parts = [
        NewParts([(c.resource_id, c.requirement_id) for c in one.claims], one.extras) for one in new.bookings
    ]
    served = [tuple(claim.resource_id for claim in one.claims) for one in new.bookings]
    placed = PlacedOrder(order, tuple(zip(bookings, served, strict=True)))
    facts = _facts(order, bookings)
    entry = record_beside(new.business_id, actor, "order.placed", order.public_id, after=facts)
    news = publish_beside(news_of(order, bookings, has_goods=bool(new.lines)))
    if new.reseats:
        also = {claim.resource_id for one in new.bookings for claim in one.claims}
        reseat_bookings(new.business_id, new.reseats, also=also, actor=actor, now=now)
    others = beside(placed) if new.is_time_alone else ()
    rows = [entry, *news, *_time_of(bookings, new), *others]
    taken = insert_order(new.customer, order, bookings, parts, rows, TAKEN_COLUMNS)
    _complete(bookings, new, taken, now)
    if not new.is_time_alone:
        placed = _with_supplies(placed, new, now)
    wait_for_approval(bookings)
    return placed


def takings_of(booking: Booking, claims: Sequence[NewClaim]) -> list[Taking]:
    return [Taking(one.resource_id, one.starts, one.ends, booking.id) for one in claims]


def approval_ends(starts_at: datetime, approval_hours: int | None, now: datetime) -> datetime:
    """Until when a booking waits for staff: never beyond its start."""
    return starts_at if approval_hours is None else min(starts_at, now + timedelta(hours=approval_hours))


def news_of(order: Order, bookings: Sequence[Booking], *, has_goods: bool) -> list[Event]:
    """What others should hear of bookings and goods that have just been held or made."""
    if order.expires_at is not None:
        return [events.OrderHeld(business_id=order.business_id, order_id=order.public_id)]
    goods = [events.GoodsSold(business_id=order.business_id, order_id=order.public_id)] if has_goods else []
    return goods + [
        (events.BookingConfirmed if one.state == BookingState.CONFIRMED else events.BookingPending)(
            business_id=order.business_id, booking_id=one.public_id, order_id=order.public_id
        )
        for one in bookings
    ]


def wait_for_approval(bookings: Sequence[Booking]) -> None:
    """Pending bookings take their time until staff must have decided."""
    for booking in bookings:
        if booking.state == BookingState.PENDING and booking.approve_by is not None:
            hold_until(booking.business_id, OwnerKind.BOOKING, [booking.id], booking.approve_by)
            hold_supplies_until(booking.business_id, OwnerKind.BOOKING, [booking.id], booking.approve_by)


def _time_of(bookings: Sequence[Booking], new: NewOrder) -> list[Part]:
    takings = [
        NewTaking(claim.resource_id, claim.starts, claim.ends, booking.public_id)
        for booking, one in zip(bookings, new.bookings, strict=True)
        for claim in one.claims
    ]
    return take_beside(
        new.business_id, takings, NEW_BOOKINGS, owner_kind=OwnerKind.BOOKING, expires_at=new.expires_at
    )


def _complete(bookings: Sequence[Booking], new: NewOrder, taken: Taken, now: datetime) -> None:
    pairs = zip(bookings, new.bookings, strict=True)
    takings = [taking for booking, one in pairs for taking in takings_of(booking, one.claims)]
    complete(
        new.business_id, takings, taken, owner_kind=OwnerKind.BOOKING, now=now, expires_at=new.expires_at
    )


def _with_supplies(placed: PlacedOrder, new: NewOrder, now: datetime) -> PlacedOrder:
    """Take the places and pieces: of goods, sessions and extras."""
    bookings = [booking for booking, _ in placed.bookings]
    lines = ProductLine.objects.bulk_create([_line(one, placed.order) for one in new.lines])
    of_bookings = [
        SupplyTaking(part.supply_id, part.quantity, booking.id, part.numbers, part.starts_at)
        for booking, one in zip(bookings, new.bookings, strict=True)
        for part in one.supplies
    ]
    of_lines = [
        SupplyTaking(one.supply_id, one.quantity, line.id)
        for line, one in zip(lines, new.lines, strict=True)
        if one.supply_id is not None
    ]
    lock_supplies(new.business_id, {one.supply_id for one in (*of_bookings, *of_lines)})
    last = take_supplies(
        new.business_id, of_bookings, owner_kind=OwnerKind.BOOKING, now=now, expires_at=new.expires_at
    )
    take_supplies(new.business_id, of_lines, owner_kind=OwnerKind.LINE, now=now, expires_at=new.expires_at)
    return replace(placed, lines=tuple(lines), tickets=tuple(_issue_tickets(bookings, new, last)))


def _issue_tickets(
    bookings: Sequence[Booking], new: NewOrder, last: Mapping[tuple[int, int], int]
) -> list[Ticket]:
    """`last`: the last number of each (supply, booking)."""
    tickets = []
    for booking, one in zip(bookings, new.bookings, strict=True):
        kinds = [(ticket.ticket_type_id, ticket.price_minor) for ticket in one.tickets]
        for part in one.supplies:
            if part.numbers:
                tickets += issue_tickets(booking, kinds, last_number=last[part.supply_id, booking.id])
    return tickets


def _order(new: NewOrder, now: datetime) -> Order:
    return Order(
        business_id=new.business_id,
        contact_name=new.contact_name,
        contact_email=new.contact_email,
        contact_phone=new.contact_phone,
        locale=new.locale,
        channel=new.channel,
        currency=new.currency,
        total_minor=new.total_minor,
        due_minor=new.due_minor,
        notes=new.notes,
        return_url=new.return_url,
        expires_at=new.expires_at,
        created_at=now,
        created_by_id=new.created_by_id,
    )


def _line(one: NewLine, order: Order) -> ProductLine:
    return ProductLine(
        business_id=order.business_id,
        order=order,
        product_id=one.product_id,
        quantity=one.quantity,
        state=BookingState.HELD if order.expires_at is not None else BookingState.CONFIRMED,
        price=one.price,
        total_minor=one.total_minor,
    )


def _booking(one: NewBooking, new: NewOrder, now: datetime) -> Booking:
    state = BookingState.HELD
    if new.expires_at is None:
        state = BookingState.PENDING if one.needs_approval else BookingState.CONFIRMED
    return Booking(
        business_id=new.business_id,
        offering_id=one.offering_id,
        location_id=one.location_id,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        party=one.party,
        state=state,
        price=one.price,
        total_minor=one.total_minor,
        session_id=one.session_id,
        rate_plan_id=one.rate_plan_id,
        guests=one.guests,
        terms=one.terms,
        series=new.series,
        is_resource_chosen=one.is_resource_chosen,
        is_pinned=one.is_resource_chosen,
        needs_approval=one.needs_approval,
        approve_by=approval_ends(one.starts_at, one.approval_hours, now) if one.needs_approval else None,
        staff_notes=new.staff_notes,
        created_at=now,
        confirmed_at=now if state == BookingState.CONFIRMED else None,
    )


def _facts(order: Order, bookings: Sequence[Booking]) -> dict[str, Any]:
    return {
        "total_minor": order.total_minor,
        "channel": order.channel,
        "bookings": [
            {"id": one.public_id, "starts_at": one.starts_at.isoformat(), "state": str(one.state)}
            for one in bookings
        ],
    }
