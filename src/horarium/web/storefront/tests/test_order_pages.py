"""The order that is put together, and visits, without a browser: what cannot be broken by changing a form."""

from __future__ import annotations

import pytest
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import DjangoAssertNumQueries

from horarium.modules.booking.models import Cart, Order
from horarium.platform.identity.actions import create_sign_in_link
from tests.factories import make_business, make_member, make_offering, make_product, make_resource

from .shops import Shop, make_shop

pytestmark = pytest.mark.django_db
CART = "/b/lakeside/-/cart/"


@pytest.fixture
def shop(db: None) -> Shop:
    return make_shop()


def add(client: Client, shop: Shop) -> None:
    fields = {"offering": shop.offering.public_id, "start": shop.start.isoformat(), "party": "1"}
    assert client.post(f"{CART}add/", fields).status_code == 302


def items() -> list[dict[str, object]]:
    with scopes_disabled():
        return list(Cart.objects.get().items)


def test_a_cart_of_another_business_is_not_shown(client: Client, shop: Shop) -> None:
    add(client, shop)
    make_business(slug="other")
    cookie = client.cookies["cart"].value
    client.cookies.clear()
    client.cookies["cart"] = cookie
    page = client.get("/b/other/-/cart/").content.decode()
    assert "There is nothing in your order yet" in page


def test_a_cart_outlives_signing_in_and_out_and_a_restart(client: Client, shop: Shop) -> None:
    """It is a row that the browser's cookie names, in no session and in no process."""
    add(client, shop)
    before = items()
    member = make_member(shop.business)
    client.post(create_sign_in_link(member.user.email))
    assert client.session.get("_auth_user_id") == str(member.user.pk)
    assert shop.offering.name in client.get(CART).content.decode()
    client.post("/accounts/logout/")
    assert shop.offering.name in client.get(CART).content.decode()
    later = Client()
    later.cookies["cart"] = client.cookies["cart"].value
    assert shop.offering.name in later.get(CART).content.decode()
    assert items() == before


@pytest.mark.parametrize("cookie", ["", "cart_nobody", "<script>", "cart_" + "a" * 60])
def test_a_cart_that_is_not_there_is_an_empty_one(client: Client, shop: Shop, cookie: str) -> None:
    """T-04"""
    client.cookies["cart"] = cookie
    assert client.get(CART).status_code == 200
    assert client.get(f"{CART}book/").status_code == 302


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"offering": "massage"},
        {"offering": "massage", "start": "soon"},
        {"item": "not json"},
        {"item": '{"offering": "x", "start": "2026-12-01T10:00"}'},
        {"item": '{"product": "prd_x"}'},
        {"item": "[1]"},
        {"product-prd_unknown": "0"},
    ],
)
def test_nonsense_puts_nothing_into_the_order(client: Client, shop: Shop, fields: dict[str, str]) -> None:
    """T-04"""
    assert client.post(f"{CART}add/", fields).status_code == 302
    with scopes_disabled():
        assert not Cart.objects.exists()


def test_what_is_unknown_is_not_found(client: Client, shop: Shop) -> None:
    assert client.post(f"{CART}add/", {"offering": "nothing"}).status_code == 404
    assert client.post(f"{CART}add/", {"product-prd_unknown": "1"}).status_code == 404


def test_more_than_may_be_ordered_is_refused_and_changes_nothing(client: Client, shop: Shop) -> None:
    honey = make_product(shop.business, 700, stock=3, max_per_order=2)
    client.post(f"{CART}add/", {f"product-{honey.public_id}": "2"})
    answer = client.post(f"{CART}add/", {f"product-{honey.public_id}": "1"})
    assert answer.status_code == 422
    assert items() == [{"product": honey.public_id, "quantity": 2}]


def test_fields_of_a_price_are_not_read(client: Client, shop: Shop) -> None:
    add(client, shop)
    client.post(f"{CART}book/", {"name": "Maria", "email": "m@example.org", "price": "1", "total_minor": "1"})
    with scopes_disabled():
        assert Order.objects.get().total_minor == 4000


def test_the_form_of_a_cart_sent_twice_makes_one_order(client: Client, shop: Shop) -> None:
    """T-34"""
    add(client, shop)
    cookie = client.cookies["cart"].value
    form = {"name": "Maria", "email": "m@example.org", "attempt": "one"}
    first = client.post(f"{CART}book/", form)
    client.cookies["cart"] = cookie
    second = client.post(f"{CART}book/", form)
    assert second["Location"] == first["Location"]
    with scopes_disabled():
        assert Order.objects.count() == 1


def test_a_cart_costs_a_bounded_number_of_queries(
    client: Client, shop: Shop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add(client, shop)
    with django_assert_max_num_queries(8):
        client.get(CART)


def test_a_visit_of_two_things_is_planned_and_put_into_the_order(client: Client, shop: Shop) -> None:
    location = shop.offering.location
    other = make_offering(location, needs=[[make_resource(location)]], price=2500, slug="bath", name="Bath")
    day = shop.start.date()
    query = f"day={day}&people=1&step-{shop.offering.public_id}=1&step-{other.public_id}=1"
    page = client.get(f"/b/lakeside/-/visit/?{query}").content.decode()
    assert "€65" in page
    found = page.split('name="item" value="')[1:3]
    packed = [one.split('"')[0].replace("&quot;", '"') for one in found]
    assert client.post(f"{CART}add/", {"item": packed}).status_code == 302
    assert {one["offering"] for one in items()} == {shop.offering.public_id, other.public_id}
