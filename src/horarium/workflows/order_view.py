"""An order as its guest and the staff see it: bookings, money and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django_scopes import scope

from horarium.kit.money import Money
from horarium.kit.zones import zone
from horarium.modules.booking.actions_orders import PlacedOrder
from horarium.modules.booking.errors import OrderNotFound
from horarium.modules.booking.models import Booking, Order, ProductLine, Ticket
from horarium.modules.booking.queries_orders import (
    get_order,
    get_order_of_link,
    lines_of,
    resources_of,
    tickets_of,
)
from horarium.modules.booking.queries_stays import is_room_open
from horarium.modules.booking.rules import (
    ACTIVE,
    AMENDABLE,
    VOID,
    Agreed,
    Stake,
    agreed_of_json,
    cancelling_tier,
    effective_state,
    link_is_open,
    order_status,
)
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.queries import get_current_catalog
from horarium.modules.catalog.rules import (
    BusinessFacts,
    Catalog,
    LocationFacts,
    OfferingFacts,
    ProductFacts,
    RatePlanFacts,
    Terms,
    Tier,
)
from horarium.modules.ledger.queries import Flow, flows_of
from horarium.modules.resources.rules import ResourceFacts

from .order_money import due_now, purse_of, standing


@dataclass(frozen=True, slots=True)
class TicketView:
    """`code` is what its QR says. `name`: the kind of ticket, in the language of the business."""

    id: str
    number: int
    name: str
    code: str
    checked_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProductView:
    id: str
    state: str
    product: ProductFacts
    quantity: int
    price: Money

    @property
    def counts(self) -> bool:
        return self.state not in VOID

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def stake(self) -> Stake:
        """Goods are paid when they are ordered."""
        return Stake(self.price, self.price, is_delivered=self.state == "completed")


@dataclass(frozen=True, slots=True)
class BookingView:
    """Instants are aware, in the location's zone. What the terms allow is told as of `seen_at`."""

    id: str
    state: str
    offering: OfferingFacts
    location: LocationFacts
    resources: tuple[ResourceFacts, ...]
    start: datetime
    end: datetime
    party: int
    price: Money
    lines: tuple[dict[str, Any], ...]
    sequence: int
    agreed: Agreed
    staff_notes: str
    arrives_at: datetime | None
    seen_at: datetime
    guests: dict[str, Any]
    rate_plan: RatePlanFacts | None
    tickets: tuple[TicketView, ...]
    approve_by: datetime | None
    is_pinned: bool
    is_resource_chosen: bool
    may_change_rooms: bool

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def promised(self) -> tuple[ResourceFacts, ...]:
        """What guests are told of: not the room of a stay that may still change."""
        return () if self.may_change_rooms else self.resources

    @property
    def has_begun(self) -> bool:
        return self.start <= self.seen_at

    @property
    def counts(self) -> bool:
        """Whether its price is part of what the order costs."""
        return self.state not in VOID

    @property
    def can_cancel(self) -> bool:
        """Whether the terms let the guest cancel it. A hold is not agreed on yet: it can always be given up."""
        is_open = self.is_active and not self.has_begun
        if self.state == "held":
            return is_open
        return is_open and self.terms.cancelling(self.start, self.seen_at) is not None

    @property
    def can_reschedule(self) -> bool:
        """Whether the terms let the guest change it."""
        is_open = self.state in AMENDABLE and not self.has_begun
        return is_open and self.rescheduling is not None

    @property
    def terms(self) -> Terms:
        """The policy that was agreed on, with the fee that the booking carries."""
        return self.agreed.terms_at(self.price)

    @property
    def cancelling(self) -> Tier:
        """What cancelling costs now."""
        if self.state == "held":
            return Tier(0)
        return cancelling_tier(self.terms, self.start, self.seen_at)

    @property
    def rescheduling(self) -> Tier | None:
        """What rescheduling costs now; None: only staff can."""
        return self.terms.moving(self.start, self.seen_at)

    @property
    def is_free_to_cancel(self) -> bool:
        return self.cancelling.is_free

    @property
    def stake(self) -> Stake:
        """Its part in the money of the order."""
        deposit = Money(self.agreed.deposit_minor, self.price.currency)
        return Stake(self.price, deposit, is_delivered=self.state == "completed")


@dataclass(frozen=True, slots=True)
class OrderView:
    """`due_now` is what is still asked: before `expires_at` for a hold, else the unpaid rest.

    `paid` is what came in less what went back; `held` is what of it is there for the bookings that stand, without
    fees that were kept and money that is promised back (`returning`, by a gateway or by hand).
    """

    id: str
    business: BusinessFacts
    status: str
    created_at: datetime
    expires_at: datetime | None
    total: Money
    paid: Money
    held: Money
    returning: Money
    fees: Money
    due_now: Money
    payment_state: str
    bookings: tuple[BookingView, ...]
    products: tuple[ProductView, ...]
    contact_name: str
    contact_email: str
    contact_phone: str
    locale: str
    notes: str
    channel: str
    return_url: str
    token: str

    @property
    def manage_url(self) -> str:
        return f"{settings.PUBLIC_URL}/my/{self.token}"

    @property
    def can_cancel(self) -> bool:
        """Whether the guest may still cancel what is left by themselves: before its start."""
        active = [booking for booking in self.bookings if booking.is_active]
        return bool(active) and all(booking.can_cancel for booking in active)

    @property
    def rest(self) -> Money:
        """What is unpaid of the total, never below zero. Fees that were kept have paid for nothing of it."""
        if self.status in ("cancelled", "no_show"):
            return Money.zero(self.total.currency)
        return max(self.total - self.held, Money.zero(self.total.currency))


