"""Stays, tickets, policies and products through the staff's API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_member

from .bed import Api, Salon, problem_of
from .test_staff import ROOT, key_of


@pytest.fixture
def key(salon: Salon) -> dict[str, str]:
    return key_of(salon, "catalog.read", "catalog.write", "settings.read", "settings.write")


@pytest.fixture
def room(api: Api, salon: Salon, key: dict[str, str]) -> str:
    """A double room for two, three with an extra bed."""
    wanted = {
        "mode": "stay",
        "name": "Double",
        "location": salon.location.public_id,
        "needs": [{"choices": [salon.anna.public_id]}],
        "party_max": 3,
        "included_guests": 2,
        "check_in_minute": 840,
    }
    return str(made(api, key, "/offerings", wanted)["id"])


@pytest.fixture
def tour(api: Api, salon: Salon, key: dict[str, str]) -> str:
    wanted = {
        "mode": "session",
        "name": "Walk",
        "location": salon.location.public_id,
        "durations": [120],
        "capacity": 12,
    }
    return str(made(api, key, "/offerings", wanted)["id"])


def made(api: Api, key: dict[str, str], path: str, body: dict[str, Any]) -> Any:
    response = api.post(ROOT + path, body, **key)
    assert response.status_code == 201, response.content
    return response.json()


def fields_of(response: Any) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in problem_of(response)["errors"]]


def test_a_room_has_nights_plans_and_a_price_list(
    api: Api, salon: Salon, key: dict[str, str], room: str
) -> None:
    path = f"{ROOT}/offerings/{room}"
    shown = api.get(path, **key).json()
    assert (shown["mode"], shown["durations"], shown["check_in_minute"]) == ("stay", [], 840)
    plan = made(api, key, f"/offerings/{room}/rate-plans", {"name": "Saver", "prepayment": "full"})
    prices: list[dict[str, Any]] = [
        {"basis": "per_night", "amount_minor": 9000, "rate_plan": plan["id"], "min_nights": 3},
        {"basis": "per_night", "amount_minor": 10000},
        {"basis": "per_person_night", "amount_minor": 1500, "from_age": 3, "until_age": 11},
    ]
    answer = api.send("put", f"{path}/prices", {"prices": prices}, **key).json()
    shown = [
        [one[name] for name in ("amount_minor", "rate_plan", "min_nights", "until_age")]
        for one in answer["prices"]
    ]
    assert shown == [[9000, plan["id"], 3, None], [10000, "", None, None], [1500, "", None, 11]]
    changed = api.send("patch", f"{ROOT}/rate-plans/{plan['id']}", {"is_active": False}, **key).json()
    assert (changed["name"], changed["is_active"]) == ("Saver", False)
    listed = api.get(f"{path}/rate-plans", **key)
    assert [one["id"] for one in listed.json()["items"]] == [plan["id"]]
    assert api.get(f"{path}/rate-plans", **key, if_none_match=listed.headers["ETag"]).status_code == 304
    assert fields_of(api.send("patch", path, {"mode": "slot"}, **key)) == [("mode", "unknown_field")]


def test_dates_are_restricted_in_bulk_and_one_by_one(
    api: Api, salon: Salon, key: dict[str, str], room: str
) -> None:
    path = f"{ROOT}/offerings/{room}/restrictions"
    span = {"first_on": "2026-12-01", "last_on": "2026-12-31"}
    weekends = span | {"weekdays": [4, 5], "min_nights": 2, "closed_to_departure": True}
    answer = api.send("put", f"{path}/dates", weekends, **key).json()
    assert [(one["weekdays"], one["min_nights"], one["closed_to_departure"]) for one in answer["items"]] == [
        ([4, 5], 2, True)
    ]
    freed = span | {"min_nights": None, "closed_to_departure": False}
    assert api.send("put", f"{path}/dates", freed, **key).json() == {"items": []}
    one = made(api, key, f"/offerings/{room}/restrictions", span | {"is_closed": True})
    changed = api.send("patch", f"{ROOT}/restrictions/{one['id']}", {"last_on": "2026-12-02"}, **key).json()
    assert (changed["last_on"], changed["is_closed"]) == ("2026-12-02", True)
    assert api.send("delete", f"{ROOT}/restrictions/{one['id']}", **key).status_code == 204
    assert api.get(path, **key).json() == {"items": []}
    assert fields_of(api.send("put", f"{path}/dates", span, **key)) == [("min_nights", "nothing_set")]
    assert fields_of(api.post(path, {"min_nights": 2}, **key)) == [
        ("first_on", "required"),
        ("last_on", "required"),
    ]


def test_tickets_belong_to_sessions(
    api: Api, salon: Salon, key: dict[str, str], room: str, tour: str
) -> None:
    child = {"name": "Child", "places": 1, "max_per_order": 6}
    ticket = made(api, key, f"/offerings/{tour}/ticket-types", child)
    assert fields_of(api.post(f"{ROOT}/offerings/{room}/ticket-types", child, **key)) == [
        ("offering", "mode")
    ]
    prices = {"prices": [{"basis": "per_person", "amount_minor": 1200, "ticket_type": ticket["id"]}]}
    answer = api.send("put", f"{ROOT}/offerings/{tour}/prices", prices, **key).json()
    assert answer["prices"][0]["ticket_type"] == ticket["id"]
    assert api.send("delete", f"{ROOT}/ticket-types/{ticket['id']}", **key).status_code == 204
    [listed] = api.get(f"{ROOT}/offerings/{tour}/ticket-types", **key).json()["items"]
    assert (listed["is_active"], listed["places"]) == (False, 1)


def test_a_policy_is_written_used_and_kept_while_it_is_in_use(
    api: Api, salon: Salon, key: dict[str, str], room: str
) -> None:
    tiers = [{"minutes": 0, "percent": 100}, {"minutes": 2880}]
    policy = made(api, key, "/policies", {"name": "Fair", "cancellation": tiers})
    assert policy["cancellation"] == [
        {"minutes": 2880, "percent": 0, "minor": 0},
        {"minutes": 0, "percent": 100, "minor": 0},
    ]
    api.send("patch", f"{ROOT}/offerings/{room}", {"policy": policy["id"]}, **key)
    assert api.get(f"{ROOT}/offerings/{room}", **key).json()["policy"] == policy["id"]
    refused = problem_of(api.send("delete", f"{ROOT}/policies/{policy['id']}", **key))
    assert (refused["status"], refused["code"]) == (409, "conflict")
    api.send("patch", f"{ROOT}/offerings/{room}", {"policy": ""}, **key)
    rules = api.send(
        "patch", ROOT + "/booking-rules", {"policy": policy["id"], "waiting_offer_minutes": 30}, **key
    )
    assert (rules.json()["policy"], rules.json()["waiting_offer_minutes"]) == (policy["id"], 30)
    wrong = {"cancellation": [{"minutes": 60, "percent": 10}]}
    refusal = api.send("patch", f"{ROOT}/policies/{policy['id']}", wrong, **key)
    assert fields_of(refusal) == [("cancellation", "tiers_end_early")]


def test_products_are_listed_changed_and_put_away(api: Api, salon: Salon, key: dict[str, str]) -> None:
    oil = made(api, key, "/products", {"name": "Oil", "price_minor": 1900})
    path = f"{ROOT}/products/{oil['id']}"
    assert api.send("patch", path, {"price_minor": 2100}, **key).json()["price_minor"] == 2100
    assert api.send("delete", path, **key).status_code == 204
    assert api.get(path, **key).json()["is_active"] is False
    extra = {"name": "Massage oil", "product": oil["id"], "max_quantity": 2}
    haircut = f"{ROOT}/offerings/{salon.haircut.public_id}"
    [kept] = api.send("patch", haircut, {"extras": [extra]}, **key).json()["extras"]
    assert (kept["product"], kept["max_quantity"]) == (oil["id"], 2)


def test_stock_comes_in_is_counted_and_leaves_its_reasons(
    api: Api, salon: Salon, key: dict[str, str]
) -> None:
    oil = made(api, key, "/products", {"name": "Oil", "price_minor": 1900})
    path = f"/products/{oil['id']}/stock"
    assert api.get(ROOT + path, **key).json() == {
        "total": 0,
        "sold": 0,
        "held": 0,
        "free": 0,
        "movements": [],
    }
    made(api, key, f"{path}/receipts", {"quantity": 12})
    stock = made(api, key, f"{path}/counts", {"counted": 10, "reason": "two broken"})
    assert (stock["total"], stock["free"]) == (10, 10)
    assert [(one["delta"], one["reason"]) for one in stock["movements"]] == [
        (-2, "two broken"),
        (12, "received"),
    ]
    assert fields_of(api.post(f"{ROOT}{path}/receipts", {"quantity": 0}, **key)) == [
        ("quantity", "out_of_range")
    ]
    api.send("patch", f"{ROOT}/products/{oil['id']}", {"is_stocked": False}, **key)
    assert fields_of(api.post(f"{ROOT}{path}/receipts", {"quantity": 1}, **key)) == [
        ("product", "not_stocked")
    ]


def test_the_same_key_makes_one_policy(api: Api, salon: Salon, key: dict[str, str]) -> None:
    for _time in range(2):
        made(api, {**key, "idempotency_key": "policy-1"}, "/policies", {"name": "Fair"})
    assert len(api.get(ROOT + "/policies", **key).json()["items"]) == 1


@pytest.mark.parametrize("path", ["/policies", "/products"])
def test_who_may_only_read_changes_nothing(api: Api, salon: Salon, path: str) -> None:
    reading = key_of(salon, "catalog.read")
    assert api.get(ROOT + path, **reading).status_code == 200
    assert problem_of(api.post(ROOT + path, {"name": "x", "price_minor": 1}, **reading))["status"] in (
        403,
        422,
    )
    specialist = Client()
    member = make_member(salon.business, "specialist")
    specialist.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    assert specialist.get(ROOT + path).status_code == 200
    answer = specialist.post(ROOT + path, {"name": "x"}, content_type="application/json")
    assert answer.status_code == 403
