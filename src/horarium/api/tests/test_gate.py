"""Who may ask from where, and how often."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings

from horarium.platform.throttle import limits

from .bed import Api, Salon, item, order_body, problem_of


def test_pages_of_any_origin_may_use_the_routes_of_guests(api: Api, salon: Salon) -> None:
    """T-120."""
    for response in (
        api.get(salon.root),
        api.get("/api/v1/public/nobody"),
        api.post(salon.root + "/orders", {}),
    ):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert response.cookies == {}


def test_a_preflight_is_answered_without_asking_the_database(
    api: Api, salon: Salon, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = api.client.options(
            salon.root + "/orders",
            headers={"Origin": "https://hotel.example", "Access-Control-Request-Method": "POST"},
        )
    assert response.status_code == 204
    assert "Idempotency-Key" in response.headers["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Max-Age"] == "7200"


def test_the_routes_of_staff_are_closed_to_other_origins(api: Api, salon: Salon) -> None:
    """T-120."""
    response = api.client.options("/api/v1/manage/salon/bookings", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert problem_of(response)["code"] == "method_not_allowed"


@override_settings(RATE_LIMIT_READS=3)
def test_too_many_reads_wait_and_are_told_how_long(api: Api, salon: Salon) -> None:
    assert [api.get(salon.root).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = api.get(salon.root)
    assert problem_of(refused)["code"] == "rate_limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert api.client.get(salon.root, REMOTE_ADDR="198.51.100.7").status_code == 200


@override_settings(RATE_LIMIT_READS=3)
def test_processes_count_together(api: Api, salon: Salon) -> None:
    """T-120."""
    for _ in range(3):
        limits.forget_all()
        assert api.get(salon.root).status_code == 200
    limits.forget_all()
    assert api.get(salon.root).status_code == 429


@override_settings(RATE_LIMIT_ORDERS=1, RATE_LIMIT_READS=100)
def test_orders_are_counted_apart_from_reads(api: Api, salon: Salon) -> None:
    assert api.post(salon.root + "/orders", order_body(item())).status_code == 201
    assert api.post(salon.root + "/orders", order_body(item())).status_code == 429
    assert api.get(salon.root).status_code == 200
    assert api.post(salon.root + "/quotes", {"items": [item()]}).status_code == 200


@override_settings(RATE_LIMIT_READS=2)
def test_one_link_is_counted_from_wherever_it_comes(api: Api, salon: Salon) -> None:
    statuses = [
        api.client.get(
            "/api/v1/public/orders/ord_0",
            headers={"authorization": "Bearer guess"},
            REMOTE_ADDR=f"198.51.100.{number}",
        ).status_code
        for number in range(3)
    ]
    assert statuses == [404, 404, 429]


@override_settings(RATE_LIMIT_READS=0, RATE_LIMIT_ORDERS=0)
def test_zero_is_no_limit_and_costs_nothing(api: Api, salon: Salon) -> None:
    assert {api.post(salon.root + "/orders", {}).status_code for _ in range(50)} == {422}


@override_settings(RATE_LIMIT_READS=2)
def test_addresses_of_one_ipv6_network_count_together(api: Api, salon: Salon) -> None:
    addresses = ["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2::3", "2001:db8:1:3::1"]
    statuses = [api.client.get(salon.root, REMOTE_ADDR=one).status_code for one in addresses]
    assert statuses == [200, 200, 429, 200]


@override_settings(RATE_LIMIT_READS=2, TRUSTED_PROXIES=("10.0.0.0/8",))
@pytest.mark.parametrize(("peer", "last"), [("10.0.0.1", 200), ("198.51.100.1", 429)])
def test_nobody_escapes_the_limit_by_inventing_addresses(
    api: Api, salon: Salon, peer: str, last: int
) -> None:
    """T-55b: what a client says about itself counts only behind a trusted proxy."""
    statuses = [
        api.client.get(
            salon.root, REMOTE_ADDR=peer, headers={"X-Forwarded-For": f"203.0.113.{number}"}
        ).status_code
        for number in range(3)
    ]
    assert statuses == [200, 200, last]


def test_the_description_of_the_api_needs_no_other_site(api: Api, salon: Salon) -> None:
    page = api.get("/api/docs")
    assert page.status_code == 200
    assert b"//cdn" not in page.content
    assert b"/static/ninja/swagger-ui-bundle.js" in page.content
    assert api.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    script = api.client.get("/static/ninja/swagger-ui-bundle.js")
    assert script.status_code == 200
    script.close()
