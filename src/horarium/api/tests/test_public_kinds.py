"""Nights, sessions, goods and carts over HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django_scopes import scopes_disabled

from horarium.modules.catalog.models import Extra, Offering, Product, TicketType
from horarium.platform.tenancy.actions import bump_catalog_revision
from tests.factories import (
    make_business,
    make_location,
    make_offering,
    make_pool,
    make_price,
    make_product,
    make_resource,
    make_session,
    make_ticket_type,
)

from .bed import Api, item, order_body, problem_of

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/public/house"
DATES = "from=2026-12-04&to=2026-12-06"


@dataclass
class House:
    """One room, a tour of ten places on Saturday, a masseur and three jars of honey."""

    room: Offering
    tour: Offering
    massage: Offering
    session_id: str
    adult: TicketType
    honey: Product


@pytest.fixture
def house() -> House:
    place = make_location(make_business(slug="house"), hours="10:00-20:00")
    pool = make_pool([make_resource(place, kind="room")])
    room = make_offering(
        place, slug="room", mode="stay", durations=[], needs=[[pool]], party_max=3, included_guests=2
    )
    make_price(room, 8_000, basis="per_night")
    tour = make_offering(place, slug="tour", mode="session", durations=[180], capacity=10)
    adult = make_ticket_type(tour, 2_500)
    session = make_session(tour, datetime(2026, 12, 5, 10, tzinfo=UTC))
    massage = make_offering(place, slug="massage", needs=[[make_resource(place)]], price=4_000)
    return House(room, tour, massage, session.public_id, adult, make_product(place.business, 700, stock=3))


def read(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.content
    return json.loads(answer.content)


def stay(check_in: str = "2026-12-04", check_out: str = "2026-12-06") -> dict[str, Any]:
    return {"offering": "room", "check_in": check_in, "check_out": check_out, "guests": {"adults": 2}}


def test_the_same_address_lists_starts_nights_and_places(api: Api, house: House) -> None:
    nights = read(api.get(f"{ROOT}/offerings/room/availability?{DATES}&adults=2&nights=2"))
    assert [one["price"]["minor"] for one in nights["days"]] == [8_000] * 3
    assert nights["days"][0]["stay"]["total"]["minor"] == 16_000
    places = read(api.get(f"{ROOT}/offerings/tour/availability?{DATES}&places=2"))
    assert [one["status"] for one in places["days"]] == ["closed", "available", "closed"]
    assert places["days"][1]["sessions"][0]["places"] == 10
    starts = read(api.get(f"{ROOT}/offerings/massage/availability?{DATES}"))
    assert starts["days"][0]["slots"]


def test_a_type_of_ticket_says_what_it_costs_before_a_session_is_chosen(api: Api, house: House) -> None:
    tour = read(api.get(f"{ROOT}/offerings/tour"))
    [adult] = tour["session"]["ticket_types"]
    assert adult["price_from"] == {"minor": 2500, "currency": "EUR", "amount": "25.00"}


def test_extras_of_all_kinds_say_what_one_of_them_adds(api: Api, house: House) -> None:
    for offering, basis in [
        (house.room, "per_person_night"),
        (house.tour, "per_person"),
        (house.massage, ""),
    ]:
        with scopes_disabled():
            extra = Extra.objects.create(business=offering.business, offering=offering, name="Lunch")
        if basis:
            make_price(offering, 1_250, basis=basis, extra=extra)
    bump_catalog_revision(house.room.business_id)
    found = [read(api.get(f"{ROOT}/offerings/{one}"))["extras"][0] for one in ("room", "tour", "massage")]
    price = {"minor": 1250, "currency": "EUR", "amount": "12.50"}
    assert [(one["price"], one["basis"]) for one in found] == [
        (price, "per_person_night"),
        (price, "per_person"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("offering", "field"), [("room", "party"), ("tour", "adults"), ("massage", "nights")]
)
def test_a_field_of_another_kind_is_refused(api: Api, house: House, offering: str, field: str) -> None:
    answer = api.get(f"{ROOT}/offerings/{offering}/availability?{DATES}&{field}=1")
    assert problem_of(answer)["errors"][0]["field"] == field


def test_departures_and_one_stay_agree(api: Api, house: House) -> None:
    found = read(api.get(f"{ROOT}/offerings/room/departures?check_in=2026-12-04&to=2026-12-06&adults=2"))
    assert [one["total"]["minor"] for one in found["stays"]] == [8_000, 16_000]
    one = read(api.get(f"{ROOT}/offerings/room/stay?check_in=2026-12-04&check_out=2026-12-06&adults=2"))
    assert one["is_free"]
    assert one["plans"][0]["price"]["minor"] == 16_000


def test_a_taken_stay_says_what_is_near(api: Api, house: House) -> None:
    read(api.post(f"{ROOT}/orders", order_body(stay())))
    refused = problem_of(api.post(f"{ROOT}/orders", order_body(stay())))
    assert refused["code"] == "availability.slot_taken"
    assert [one["check_in"] for one in refused["alternatives"]] == ["2026-12-01", "2026-12-02", "2026-12-06"]
    one = read(api.get(f"{ROOT}/offerings/room/stay?check_in=2026-12-04&check_out=2026-12-06&adults=2"))
    assert (one["is_free"], one["code"]) == (False, "taken")


def test_goods_say_how_many_may_be_taken(api: Api, house: House) -> None:
    found = read(api.get(f"{ROOT}/products"))["products"]
    assert [(one["price"]["minor"], one["most"]) for one in found] == [(700, 3)]


def test_a_cart_tells_the_line_that_cannot_be_had_and_keeps_the_rest(api: Api, house: House) -> None:
    tickets = {"session": house.session_id, "tickets": {house.adult.public_id: 2}}
    goods = {"product": house.honey.public_id, "quantity": 2}
    made = read(api.post(f"{ROOT}/carts", {"items": [stay(), tickets, goods]}))
    assert made["can_be_booked"]
    assert made["total"]["minor"] == 16_000 + 5_000 + 1_400
    read(api.post(f"{ROOT}/orders", order_body(stay())))
    seen = read(api.get(f"{ROOT}/carts/{made['id']}"))
    assert [one["code"] for one in seen["lines"]] == ["taken", None, None]
    assert seen["total"]["minor"] == 6_400
    changed = read(api.send("put", f"{ROOT}/carts/{made['id']}", {"items": [goods]}))
    assert changed["can_be_booked"]
    assert changed["lines"][0]["item"] == goods


def test_a_cart_refuses_what_could_never_be_booked(api: Api, house: House) -> None:
    wrong = {"product": house.honey.public_id, "quantity": 500}
    answer = api.post(f"{ROOT}/carts", {"items": [item("massage"), wrong]})
    assert problem_of(answer)["errors"][0]["field"] == "items.1.quantity"


def test_a_cart_of_another_business_is_not_there(api: Api, house: House) -> None:
    make_business(slug="other")
    made = read(api.post(f"{ROOT}/carts", {"items": []}))
    assert api.get(f"/api/v1/public/other/carts/{made['id']}").status_code == 404
