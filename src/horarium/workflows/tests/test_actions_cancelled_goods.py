"""What cancelled goods give back, alone and beside bookings, and what their guest is told of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.kit.money import Money
from horarium.modules.booking.events import BookingCancelled, GoodsCancelled
from horarium.modules.booking.models import Cancellation, CancelledBy, Order
from horarium.modules.booking.queries_goods import refunds_of_lines
from horarium.modules.catalog.models import Offering, Product
from horarium.modules.messaging.models import Message
from horarium.modules.messaging.subscribers import on_booking_cancelled, on_goods_cancelled
from horarium.platform.events.models import OutboxEvent
from horarium.workflows.cancel_booking import CancellationWish, cancel_order, preview_cancellation
from horarium.workflows.items import ProductItem
from horarium.workflows.order_view import OrderView, get_order_view
from horarium.workflows.take_cash import take_cash
from tests.factories import make_offering, make_product, make_resource

from .stage import NOW, STAFF, at, item, make_place, order

pytestmark = pytest.mark.django_db


@dataclass
class Spa:
    """A massage for 45 € and jars of honey for 7 €."""

    massage: Offering
    honey: Product

    @property
    def business_id(self) -> int:
        return self.massage.business_id

    def sell(self, *, jars: int, paid: int) -> Order:
        placed = order(
            item(self.massage, "10:00"),
            ProductItem(self.honey.public_id, jars),  # type: ignore[arg-type]
            of=self.massage,
        )
        take_cash(self.business_id, placed.public_id, Money(paid, "EUR"), actor=STAFF, now=NOW)
        return placed

    def view(self, placed: Order) -> OrderView:
        return get_order_view(self.business_id, placed.public_id, NOW)

    def cancel(self, placed: Order, *ids: str, fee: int | None = None) -> Money:
        """Gives back what the preview has said."""
        wish = CancellationWish(ids, reason="Ill", fee=fee)
        terms = preview_cancellation(self.view(placed), wish)
        cancel_order(self.business_id, placed.public_id, wish, by=CancelledBy.STAFF, actor=STAFF, now=NOW)
        return terms.refund

    def tell(self) -> dict[str, str]:
        """Text of each message, by what it is about."""
        with scope(business=self.business_id), frozen(NOW):
            for one in OutboxEvent.objects.filter(type="BookingCancelled"):
                on_booking_cancelled(BookingCancelled(business_id=self.business_id, **one.payload))
            for one in OutboxEvent.objects.filter(type="GoodsCancelled"):
                on_goods_cancelled(GoodsCancelled(business_id=self.business_id, **one.payload))
            return dict(Message.objects.values_list("template", "text"))

    def refunds(self, placed: Order) -> tuple[list[int], dict[str, int]]:
        with scope(business=self.business_id):
            noted = list(Cancellation.objects.values_list("refunded_minor", flat=True))
            lines = [one.id for one in self.view(placed).products]
            return noted, refunds_of_lines(self.business_id, lines)


@pytest.fixture
def spa() -> Spa:
    place = make_place()
    massage = make_offering(place, needs=[[make_resource(place)]], price=4500, cancel_free_hours=2)
    return Spa(massage, make_product(place.business, 700, stock=9))


def test_goods_that_go_alone_tell_their_refund(spa: Spa) -> None:
    placed = spa.sell(jars=2, paid=5900)
    [line] = spa.view(placed).products
    assert spa.cancel(placed, line.id) == Money(1400, "EUR")
    assert spa.refunds(placed) == ([], {line.id: 1400})
    [text] = spa.tell().values()
    assert "Refund: €14\n" in text
    assert "Total: €45\n" in text


def test_goods_that_nobody_has_paid_give_nothing_back(spa: Spa) -> None:
    placed = spa.sell(jars=2, paid=4500)
    [line] = spa.view(placed).products
    assert spa.cancel(placed, line.id) == Money(0, "EUR")
    assert "Refund" not in spa.tell()["goods_cancelled"]


@pytest.mark.parametrize(
    ("fee", "of_booking", "told"), [(None, 4500, "€45"), (1500, 3000, "€30")], ids=["free", "with a fee"]
)
def test_what_goes_together_tells_each_its_own_part(
    spa: Spa, fee: int | None, of_booking: int, told: str
) -> None:
    placed = spa.sell(jars=2, paid=5900)
    [line] = spa.view(placed).products
    assert spa.cancel(placed, fee=fee) == Money(of_booking + 1400, "EUR")
    assert spa.refunds(placed) == ([of_booking], {line.id: 1400})
    texts = spa.tell()
    assert f"Refund: {told}\n" in texts["booking_cancelled"]
    assert "Refund: €14\n" in texts["goods_cancelled"]


def test_the_whole_fee_of_a_booking_leaves_the_refund_to_the_goods(spa: Spa) -> None:
    placed = spa.sell(jars=1, paid=5200)
    assert spa.cancel(placed, fee=4500) == Money(700, "EUR")
    texts = spa.tell()
    assert "Refund" not in texts["booking_cancelled"]
    assert "Refund: €7\n" in texts["goods_cancelled"]


def test_a_second_cancellation_tells_the_refund_of_all_that_it_lists(spa: Spa) -> None:
    placed = order(
        item(spa.massage, "10:00"),
        ProductItem(spa.honey.public_id, 1),  # type: ignore[arg-type]
        ProductItem(make_product(spa.honey.business, 500, stock=3).public_id, 2),  # type: ignore[arg-type]
        of=spa.massage,
        now=at("08:00"),
    )
    take_cash(spa.business_id, placed.public_id, Money(6200, "EUR"), actor=STAFF, now=NOW)
    first, second = spa.view(placed).products
    assert (spa.cancel(placed, first.id), spa.cancel(placed, second.id)) == (
        Money(700, "EUR"),
        Money(1000, "EUR"),
    )
    assert spa.refunds(placed) == ([], {first.id: 700, second.id: 1000})
    assert "Refund: €17\n" in spa.tell()["goods_cancelled"]
