"""Guests change and cancel the dates of their series over the API, by the token of their order."""

from __future__ import annotations

from typing import Any

import pytest
from django_scopes import scope, scopes_disabled

from horarium.modules.booking.models import Booking
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.rules import Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision, create_api_key
from horarium.platform.tenancy.permissions import KEY_SCOPES
from tests.factories import make_price

from .bed import Api, Salon, item, order_body, problem_of

pytestmark = pytest.mark.django_db
DATES = ["2026-12-01T10:00:00+00:00", "2026-12-08T10:00:00+00:00", "2026-12-15T10:00:00+00:00"]
NOON = [one.replace("T10", "T12") for one in DATES]
NOTHING = {"minor": 0, "currency": "EUR", "amount": "0.00"}


def euros(whole: int) -> dict[str, Any]:
    return {"minor": whole * 100, "currency": "EUR", "amount": f"{whole}.00"}


@pytest.fixture
def order(api: Api, salon: Salon) -> Any:
    """Three Tuesdays at ten with Anna, 30 € each."""
    with scope(business=salon.business.pk):
        type(salon.haircut).objects.filter(pk=salon.haircut.pk).update(repeats_up_to=3)
    bump_catalog_revision(salon.business.pk)
    wanted = item(repeat={"every": "week", "times": 3}, resource=salon.anna.public_id)
    return api.post(f"{salon.root}/orders", order_body(wanted)).json()


@pytest.fixture
def key(salon: Salon) -> dict[str, str]:
    _, secret = create_api_key(salon.business.pk, "Test", sorted(KEY_SCOPES), Actor.system())
    return {"authorization": f"Bearer {secret}"}


def bearer(order: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {order['token']}"}


def ids(order: Any) -> list[str]:
    return [one["id"] for one in order["bookings"]]


def path_of(order: Any, number: int, rest: str = "") -> str:
    return f"/api/v1/public/orders/{order['id']}/bookings/{ids(order)[number]}/series{rest}"


def rows() -> list[Booking]:
    with scopes_disabled():
        return list(Booking.objects.order_by("id"))


def starts() -> list[str]:
    return [one.starts_at.isoformat() for one in rows()]


def agree(terms: Terms, *numbers: int) -> None:
    with scopes_disabled():
        for number in numbers:
            Booking.objects.filter(pk=rows()[number].pk).update(terms=Agreed(terms).as_json())


def test_a_guest_reads_the_dates_of_a_series(api: Api, order: Any) -> None:
    found = api.get(path_of(order, 1), **bearer(order))
    assert found.status_code == 200
    body = found.json()
    assert (body["order"], body["rule"]["unit"], body["rule"]["count"]) == (order["id"], "week", 3)
    assert [(one["id"], one["start"]) for one in body["bookings"]] == list(
        zip(ids(order), DATES, strict=True)
    )
    again = api.get(path_of(order, 1), **bearer(order), if_none_match=found.headers["ETag"])
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("reach", "moved"), [("this", [1]), ("following", [1, 2]), ("all", [0, 1, 2])], ids=str
)
def test_what_is_shown_is_what_is_done(
    api: Api, salon: Salon, order: Any, reach: str, moved: list[int]
) -> None:
    make_price(salon.haircut, 3500, priority=5, from_minute=12 * 60, until_minute=13 * 60)
    wanted = {"reach": reach, "start": NOON[1]}
    shown = api.post(path_of(order, 1, "/change/preview"), wanted, **bearer(order))
    assert starts() == DATES, "a preview changes nothing"
    count = len(moved)
    assert (shown.status_code, shown.json()) == (
        200,
        {
            "occurrences": [
                {
                    "booking": ids(order)[one],
                    "was": DATES[one],
                    "start": NOON[one],
                    "code": None,
                    "alternatives": [],
                }
                for one in moved
            ],
            "money": {
                "before": euros(30 * count),
                "after": euros(35 * count),
                "fee": NOTHING,
                "refund": NOTHING,
                "rest": euros(90 + 5 * count),
            },
        },
    )
    done = api.post(path_of(order, 1, "/change"), wanted, **bearer(order))
    assert (done.status_code, done.json()) == (200, shown.json())
    assert starts() == [NOON[one] if one in moved else DATES[one] for one in range(3)]


