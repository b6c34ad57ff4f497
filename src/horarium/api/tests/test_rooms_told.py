"""Whose room the answers name: guests are told of none that may still change, staff always, and whether it may."""

from __future__ import annotations

from typing import Any

import pytest
from django_scopes import scopes_disabled

from horarium.modules.booking.models import Assignment
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision, create_api_key
from horarium.platform.tenancy.permissions import KEY_SCOPES
from tests.factories import make_business, make_location, make_offering, make_pool, make_price, make_resource

from .bed import Api, item, order_body

pytestmark = pytest.mark.django_db
PUBLIC, DESK = "/api/v1/public/inn", "/api/v1/manage/inn"
STAY = {
    "offering": "room",
    "check_in": "2026-12-04",
    "check_out": "2026-12-06",
    "guests": {"adults": 2},
}


@pytest.fixture
def rooms(db: None, monday: Any) -> list[Resource]:
    """Two rooms of one kind, either of which a guest may choose, and a masseur."""
    place = make_location(make_business(slug="inn"), hours="10:00-20:00")
    made = [make_resource(place, name=f"Room {number}", kind="room") for number in (1, 2)]
    offering = make_offering(
        place, slug="room", mode="stay", durations=[], needs=[[make_pool(made)]], party_max=2
    )
    make_price(offering, 8_000, basis="per_night")
    with scopes_disabled():
        offering.requirements.update(is_choosable=True)
    make_offering(place, slug="massage", needs=[[make_resource(place, name="Inês")]], price=4_000)
    bump_catalog_revision(place.business_id)
    return made


@pytest.fixture
def key(rooms: list[Resource]) -> dict[str, str]:
    _, secret = create_api_key(rooms[0].business_id, "Test", sorted(KEY_SCOPES), Actor.system())
    return {"authorization": f"Bearer {secret}"}


def placed(api: Api, **fields: Any) -> Any:
    answer = api.post(f"{PUBLIC}/orders", order_body({**STAY, **fields}))
    assert answer.status_code == 201, answer.content
    return answer.json()


def told(order: Any) -> tuple[list[str], bool]:
    [booking] = order["bookings"]
    return [one["name"] for one in booking["resources"]], booking["may_change_rooms"]


def read(api: Api, order: Any) -> Any:
    return api.get(f"/api/v1/public/orders/{order['id']}", authorization=f"Bearer {order['token']}").json()


def row(api: Api, order: Any, key: dict[str, str]) -> tuple[list[str], bool]:
    found = api.get(f"{DESK}/bookings/{order['bookings'][0]['id']}", **key).json()
    return [one["name"] for one in found["resources"]], found["may_change_rooms"]


def seen_at_the_desk(order: Any) -> list[str]:
    """The rooms that are really taken."""
    with scopes_disabled():
        found = Assignment.objects.filter(booking__public_id=order["bookings"][0]["id"])
        return list(found.values_list("resource__name", flat=True))


def test_a_guest_is_told_of_no_room_that_may_still_change(
    api: Api, rooms: list[Resource], key: dict[str, str]
) -> None:
    order = placed(api)
    assert told(order) == ([], True)
    assert told(read(api, order)) == ([], True)
    [room] = seen_at_the_desk(order)
    assert told(api.get(f"{DESK}/orders/{order['id']}", **key).json()) == ([room], True)
    assert row(api, order, key) == ([room], True)
    [listed] = api.get(f"{DESK}/bookings", **key).json()["items"]
    assert ([one["name"] for one in listed["resources"]], listed["may_change_rooms"]) == ([room], True)


def test_no_answer_to_the_guest_names_it(api: Api, rooms: list[Resource]) -> None:
    order = placed(api)
    bearer = {"authorization": f"Bearer {order['token']}"}
    root = f"/api/v1/public/orders/{order['id']}"
    booking = f"{root}/bookings/{order['bookings'][0]['id']}"
    later = {"check_in": "2026-12-05", "check_out": "2026-12-07"}
    answers = [
        api.get(f"{root}/calendar.ics", **bearer),
        api.post(f"{booking}/change/preview", later, **bearer),
        api.post(f"{booking}/change", later, **bearer),
        api.send("put", f"{booking}/arrival", {"arrives_at": "2026-12-05T20:00:00+00:00"}, **bearer),
        api.get(f"{root}/cancellation", **bearer),
    ]
    assert [one.status_code for one in answers] == [200] * 5
    assert [one.status_code for one in answers if b"Room 1" in one.content or b"Room 2" in one.content] == []


@pytest.mark.parametrize("step", ["pin", "check-in"])
def test_a_room_that_is_kept_is_told(api: Api, rooms: list[Resource], key: dict[str, str], step: str) -> None:
    order = placed(api)
    booking = f"{DESK}/bookings/{order['bookings'][0]['id']}"
    method = "put" if step == "pin" else "post"
    assert api.send(method, f"{booking}/{step}", **key).json()["may_change_rooms"] is False
    [room] = seen_at_the_desk(order)
    assert told(read(api, order)) == ([room], False)
    assert told(api.get(f"{DESK}/orders/{order['id']}", **key).json()) == ([room], False)
    assert row(api, order, key) == ([room], False)


def test_a_room_that_the_guest_has_chosen_is_told(
    api: Api, rooms: list[Resource], key: dict[str, str]
) -> None:
    chosen = placed(api, resource=rooms[1].public_id)
    assert told(chosen) == (["Room 2"], False)
    other = placed(api)
    bearer = {"authorization": f"Bearer {other['token']}"}
    path = f"/api/v1/public/orders/{other['id']}/bookings/{other['bookings'][0]['id']}/change"
    moved = {
        "check_in": "2026-12-10",
        "check_out": "2026-12-12",
        "resource": rooms[1].public_id,
    }
    answer = api.post(path, moved, **bearer)
    assert (answer.status_code, told(answer.json())) == (200, (["Room 2"], False))
    assert row(api, other, key) == (["Room 2"], False)


def test_who_serves_a_guest_by_the_hour_is_always_told(api: Api, rooms: list[Resource]) -> None:
    order = api.post(f"{PUBLIC}/orders", order_body(item("massage"))).json()
    assert told(order) == (["Inês"], False)
