"""The door through the staff's API: tickets that are shown, who is expected, and goods."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.modules.availability.tests.session_scene import NOW, SYSTEM, add_session, at, make_tours
from horarium.modules.booking.models import ProductLine, Ticket
from horarium.platform.tenancy.actions import create_api_key
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import ProductItem, SessionItem
from tests.factories import make_product

from .bed import Api, problem_of

pytestmark = pytest.mark.django_db
DOORS = at(9, 45)


@pytest.fixture
def door() -> Iterator[SimpleNamespace]:
    """Ada has two tickets for tomorrow at ten, and two jars of honey. It is a quarter to ten."""
    tours = make_tours()
    session = add_session(tours)
    honey = make_product(tours.business, 500, stock=5)
    items = (
        SessionItem(((tours.adult.public_id, 2),), session=session.public_id),
        ProductItem(honey.public_id, 2),
    )
    checkout = Checkout(Contact("Ada", "ada@example.org"), items)
    order = place_order(tours.business.slug, checkout, SYSTEM, NOW, staff=True)
    with scope(business=tours.id):
        tickets = list(Ticket.objects.filter(booking__order=order).order_by("number"))
        line = ProductLine.objects.get(order=order)
    with frozen(DOORS):
        yield SimpleNamespace(
            tours=tours, session=session.public_id, order=order.public_id, tickets=tickets, line=line.public_id,
            root=f"/api/v1/manage/{tours.business.slug}", key=key_of(tours, "bookings.read", "bookings.write"),
        )  # fmt: skip


def key_of(tours: Any, *scopes: str) -> dict[str, str]:
    _, secret = create_api_key(tours.id, "Door", scopes, SYSTEM)
    return {"authorization": f"Bearer {secret}"}


def show(api: Api, door: SimpleNamespace, code: str, **fields: str) -> Any:
    answer = api.post(f"{door.root}/tickets/check-in", {"code": code, **fields}, **door.key)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_ticket_lets_in_once_and_its_check_in_is_taken_back(api: Api, door: SimpleNamespace) -> None:
    first = door.tickets[0]
    welcome = show(api, door, f"https://example.org/manage/x/door/t/{first.code}/", session=door.session)
    assert (welcome["outcome"], welcome["since"]) == ("ok", "2026-12-01T09:45:00+00:00")
    shown = [welcome["ticket"][name] for name in ("id", "number", "name", "session", "order", "start")]
    assert shown == [first.public_id, 1, "Ada", door.session, door.order, "2026-12-01T10:00:00+00:00"]
    assert show(api, door, first.code)["outcome"] == "already_in"
    path = f"{door.root}/tickets/{first.public_id}/check-in"
    for _twice in range(2):
        assert api.send("delete", path, **door.key).json()["checked_in_at"] is None
    assert show(api, door, first.code)["outcome"] == "ok"


def test_what_is_not_good_is_an_outcome_and_no_error(api: Api, door: SimpleNamespace) -> None:
    assert show(api, door, "NOBODY") == {"outcome": "unknown", "since": None, "ticket": None}
    other = add_session(door.tours, at(15)).public_id
    assert show(api, door, door.tickets[0].code, session=other)["outcome"] == "wrong_session"
    with frozen(NOW):
        assert show(api, door, door.tickets[0].code)["outcome"] == "wrong_day"
    refusal = problem_of(api.post(f"{door.root}/tickets/check-in", {"code": "", "x": 1}, **door.key))
    assert sorted(one["field"] for one in refusal["errors"]) == ["code", "x"]
    missing = api.send("delete", f"{door.root}/tickets/tck_0/check-in", **door.key)
    assert problem_of(missing)["status"] == 404


def test_who_is_expected_is_listed_counted_and_found(api: Api, door: SimpleNamespace) -> None:
    show(api, door, door.tickets[1].code)
    path = f"{door.root}/sessions/{door.session}/tickets"
    listed = api.get(path, **door.key)
    found = listed.json()
    assert (found["expected"], found["arrived"]) == (2, 1)
    assert [one["checked_in_at"] for one in found["items"]] == [None, "2026-12-01T09:45:00+00:00"]
    assert api.get(path, **door.key, if_none_match=listed.headers["ETag"]).status_code == 304
    found = api.get(f"{path}?search=2", **door.key).json()
    assert (found["expected"], [one["number"] for one in found["items"]]) == (2, [2])
    assert api.get(f"{door.root}/sessions/ses_0/tickets", **door.key).status_code == 404


def test_goods_are_handed_over_once(api: Api, door: SimpleNamespace) -> None:
    path = f"{door.root}/orders/{door.order}/goods/hand-over"
    answer = api.post(path, {"lines": [door.line]}, **door.key).json()
    assert [one["state"] for one in answer["products"]] == ["completed"]
    assert problem_of(api.post(path, **door.key))["status"] == 409
    assert problem_of(api.post(f"{door.root}/orders/ord_0/goods/hand-over", **door.key))["status"] == 404


def test_orders_of_goods_are_listed_by_state_and_customer(api: Api, door: SimpleNamespace) -> None:
    tea = make_product(door.tours.business, 300, stock=1, name="Tea")
    alone = Checkout(Contact("Ben", "ben@example.org"), (ProductItem(tea.public_id, 1),))
    order = place_order(door.tours.business.slug, alone, SYSTEM, NOW, staff=True)
    first, second = api.get(f"{door.root}/goods?state=confirmed", **door.key).json()["items"]
    assert (first["id"], first["has_bookings"], first["total"]["minor"]) == (order.public_id, False, 300)
    assert first["goods"] == [
        {"product": {"id": tea.public_id, "name": "Tea"}, "quantity": 1, "state": "confirmed"}
    ]
    assert (second["id"], second["has_bookings"]) == (door.order, True)
    page = api.get(f"{door.root}/goods?page_size=1", **door.key).json()
    assert (len(page["items"]), page["has_next"]) == (1, True)
    found = api.get(f"{door.root}/goods?search=ada", **door.key).json()["items"]
    assert [one["id"] for one in found] == [door.order]
    assert api.get(f"{door.root}/goods?state=completed", **door.key).json()["items"] == []


def test_goods_are_cancelled_without_the_bookings_of_their_order(api: Api, door: SimpleNamespace) -> None:
    api.post(
        f"{door.root}/orders/{door.order}/cash", {"minor": 11000}, **key_of(door.tours, "payments.write")
    )
    path = f"{door.root}/orders/{door.order}/goods/cancellation"
    preview = api.post(f"{path}/preview", {"lines": [door.line]}, **door.key).json()
    assert (preview["fee"]["minor"], preview["refund"]["minor"]) == (0, 1000)
    done = api.post(path, {"reason": "Broken"}, **door.key).json()
    assert [one["state"] for one in done["products"]] == ["cancelled"]
    assert [one["state"] for one in done["bookings"]] == ["confirmed"]
    assert problem_of(api.post(path, **door.key))["status"] == 409
    wrong = api.post(path, {"lines": [door.tickets[0].booking.public_id]}, **door.key)
    assert problem_of(wrong)["status"] == 422


def test_who_may_only_read_lets_nobody_in(api: Api, door: SimpleNamespace) -> None:
    reading = key_of(door.tours, "bookings.read")
    assert api.get(f"{door.root}/sessions/{door.session}/tickets", **reading).status_code == 200
    of_goods = f"/orders/{door.order}/goods"
    for path in ("/tickets/check-in", f"{of_goods}/hand-over", f"{of_goods}/cancellation"):
        assert api.post(door.root + path, {"code": door.tickets[0].code}, **reading).status_code == 403