def test_staff_and_guests_get_the_same_answer(api: Api, order: Any, key: dict[str, str]) -> None:
    desk = f"/api/v1/manage/salon/bookings/{ids(order)[1]}/series"
    assert api.get(desk, **key).json() == api.get(path_of(order, 1), **bearer(order)).json()
    wanted = {"reach": "following", "start": NOON[1]}
    for step in ("/change/preview", "/cancellation/preview"):
        body = wanted if step == "/change/preview" else {"reach": "following"}
        shown = [api.post(desk + step, body, **key), api.post(path_of(order, 1, step), body, **bearer(order))]
        assert [one.status_code for one in shown] == [200, 200]
        assert shown[0].json() == shown[1].json()


def test_one_date_that_is_taken_refuses_all_of_them(api: Api, salon: Salon, order: Any) -> None:
    taken = order_body(item(start=NOON[2], resource=salon.anna.public_id))
    assert api.post(f"{salon.root}/orders", taken).status_code == 201
    wanted = {"reach": "all", "start": NOON[0]}
    for step in ("/change/preview", "/change"):
        refused = problem_of(api.post(path_of(order, 0, step), wanted, **bearer(order)))
        assert (refused["status"], refused["code"]) == (409, "series.clash")
        assert [one["code"] for one in refused["occurrences"]] == [None, None, "resource_unavailable"]
        assert [one["start"] for one in refused["occurrences"]] == NOON
        near = refused["occurrences"][2]["alternatives"]
        assert near[0]["start"] == "2026-12-15T11:00:00+00:00"
    assert starts()[:3] == DATES


def test_somebody_else_serves_the_dates_that_follow(api: Api, salon: Salon, order: Any) -> None:
    wanted = {"reach": "following", "resource": salon.boris.public_id}
    assert api.post(path_of(order, 1, "/change"), wanted, **bearer(order)).status_code == 200
    after = api.get(f"/api/v1/public/orders/{order['id']}", **bearer(order)).json()
    served = [one["resources"][0]["name"] for one in after["bookings"]]
    assert served == ["Anna", "Boris", "Boris"]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "start", "required"),
        ({"reach": "every", "start": NOON[1]}, "reach", "not_allowed"),
        ({"start": "2026-12-08T12:00:00"}, "start", "zone_missing"),
        ({"start": NOON[1], "waive_fee": True}, "waive_fee", "unknown_field"),
        ({"start": NOON[1], "keep_price": True}, "keep_price", "unknown_field"),
        ({"resource": "res_nobody"}, "resource", "resource_unavailable"),
    ],
)
def test_what_a_guest_cannot_ask_for_names_its_field(
    api: Api, order: Any, body: dict[str, Any], field: str, code: str
) -> None:
    for step in ("/change/preview", "/change"):
        refused = problem_of(api.post(path_of(order, 1, step), body, **bearer(order)))
        assert refused["status"] == 422
        assert [(one["field"], one["code"]) for one in refused["errors"]] == [(field, code)]
    assert starts() == DATES


def test_a_date_that_the_terms_keep_stays_and_the_others_go(api: Api, order: Any) -> None:
    """T-28"""
    agree(Terms((), (), Tier(0, 100)), 0)
    wanted = {"reach": "all", "start": NOON[1]}
    shown = api.post(path_of(order, 1, "/change/preview"), wanted, **bearer(order)).json()
    assert [one["booking"] for one in shown["occurrences"]] == ids(order)[1:]
    named = {"reach": "all", "start": NOON[0]}
    refused = problem_of(api.post(path_of(order, 0, "/change"), named, **bearer(order)))
    assert (refused["status"], refused["code"]) == (409, "booking.deadline_passed")
    assert starts() == DATES


