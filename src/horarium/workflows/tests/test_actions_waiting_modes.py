"""Waiting for nights, for places and for shared slots: found by the same listings, offered in the same way."""

from __future__ import annotations

from datetime import date

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.modules.availability.tests.session_scene import Tours, add_session, make_tours
from horarium.modules.availability.tests.session_scene import at as tour_at
from horarium.modules.booking.models import Booking, CancelledBy, Order, WaitingEntry
from horarium.modules.catalog.models import Offering
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, SessionItem
from horarium.workflows.waiting_fit import Wished
from horarium.workflows.waiting_list import Joining, accept_offer, join, run_waiting_list

from .hotel import dec, make_hotel
from .stage import GUEST, NOW, STAFF

pytestmark = pytest.mark.django_db
EVA = Contact("Eva", "eva@example.org")


def wait(offering: Offering, wished: Wished, first_on: date, last_on: date) -> WaitingEntry:
    return join(offering.business_id, Joining(EVA, wished, first_on, last_on), GUEST, NOW)


def offered(entry: WaitingEntry) -> tuple[Order, Booking]:
    with scope(business=entry.business_id):
        order = WaitingEntry.objects.select_related("order").get(pk=entry.pk).order
        assert order is not None
        return order, order.bookings.get()


def cancel(booking: Booking) -> None:
    wish = CancellationWish()
    with scope(business=booking.business_id):
        order_id = booking.order.public_id
    cancel_order(booking.business_id, order_id, wish, by=CancelledBy.GUEST, actor=STAFF, now=NOW)


def test_a_freed_room_is_offered_for_the_nights_that_are_wanted() -> None:
    hotel = make_hotel(rooms=1)
    stays = [hotel.book(4, 6), hotel.book(6, 9)]
    entry = wait(hotel.offering, Wished(hotel.offering.public_id, nights=2, guests=Guests(2)), dec(4), dec(9))
    assert run_waiting_list(hotel.offering.business_id, NOW) == 0
    cancel(stays[1])
    assert run_waiting_list(hotel.offering.business_id, NOW) == 1
    order, booking = offered(entry)
    assert (booking.starts_at.date(), booking.ends_at.date()) == (dec(6), dec(8))
    assert booking.guests == {"adults": 2, "child_ages": []}
    assert accept_offer(order.business_id, order.public_id, NOW).status == "confirmed"


def test_a_stay_lies_within_the_dates_as_a_whole() -> None:
    hotel = make_hotel(rooms=1)
    hotel.book(4, 6)
    wish = Wished(hotel.offering.public_id, nights=3, guests=Guests(2))
    wait(hotel.offering, wish, dec(4), dec(8))
    assert run_waiting_list(hotel.offering.business_id, NOW) == 0
    with pytest.raises(InvalidInput) as refused:
        wait(hotel.offering, wish, dec(4), dec(6))
    assert refused.value.field == "nights"


def test_freed_places_are_offered_to_the_first_for_whom_they_are_enough() -> None:
    tours = make_tours(capacity=3)
    session = add_session(tours, capacity=3)
    sold = [sell(tours, session.public_id, number) for number in (1, 2)]
    day = tour_at(10).date()
    many = wait(
        tours.offering, Wished(tours.offering.public_id, tickets=((tours.adult.public_id, 2),)), day, day
    )
    one = wait(
        tours.offering, Wished(tours.offering.public_id, tickets=((tours.adult.public_id, 1),)), day, day
    )
    cancel(sold[0])
    assert run_waiting_list(tours.id, NOW) == 1
    _, booking = offered(one)
    assert (booking.session_id, booking.party) == (session.pk, 1)
    cancel(sold[1])
    assert run_waiting_list(tours.id, NOW) == 1
    assert offered(many)[1].party == 2


def sell(tours: Tours, session_id: str, number: int) -> Booking:
    item = SessionItem(((tours.adult.public_id, number),), session=session_id)
    order = place_order(tours.offering.business.slug, Checkout(EVA, (item,)), GUEST, NOW)
    with scope(business=tours.id):
        return order.bookings.select_related("order").get()
