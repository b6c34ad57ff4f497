"""Booking through the API: what is taken, what is refused, and who may see it afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled

from horarium.kit.clock import frozen
from horarium.modules.booking.models import Booking, Order
from horarium.modules.customers.models import Customer

from .bed import NOW, Api, Salon, item, order_body, problem_of


def placed(api: Api, salon: Salon, *items: dict[str, Any], **headers: str) -> Any:
    response = api.post(salon.root + "/orders", order_body(*(items or (item(),))), **headers)
    assert response.status_code == 201, response.content
    return response.json()


def bearer(order: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {order['token']}"}


def orders_and_customers() -> tuple[int, int]:
    with scopes_disabled():
        return Order.objects.count(), Customer.objects.count()


def test_an_order_without_prepayment_is_confirmed_at_once(api: Api, salon: Salon) -> None:
    response = api.post(salon.root + "/orders", order_body(item()))
    order = response.json()
    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1/public/orders/{order['id']}"
    assert (order["status"], order["expires_at"], order["payment_state"]) == ("confirmed", None, "unpaid")
    assert order["total"] == {"minor": 3000, "currency": "EUR", "amount": "30.00"}
    assert order["manage_url"].endswith(f"/my/{order['token']}")
    [booking] = order["bookings"]
    assert booking["start"] == "2026-12-01T10:00:00+00:00"
    assert booking["offering"]["slug"] == "haircut"
    assert booking["resources"][0]["id"] in (salon.anna.public_id, salon.boris.public_id)


def test_a_prepaid_order_is_held_until_it_expires(api: Api, salon: Salon) -> None:
    """T-20."""
    order = placed(api, salon, item("colouring"))
    assert order["status"] == "held"
    assert order["due_now"]["minor"] == 9000
    assert order["expires_at"] == "2026-11-30T08:15:00+00:00"
    with frozen(NOW + timedelta(minutes=15)):
        later = api.get(f"/api/v1/public/orders/{order['id']}", **bearer(order)).json()
    assert (later["status"], later["expires_at"]) == ("expired", None)


def test_a_taken_time_is_refused_with_alternatives_and_nothing_is_left(api: Api, salon: Salon) -> None:
    """T-35."""
    placed(api, salon, item("colouring"))
    before = orders_and_customers()
    body = order_body(item("colouring"))
    body["customer"] = {"name": "Second", "email": "second@example.org"}
    refusal = problem_of(api.post(salon.root + "/orders", body))
    assert (refusal["status"], refusal["code"]) == (409, "availability.slot_taken")
    assert (refusal["reason"], refusal["item"]) == ("taken", 0)
    assert refusal["alternatives"][0]["start"] == "2026-11-30T11:15:00+00:00"
    assert orders_and_customers() == before


def test_items_that_take_from_each_other_are_all_or_nothing(api: Api, salon: Salon) -> None:
    refusal = problem_of(api.post(salon.root + "/orders", order_body(item(), item(), item())))
    assert (refusal["code"], refusal["item"]) == ("availability.slot_taken", 2)
    assert orders_and_customers() == (0, 0)


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({**order_body(item()), "status": "confirmed"}, "status", "unknown_field"),
        ({**order_body(item()), "paid": True}, "paid", "unknown_field"),
        (order_body(item(price=1)), "items.0.price", "unknown_field"),
        (order_body(item(), item(party=0)), "items.1.party", "out_of_range"),
        (order_body(item(), item(party=9)), "items.1.party", "capacity"),
        (order_body(item(duration=61)), "items.0.duration", "duration"),
        (order_body(item(start="2026-12-01T10:00:00")), "items.0.start", "zone_missing"),
        (order_body(item(start="tomorrow")), "items.0.start", "instant"),
        (order_body(item(start=1764583200)), "items.0.start", "instant"),
        (order_body(item(start="0001-01-01T00:00:00Z")), "items.0.start", "date"),
        (order_body(item(start="2036-01-01T00:00:00Z")), "items.0.start", "date"),
        (order_body(item(extras=["ext_none"])), "items.0.extras", "extra"),
        (order_body(item(resource="res_none")), "items.0.resource", "resource_unavailable"),
        (order_body(), "items", "too_short"),
        (order_body(*[item()] * 61), "items", "too_long"),
        (order_body(item(), customer={"name": "A"}), "customer.email", "required"),
        (order_body(item(), customer={"name": "A", "email": "x"}), "customer.email", "email.invalid"),
        (
            order_body(item(), customer={"name": "A", "phone": "12"}),
            "customer.phone",
            "customers.phone_invalid",
        ),
        (order_body(item(), customer={"name": "  ", "email": "a@b.co"}), "customer.name", "required"),
        (order_body(item(), customer={"name": "a\x00", "email": "a@b.co"}), "customer.name", "invalid"),
        (order_body(item(), customer=None), "customer", "object"),
        (order_body(item(), return_url="javascript:alert(1)"), "return_url", "url"),
        ([], "", "object"),
    ],
)
def test_a_wrong_order_names_the_field_and_changes_nothing(
    api: Api, salon: Salon, body: Any, field: str, code: str
) -> None:
    refusal = problem_of(api.post(salon.root + "/orders", body))
    assert refusal["status"] == 422
    assert (field, code) in [(one["field"], one["code"]) for one in refusal["errors"]]
    assert orders_and_customers() == (0, 0)


def test_only_its_own_token_opens_an_order(api: Api, salon: Salon) -> None:
    """T-121."""
    one, other = placed(api, salon), placed(api, salon)
    path = f"/api/v1/public/orders/{one['id']}"
    found = api.get(path, **bearer(one))
    assert found.json()["id"] == one["id"]
    assert found.headers["Cache-Control"] == "private, no-cache"
    assert api.get(path, **bearer(one), if_none_match=found.headers["ETag"]).status_code == 304
    assert problem_of(api.get(path, **bearer(other)))["code"] == "order.not_found"
    assert problem_of(api.get(path, authorization=f"Bearer {one['token']}x"))["code"] == "order.not_found"
    assert problem_of(api.get(path, authorization="Bearer \x00"))["status"] in (401, 404)
    unsigned = api.get(path)
    assert problem_of(unsigned)["code"] == "auth.required"
    assert unsigned.headers["WWW-Authenticate"] == "Bearer"


def test_cancelling_gives_the_time_back_on_the_terms_shown_before(api: Api, salon: Salon) -> None:
    """T-43."""
    order = placed(api, salon)
    path = f"/api/v1/public/orders/{order['id']}/cancellation"
    nothing = {"minor": 0, "currency": "EUR", "amount": "0.00"}
    assert api.get(path, **bearer(order)).json() == {
        "fee": nothing,
        "refund": nothing,
        "rest": nothing,
    }
    answer = api.post(path, {"reason": "ill"}, **bearer(order))
    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert problem_of(api.post(path, **bearer(order)))["code"] == "booking.state"
    with scopes_disabled():
        assert Booking.objects.get().state == "cancelled"
    placed(api, salon, item(resource=salon.anna.public_id), item(resource=salon.boris.public_id))


def test_a_stranger_cannot_cancel(api: Api, salon: Salon) -> None:
    """T-122."""
    one, other = placed(api, salon), placed(api, salon)
    path = f"/api/v1/public/orders/{one['id']}/cancellation"
    assert problem_of(api.post(path, **bearer(other)))["status"] == 404
    with scopes_disabled():
        assert set(Booking.objects.values_list("state", flat=True)) == {"confirmed"}


def test_a_quote_prices_the_items_and_holds_nothing(api: Api, salon: Salon) -> None:
    quote = api.post(
        salon.root + "/quotes", {"items": [item(resource=salon.boris.public_id), item("colouring")]}
    )
    assert quote.status_code == 200
    assert quote.json()["total"]["minor"] == 12000
    assert quote.json()["due_now"]["minor"] == 9000
    assert [one["end"] for one in quote.json()["items"]] == [
        "2026-12-01T11:00:00+00:00",
        "2026-12-01T11:30:00+00:00",
    ]
    assert orders_and_customers() == (0, 0)


def test_the_calendar_file_holds_each_booking(api: Api, salon: Salon) -> None:
    order = placed(api, salon, item(), item())
    found = api.get(f"/api/v1/public/orders/{order['id']}/calendar.ics", **bearer(order))
    assert found.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = found.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert all(booking["id"] in text for booking in order["bookings"])


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "request.malformed"),
        (b'"\\ud800"', "application/json", 400, "request.malformed"),
        (b"a=1", "application/x-www-form-urlencoded", 415, "request.media_type"),
        (b"x" * 300_000, "application/json", 413, "request.too_large"),
    ],
)
def test_a_body_that_is_no_request_is_refused(
    api: Api, salon: Salon, body: bytes, content_type: str, status: int, code: str
) -> None:
    answer = api.client.post(salon.root + "/orders", body, content_type=content_type)
    refusal = problem_of(answer)
    assert (refusal["status"], refusal["code"]) == (status, code)


def test_a_wrong_method_says_which_are_right(api: Api, salon: Salon) -> None:
    answer = api.client.delete(salon.root + "/offerings")
    assert problem_of(answer)["code"] == "method_not_allowed"
    assert answer.headers["Allow"] == "GET"


def test_refusals_speak_the_language_of_the_request(api: Api, salon: Salon) -> None:
    assert api.get("/api/v1/public/nobody", accept_language="xx").headers["Content-Language"] == "en"
    assert api.get("/api/v1/public/nobody", accept_language="es-CL").headers["Content-Language"] == "es"


def test_titles_and_fields_are_translated(api: Api, salon: Salon) -> None:
    refusal = problem_of(api.post(salon.root + "/orders", {}, accept_language="ru"))
    assert refusal["title"] == "Проверьте введённые данные"
    assert refusal["detail"] == "Некоторые поля заполнены неверно."
    spanish = problem_of(api.get(salon.root + "/offerings/nothing", accept_language="es"))
    assert (spanish["code"], spanish["title"]) == ("not_found", "No encontrado")
