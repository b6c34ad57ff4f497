"""One order that is sent several times at once under one key: T-34, where nobody has been answered yet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_scopes import scopes_disabled

from horarium.modules.booking.models import Booking, Order
from horarium.modules.customers.models import Customer
from tests.factories import (
    make_business,
    make_location,
    make_offering,
    make_product,
    make_resource,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
CROWD = 6
TURNS = pytest.mark.parametrize("turn", range(3))


@pytest.fixture
def shop() -> dict[str, Any]:
    """Four rooms, so that the second request would find another one free."""
    business = make_business()
    place = make_location(business, hours="00:00-24:00", time_zone="UTC")
    offering = make_offering(place, needs=[[make_resource(place) for _ in range(4)]], price=5000)
    towel = make_product(business, price=900, stock=50)
    return {"path": f"/api/v1/public/{business.slug}/orders", "hour": offering.slug, "towel": towel.public_id}


def body(*items: dict[str, Any], name: str = "Ana") -> dict[str, Any]:
    return {"customer": {"name": name, "email": "ana@example.org"}, "items": list(items)}


def slot(shop: dict[str, Any]) -> dict[str, Any]:
    start = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=3)
    return {"offering": shop["hour"], "start": start.isoformat()}


def send_at_once(path: str, bodies: list[dict[str, Any]]) -> list[Any]:
    barrier = Barrier(len(bodies))

    def send(one: dict[str, Any]) -> Any:
        try:
            barrier.wait(timeout=20)
            return Client().post(path, one, "application/json", headers={"Idempotency-Key": "once"})
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, bodies))


def counted() -> tuple[int, int]:
    with scopes_disabled():
        assert Customer.objects.count() <= 1
        return Order.objects.count(), Booking.objects.count()


@TURNS
def test_all_get_the_answer_of_the_one_order(shop: dict[str, Any], turn: int) -> None:
    answers = send_at_once(shop["path"], [body(slot(shop))] * CROWD)
    assert {one.status_code for one in answers} == {201}
    assert len({one.content for one in answers}) == 1
    assert sum("Idempotency-Replayed" not in one.headers for one in answers) == 1
    assert counted() == (1, 1)


@TURNS
def test_where_goods_are_counted_as_well(shop: dict[str, Any], turn: int) -> None:
    """Then the key is kept by a statement of its own; the advisory lock may say that the first is still at work."""
    mixed = body(slot(shop), {"product": shop["towel"], "quantity": 2})
    answers = send_at_once(shop["path"], [mixed] * CROWD)
    assert {one.status_code for one in answers} <= {201, 409}
    assert {one.json()["code"] for one in answers if one.status_code == 409} <= {"idempotency.in_flight"}
    assert len({one.content for one in answers if one.status_code == 201}) == 1
    assert counted() == (1, 1)


@TURNS
def test_others_under_the_key_are_refused(shop: dict[str, Any], turn: int) -> None:
    answers = send_at_once(shop["path"], [body(slot(shop), name=f"Ana {number}") for number in range(CROWD)])
    assert sorted(one.status_code for one in answers) == [201] + [422] * (CROWD - 1)
    assert {one.json()["code"] for one in answers if one.status_code == 422} == {"idempotency.mismatch"}
    assert counted() == (1, 1)
