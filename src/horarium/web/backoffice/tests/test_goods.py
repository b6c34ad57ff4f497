"""Orders of goods at the desk: found, paid, handed over, cancelled with their money shown before."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from horarium.kit.clock import frozen
from horarium.kit.money import Money
from horarium.modules.availability.models import Supply
from horarium.modules.availability.tests.session_scene import NOW, SYSTEM, add_session, make_tours
from horarium.modules.booking.models import Order, ProductLine
from horarium.platform.audit.models import AuditEntry
from horarium.platform.tenancy.models import Role
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import ProductItem, SessionItem
from horarium.workflows.take_cash import take_cash
from tests.factories import make_business, make_member, make_product

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shop() -> Iterator[SimpleNamespace]:
    """Honey for 5 and tea for 3 euros, five and four pieces; Anna has ordered two of honey and one of tea."""
    with frozen(NOW):
        tours = make_tours()
        honey = make_product(tours.business, 500, stock=5, name="Honey")
        tea = make_product(tours.business, 300, stock=4, name="Tea")
        client = Client()
        client.force_login(make_member(tours.business).user)
        anna = place(tours, "Anna", ProductItem(honey.public_id, 2), ProductItem(tea.public_id, 1))
        root = f"/manage/{tours.business.slug}/bookings/"
        yield SimpleNamespace(
            tours=tours, honey=honey, tea=tea, client=client, anna=anna, root=root,
            url=f"{root}goods/{anna.public_id}/",
        )  # fmt: skip


def place(tours: Any, name: str, *items: Any) -> Order:
    checkout = Checkout(Contact(name, "guest@example.org"), items)
    return place_order(tours.business.slug, checkout, SYSTEM, NOW, staff=True)


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return unescape(response.content.decode())


def lines(shop: SimpleNamespace) -> list[ProductLine]:
    with scope(business=shop.tours.id):
        return list(ProductLine.objects.filter(order=shop.anna).order_by("id"))


def stock(shop: SimpleNamespace) -> list[tuple[int, int]]:
    with scope(business=shop.tours.id):
        found = Supply.objects.filter(product__isnull=False).order_by("product_id")
        return list(found.values_list("total", "taken"))


def test_an_order_of_goods_alone_stands_in_a_list_of_its_own_and_is_found(shop: SimpleNamespace) -> None:
    listed = text(shop.client.get(f"{shop.root}goods/"))
    assert "Honey × 2, Tea × 1" in listed
    assert "€13" in listed
    assert "To hand over" in listed
    assert "Anna" in text(shop.client.get(f"{shop.root}goods/", {"q": "anna"}))
    assert "Anna" in text(shop.client.get(f"{shop.root}goods/", {"q": shop.anna.public_id}))
    assert "Nothing fits" in text(shop.client.get(f"{shop.root}goods/", {"q": "boris"}))
    assert "No orders of goods here" in text(shop.client.get(f"{shop.root}goods/", {"state": "completed"}))
    bookings = text(shop.client.get(shop.root, {"q": "anna"}))
    assert f'{shop.root}goods/?q=anna">Goods<span class="count">1</span>' in bookings
    assert "1 order of goods fits" in bookings


def test_the_card_of_a_customer_shows_goods_and_counts_their_money(shop: SimpleNamespace) -> None:
    take_cash(shop.tours.id, shop.anna.public_id, Money(1300, "EUR"), actor=SYSTEM, now=NOW)
    card = f"/manage/{shop.tours.business.slug}/customers/{shop.anna.customer.public_id}/"
    shown = text(shop.client.get(card))
    assert "Honey × 2, Tea × 1" in shown
    assert shop.url in shown
    assert "€13" in shown


def test_strange_addresses_of_the_list_are_no_errors(shop: SimpleNamespace) -> None:
    for query in ("page=zzz", "page=99999", "state=x", "q=%00%25", "q=_"):
        text(shop.client.get(f"{shop.root}goods/?{query}"))


def test_its_sheet_shows_lines_and_money_and_hands_over_one_or_all(shop: SimpleNamespace) -> None:
    sheet = text(shop.client.get(shop.url, headers=HTMX))
    assert "Still to pay" in sheet
    assert "€13 is still to be paid" in sheet
    honey, _tea = lines(shop)
    text(shop.client.post(f"{shop.url}hand-over/", {"line": honey.public_id}, headers=HTMX))
    assert [one.state for one in lines(shop)] == ["completed", "confirmed"]
    assert stock(shop) == [(3, 0), (4, 1)]
    answer = shop.client.post(f"{shop.url}hand-over/")
    assert (answer.status_code, answer.headers["Location"]) == (302, shop.url)
    assert [one.state for one in lines(shop)] == ["completed", "completed"]
    again = text(shop.client.post(f"{shop.url}hand-over/", headers=HTMX), 409)
    assert "Not done" in again
    assert "Goods handed over" in again
    assert "Nothing waits to be handed over" in text(shop.client.get(f"{shop.root}goods/"))


def test_money_is_taken_at_the_desk_and_not_too_much(shop: SimpleNamespace) -> None:
    assert 'name="amount" id="id_amount" value="13.00"' in text(shop.client.get(shop.url))
    too_much = text(shop.client.post(f"{shop.url}payment/", {"amount": "14", "account": "cash"}), 422)
    assert "This is more than is still to pay." in too_much
    paid = text(shop.client.post(f"{shop.url}payment/", {"amount": "13", "account": "bank"}, headers=HTMX))
    assert "Card terminal or transfer" in paid
    assert "Still to pay" not in paid
    assert "Paid" in text(shop.client.get(f"{shop.root}goods/"))


def test_what_a_cancellation_gives_back_is_shown_before_and_is_what_is_given_back(
    shop: SimpleNamespace,
) -> None:
    take_cash(shop.tours.id, shop.anna.public_id, Money(1300, "EUR"), actor=SYSTEM, now=NOW)
    honey, tea = lines(shop)
    path = f"{shop.url}cancel/"
    all_of_it = text(shop.client.get(path))
    assert all_of_it.count("€13") >= 2
    assert "€13 to return by hand" in all_of_it
    query = {"update": "1", "chosen": "yes", "line": tea.public_id}
    assert "€3 to return by hand" in text(shop.client.get(path, query, headers=HTMX))
    assert "Choose at least one." in text(shop.client.post(path, {"chosen": "yes"}), 422)
    assert [one.state for one in lines(shop)] == ["confirmed", "confirmed"]
    told = text(shop.client.post(path, {"chosen": "yes", "line": tea.public_id}, headers=HTMX))
    assert "Promised back" in told
    assert [one.state for one in lines(shop)] == ["confirmed", "cancelled"]
    assert stock(shop) == [(5, 2), (4, 0)]
    form = {"chosen": "yes", "line": honey.public_id, "reason": "Jar was broken"}
    assert "Jar was broken" in text(shop.client.post(path, form, headers=HTMX))
    assert "Not done" in text(shop.client.get(path), 409)


def test_cancelling_goods_leaves_the_booking_of_the_order(shop: SimpleNamespace) -> None:
    session = add_session(shop.tours)
    item = SessionItem(((shop.tours.adult.public_id, 1),), session=session.public_id)
    order = place(shop.tours, "Boris", item, ProductItem(shop.honey.public_id, 1))
    url = f"{shop.root}goods/{order.public_id}/"
    sheet = text(shop.client.get(url))
    with scope(business=shop.tours.id):
        booking = order.bookings.get()
    assert f"{shop.root}{booking.public_id}/" in sheet
    assert "with a booking" in text(shop.client.get(f"{shop.root}goods/"))
    text(shop.client.post(f"{url}cancel/", {}, headers=HTMX))
    booking.refresh_from_db()
    assert booking.state == "confirmed"
    assert "Honey" in text(shop.client.get(f"{shop.root}{booking.public_id}/"))


def test_who_may_not_does_not(shop: SimpleNamespace) -> None:
    """T-42: a specialist does not see orders that nobody of theirs serves."""
    other = make_business()
    make_product(other)
    strangers = Client()
    strangers.force_login(make_member(other).user)
    posts = [f"{shop.url}{one}/" for one in ("hand-over", "payment", "cancel")]
    for path in (f"{shop.root}goods/", shop.url, f"{shop.url}cancel/"):
        assert strangers.get(path).status_code == 404, path
    for path in posts:
        assert strangers.post(path).status_code == 404, path
    elsewhere = f"/manage/{other.slug}/bookings/goods/{shop.anna.public_id}/"
    assert strangers.get(elsewhere).status_code == 404
    assert strangers.post(f"{elsewhere}hand-over/").status_code == 404
    specialist = Client()
    specialist.force_login(make_member(shop.tours.business, Role.SPECIALIST).user)
    assert [specialist.get(one).status_code for one in (f"{shop.root}goods/", shop.url)] == [403, 403]
    accountant = Client()
    accountant.force_login(make_member(shop.tours.business, Role.ACCOUNTANT).user)
    assert "Hand over" not in text(accountant.get(shop.url))
    assert [accountant.post(one).status_code for one in posts] == [403, 403, 403]
    with scope(business=shop.tours.id):
        assert not AuditEntry.objects.filter(action__startswith="line.").exists()


def test_an_order_without_goods_has_no_sheet_of_goods(shop: SimpleNamespace) -> None:
    session = add_session(shop.tours)
    item = SessionItem(((shop.tours.adult.public_id, 1),), session=session.public_id)
    order = place(shop.tours, "Clara", item)
    assert shop.client.get(f"{shop.root}goods/{order.public_id}/").status_code == 404


def test_the_list_costs_the_same_queries_however_many_orders(shop: SimpleNamespace) -> None:
    def queries() -> int:
        path = f"{shop.root}goods/"
        text(shop.client.get(path))
        with CaptureQueriesContext(connection) as captured:
            text(shop.client.get(path))
        return len(captured)

    few = queries()
    tea = make_product(shop.tours.business, 300, name="More tea")
    for number in range(12):
        place(shop.tours, f"Guest {number}", ProductItem(tea.public_id, 1))
    assert queries() == few
