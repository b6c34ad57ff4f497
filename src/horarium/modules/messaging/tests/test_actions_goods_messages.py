"""Messages about goods: alone, or beside bookings."""

import pytest

from horarium.modules.booking.events import BookingConfirmed, GoodsCancelled, GoodsSold
from horarium.modules.booking.models import BookingState, Order, ProductLine
from horarium.modules.messaging import subscribers
from horarium.modules.messaging.models import Message
from horarium.platform.tenancy.models import Business
from tests.factories import make_order, make_product

from .conftest import Place

pytestmark = pytest.mark.django_db


def add_honey(order: Order, quantity: int = 2) -> ProductLine:
    honey = make_product(order.business, 600, name="Honey", translations={"ru": {"name": "Мёд"}})
    return ProductLine.objects.create(
        business=order.business,
        order=order,
        product=honey,
        quantity=quantity,
        state=BookingState.CONFIRMED,
        price={"lines": [], "total_minor": 600 * quantity},
        total_minor=600 * quantity,
    )


def tell_sold(order: Order) -> None:
    subscribers.on_goods_sold(GoodsSold(business_id=order.business_id, order_id=order.public_id))


def test_an_order_of_goods_alone_is_confirmed_with_its_lines_and_its_sum(business: Business) -> None:
    order = make_order(business, contact_name="Anna", contact_email="anna@example.org", locale="en")
    add_honey(order)
    tell_sold(order)
    sent = Message.objects.get()
    assert (sent.template, sent.subject) == ("goods_sold", "Your order: Honey × 2")
    assert "Honey × 2: €12" in sent.text
    assert "Total: €12" in sent.text
    assert "Left to pay: €12" in sent.text
    assert "Honey × 2" in sent.html


def test_goods_beside_a_booking_stand_in_its_message_and_in_its_sum(place: Place) -> None:
    order = place()
    add_honey(order, 1)
    tell_sold(order)
    assert not Message.objects.exists()
    booking = order.bookings.get()
    subscribers.on_booking_confirmed(
        BookingConfirmed(
            business_id=order.business_id, booking_id=booking.public_id, order_id=order.public_id
        )
    )
    text = Message.objects.get(template="booking_confirmed").text
    assert "Honey: €6" in text
    assert booking.total_minor == 4500
    assert "Total: €51" in text


def test_cancelled_goods_are_told_once_and_only_while_they_are(business: Business) -> None:
    order = make_order(business, contact_name="Анна", contact_email="anna@example.org", locale="ru")
    line = add_honey(order)
    event = GoodsCancelled(business_id=order.business_id, order_id=order.public_id, line_id=line.public_id)
    subscribers.on_goods_cancelled(event)
    assert not Message.objects.exists()
    line.state = BookingState.CANCELLED
    line.save()
    subscribers.on_goods_cancelled(event)
    subscribers.on_goods_cancelled(event)
    assert Message.objects.get().subject == "Отменено: Мёд × 2"
