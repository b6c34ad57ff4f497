"""One order for everything: it survives, names what cannot be had, and is booked and paid at once."""

from __future__ import annotations

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.modules.booking.models import Order, ProductLine
from tests.bed.browser import MakePage
from tests.bed.server import Server

from .accessible import expect_accessible
from .guest import expect_heading, fill_details, pay
from .house import House, make_house

pytestmark = pytest.mark.journey


@pytest.fixture
def house(server_database: Server) -> House:
    return make_house(server_database)


def add_stay(page: Page, house: House) -> None:
    page.goto(f"{house.page_of(house.room)}?check_in={house.day(3)}&check_out={house.day(5)}")
    page.locator("#add-to-order").click()
    page.wait_for_url("**/-/cart/")


def add_tour(page: Page, house: House) -> None:
    tickets = f"ticket-{house.adult.public_id}=2&ticket-{house.child.public_id}=1"
    page.goto(f"{house.page_of(house.tour)}?session={house.session.public_id}&{tickets}")
    page.locator("#add-to-order").click()
    page.wait_for_url("**/-/cart/")


def add_massage(page: Page, house: House) -> None:
    page.goto(f"{house.page_of(house.massage)}?day={house.day(3)}&month={house.day(3):%Y-%m}")
    page.get_by_role("link", name="3:00").first.click()
    page.locator("#add-to-order").click()
    page.wait_for_url("**/-/cart/")


def add_honey(page: Page) -> None:
    page.get_by_role("button", name="Add: Honey").click()
    expect(page.locator(".cart-line", has_text="Honey")).to_be_visible()


def fill(page: Page, house: House) -> None:
    add_stay(page, house)
    add_tour(page, house)
    add_massage(page, house)
    add_honey(page)


def test_a_mixed_order_is_held_paid_and_confirmed_as_one(house: House, page: Page) -> None:
    fill(page, house)
    expect(page.locator(".cart-line")).to_have_count(4)
    expect(page.locator("#summary .price-total")).to_contain_text("€249")
    page.get_by_role("link", name="Book all of it").click()
    fill_details(page)
    page.get_by_role("button", name="Confirm and pay €147").click()
    pay(page)
    expect_heading(page, "You are booked")
    assert sorted(house.states()) == ["confirmed"] * 3
    with scopes_disabled():
        assert Order.objects.filter(business=house.business).count() == 1
        assert ProductLine.objects.get(business=house.business).quantity == 1
    page.goto(house.cart_url)
    expect(page.get_by_role("heading", name="There is nothing in your order yet")).to_be_visible()


def test_it_is_put_together_and_booked_without_scripts(house: House, make_page: MakePage) -> None:
    page = make_page(java_script_enabled=False)
    fill(page, house)
    page.get_by_label("How many of Honey").fill("2")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.locator("#summary .price-total")).to_contain_text("€256")
    page.get_by_role("button", name="Remove: Massage").click()
    expect(page.locator(".cart-line")).to_have_count(3)
    page.get_by_role("link", name="Book all of it").click()
    fill_details(page)
    page.get_by_role("button", name="Confirm and pay €154").click()
    pay(page)
    expect_heading(page, "You are booked")
    assert sorted(house.states()) == ["confirmed"] * 2


def test_a_line_that_is_gone_is_named_and_the_rest_stays(house: House, page: Page) -> None:
    add_stay(page, house)
    add_tour(page, house)
    house.fill_rooms(3, 5)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Double room")
    expect(page.locator("#summary .price-total")).to_contain_text("€62")
    expect(page.get_by_role("link", name="Book all of it")).to_have_count(0)
    page.locator("button[name=instead]").first.click()
    expect(page.locator(".is-refused")).to_have_count(0)
    page.get_by_role("link", name="Book all of it").click()
    expect_heading(page, "Your details")


def test_what_is_taken_while_the_form_is_filled_in_takes_nothing(house: House, page: Page) -> None:
    add_tour(page, house)
    add_stay(page, house)
    page.get_by_role("link", name="Book all of it").click()
    fill_details(page)
    house.fill_rooms(3, 5)
    page.locator(".details button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("Double room")
    assert house.states() == []


def test_the_order_survives_a_reload_and_is_no_cookie_of_other_pages(house: House, page: Page) -> None:
    add_stay(page, house)
    page.goto(house.url)
    expect(page.locator(".cart-link")).to_contain_text("1")
    cookie = next(one for one in page.context.cookies() if one["name"] == "cart")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert cookie["path"] == f"/b/{house.business.slug}/"


def test_a_line_is_chosen_again_with_what_was_chosen(house: House, page: Page) -> None:
    add_stay(page, house)
    page.get_by_role("button", name="Choose again: Double room").click()
    expect(page.locator("#summary")).to_contain_text("2 nights")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_order_is_accessible(house: House, make_page: MakePage, scheme: str) -> None:
    page = make_page(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    fill(page, house)
    expect(page.locator(".cart-line")).to_have_count(4)
    expect_accessible(page)
    page.get_by_role("link", name="Book all of it").click()
    expect_heading(page, "Your details")
    expect_accessible(page)
