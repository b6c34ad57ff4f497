"""The page on which guests change their bookings, for every mode, without a browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.models import Offering
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, Item, ProductItem, SessionItem, SlotItem, StayItem
from tests.factories import (
    make_business,
    make_location,
    make_need,
    make_offering,
    make_pool,
    make_price,
    make_product,
    make_resource,
    make_session,
    make_ticket_type,
)

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
DAY = timedelta(days=1)


def place_of() -> Any:
    return make_location(make_business(), hours="00:00-24:00", time_zone="UTC")


def ordered(offering: Offering, *items: Item) -> Order:
    checkout = Checkout(Contact("Maria Silva", "maria@example.org"), items)
    return place_order(offering.business.slug, checkout, Actor.system(), datetime.now(UTC))


def booking_of(order: Order, number: int = 0) -> Booking:
    with scopes_disabled():
        return order.bookings.order_by("id")[number]


def change_url(order: Order, number: int = 0) -> str:
    return f"/my/{order_token(order)}/change/{booking_of(order, number).public_id}/"


def page(client: Client, url: str, **query: Any) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_stay_gets_other_dates_with_the_price_before_the_click(client: Client) -> None:
    room = make_offering(
        place_of(), mode="stay", durations=[], party_max=3, included_guests=2, lead_minutes=0
    )
    with scopes_disabled():
        make_need(room, [make_pool([make_resource(room.location, kind="room")])])
    make_price(room, 8_000, basis="per_night")
    first = (NOW + 10 * DAY).date()
    order = ordered(room, StayItem(room.public_id, first, first + 2 * DAY, Guests(2)))
    url = change_url(order)
    assert "Arrival" in page(client, url)
    wanted = {"check_in": first.isoformat(), "check_out": (first + 3 * DAY).isoformat(), "adults": "2"}
    shown = page(client, url, **wanted)
    assert "€160" in shown
    assert "€240" in shown
    assert client.post(url, wanted).status_code == 302
    assert booking_of(order).total_minor == 24_000
    same = {**wanted, "check_out": (first + 3 * DAY).isoformat(), "adults": "9"}
    assert client.post(url, same).status_code == 409
    assert booking_of(order).sequence == 1


def test_tickets_go_to_another_session(client: Client) -> None:
    tour = make_offering(place_of(), mode="session", durations=[120], capacity=5, lead_minutes=0)
    adult = make_ticket_type(tour, 2_500)
    one, two = (make_session(tour, NOW + days * DAY) for days in (10, 12))
    order = ordered(tour, SessionItem(((adult.public_id, 2),), session=one.public_id))
    url = change_url(order)
    assert two.public_id in page(client, url)
    wanted = {"session": two.public_id, f"tickets_{adult.public_id}": "3"}
    assert "€75" in page(client, url, **wanted)
    assert client.post(url, wanted).status_code == 302
    booking = booking_of(order)
    assert (booking.session_id, booking.total_minor, booking.party) == (two.pk, 7_500, 3)


def test_people_and_extras_of_a_slot_are_changed(client: Client) -> None:
    place = place_of()
    massage = make_offering(
        place, needs=[[make_resource(place)]], price=3_000, basis="per_person", party_max=3
    )
    order = ordered(massage, SlotItem(massage.public_id, NOW + 10 * DAY, party=1))
    url, day = change_url(order), (NOW + 10 * DAY).date().isoformat()
    assert "€60" in page(client, url, on=day, party="2")
    assert client.post(url, {"on": day, "party": "2"}).status_code == 302
    assert booking_of(order).party == 2
    part = client.get(url, {"on": day, "party": "3"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "New price" in part


def test_a_stranger_changes_nothing(client: Client) -> None:
    place = place_of()
    massage = make_offering(place, needs=[[make_resource(place)]], price=3_000)
    mine, theirs = (ordered(massage, SlotItem(massage.public_id, NOW + days * DAY)) for days in (10, 11))
    foreign = f"/my/{order_token(mine)}/change/{booking_of(theirs).public_id}/"
    assert client.get(foreign).status_code == 404
    assert client.post(foreign, {"on": "2030-01-01", "at": "10:00"}).status_code == 404
    wrong = f"/my/{mine.public_id}.wrong/change/{booking_of(mine).public_id}/"
    assert client.get(wrong).status_code == 404


def test_goods_alone_and_lines_are_cancelled_one_by_one(client: Client) -> None:
    place = place_of()
    massage = make_offering(place, needs=[[make_resource(place)]], price=3_000)
    honey = make_product(place.business, 700, stock=5)
    order = ordered(massage, SlotItem(massage.public_id, NOW + 10 * DAY), ProductItem(honey.public_id, 2))
    url = f"/my/{order_token(order)}/cancel/"
    assert page(client, url).count('name="line"') == 2
    with scopes_disabled():
        line = order.product_lines.get()
    client.post(url, {"lines": "1", "line": line.public_id})
    with scopes_disabled():
        line.refresh_from_db()
    assert (line.state, booking_of(order).state) == ("cancelled", "confirmed")


def test_a_guest_announces_arrival_on_the_page(client: Client) -> None:
    place = place_of()
    massage = make_offering(place, needs=[[make_resource(place)]], price=3_000, durations=[120])
    order = ordered(massage, SlotItem(massage.public_id, NOW.replace(hour=10) + 10 * DAY))
    url = f"/my/{order_token(order)}/arrival/{booking_of(order).public_id}/"
    assert client.post(url, {"at": "10:20"}).status_code == 302
    assert booking_of(order).arrives_at == NOW.replace(hour=10, minute=20) + 10 * DAY
    client.post(url, {"at": "23:59"})
    assert booking_of(order).arrives_at == NOW.replace(hour=10, minute=20) + 10 * DAY
