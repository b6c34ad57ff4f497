"""The staff's API: who gets in, what it shows, and what it changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from horarium.modules.booking.models import Booking
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import create_api_key
from horarium.platform.tenancy.permissions import KEY_SCOPES
from tests.factories import make_business, make_member

from .bed import Api, Salon, item, order_body, problem_of

ROOT = "/api/v1/manage/salon"


def key_of(salon: Salon, *scopes: str) -> dict[str, str]:
    _, secret = create_api_key(salon.business.pk, "Test", scopes or sorted(KEY_SCOPES), Actor.system())
    return {"authorization": f"Bearer {secret}"}


@pytest.fixture
def key(salon: Salon) -> dict[str, str]:
    return key_of(salon)


def booked(api: Api, salon: Salon, **fields: Any) -> Any:
    return api.post(salon.root + "/orders", order_body(item(**fields))).json()["bookings"][0]


def test_without_key_or_session_nothing_opens(api: Api, salon: Salon) -> None:
    assert problem_of(api.get(ROOT + "/bookings"))["code"] == "auth.required"
    assert (
        problem_of(api.get(ROOT + "/bookings", authorization="Bearer hrm_wrong"))["code"] == "auth.required"
    )
    assert problem_of(api.post(ROOT + "/bookings", {}))["status"] == 401


def test_a_key_of_another_business_finds_nothing_here(api: Api, salon: Salon) -> None:
    other = make_business(slug="other")
    _, secret = create_api_key(other.pk, "Theirs", sorted(KEY_SCOPES), Actor.system())
    headers = {"authorization": f"Bearer {secret}"}
    assert problem_of(api.get(ROOT + "/bookings", **headers))["code"] == "not_found"
    assert api.get("/api/v1/manage/other/bookings", **headers).status_code == 200
    missing = problem_of(api.get("/api/v1/manage/nobody/bookings", **headers))
    assert missing == problem_of(api.get(ROOT + "/bookings", **headers))


def test_a_key_does_what_its_scopes_say_and_no_more(api: Api, salon: Salon) -> None:
    reading = key_of(salon, "bookings.read")
    booking = booked(api, salon)
    assert api.get(ROOT + "/bookings", **reading).status_code == 200
    refusal = problem_of(api.post(f"{ROOT}/bookings/{booking['id']}/cancellation", **reading))
    assert (refusal["status"], refusal["code"]) == (403, "tenancy.permission_missing")
    with scopes_disabled():
        assert Booking.objects.get().state == "confirmed"


def test_a_member_gets_in_by_session_and_changes_with_the_csrf_token(salon: Salon) -> None:
    member = make_member(salon.business, "operator")
    client = Client(enforce_csrf_checks=True)
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(ROOT + "/bookings").json()["items"] == []
    body = order_body(item())
    refusal = client.post(ROOT + "/bookings", body, content_type="application/json")
    assert problem_of(refusal)["code"] == "auth.csrf"
    client.cookies["csrftoken"] = "a" * 32
    made = client.post(
        ROOT + "/bookings", body, content_type="application/json", headers={"X-CSRFToken": "a" * 32}
    )
    assert made.status_code == 201
    assert problem_of(client.get("/api/v1/manage/nobody/bookings"))["status"] == 404


def test_bookings_are_listed_filtered_moved_and_cancelled(
    api: Api, salon: Salon, key: dict[str, str]
) -> None:
    booking = booked(api, salon, resource=salon.anna.public_id)
    [row] = api.get(ROOT + "/bookings?from=2026-12-01&to=2026-12-01&state=confirmed", **key).json()["items"]
    assert (row["id"], row["start"]) == (booking["id"], "2026-12-01T10:00:00+00:00")
    assert row["resources"] == [{"id": salon.anna.public_id, "name": "Anna", "kind": "person"}]
    assert api.get(ROOT + "/bookings?from=2026-12-02", **key).json()["items"] == []
    assert api.get(ROOT + "/bookings?search=lovelace", **key).json()["items"] == [row]
    path = f"{ROOT}/bookings/{booking['id']}"
    moved = api.post(path + "/move", {"start": "2026-12-01T11:30:00Z"}, **key).json()
    assert moved["start"] == "2026-12-01T11:30:00+00:00"
    noted = api.send("patch", path, {"staff_notes": "window seat"}, **key)
    assert noted.json()["staff_notes"] == "window seat"
    cancelled = api.post(path + "/cancellation", {"reason": "ill", "waive_fee": True}, **key)
    assert cancelled.json()["state"] == "cancelled"
    assert problem_of(api.post(path + "/check-in", **key))["code"] == "booking.state"


def test_a_move_to_taken_time_is_refused_and_the_booking_stands(
    api: Api, salon: Salon, key: dict[str, str]
) -> None:
    first = booked(api, salon, resource=salon.anna.public_id)
    second = booked(api, salon, resource=salon.anna.public_id, start="2026-12-01T12:00:00Z")
    path = f"{ROOT}/bookings/{second['id']}/move"
    refusal = problem_of(api.post(path, {"start": first["start"], "resource": salon.anna.public_id}, **key))
    assert refusal["code"] == "availability.resource_unavailable"
    assert refusal["alternatives"]
    assert api.get(f"{ROOT}/bookings/{second['id']}", **key).json()["start"] == second["start"]


def test_cash_is_taken_and_shown(api: Api, salon: Salon, key: dict[str, str]) -> None:
    order = api.post(ROOT + "/bookings", order_body(item("colouring")), **key).json()
    assert (order["status"], order["payment_state"]) == ("confirmed", "unpaid")
    paid = api.post(f"{ROOT}/orders/{order['id']}/cash", {"minor": 4000}, **key).json()
    assert (paid["payment_state"], paid["paid"]["minor"]) == ("part_paid", 4000)
    refusal = problem_of(api.post(f"{ROOT}/orders/{order['id']}/cash", {"minor": 5001}, **key))
    assert refusal["code"] == "payments.too_much"
    assert api.get(ROOT + "/bookings", **key).json()["items"][0]["paid"]["minor"] == 4000


def test_blocked_time_is_not_offered_until_it_is_unblocked(
    api: Api, salon: Salon, key: dict[str, str]
) -> None:
    span = {"start": "2026-12-01T00:00:00Z", "end": "2026-12-02T00:00:00Z"}
    both = [salon.anna.public_id, salon.boris.public_id]
    block = api.post(ROOT + "/blocks", {"resources": both, "reason": "Repair", **span}, **key).json()
    day = salon.root + "/offerings/haircut/availability?from=2026-12-01&to=2026-12-01"
    assert api.get(day).json()["days"][0]["reason"] == "blocked"
    listed = api.get(ROOT + "/blocks?from=2026-12-01T00:00:00Z&to=2026-12-03T00:00:00Z", **key).json()
    assert [(one["id"], one["reason"], one["resources"]) for one in listed["items"]] == [
        (block["id"], "Repair", both)
    ]
    assert api.send("delete", f"{ROOT}/blocks/{block['id']}", **key).status_code == 204
    assert len(api.get(day).json()["days"][0]["slots"]) == 9


def test_the_catalogue_is_built_through_the_api_and_booked(
    api: Api, salon: Salon, key: dict[str, str]
) -> None:
    location = salon.location.public_id
    hall = {"name": "Hall", "kind": "hall", "location": location}
    resource = api.post(ROOT + "/resources", hall, **key).json()
    week = {"week": [{"weekday": 1, "starts": 600, "ends": 1200}], "follows_location": False}
    assert api.send("put", f"{ROOT}/openings/{resource['id']}", week, **key).status_code == 200
    needs = [{"choices": [resource["id"]], "label": "Hall"}]
    wanted = {"name": "Shooting", "location": location, "durations": [60, 120], "needs": needs}
    offering = api.post(ROOT + "/offerings", wanted, **key).json()
    assert offering["needs"][0]["choices"] == [resource["id"]]
    prices = {"prices": [{"basis": "per_hour", "amount_minor": 5000}]}
    priced = api.send("put", f"{ROOT}/offerings/{offering['id']}/prices", prices, **key).json()
    assert priced["prices"][0]["amount_minor"] == 5000
    order = api.post(salon.root + "/orders", order_body(item("shooting", duration=120))).json()
    assert order["total"]["minor"] == 10000
    changed = api.send("patch", f"{ROOT}/offerings/{offering['id']}", {"is_public": False}, **key)
    assert changed.json()["is_public"] is False
    assert api.get(salon.root + "/offerings/shooting").status_code == 404
    refusal = problem_of(api.send("patch", f"{ROOT}/offerings/{offering['id']}", {"durations": [61]}, **key))
    assert refusal["errors"][0]["field"] == "durations"


@pytest.mark.parametrize(
    "path",
    [
        "", "/booking-rules", "/locations", "/members", "/resources", "/pools", "/categories", "/offerings",
        "/customers", "/payments", "/messages", "/events", "/audit", "/bookings",
    ],
)  # fmt: skip
def test_every_list_answers_with_a_tag_for_whoever_may_read(
    api: Api, salon: Salon, key: dict[str, str], path: str
) -> None:
    booked(api, salon)
    found = api.get(ROOT + path, **key)
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in found.headers
    assert api.get(ROOT + path, **key, if_none_match=found.headers["ETag"]).status_code == 304


def test_keys_are_made_by_owners_only_and_told_once(salon: Salon, api: Api, key: dict[str, str]) -> None:
    assert problem_of(api.get(ROOT + "/api-keys", **key))["status"] == 403
    owner = Client()
    owner.force_login(make_member(salon.business).user, backend="django.contrib.auth.backends.ModelBackend")
    body = {"name": "Till", "scopes": ["payments.read"]}
    made = owner.post(ROOT + "/api-keys", body, content_type="application/json")
    secret = made.json()["secret"]
    assert secret not in owner.get(ROOT + "/api-keys").content.decode()
    opened = {"authorization": f"Bearer {secret}"}
    assert api.get(ROOT + "/payments", **opened).status_code == 200
    assert owner.delete(f"{ROOT}/api-keys/{made.json()['id']}").status_code == 204
    assert api.get(ROOT + "/payments", **opened).status_code == 401


@pytest.mark.parametrize("number", [1, 5])
@pytest.mark.parametrize("path", ["/bookings", "/customers", "/events", "/audit", "/offerings", "/resources"])
def test_a_list_costs_a_fixed_number_of_queries(
    api: Api, salon: Salon, key: dict[str, str], path: str, number: int
) -> None:
    for hour in range(number):
        booked(api, salon, start=f"2026-12-0{hour + 1}T10:00:00Z")
    with CaptureQueriesContext(connection) as queries:
        assert api.get(ROOT + path, **key).status_code == 200
    assert len(queries) <= (4 if path == "/bookings" else 10)
