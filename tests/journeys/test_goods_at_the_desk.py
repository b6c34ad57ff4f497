"""Goods at the desk in a real browser: an order is found, paid, handed over and cancelled; a tour is copied."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.modules.booking.models import Order, ProductLine
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.actions import create_sign_in_link
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import ProductItem
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import (
    make_business,
    make_location,
    make_member,
    make_offering,
    make_product,
    make_ticket_type,
    make_user,
)
from tests.journeys.accessible import expect_accessible

pytestmark = pytest.mark.journey


@pytest.fixture
def shop(server_database: Server) -> SimpleNamespace:
    """A farm that sells honey for 5 and tea for 3 euros, and walks; Rita has ordered one of each kind of goods."""
    business = make_business(name="Farm by the road", type="tours")
    walk = make_offering(make_location(business, hours="08:00-20:00"), name="Hive walk", mode="session")
    make_ticket_type(walk, 1000, name="Adult")
    goods = [
        make_product(business, price, stock=4, name=name) for name, price in (("Honey", 500), ("Tea", 300))
    ]
    items = tuple(ProductItem(one.public_id, 1) for one in goods)
    checkout = Checkout(Contact("Rita Costa", "rita@example.org"), items)
    order = place_order(business.slug, checkout, Actor.system(), clock.now(), staff=True)
    user = make_user(name="Rosa Reis")
    make_member(business, user=user)
    return SimpleNamespace(
        url=f"{server_database.url}/manage/{business.slug}/",
        order=order,
        sign_in=lambda: f"{server_database.url}{create_sign_in_link(user.email)}",
    )


def enter(page: Page, shop: SimpleNamespace) -> None:
    page.goto(shop.sign_in())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))


def states(order: Order) -> list[str]:
    with scopes_disabled():
        return list(ProductLine.objects.filter(order=order).order_by("id").values_list("state", flat=True))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_order_of_goods_is_found_paid_handed_over_and_cancelled(
    make_page: MakePage, shop: SimpleNamespace, theme: str
) -> None:
    page = make_page(color_scheme=theme)
    enter(page, shop)
    search = page.get_by_role("searchbox").first
    search.fill("rita")
    search.press("Enter")
    page.get_by_role("link", name="1 order of goods fits").click()
    found = page.get_by_role("link", name="Rita Costa")
    expect(found).to_be_visible()
    expect_accessible(page)
    found.click()
    sheet = page.get_by_role("dialog", name="Rita Costa")
    expect(sheet).to_contain_text("€8 is still to be paid")
    expect_accessible(page)
    sheet.get_by_text("Take €8").click()
    sheet.get_by_role("button", name="Record the payment").click()
    expect(sheet).not_to_contain_text("still to be paid")
    sheet.get_by_role("button", name="Hand over: Honey").click()
    expect(sheet.get_by_text("Handed over", exact=True)).to_have_count(1)
    assert states(shop.order) == ["completed", "confirmed"]
    sheet.get_by_role("link", name="Cancel…").click()
    cancelling = page.get_by_role("dialog", name="Cancel the goods")
    expect(cancelling).to_contain_text("€3 to return by hand")
    expect_accessible(page)
    cancelling.get_by_role("checkbox").uncheck()
    expect(cancelling).to_contain_text("Choose at least one.")
    cancelling.get_by_role("checkbox").check()
    expect(cancelling).to_contain_text("€3 to return by hand")
    cancelling.get_by_role("button", name="Cancel the goods").click()
    expect(page.get_by_role("dialog", name="Rita Costa")).to_contain_text("Promised back")
    assert states(shop.order) == ["completed", "cancelled"]


def test_goods_are_handed_over_on_a_phone_without_scripts(make_page: MakePage, shop: SimpleNamespace) -> None:
    page = make_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    enter(page, shop)
    page.goto(f"{shop.url}bookings/goods/")
    page.get_by_role("link", name="Rita Costa").click()
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_role("list").get_by_text("Handed over", exact=True)).to_have_count(2)
    assert states(shop.order) == ["completed", "completed"]


def test_a_tour_is_copied_and_its_sheet_opens(make_page: MakePage, shop: SimpleNamespace) -> None:
    page = make_page()
    enter(page, shop)
    page.goto(f"{shop.url}catalogue/")
    page.get_by_role("link", name="Hive walk").click()
    page.get_by_role("dialog", name="Hive walk").get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Duplicate").click()
    sheet = page.get_by_role("dialog", name="Hive walk (copy)")
    expect(sheet.get_by_role("textbox", name="Name", exact=True).first).to_have_value("Hive walk (copy)")
    expect(sheet).to_contain_text("Hidden")
    sheet.get_by_role("button", name="Close").click()
    expect(page.get_by_role("link", name="Hive walk (copy)")).to_be_visible()
    expect(page).to_have_url(f"{shop.url}catalogue/")
