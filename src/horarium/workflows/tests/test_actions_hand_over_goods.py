"""Goods are handed over once; what is handed over is out of stock, and its money earned."""

from __future__ import annotations

import pytest
from django_scopes import scope

from horarium.modules.availability.models import Supply
from horarium.modules.availability.queries_supplies import list_movements
from horarium.modules.availability.tests.session_scene import NOW, SYSTEM, add_session, at, make_tours
from horarium.modules.booking.errors import IllegalTransition, OrderNotFound
from horarium.modules.booking.models import Order, ProductLine
from horarium.modules.catalog.models import Extra, Product
from horarium.modules.ledger.models import Entry
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.hand_over_goods import hand_over_goods
from horarium.workflows.items import Item, ProductItem, SessionItem
from horarium.workflows.tidy_bookings import complete_booking
from tests.factories import make_business, make_product

pytestmark = pytest.mark.django_db


def order_of(business: Business, *items: Item) -> Order:
    checkout = Checkout(Contact("Anna", "anna@example.org"), items)
    return place_order(business.slug, checkout, Actor.guest("api"), NOW)


def stock(product: Product) -> tuple[int, int]:
    """All pieces, and those of them that are sold."""
    with scope(business=product.business_id):
        supply = Supply.objects.get(product=product)
    return supply.total, supply.taken


def lines(order: Order) -> list[ProductLine]:
    with scope(business=order.business_id):
        return list(ProductLine.objects.filter(order=order).order_by("id"))


def give(order: Order, *line_ids: str) -> int:
    return hand_over_goods(order.business_id, order.public_id, line_ids, SYSTEM, NOW)


def test_goods_leave_the_stock_when_they_are_handed_over_and_only_once() -> None:
    business = make_business()
    honey, tea = make_product(business, 500, stock=5), make_product(business, 300, stock=4)
    order = order_of(business, ProductItem(honey.public_id, 2), ProductItem(tea.public_id, 1))
    assert (stock(honey), stock(tea)) == ((5, 2), (4, 1))
    assert give(order, lines(order)[0].public_id) == 1
    assert [one.state for one in lines(order)] == ["completed", "confirmed"]
    assert (stock(honey), stock(tea)) == ((3, 0), (4, 1))
    with pytest.raises(IllegalTransition):
        give(order, lines(order)[0].public_id)
    assert give(order) == 1
    with pytest.raises(IllegalTransition):
        give(order)
    assert (stock(honey), stock(tea)) == ((3, 0), (3, 0))
    assert [one.delta for one in list_movements(business.pk, honey.public_id)] == [-2]
    with scope(business=business.pk):
        assert Entry.objects.filter(kind="completion").count() == 2


def test_goods_of_another_business_are_not_found() -> None:
    business = make_business()
    order = order_of(business, ProductItem(make_product(business, stock=5).public_id))
    with pytest.raises(OrderNotFound):
        hand_over_goods(make_business().pk, order.public_id, (), SYSTEM, NOW)


def test_goods_of_extras_are_handed_over_with_their_booking() -> None:
    tours = make_tours()
    honey = make_product(tours.business, stock=5)
    jar = Extra.objects.create(
        business=tours.business, offering=tours.offering, name="Honey", product=honey, max_quantity=3
    )
    tickets = ((tours.adult.public_id, 2),)
    item = SessionItem(tickets, session=add_session(tours).public_id, extras=(jar.public_id,) * 2)
    order = order_of(tours.business, item)
    assert stock(honey) == (5, 2)
    with scope(business=tours.id):
        booking = order.bookings.get()
    for _ in range(2):
        complete_booking(tours.id, booking.public_id, SYSTEM, at(13))
    assert stock(honey) == (3, 0)
