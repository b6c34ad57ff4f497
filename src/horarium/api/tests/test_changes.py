"""Changes over the API: what the preview says is what is done, for guests by their token and for staff by key."""

from __future__ import annotations

from typing import Any

import pytest
from django_scopes import scopes_disabled

from horarium.modules.booking.models import Booking
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.rules import Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import create_api_key
from horarium.platform.tenancy.permissions import KEY_SCOPES
from tests.factories import make_price

from .bed import Api, Salon, item, order_body, problem_of

ROOT = "/api/v1/manage/salon"
LATER = {"start": "2026-12-01T12:00:00+00:00"}


def placed(api: Api, salon: Salon, **fields: Any) -> Any:
    return api.post(salon.root + "/orders", order_body(item(**fields))).json()


def bearer(order: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {order['token']}"}


def path_of(order: Any, rest: str) -> str:
    return f"/api/v1/public/orders/{order['id']}/bookings/{order['bookings'][0]['id']}/{rest}"


@pytest.fixture
def key(salon: Salon) -> dict[str, str]:
    _, secret = create_api_key(salon.business.pk, "Test", sorted(KEY_SCOPES), Actor.system())
    return {"authorization": f"Bearer {secret}"}


def minors(money: Any) -> list[int]:
    return [money[name]["minor"] for name in ("before", "after", "fee", "paid", "refund", "rest")]


def test_a_booking_tells_its_terms_as_instants(api: Api, salon: Salon) -> None:
    [booking] = placed(api, salon)["bookings"]
    assert booking["terms"] == {
        "cancellation": [
            {"until": "2026-11-30T10:00:00+00:00", "percent": 0, "minor": 0},
            {"until": "2026-12-01T10:00:00+00:00", "percent": 100, "minor": 0},
        ],
        "rescheduling": [{"until": "2026-11-30T10:00:00+00:00", "percent": 0, "minor": 0}],
        "no_show": {"percent": 100, "minor": 0},
    }
    assert (booking["can_cancel"], booking["can_reschedule"], booking["is_free_to_cancel"]) == (True,) * 3


def test_a_guest_sees_what_a_change_costs_and_does_it(api: Api, salon: Salon) -> None:
    make_price(salon.haircut, 3500, priority=5, from_minute=12 * 60, until_minute=13 * 60)
    order = placed(api, salon)
    starts = api.get(path_of(order, "starts?on=2026-12-01"), **bearer(order)).json()["slots"]
    assert starts[0]["start"] == "2026-12-01T10:00:00+00:00", "its own time is free for it"
    shown = api.post(path_of(order, "change/preview"), LATER, **bearer(order)).json()
    assert (shown["start"], minors(shown)) == ("2026-12-01T12:00:00+00:00", [3000, 3500, 0, 0, 0, 3500])
    answer = api.post(path_of(order, "change"), LATER, **bearer(order))
    assert (answer.status_code, minors(answer.json()["change"])) == (200, [3000, 3500, 0, 0, 0, 3500])
    assert answer.json()["total"]["minor"] == 3500
    with scopes_disabled():
        assert Booking.objects.get().sequence == 1


@pytest.mark.parametrize("field", ["price", "keep_price", "waive_fee", "total", "state"])
def test_a_guest_sends_no_price(api: Api, salon: Salon, field: str) -> None:
    order = placed(api, salon)
    refusal = problem_of(api.post(path_of(order, "change"), {**LATER, field: 1}, **bearer(order)))
    assert [(one["field"], one["code"]) for one in refusal["errors"]] == [(field, "unknown_field")]


def test_a_change_that_is_refused_says_why_and_changes_nothing(api: Api, salon: Salon) -> None:
    order = placed(api, salon, resource=salon.anna.public_id)
    placed(api, salon, start=LATER["start"], resource=salon.anna.public_id)
    refusal = problem_of(api.post(path_of(order, "change"), LATER, **bearer(order)))
    assert (refusal["status"], refusal["code"]) == (409, "availability.resource_unavailable")
    assert refusal["alternatives"]
    other = placed(api, salon, resource=salon.boris.public_id)
    foreign = f"/api/v1/public/orders/{order['id']}/bookings/{other['bookings'][0]['id']}/change"
    assert problem_of(api.post(foreign, LATER, **bearer(order)))["code"] == "order.not_found"
    with scopes_disabled():
        assert set(Booking.objects.values_list("sequence", flat=True)) == {0}


def test_too_late_is_a_reason_of_its_own(api: Api, salon: Salon, key: dict[str, str]) -> None:
    order = placed(api, salon)
    with scopes_disabled():
        Booking.objects.update(terms=Agreed(Terms((), (), Tier(0, percent=100))).as_json())
    refusal = problem_of(api.post(path_of(order, "change"), LATER, **bearer(order)))
    assert (refusal["status"], refusal["code"]) == (409, "booking.deadline_passed")
    path = f"/api/v1/public/orders/{order['id']}/cancellation"
    assert problem_of(api.post(path, **bearer(order)))["code"] == "booking.deadline_passed"
    booking = f"{ROOT}/bookings/{order['bookings'][0]['id']}"
    assert api.post(booking + "/change", LATER, **key).status_code == 200


def test_what_had_come_due_is_carried_and_told(api: Api, salon: Salon, key: dict[str, str]) -> None:
    order = placed(api, salon)
    half = Terms((Tier(0, percent=50),), (Tier(0),), Tier(0))
    with scopes_disabled():
        Booking.objects.update(terms=Agreed(half).as_json())
    cash = f"{ROOT}/orders/{order['id']}/cash"
    assert api.post(cash, {"minor": 3000}, **key).status_code == 200
    shown = api.post(path_of(order, "change/preview"), LATER, **bearer(order)).json()
    assert (minors(shown), shown["carried_fee"]["minor"]) == ([3000, 3000, 0, 3000, 0, 0], 1500)
    answer = api.post(path_of(order, "change"), LATER, **bearer(order)).json()
    assert answer["change"]["carried_fee"]["minor"] == 1500
    [booking] = answer["bookings"]
    assert booking["terms"]["cancellation"] == [
        {"until": "2026-12-01T12:00:00+00:00", "percent": 0, "minor": 1500}
    ]


def test_a_guest_says_when_they_come(api: Api, salon: Salon) -> None:
    order = placed(api, salon)
    wanted = {"arrives_at": "2026-12-01T10:20:00+00:00"}
    answer = api.send("put", path_of(order, "arrival"), wanted, **bearer(order))
    assert answer.json()["bookings"][0]["arrives_at"] == "2026-12-01T10:20:00+00:00"
    late = {"arrives_at": "2026-12-01T11:00:00+00:00"}
    assert problem_of(api.send("put", path_of(order, "arrival"), late, **bearer(order)))["status"] == 422


def test_staff_goes_beyond_the_terms_with_a_reason_only(api: Api, salon: Salon, key: dict[str, str]) -> None:
    booking = f"{ROOT}/bookings/{placed(api, salon)['bookings'][0]['id']}"
    refusal = problem_of(api.post(booking + "/change", {**LATER, "price": 2500}, **key))
    assert [(one["field"], one["code"]) for one in refusal["errors"]] == [("reason", "required")]
    wanted = {**LATER, "price": 2500, "reason": "A regular guest"}
    shown = api.post(booking + "/change/preview", wanted, **key).json()
    answer = api.post(booking + "/change", wanted, **key).json()
    assert minors(shown) == minors(answer["change"]) == [3000, 2500, 0, 0, 0, 2500]
    assert [one["amount"]["minor"] for one in answer["bookings"][0]["lines"]] == [3000, -500]


def test_staff_marks_who_came_and_who_did_not(api: Api, salon: Salon, key: dict[str, str]) -> None:
    booking = f"{ROOT}/bookings/{placed(api, salon)['bookings'][0]['id']}"
    assert problem_of(api.post(booking + "/no-show", **key))["code"] == "booking.state", "it has not begun"
    nothing = {"minor": 0, "currency": "EUR", "amount": "0.00"}
    assert api.post(booking + "/no-show/preview", **key).json() == {
        "fee": nothing,
        "refund": nothing,
        "rest": nothing,
    }
    assert api.post(booking + "/check-in", **key).json()["state"] == "checked_in"
    assert (
        problem_of(api.post(booking + "/departure", {"on": "2026-12-01"}, **key))["code"] == "booking.state"
    )
    assert api.post(booking + "/check-out", **key).json()["state"] == "completed"