def test_cancelling_several_dates_costs_what_was_shown(api: Api, order: Any, key: dict[str, str]) -> None:
    agree(Terms((Tier(0, percent=50),), (), Tier(0)), 2)
    cash = f"/api/v1/manage/salon/orders/{order['id']}/cash"
    assert api.post(cash, {"minor": 9000}, **key).status_code == 200
    wanted = {"reach": "following"}
    shown = api.post(path_of(order, 1, "/cancellation/preview"), wanted, **bearer(order)).json()
    assert shown == {"bookings": ids(order)[1:], "fee": euros(15), "refund": euros(45), "rest": NOTHING}
    assert [one.state for one in rows()] == ["confirmed"] * 3
    done = api.post(path_of(order, 1, "/cancellation"), wanted, **bearer(order))
    body = done.json()
    assert (done.status_code, body["fee"], body["refund"], body["rest"]) == (
        200,
        euros(15),
        euros(45),
        NOTHING,
    )
    assert [one["state"] for one in body["bookings"]] == ["confirmed", "cancelled", "cancelled"]
    assert body["total"] == euros(30)


def test_what_the_terms_do_not_let_go_stays(api: Api, order: Any) -> None:
    agree(Terms((), (), Tier(0, 100)), 2)
    done = api.post(path_of(order, 1, "/cancellation"), {"reach": "all"}, **bearer(order)).json()
    assert [one["state"] for one in done["bookings"]] == ["cancelled", "cancelled", "confirmed"]
    for step in ("/cancellation/preview", "/cancellation"):
        late = problem_of(api.post(path_of(order, 2, step), {"reach": "this"}, **bearer(order)))
        assert (late["status"], late["code"]) == (409, "booking.deadline_passed")
        gone = problem_of(api.post(path_of(order, 0, step), {"reach": "all"}, **bearer(order)))
        assert (gone["status"], gone["code"]) == (409, "booking.state")
    assert [one.state for one in rows()] == ["cancelled", "cancelled", "confirmed"]


def test_a_series_that_is_only_held_is_given_up(api: Api, salon: Salon) -> None:
    with scope(business=salon.business.pk):
        type(salon.colouring).objects.filter(pk=salon.colouring.pk).update(repeats_up_to=2)
    bump_catalog_revision(salon.business.pk)
    wanted = item("colouring", repeat={"every": "week", "times": 2})
    held = api.post(f"{salon.root}/orders", order_body(wanted)).json()
    assert held["status"] == "held"
    done = api.post(path_of(held, 0, "/cancellation"), {"reach": "all"}, **bearer(held)).json()
    assert [one["state"] for one in done["bookings"]] == ["cancelled", "cancelled"]


def test_a_booking_of_no_series_has_none(api: Api, salon: Salon) -> None:
    single = api.post(f"{salon.root}/orders", order_body(item())).json()
    assert problem_of(api.get(path_of(single, 0), **bearer(single)))["status"] == 404
    bodies = {"/change": {"start": NOON[0]}, "/cancellation": {"reach": "all"}}
    for step, body in bodies.items():
        for path in (path_of(single, 0, step), path_of(single, 0, step + "/preview")):
            assert problem_of(api.post(path, body, **bearer(single)))["status"] == 404
    assert [one.state for one in rows()] == ["confirmed"]


def test_only_the_token_of_the_order_opens_its_series(api: Api, salon: Salon, order: Any) -> None:
    other = api.post(f"{salon.root}/orders", order_body(item(start=NOON[0]))).json()
    wanted = {"reach": "all", "start": NOON[0]}
    assert api.post(path_of(order, 0, "/change"), wanted).status_code == 401
    refused = problem_of(api.post(path_of(order, 0, "/change"), wanted, **bearer(other)))
    assert (refused["status"], refused["code"]) == (404, "order.not_found")
    assert starts()[:3] == DATES


def test_a_change_sent_twice_happens_once(api: Api, order: Any) -> None:
    later = "2026-12-09T10:00:00+00:00"
    wanted, once = {"reach": "following", "start": later}, {"idempotency_key": "one-change"}
    first, again = (api.post(path_of(order, 1, "/change"), wanted, **bearer(order), **once) for _ in range(2))
    assert (first.content, again.headers["Idempotency-Replayed"]) == (again.content, "true")
    assert starts() == [DATES[0], later, "2026-12-16T10:00:00+00:00"]
    assert [one.sequence for one in rows()] == [0, 1, 1]
    ending, twice = {"reach": "all"}, {"idempotency_key": "one-end"}
    first, again = (
        api.post(path_of(order, 1, "/cancellation"), ending, **bearer(order), **twice) for _ in range(2)
    )
    assert (first.status_code, first.content) == (200, again.content)
