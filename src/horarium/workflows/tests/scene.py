"""A shop with one person to book, an order held in it, and what a gateway may say about its payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from horarium.modules.booking.models import Order
from horarium.modules.catalog.models import Offering
from horarium.modules.payments.queries import PaymentView
from horarium.modules.payments.rules import Report
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.settle_payment import Outcome, settle_payment
from horarium.workflows.start_payment import start_payment
from tests.factories import make_business, make_location, make_offering, make_resource

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
LATE = NOW + timedelta(minutes=20)
START = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
GUEST = Actor.guest("api")
# Tests that commit start the keys of rows anew, and the memory of catalogues knows a business by its key.
_revisions = count(1000, 1000)


@dataclass(frozen=True)
class Shop:
    business: Business
    offering: Offering
    people: tuple[Resource, ...]

    @property
    def id(self) -> int:
        return self.business.pk


def make_shop(*, people: int = 1, price: int = 3000, currency: str = "EUR", **offering: Any) -> Shop:
    """One hour costs `price`, paid in full within fifteen minutes unless the fields say otherwise."""
    business = make_business(currency=currency, catalog_revision=next(_revisions))
    place = make_location(business, hours="08:00-20:00")
    staff = tuple(make_resource(place) for _ in range(people))
    fields = {"prepayment": "full", "hold_minutes": 15, **offering}
    return Shop(business, make_offering(place, needs=[list(staff)], price=price, **fields), staff)


def hold(shop: Shop, *, name: str = "guest", start: datetime = START, now: datetime = NOW) -> Order:
    contact = Contact(name, f"{name}@example.org")
    checkout = Checkout(contact, (SlotItem(shop.offering.public_id, start),))
    return place_order(shop.business.slug, checkout, GUEST, now)


def ask(order: Order, now: datetime = NOW) -> PaymentView:
    """The payment page of the order."""
    return start_payment(
        order.business_id, order.public_id, gateway="test", return_url="", actor=GUEST, now=now
    )


def report(payment: PaymentView, state: str = "paid", **changes: Any) -> Report:
    """What the gateway says when nothing is wrong, with what is."""
    reference = payment.confirmation_url.rpartition("/")[2]
    return replace(Report(payment.gateway, reference, payment.order_id, payment.amount, state), **changes)


def settle(
    order: Order, payment: PaymentView, state: str = "paid", *, now: datetime = SOON, **changes: Any
) -> Outcome:
    return settle_payment(order.business_id, payment.id, report(payment, state, **changes), now)
