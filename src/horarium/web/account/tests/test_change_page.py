"""The page on which guests change their bookings, for every mode, without a browser."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.rules import Agreed
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.rules import Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, Item, ProductItem, SessionItem, SlotItem, StayItem
from horarium.workflows.take_cash import take_cash
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


def hotel(rooms: int = 1, **fields: Any) -> Offering:
    """80 a night for two."""
    usual = {"mode": "stay", "durations": [], "party_max": 3, "included_guests": 2, "lead_minutes": 0}
    room = make_offering(place_of(), **{**usual, **fields})
    with scopes_disabled():
        make_need(room, [make_pool([make_resource(room.location, kind="room") for _ in range(rooms)])])
    make_price(room, 8_000, basis="per_night")
    return room


def stay(room: Offering, first: date, last: date) -> Order:
    return ordered(room, StayItem(room.public_id, first, last, Guests(2)))


def cell(shown: str, day: date) -> str:
    """The element of a date in the grid."""
    found = re.search(rf'<(a|span) class="[^"]*" id="day-{day}".*?</\1></td>', shown)
    assert found is not None
    return found[0]


def test_a_stay_gets_other_dates_with_the_price_before_the_click(client: Client) -> None:
    room = hotel()
    first = (NOW + 10 * DAY).date()
    order = stay(room, first, first + 2 * DAY)
    url = change_url(order)
    assert "your arrival" in cell(page(client, url), first)
    wanted = {"check_in": first.isoformat(), "check_out": (first + 3 * DAY).isoformat(), "adults": "2"}
    shown = page(client, url, **wanted)
    assert "€160" in shown
    assert "€240" in shown
    assert client.post(url, wanted).status_code == 302
    assert booking_of(order).total_minor == 24_000
    same = {**wanted, "check_out": (first + 3 * DAY).isoformat(), "adults": "9"}
    assert client.post(url, same).status_code == 409
    assert booking_of(order).sequence == 1


def test_the_grid_of_a_change_counts_its_own_nights_as_free_and_refuses_those_of_others(
    client: Client,
) -> None:
    """Two links lead to the preview: the arrival and the departure, each keeping the rest of the form."""
    room = hotel()
    first = (NOW + 10 * DAY).date()
    order = stay(room, first, first + 2 * DAY)
    stay(room, first + 4 * DAY, first + 6 * DAY)
    url = change_url(order)
    anew = page(client, url, check_in="", check_out="", adults="2", month=f"{first:%Y-%m}")
    assert "€80 a night" in cell(anew, first + DAY)
    assert "fully booked" in cell(anew, first + 4 * DAY)
    arrival = cell(anew, first + DAY)
    link = html.unescape(re.findall(r'href="([^"#]*)', arrival)[0])
    assert f"check_in={first + DAY}" in link
    assert "check_out=&" in link
    leaving = client.get(link).content.decode()
    assert "Choose the day of departure" in leaving
    assert "Your booking after the change" not in leaving
    assert "3 nights for €240" in cell(leaving, first + 4 * DAY)
    assert "fully booked" in cell(leaving, first + 5 * DAY)
    assert client.post(link).status_code == 200, "the departure is missing: nothing is done"
    assert booking_of(order).sequence == 0
    link = html.unescape(re.findall(r'href="([^"#]*)', cell(leaving, first + 4 * DAY))[0])
    assert "€240" in client.get(link).content.decode()
    wanted = {"check_in": str(first + DAY), "check_out": str(first + 4 * DAY), "adults": "2"}
    assert client.post(url, wanted).status_code == 302
    assert booking_of(order).ends_at.date() == first + 4 * DAY


def test_a_stay_that_keeps_its_room_is_shown_that_room_only(client: Client) -> None:
    room = hotel(rooms=2)
    first = (NOW + 10 * DAY).date()
    order = stay(room, first, first + 2 * DAY)
    with scopes_disabled():
        Booking.objects.filter(order=order).update(is_pinned=True)
        mine = booking_of(order).assignments.get().resource
    other = stay(room, first + 2 * DAY, first + 4 * DAY)
    with scopes_disabled():
        Booking.objects.filter(order=other).update(is_pinned=True)
        theirs = booking_of(other).assignments.get().resource
    anew = page(client, change_url(order), check_in="", check_out="", month=f"{first:%Y-%m}")
    assert ("fully booked" in cell(anew, first + 2 * DAY)) == (mine == theirs)
    assert "€80 a night" in cell(anew, first)


def test_guests_that_no_room_is_for_leave_the_page_without_a_grid(client: Client) -> None:
    first = (NOW + 10 * DAY).date()
    order = stay(hotel(), first, first + 2 * DAY)
    shown = page(client, change_url(order), check_in=str(first), check_out=str(first + DAY), adults="9")
    assert "This cannot be had." in shown
    assert "night-grid" not in shown


@pytest.mark.parametrize("query", ["check_in=x", "check_in=9999-01-01&check_out=9999-01-02", "month=0000-13"])
def test_dates_that_make_no_sense_are_as_if_nothing_had_been_chosen(client: Client, query: str) -> None:
    first = (NOW + 10 * DAY).date()
    order = stay(hotel(), first, first + 2 * DAY)
    assert client.get(f"{change_url(order)}?{query}").status_code == 200
    assert client.post(f"{change_url(order)}?{query}").status_code == 200
    assert booking_of(order).sequence == 0


def test_what_had_come_due_is_said_before_the_move(client: Client) -> None:
    room = hotel()
    first = (NOW + 10 * DAY).date()
    order = stay(room, first, first + 2 * DAY)
    half = Terms((Tier(0, percent=50),), (Tier(0),), Tier(0))
    with scopes_disabled():
        Booking.objects.filter(order=order).update(terms=Agreed(half).as_json())
    take_cash(room.business_id, order.public_id, Money(16_000, "EUR"), actor=Actor.system(), now=NOW)
    url = change_url(order)
    assert "Cancelling costs €80 by now." in page(client, url)
    wanted = {"check_in": str(first + 5 * DAY), "check_out": str(first + 7 * DAY)}
    assert "Cancelling it afterwards costs at least €80" in page(client, url, **wanted)
    assert client.post(url, wanted).status_code == 302
    assert booking_of(order).terms["carried_minor"] == 8_000


def test_tickets_go_to_another_session(client: Client) -> None:
    tour = make_offering(place_of(), mode="session", durations=[120], capacity=5, lead_minutes=0)
    adult = make_ticket_type(tour, 2_500)
    one, two = (make_session(tour, NOW + days * DAY) for days in (10, 12))
    order = ordered(tour, SessionItem(((adult.public_id, 2),), session=one.public_id))
    url = change_url(order)
    shown = page(client, url)
    assert re.search(rf'id="session-{one.public_id}"[^>]*aria-current="true"', shown)
    assert re.search(rf'<a class="date-row" id="session-{two.public_id}"', shown)
    wanted = {"session": two.public_id, f"tickets_{adult.public_id}": "3"}
    assert "€75" in page(client, url, **wanted)
    assert client.post(url, wanted).status_code == 302
    booking = booking_of(order)
    assert (booking.session_id, booking.total_minor, booking.party) == (two.pk, 7_500, 3)


def test_a_session_without_places_for_all_tickets_says_so_in_the_list(client: Client) -> None:
    tour = make_offering(place_of(), mode="session", durations=[120], capacity=3, lead_minutes=0)
    adult = make_ticket_type(tour, 2_500)
    one, two = (make_session(tour, NOW + days * DAY, capacity=3) for days in (10, 12))
    order = ordered(tour, SessionItem(((adult.public_id, 2),), session=one.public_id))
    ordered(tour, SessionItem(((adult.public_id, 2),), session=two.public_id))
    shown = page(client, change_url(order))
    assert f'id="session-{two.public_id}"' not in shown
    assert "date-off" in shown
    assert "3 of 3 places left" in shown, "its own places are free"
    refused = client.post(change_url(order), {"session": two.public_id})
    assert refused.status_code == 409
    assert booking_of(order).sequence == 0


def test_a_shared_slot_goes_to_another_start_of_the_month(client: Client) -> None:
    place = place_of()
    sauna = make_offering(
        place,
        mode="session",
        durations=[60],
        capacity=4,
        is_shared=True,
        lead_minutes=0,
        needs=[[make_resource(place, kind="hall")]],
    )
    guest = make_ticket_type(sauna, 1_000)
    start = (NOW + 10 * DAY).replace(hour=10)
    item = SessionItem(((guest.public_id, 2),), offering=sauna.public_id, start=start)
    order = ordered(sauna, item)
    url = change_url(order)
    shown = page(client, url)
    assert "month-grid" in shown
    later = start + timedelta(hours=3)
    link = next(
        html.unescape(one)
        for one in re.findall(r'<a class="time" href="([^"#]*)', shown)
        if f"T{later:%H}%3A00" in one
    )
    assert "Your booking after the change" in client.get(link).content.decode()
    assert client.post(url, {"session": "", "start": later.isoformat()}).status_code == 302
    assert booking_of(order).starts_at == later


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
