"""`Idempotency-Key`: sending a POST again is safe."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from horarium.kit.clock import now
from horarium.modules.booking.models import Order
from horarium.platform.idempotency.models import IdempotencyRecord

from .bed import Api, Salon, item, order_body, problem_of

KEY = {"idempotency_key": "0b6c9a52-one"}


def orders() -> int:
    with scopes_disabled():
        return Order.objects.count()


def test_the_same_request_gets_the_same_answer_and_happens_once(api: Api, salon: Salon) -> None:
    """T-34."""
    path, body = salon.root + "/orders", order_body(item())
    first, second = api.post(path, body, **KEY), api.post(path, body, **KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second.headers["Location"] == first.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert orders() == 1


def test_another_body_under_the_key_is_refused(api: Api, salon: Salon) -> None:
    path = salon.root + "/orders"
    assert api.post(path, order_body(item()), **KEY).status_code == 201
    refusal = problem_of(api.post(path, order_body(item(start="2026-12-01T11:00:00Z")), **KEY))
    assert (refusal["status"], refusal["code"]) == (422, "idempotency.mismatch")
    assert orders() == 1


def test_a_refusal_under_a_key_leaves_nothing_and_may_be_tried_again(api: Api, salon: Salon) -> None:
    path, body = salon.root + "/orders", order_body(item("colouring"))
    held = api.post(path, body).json()
    assert problem_of(api.post(path, body, **KEY))["code"] == "availability.slot_taken"
    headers = {"authorization": f"Bearer {held['token']}"}
    api.post(f"/api/v1/public/orders/{held['id']}/cancellation", **headers)
    assert api.post(path, body, **KEY).status_code == 201
    assert orders() == 2


def test_a_key_is_free_again_when_its_answer_has_expired(api: Api, salon: Salon) -> None:
    """Whether or not the old answer has been deleted."""
    path = salon.root + "/orders"
    assert api.post(path, order_body(item()), **KEY).status_code == 201
    IdempotencyRecord.objects.update(created_at=now() - timedelta(hours=25))
    for _ in range(2):
        again = api.post(path, order_body(item(start="2026-12-01T11:00:00Z")), **KEY)
        assert again.status_code == 201
    assert again.headers["Idempotency-Replayed"] == "true"
    assert orders() == 2


def test_a_sold_out_time_does_not_hide_the_answer(api: Api, salon: Salon) -> None:
    """The order itself has taken the last of it: sent again, it is refused, looked up, and answered as before."""
    path, body = salon.root + "/orders", order_body(item("colouring"))
    first = api.post(path, body, **KEY)
    assert problem_of(api.post(path, body))["code"] == "availability.slot_taken"
    assert api.post(path, body, **KEY).content == first.content
    assert orders() == 1


def test_an_answer_is_kept_without_a_statement_of_its_own(api: Api, salon: Salon) -> None:
    """A hold: catalogue, what is taken, and one statement that writes it all, inside a transaction."""
    path = salon.root + "/orders"
    api.post(path, order_body(item("colouring")))
    with CaptureQueriesContext(connection) as queries:
        later = order_body(item("colouring", start="2026-12-02T10:00:00Z"))
        assert api.post(path, later, **KEY).status_code == 201
    asked = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) == 3
    assert "idempotency" in asked[2]
    assert "booking_booking" in asked[2]


def test_a_key_does_not_carry_an_answer_from_one_guest_to_another(api: Api, salon: Salon) -> None:
    one, other = (api.post(salon.root + "/orders", order_body(item())).json() for _ in range(2))
    path = f"/api/v1/public/orders/{one['id']}/cancellation"
    assert api.post(path, authorization=f"Bearer {one['token']}", **KEY).status_code == 200
    assert problem_of(api.post(path, authorization=f"Bearer {other['token']}", **KEY))["status"] == 404


@pytest.mark.parametrize("key", ["", "x" * 256, "with space", "ключ"])
def test_a_malformed_key_is_refused(api: Api, salon: Salon, key: str) -> None:
    refusal = problem_of(api.post(salon.root + "/orders", order_body(item()), idempotency_key=key))
    assert refusal["errors"][0]["field"] == "Idempotency-Key"
    assert refusal["errors"][0]["code"] == "idempotency.key"
    assert orders() == 0
