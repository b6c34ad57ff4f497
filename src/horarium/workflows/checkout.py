"""Placing an order: quote, hold, and what the guest gets back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.actions_orders import NewOrder, PlacedOrder, create_order
from horarium.modules.booking.actions_reseats import NewReseat
from horarium.modules.booking.models import Channel, Order
from horarium.modules.catalog.queries import catalog_of
from horarium.modules.catalog.rules import Catalog
from horarium.modules.customers.actions import recognise_beside, recognised_before
from horarium.modules.customers.errors import CustomerUnsettled
from horarium.platform.audit.actor import Actor
from horarium.platform.database.attempts import attempt
from horarium.platform.database.rows import Part

from .items import Item
from .order_view import OrderView, view_of_placed
from .plan_bookings import AnyInquiry, inquire_items, plan_items, refuse_item
from .plan_sessions import open_planned
from .planned import Planned, PlannedBooking, PlannedProduct, Reseat

USUAL_HOLD = 15
"""Minutes."""
ATTEMPTS = 4
"""How often "any" looks for another free resource when the one it chose has just been taken."""


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    email: str = ""
    phone: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Checkout:
    contact: Contact
    items: tuple[Item, ...]
    notes: str = ""
    return_url: str = ""
    channel: str = Channel.API
    held_until: datetime | None = None
    """Hold it until then, whether or not anything must be paid: for those who are offered a freed time."""


Beside = Callable[[OrderView], Sequence[Part]]
"""What the statement that writes an order writes as well, made of what will be shown of it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of items as they would be held now."""

    planned: tuple[Planned, ...]
    total: Money
    due_now: Money


def quote_items(slug: str, items: Sequence[Item], now: datetime) -> Quote:
    """What an order of these items would cost. Raises NotFree, InvalidInput, NotFound."""
    catalog = catalog_of(slug)
    planned = plan_items(inquire_items(catalog, items), items, now)
    return _quote(planned, catalog.business.currency)


def place_order(slug: str, checkout: Checkout, actor: Actor, now: datetime, *, staff: bool = False) -> Order:
    """`place_and_show` for who needs the row only."""
    placed, _ = _place(slug, checkout, actor, now, staff=staff)
    return placed.order


def place_and_show(
    slug: str,
    checkout: Checkout,
    actor: Actor,
    now: datetime,
    *,
    staff: bool = False,
    beside: Beside | None = None,
) -> OrderView:
    """Take the time of all items, or of none. Nothing is sent and nobody outside is asked.

    Offerings with prepayment make a hold; the others are confirmed, or pending, at once. Staff's bookings
    (`staff`) keep neither lead time nor grid and are confirmed unpaid. `beside` is asked only where everything about
    the order is known before it is written: not with goods, tickets or places. Its view is the one returned.
    Raises NotFree, InvalidInput, NotFound.
    """
    views: dict[str, OrderView] = {}

    def written(placed: PlacedOrder, catalog: Catalog) -> Sequence[Part]:
        if beside is None:
            return ()
        view = views[placed.order.public_id] = view_of_placed(placed, catalog, now)
        return beside(view)

    placed, catalog = _place(slug, checkout, actor, now, staff=staff, written=written)
    return views.get(placed.order.public_id) or view_of_placed(placed, catalog, now)


def _place(
    slug: str,
    checkout: Checkout,
    actor: Actor,
    now: datetime,
    *,
    staff: bool,
    written: Callable[[PlacedOrder, Catalog], Sequence[Part]] = lambda placed, catalog: (),
) -> tuple[PlacedOrder, Catalog]:
    catalog = catalog_of(slug)
    inquiries = inquire_items(catalog, checkout.items, staff=staff)
    contact = _check_contact(checkout.contact, catalog, staff=staff)
    checkout = replace(checkout, contact=contact)
    with scope(business=catalog.business.id):
        for _ in range(ATTEMPTS):
            planned = plan_items(inquiries, checkout.items, now)
            try:
                with attempt():
                    new = _new_order(catalog, checkout, planned, actor, now)
                    return create_order(new, actor, now, lambda placed: written(placed, catalog)), catalog
            except (NotFree, CustomerUnsettled) as lost:
                clash = lost
        if isinstance(clash, CustomerUnsettled):
            raise clash
        raise _refusal(inquiries, checkout.items, clash, now)


def _refusal(inquiries: Sequence[AnyInquiry], items: Sequence[Item], lost: NotFree, now: datetime) -> NotFree:
    """Others were quicker every time: the first item's neighbours are the best that can be offered."""
    number = min(lost.item, len(items) - 1)
    return refuse_item(inquiries[number], items[number], lost.reason, number, now)


