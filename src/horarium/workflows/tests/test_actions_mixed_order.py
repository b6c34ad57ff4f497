"""One order of every kind of item: all of it or nothing, one hold, one sum."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Allocation, SupplyAllocation
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.booking.actions import confirm_order, expire_order, lock_order
from horarium.modules.booking.models import Booking, CancelledBy, Order, ProductLine, Ticket
from horarium.modules.catalog.models import Offering, Product, TicketType
from horarium.platform.tenancy.scope import business_scope
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.checkout import Checkout, place_order, quote_items
from horarium.workflows.items import Guests, Item, ProductItem, SessionItem, SlotItem, StayItem
from horarium.workflows.order_view import get_order_view
from horarium.workflows.retake_order import retake_order
from horarium.workflows.settle_payment import price_of
from tests.factories import (
    make_offering,
    make_pool,
    make_price,
    make_product,
    make_resource,
    make_session,
    make_ticket_type,
)

from .stage import ANNA_WRITES, GUEST, NOW, at, make_place

pytestmark = pytest.mark.django_db
FRIDAY, SUNDAY = date(2026, 12, 4), date(2026, 12, 6)


@dataclass
class House:
    """A hotel with two rooms, masseurs, a tour of ten places and six jars of honey."""

    room: Offering
    massage: Offering
    tour: Offering
    session_id: str
    adult: TicketType
    honey: Product

    @property
    def business_id(self) -> int:
        return self.room.business_id

    def items(self, *, jars: int = 2, adults: int = 4) -> tuple[Item, ...]:
        return (
            StayItem(self.room.public_id, FRIDAY, SUNDAY, Guests(2)),
            SlotItem(self.massage.public_id, at("17:00", FRIDAY), party=2),
            SessionItem(((self.adult.public_id, adults),), session=self.session_id),
            ProductItem(self.honey.public_id, jars),
        )

    def place(self, *items: Item) -> Order:
        return self.place_at(NOW, *items)

    def place_at(self, now: datetime, *items: Item) -> Order:
        checkout = Checkout(contact=ANNA_WRITES, items=items)
        return place_order(self.room.business.slug, checkout, GUEST, now)


@pytest.fixture
def house() -> House:
    place = make_place()
    pool = make_pool([make_resource(place, kind="room") for _ in range(2)])
    room = make_offering(
        place, mode="stay", durations=[], needs=[[pool]], party_max=3, included_guests=2, prepayment="full"
    )
    make_price(room, 8_000, basis="per_night")
    masseurs = [make_resource(place) for _ in range(2)]
    massage = make_offering(place, needs=[masseurs], price=4_500, basis="per_person", party_max=2)
    tour = make_offering(place, mode="session", durations=[180], capacity=10)
    adult = make_ticket_type(tour, 2_500)
    session = make_session(tour, at("10:00", FRIDAY + timedelta(days=1)))
    return House(room, massage, tour, session.public_id, adult, make_product(place.business, 700, stock=6))


def test_every_kind_of_time_and_goods_are_one_order_with_one_sum(house: House) -> None:
    order = house.place(*house.items())
    view = get_order_view(house.business_id, order.public_id, NOW)
    assert view.total.minor == 2 * 8_000 + 2 * 4_500 + 4 * 2_500 + 2 * 700
    assert view.due_now.minor == 2 * 8_000 + 2 * 700
    assert view.status == "held"
    assert [one.offering.mode for one in view.bookings] == ["stay", "slot", "session"]
    assert [(one.product.public_id, one.quantity) for one in view.products] == [(house.honey.public_id, 2)]
    assert [len(one.tickets) for one in view.bookings] == [0, 0, 4]
    assert [one.number for one in view.bookings[2].tickets] == [1, 2, 3, 4]


def test_the_quote_of_the_items_is_the_price_of_the_order(house: House) -> None:
    quote = quote_items(house.room.business.slug, house.items(), NOW)
    order = house.place(*house.items())
    assert (quote.total.minor, quote.due_now.minor) == (order.total_minor, order.due_minor)


def test_a_last_item_that_clashes_leaves_nothing_taken(house: House) -> None:
    with pytest.raises(NotFree) as refused:
        house.place(*house.items(jars=7))
    assert (refused.value.reason, refused.value.item) == (Reason.CAPACITY, 3)
    with business_scope(house.business_id):
        for rows in (Order, Booking, ProductLine, Ticket, Allocation, SupplyAllocation):
            assert not rows.objects.exists()


def test_two_items_of_one_order_do_not_take_the_same_places(house: House) -> None:
    adults = SessionItem(((house.adult.public_id, 6),), session=house.session_id)
    with pytest.raises(NotFree) as refused:
        house.place(adults, adults)
    assert (refused.value.reason, refused.value.item) == (Reason.CAPACITY, 1)


def test_a_paid_order_keeps_everything_for_good(house: House) -> None:
    placed = house.place(*house.items())
    with business_scope(house.business_id):
        assert confirm_order(lock_order(house.business_id, placed.public_id), NOW)
        assert [one.state for one in SupplyAllocation.objects.all()] == ["taken", "taken"]
    view = get_order_view(house.business_id, placed.public_id, NOW + timedelta(days=1))
    assert {one.state for one in view.bookings} | {one.state for one in view.products} == {"confirmed"}


def test_a_lapsed_hold_gives_places_and_pieces_to_the_next(house: House) -> None:
    house.place(*house.items(jars=6, adults=10))
    later = NOW + timedelta(hours=1)
    checkout = Checkout(contact=ANNA_WRITES, items=house.items(jars=6, adults=10))
    order = place_order(house.room.business.slug, checkout, GUEST, later)
    assert get_order_view(house.business_id, order.public_id, later).status == "held"


def test_cancelling_gives_places_back_and_voids_the_tickets(house: House) -> None:
    placed = house.place(SessionItem(((house.adult.public_id, 10),), session=house.session_id))
    by = CancelledBy.GUEST
    cancel_order(house.business_id, placed.public_id, CancellationWish(), by=by, actor=GUEST, now=NOW)
    house.place(SessionItem(((house.adult.public_id, 10),), session=house.session_id))
    with business_scope(house.business_id):
        live = Ticket.objects.filter(voided_at=None).order_by("number")
        assert [one.number for one in live] == list(range(11, 21))


def test_late_money_takes_everything_again_while_it_is_free(house: House) -> None:
    placed = house.place(*house.items())
    later = NOW + timedelta(hours=1)
    with business_scope(house.business_id):
        order = lock_order(house.business_id, placed.public_id)
        house.place_at(later, *house.items(jars=4, adults=6))
        expire_order(order, later)
        assert retake_order(order, later)
    view = get_order_view(house.business_id, placed.public_id, later)
    assert {one.state for one in view.bookings} | {one.state for one in view.products} == {"confirmed"}
    assert [one.number for one in view.bookings[2].tickets] == [1, 2, 3, 4]


@pytest.mark.parametrize("others", [{"adults": 7}, {"jars": 5}], ids=["places", "pieces"])
def test_late_money_gets_nothing_when_a_part_is_gone(house: House, others: dict[str, int]) -> None:
    placed = house.place(*house.items())
    later = NOW + timedelta(hours=1)
    house.place_at(later, *house.items(**others)[2:])
    with business_scope(house.business_id):
        order = lock_order(house.business_id, placed.public_id)
        assert not retake_order(order, later)
    view = get_order_view(house.business_id, placed.public_id, later)
    assert {one.state for one in view.bookings} | {one.state for one in view.products} == {"expired"}


def test_money_for_goods_is_no_excess(house: House) -> None:
    placed = house.place(ProductItem(house.honey.public_id, 2))
    with business_scope(house.business_id):
        assert price_of(lock_order(house.business_id, placed.public_id)) == 2 * 700
