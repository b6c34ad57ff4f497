"""Nights on the booking page: two clicks for the dates, every refusal in words, terms, rooms; without scripts, too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.bed.browser import MakePage
from tests.bed.server import Server

from .accessible import expect_accessible
from .guest import expect_heading, fill_details, pay, tab_to
from .house import House, make_house

pytestmark = pytest.mark.journey


@pytest.fixture
def house(server_database: Server) -> House:
    return make_house(server_database)


def cell(page: Page, house: House, days: int) -> str:
    return page.locator(f"#day-{house.day(days)}").inner_text()


def show(page: Page, house: House, query: str = "") -> None:
    page.goto(f"{house.page_of(house.room)}?month={house.day(3):%Y-%m}{query}")


def test_a_family_books_two_nights_with_two_clicks(house: House, page: Page) -> None:
    show(page, house, "&adults=2&age=5")
    page.locator(f"#day-{house.day(6)}").click()
    expect(page.locator("#month-title")).to_have_text("Choose the day of departure")
    expect(page.locator(f"#day-{house.day(8)}")).to_contain_text("€170")
    page.locator(f"#day-{house.day(8)}").click()
    expect(page.locator("#summary")).to_contain_text("2 nights")
    expect(page.locator("#summary .price-total")).to_contain_text("€170")
    page.get_by_role("link", name="Flexible").click()
    expect(page.locator("#summary .price-total")).to_contain_text("€210")
    page.get_by_role("link", name="Non-refundable").click()
    expect(page.locator("#summary .price-total")).to_contain_text("€170")
    page.get_by_role("link", name="Room 2").click()
    expect(page.locator("#summary")).to_contain_text("Room 2")
    page.locator("#book-now").click()
    fill_details(page)
    page.get_by_role("button", name="Confirm and pay €170").click()
    pay(page)
    expect_heading(page, "You are booked")
    assert house.states() == ["confirmed"]


def test_every_refusal_stands_on_its_day(house: House, page: Page) -> None:
    house.fill_rooms(8, 10)
    house.restrict(5, closed_to_arrival=True)
    house.restrict(12, min_nights=3)
    house.restrict(15, closed_to_departure=True)
    show(page, house)
    assert "full" in cell(page, house, 8)
    assert "no arrival" in cell(page, house, 5)
    expect(page.locator(f"#day-{house.day(8)}")).to_contain_text("fully booked")
    show(page, house, f"&check_in={house.day(12)}")
    assert "too short" in cell(page, house, 13)
    assert "no departure" in cell(page, house, 15)
    assert "€210" in cell(page, house, 16) or "€280" in cell(page, house, 16)
    show(page, house, f"&check_in={house.day(7)}&check_out={house.day(9)}")
    expect(page.locator("#times-title")).to_have_text("No room is free for all of these nights.")
    page.locator(".alternatives a").first.click()
    expect(page.locator("#book-now")).to_be_visible()


def test_extras_are_counted_in_the_total(house: House, page: Page) -> None:
    show(page, house, f"&check_in={house.day(6)}&check_out={house.day(7)}")
    expect(page.locator("#summary .price-total")).to_contain_text("€70")
    more = page.locator(".extra-many button").last
    more.click()
    expect(page.locator("#summary .price-total")).to_contain_text("€80")
    more.click()
    expect(page.locator("#summary .price-total")).to_contain_text("€90")


def test_nights_are_booked_without_scripts(house: House, make_page: MakePage) -> None:
    page = make_page(java_script_enabled=False)
    show(page, house)
    page.get_by_label("Children").select_option("1")
    page.get_by_role("button", name="Show nights").click()
    page.get_by_label("Age of child 1").select_option("4")
    page.get_by_label("Breakfast").fill("2")
    page.get_by_role("button", name="Show nights").click()
    page.locator(f"#day-{house.day(6)}").click()
    page.locator(f"#day-{house.day(7)}").click()
    expect(page.locator("#summary .price-total")).to_contain_text("€105")
    page.get_by_role("link", name="Flexible").click()
    page.locator("#book-now").click()
    fill_details(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect_heading(page, "You are booked")
    assert house.states() == ["confirmed"]


def test_dates_are_chosen_with_the_keyboard_alone(house: House, page: Page) -> None:
    """T-31"""
    show(page, house)
    tab_to(page, f"#day-{house.day(6)}")
    page.keyboard.press("Enter")
    expect(page.locator("#month-title")).to_be_focused()
    tab_to(page, f"#day-{house.day(8)}")
    page.keyboard.press("Enter")
    expect(page.locator("#times-title")).to_be_focused()
    tab_to(page, "#book-now")
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/**")


def test_a_stay_taken_meanwhile_offers_the_nearest_dates(house: House, page: Page) -> None:
    show(page, house, f"&check_in={house.day(6)}&check_out={house.day(8)}")
    page.locator("#book-now").click()
    fill_details(page)
    house.fill_rooms(6, 8)
    page.locator(".details button[type=submit].button-primary").click()
    expect(page.get_by_role("alert")).to_contain_text("No room is free for all of these nights.")
    page.locator("button[name=instead]").first.click()
    expect(page.locator("[name=email]")).to_have_value("maria@example.org")
    page.locator(".details button[type=submit].button-primary").click()
    page.wait_for_url("**/gateways/test/**")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_nights_are_accessible(house: House, make_page: MakePage, scheme: str) -> None:
    house.fill_rooms(8, 10)
    page = make_page(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    show(page, house)
    expect_accessible(page)
    show(page, house, f"&check_in={house.day(5)}&check_out={house.day(7)}&age=4")
    expect_accessible(page)
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