def _quote(planned: Sequence[Planned], currency: str) -> Quote:
    zero = Money.zero(currency)
    total = sum((one.quote.total for one in planned), zero)
    due = sum((one.due_now for one in planned), zero)
    return Quote(tuple(planned), total, due)


def _new_order(
    catalog: Catalog, checkout: Checkout, planned: Sequence[Planned], actor: Actor, now: datetime
) -> NewOrder:
    due = _quote(planned, catalog.business.currency).due_now.minor
    goods = [one for one in planned if isinstance(one, PlannedProduct)]
    bookings = [one for one in planned if isinstance(one, PlannedBooking)]
    expires_at = checkout.held_until or (_expiry(bookings, now) if due else None)
    contact = checkout.contact
    customer = _customer_of(contact, catalog, bookings, now)
    bookings = open_planned(catalog.business.id, bookings, now, expires_at, goods)
    return NewOrder(
        business_id=catalog.business.id,
        customer=customer,
        contact_name=contact.name,
        contact_email=contact.email,
        contact_phone=contact.phone,
        locale=contact.locale,
        channel=checkout.channel,
        currency=catalog.business.currency,
        due_minor=due,
        expires_at=expires_at,
        bookings=tuple(one.as_new_booking() for one in bookings),
        lines=tuple(one.as_new_line() for one in goods),
        reseats=new_reseats(bookings, catalog),
        notes=checkout.notes,
        return_url=checkout.return_url,
        created_by_id=actor.user_id,
    )


def _customer_of(
    contact: Contact, catalog: Catalog, bookings: Sequence[PlannedBooking], now: datetime
) -> list[Part]:
    """Who orders, found or made by the statement that writes the order. The customer's row is locked before any
    resource, as by everybody who books; so where sessions are opened or stays change rooms first, it is known before.
    """
    found = recognise_beside(
        catalog.business.id,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        locale=contact.locale,
        country=bookings[0].offering.location.country if bookings else catalog.business.country,
        now=now,
    )
    return recognised_before(found) if any(one.new_session or one.reseats for one in bookings) else found


def new_reseats(bookings: Sequence[PlannedBooking], catalog: Catalog) -> tuple[NewReseat, ...]:
    """A stay that two items of the order move on goes from its first room to its last at once."""
    moves: dict[int, Reseat] = {}
    for one in (move for booking in bookings for move in booking.reseats):
        first = moves.get(one.booking_id, one)
        moves[one.booking_id] = replace(one, leaves=first.leaves)
    rooms = catalog.resources
    return tuple(
        NewReseat(
            one.booking_id,
            one.leaves,
            one.gets,
            one.starts,
            one.ends,
            leaves_name=rooms[one.leaves].name,
            gets_name=rooms[one.gets].name,
        )
        for one in moves.values()
        if one.leaves != one.gets
    )


def _expiry(bookings: Sequence[PlannedBooking], now: datetime) -> datetime:
    """The shortest hold among the bookings that must be paid now; goods alone wait as long as is usual."""
    minutes = min((one.terms.hold_minutes for one in bookings if one.due_now), default=USUAL_HOLD)
    return now + timedelta(minutes=minutes)


def _check_contact(contact: Contact, catalog: Catalog, *, staff: bool) -> Contact:
    name = " ".join(contact.name.split())
    if not name:
        raise InvalidInput("name is missing", field="customer.name", params={"reason": "required"})
    email, phone = contact.email.strip(), contact.phone.strip()
    if not staff and not email and not phone:
        raise InvalidInput("no way to reach the guest", field="customer.email", params={"reason": "required"})
    if not staff and catalog.business.needs_phone and not phone:
        raise InvalidInput("phone is missing", field="customer.phone", params={"reason": "required"})
    return Contact(name, email, phone, contact.locale or catalog.business.default_language)