def open_order_page(token: str, now: datetime) -> OrderView:
    """The order of a signed link. Raises OrderNotFound for a wrong, revoked or outlived one, all alike."""
    view = view_of(get_order_of_link(token), now)
    if not link_is_open(max((one.end for one in view.bookings), default=view.created_at), now):
        raise OrderNotFound("order", params={"kind": "order"})
    return view


def get_order_view(business_id: int, order_id: str, now: datetime) -> OrderView:
    """An order of a business. Raises OrderNotFound."""
    return view_of(get_order(business_id, order_id), now)


def view_of(order: Order, now: datetime) -> OrderView:
    """Four queries: bookings, their resources, goods, the ledger; one more for tickets. The catalogue is in memory."""
    catalog = get_current_catalog(order.business_id)
    with scope(business=order.business_id):
        bookings = list(order.bookings.order_by("starts_at", "id"))
        assigned = resources_of(order.business_id, bookings)
        lines = lines_of(order)
        tickets = tickets_of(order.business_id, bookings)
        flow = flows_of(order.business_id, [order.public_id])[order.public_id]
    views = tuple(
        booking_view(one, order, catalog, assigned.get(one.id, []), now, tickets=tickets.get(one.id, ()))
        for one in bookings
    )
    return _compose(
        order, catalog, views, tuple(_product_view(one, order, catalog, now) for one in lines), flow
    )


def view_of_placed(placed: PlacedOrder, catalog: Catalog, now: datetime) -> OrderView:
    """An order that has just been placed, or is about to be: everything about it is known, so no query."""
    pairs = sorted(placed.bookings, key=lambda pair: pair[0].starts_at)
    views = tuple(
        booking_view(
            booking,
            placed.order,
            catalog,
            resource_ids,
            now,
            tickets=[one for one in placed.tickets if one.booking_id == booking.pk],
        )
        for booking, resource_ids in pairs
    )
    goods = tuple(_product_view(one, placed.order, catalog, now) for one in placed.lines)
    return _compose(placed.order, catalog, views, goods, Flow())


def _compose(
    order: Order,
    catalog: Catalog,
    views: tuple[BookingView, ...],
    goods: tuple[ProductView, ...],
    flow: Flow,
) -> OrderView:
    parts: list[BookingView | ProductView] = [*views, *goods]
    status = order_status(one.state for one in parts)
    total = Money(sum(one.price.minor for one in parts if one.counts), order.currency)
    if status in VOID:
        total = Money(order.total_minor, order.currency)
    paid = Money(flow.paid, order.currency)
    purse = purse_of(order, flow)
    return OrderView(
        id=order.public_id,
        business=catalog.business,
        status=status,
        created_at=order.created_at,
        expires_at=order.expires_at if status == "held" else None,
        total=total,
        paid=paid,
        held=purse.held,
        returning=Money(purse.returning, order.currency),
        fees=Money(purse.fees, order.currency),
        due_now=due_now(order, status, total, purse.held),
        payment_state=standing(status, total, flow, purse),
        bookings=views,
        products=goods,
        contact_name=order.contact_name,
        contact_email=order.contact_email,
        contact_phone=order.contact_phone,
        locale=order.locale,
        notes=order.notes,
        channel=order.channel,
        return_url=order.return_url,
        token=order_token(order),
    )


def _product_view(line: ProductLine, order: Order, catalog: Catalog, now: datetime) -> ProductView:
    return ProductView(
        id=line.public_id,
        state=effective_state(line.state, order.expires_at, now),
        product=catalog.product_of_key(line.product_id),
        quantity=line.quantity,
        price=Money(line.total_minor, order.currency),
    )


def _ticket_view(ticket: Ticket, offering: OfferingFacts) -> TicketView:
    known = {one.id: one.name for one in offering.ticket_types}
    name = known.get(ticket.ticket_type_id) or ticket.ticket_type.name
    return TicketView(ticket.public_id, ticket.number, name, ticket.code, ticket.checked_in_at)


def booking_view(
    booking: Booking,
    order: Order,
    catalog: Catalog,
    resource_ids: Sequence[int],
    now: datetime,
    *,
    tickets: Sequence[Ticket] = (),
) -> BookingView:
    offering = catalog.offering_of_key(booking.offering_id)
    location = catalog.locations[booking.location_id]
    tz = zone(location.time_zone)
    state = effective_state(booking.state, order.expires_at, now, booking.approve_by)
    return BookingView(
        id=booking.public_id,
        state=state,
        offering=offering,
        location=location,
        resources=tuple(catalog.resources[one] for one in resource_ids),
        start=booking.starts_at.astimezone(tz),
        end=booking.ends_at.astimezone(tz),
        party=booking.party,
        price=Money(booking.total_minor, order.currency),
        lines=tuple(booking.price.get("lines", ())),
        sequence=booking.sequence,
        agreed=agreed_of_json(booking.terms),
        staff_notes=booking.staff_notes,
        arrives_at=None if booking.arrives_at is None else booking.arrives_at.astimezone(tz),
        seen_at=now,
        guests=booking.guests,
        rate_plan=next((one for one in offering.rate_plans if one.id == booking.rate_plan_id), None),
        tickets=tuple(_ticket_view(one, offering) for one in tickets),
        approve_by=booking.approve_by if booking.state == "pending" else None,
        is_pinned=booking.is_pinned,
        is_resource_chosen=booking.is_resource_chosen,
        may_change_rooms=is_room_open(booking, offering.mode, state, now),
    )
