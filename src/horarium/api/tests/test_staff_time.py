"""Blocks, free time for several, people who are away, and visits, over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from horarium.kit.clock import now
from horarium.modules.availability.actions_sessions import create_session
from horarium.modules.availability.rules.session_drafts import SessionDraft
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Role
from tests.factories import make_member, make_offering

from .bed import Api, Salon, item, order_body, problem_of

pytestmark = pytest.mark.django_db
DAY = "2026-12-01"


def at(clock: str, day: str = DAY) -> str:
    return f"{day}T{clock}:00+00:00"


@pytest.fixture
def staff(api: Api, salon: Salon) -> Any:
    """Requests of the owner, signed in."""
    api.client.force_login(make_member(salon.business, Role.OWNER).user)
    root = f"/api/v1/manage/{salon.business.slug}"

    def send(method: str, path: str, body: Any = None) -> Any:
        return api.send(method, f"{root}/{path}", body)

    return send


def book(api: Api, salon: Salon, clock: str, who: str) -> Any:
    answer = api.post(f"{salon.root}/orders", order_body(item(start=at(clock), resource=who)))
    assert answer.status_code == 201, answer.content
    return answer.json()["bookings"][0]


def test_a_block_over_a_booking_lists_it_and_goes_around_when_told(
    api: Api, salon: Salon, staff: Any
) -> None:
    booked = book(api, salon, "11:00", salon.anna.public_id)
    wanted = {
        "resources": [salon.location.public_id],
        "start": at("10:00"),
        "end": at("13:00"),
        "reason": "Inventory",
    }
    refused = staff("post", "blocks", wanted)
    assert (refused.status_code, problem_of(refused)["code"]) == (409, "availability.collides")
    (one,) = refused.json()["collisions"]
    assert (one["kind"], one["id"], one["title"]) == ("booking", booked["id"], "Ada Lovelace")
    assert [each["name"] for each in one["resources"]] == ["Anna"]
    placed = staff("post", "blocks", {**wanted, "around": True})
    assert placed.status_code == 201
    assert (len(placed.json()["ids"]), [one["id"] for one in placed.json()["left_out"]]) == (
        3,
        [booked["id"]],
    )
    span = f"from={at('00:00')}&to={at('23:00')}".replace("+", "%2B")
    who = staff("get", f"collisions?resource={salon.anna.public_id}&{span}").json()["items"]
    assert [each["kind"] for each in who] == ["block", "booking", "block"]
    assert staff("delete", f"blocks/{placed.json()['id']}?reach=all").status_code == 204
    assert staff("get", f"blocks?{span}").json() == {"items": []}


def test_a_block_repeats_every_week_on_the_clock_of_the_place(salon: Salon, staff: Any) -> None:
    wanted = {
        "resources": [salon.anna.public_id],
        "start": at("12:00"),
        "end": at("12:30"),
        "repeat": {"until": "2026-12-10", "weekdays": [1, 3]},
    }
    placed = staff("post", "blocks", wanted).json()
    assert len(placed["ids"]) == 4
    assert staff("delete", f"blocks/{placed['ids'][2]}?reach=following").status_code == 204
    span = f"from={at('00:00')}&to={at('00:00', '2026-12-31')}".replace("+", "%2B")
    found = staff("get", f"blocks?{span}").json()["items"]
    assert [one["start"][:16] for one in found] == ["2026-12-01T12:00", "2026-12-03T12:00"]
    wrong = staff("post", "blocks", {**wanted, "resources": ["res_none"]})
    assert problem_of(wrong)["errors"][0]["code"] == "unknown"


def test_the_first_hour_with_two_people_is_found(api: Api, salon: Salon, staff: Any) -> None:
    book(api, salon, "10:00", salon.boris.public_id)
    need = {"of": [salon.anna.public_id, salon.boris.public_id], "quantity": 2}
    found = staff("post", "time-search", {"duration": 60, "needs": [need], "from": DAY, "to": DAY}).json()
    first = found["items"][0]
    assert datetime.fromisoformat(first["start"]) == datetime.fromisoformat(at("11:00"))
    assert [each["name"] for each in first["resources"][0]] == ["Anna", "Boris"]


def test_bookings_of_somebody_who_is_away_go_to_a_colleague(api: Api, salon: Salon, staff: Any) -> None:
    booked = book(api, salon, "11:00", salon.anna.public_id)
    absence = {"resource": salon.anna.public_id, "from": at("00:00"), "to": at("23:00")}
    query = "&".join(f"{key}={value}" for key, value in absence.items()).replace("+", "%2B")
    (one,) = staff("get", f"replacements?{query}").json()["items"]
    assert (one["kind"], one["resource"]["name"], one["is_resource_chosen"]) == ("colleague", "Boris", True)
    accept = [{"booking": one["booking"], "start": one["new_start"], "resource": one["resource"]["id"]}]
    done = staff("post", "replacements", {**absence, "accept": accept, "reason": "Ill"}).json()
    assert done["items"] == [{"booking": booked["id"], "code": None}]
    assert (len(done["blocks"]), done["left"]) == (1, [])
    row = staff("get", f"bookings/{booked['id']}").json()
    assert [each["name"] for each in row["resources"]] == ["Boris"]


def test_sessions_of_somebody_who_is_away_get_a_colleague(salon: Salon, staff: Any) -> None:
    walk = make_offering(
        salon.location, needs=[[salon.anna, salon.boris]], name="Walk", mode="session", capacity=8
    )
    draft = SessionDraft(
        walk.public_id, datetime.fromisoformat(at("11:00")), resources=(salon.anna.public_id,)
    )
    session = create_session(salon.business.pk, draft, Actor.system(), now())
    absence = {"resource": salon.anna.public_id, "from": at("00:00"), "to": at("23:00")}
    query = "&".join(f"{key}={value}" for key, value in absence.items()).replace("+", "%2B")
    found = staff("get", f"replacements?{query}").json()
    (one,) = found["sessions"]
    assert (one["session"], one["kind"], one["reason"]) == (session.public_id, "colleague", None)
    assert (one["resource"]["name"], one["offering"]["name"], one["taken"], one["total"]) == (
        "Boris",
        "Walk",
        0,
        8,
    )
    accept = [{"session": session.public_id, "resource": salon.boris.public_id}]
    done = staff("post", "replacements", {**absence, "accept_sessions": accept, "reason": "Ill"}).json()
    assert (done["items"], done["left"], len(done["blocks"])) == ([], [], 1)
    assert done["sessions"] == [{"session": session.public_id, "code": None}]
    again = staff("post", "replacements", {**absence, "accept_sessions": accept, "block": False}).json()
    assert again["sessions"] == [{"session": session.public_id, "code": "state"}]


def test_a_plan_of_a_visit_can_be_ordered_as_it_is(api: Api, salon: Salon) -> None:
    wanted = {
        "steps": [
            {"offering": "haircut", "people": ["ann", "ben"]},
            {"offering": "colouring", "people": ["ann"]},
        ],
        "dates": [DAY],
        "max_idle": 10,
    }
    found = api.post(f"{salon.root}/visit-plans", wanted).json()
    plan = found["plans"][0]
    assert (found["is_complete"], plan["length"], plan["idle"]) == (True, 150, 0)
    placed = api.post(f"{salon.root}/orders", order_body(*(one["item"] for one in plan["items"])))
    assert placed.status_code == 201, placed.content
    wrong = api.post(f"{salon.root}/visit-plans", {**wanted, "dates": []})
    assert wrong.status_code == 422


def test_staff_hear_whose_time_it_is_and_guests_do_not(api: Api, salon: Salon, staff: Any) -> None:
    booked = book(api, salon, "11:00", salon.anna.public_id)
    wanted = order_body(item(start=at("11:00"), resource=salon.anna.public_id))
    refused = staff("post", "bookings", wanted).json()
    assert (refused["status"], [one["id"] for one in refused["collisions"]]) == (409, [booked["id"]])
    guest = api.post(f"{salon.root}/orders", wanted).json()
    assert (guest["status"], "collisions" in guest) == (409, False)
    other = book(api, salon, "10:00", salon.boris.public_id)
    move = {"start": at("11:00"), "resource": salon.anna.public_id}
    refused = staff("post", f"bookings/{other['id']}/move", move).json()
    assert [(one["kind"], one["title"]) for one in refused["collisions"]] == [("booking", "Ada Lovelace")]


def test_a_specialist_sees_no_collisions_of_others(api: Api, salon: Salon) -> None:
    api.client.force_login(make_member(salon.business, Role.SPECIALIST).user)
    span = f"from={at('00:00')}&to={at('23:00')}".replace("+", "%2B")
    root = f"/api/v1/manage/{salon.business.slug}"
    for path in ("collisions", "replacements"):
        answer = api.get(f"{root}/{path}?resource={salon.anna.public_id}&{span}")
        assert answer.status_code == 403
