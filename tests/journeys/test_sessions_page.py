"""Tickets on the booking page: coming dates, steppers with a running total, shared slots, without scripts, too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from horarium.workflows.items import SessionItem
from tests.bed.browser import MakePage
from tests.bed.server import Server

from .accessible import expect_accessible
from .guest import expect_heading, fill_details
from .house import House, make_house

pytestmark = pytest.mark.journey


@pytest.fixture
def house(server_database: Server) -> House:
    return make_house(server_database)


def row(page: Page, house: House) -> str:
    return f"#session-{house.session.public_id}"


def test_two_adults_and_a_child_book_a_tour(house: House, page: Page) -> None:
    page.goto(house.page_of(house.tour))
    expect(page.locator(row(page, house))).to_contain_text("10 of 10 places left")
    page.locator(row(page, house)).click()
    expect(page.locator("#tickets-title")).to_be_focused()
    expect(page.locator("#summary .price-total")).to_contain_text("€25")
    page.locator(".ticket-list li:has-text('Adult') button").last.click()
    expect(page.locator("#summary .price-total")).to_contain_text("€50")
    page.locator(".ticket-list li:has-text('Child') button").last.click()
    expect(page.locator("#summary .price-total")).to_contain_text("€62")
    page.locator("#book-now").click()
    expect(page.locator("#summary")).to_contain_text("2 × Adult, 1 × Child")
    fill_details(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect_heading(page, "You are booked")
    assert house.states() == ["confirmed"]
    page.goto(house.page_of(house.tour))
    expect(page.locator(row(page, house))).to_contain_text("7 of 10 places left")


def test_tickets_are_booked_without_scripts(house: House, make_page: MakePage) -> None:
    page = make_page(java_script_enabled=False)
    page.goto(house.page_of(house.tour))
    page.locator(row(page, house)).click()
    page.get_by_label("Adult").fill("2")
    page.get_by_label("Child").fill("1")
    page.get_by_role("button", name="Work out the total").click()
    expect(page.locator("#summary .price-total")).to_contain_text("€62")
    page.locator("#book-now").click()
    fill_details(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect_heading(page, "You are booked")
    assert house.states() == ["confirmed"]


def test_what_is_full_says_so_and_cannot_be_chosen(house: House, page: Page) -> None:
    house.take(SessionItem(((house.adult.public_id, 10),), session=house.session.public_id))
    page.goto(house.page_of(house.tour))
    expect(page.locator(".date-off")).to_contain_text("fully booked")
    expect(page.locator(row(page, house))).to_have_count(0)


def test_no_ticket_says_what_to_do(house: House, page: Page) -> None:
    page.goto(
        f"{house.page_of(house.tour)}?session={house.session.public_id}&ticket-{house.adult.public_id}=0"
    )
    expect(page.get_by_role("alert")).to_have_text("Choose at least one ticket.")
    expect(page.locator("#book-now")).to_have_count(0)


def test_guests_meet_in_a_shared_slot(house: House, page: Page) -> None:
    three = ((house.guest.public_id, 3),)
    house.take(SessionItem(three, offering=house.sauna.public_id, start=house.start(12)))
    page.goto(f"{house.page_of(house.sauna)}?day={house.day(3)}&month={house.day(3):%Y-%m}")
    slot = page.locator("a.time", has_text="12:00")
    expect(slot).to_contain_text("3 of 6 left")
    slot.click()
    expect(page.locator("#tickets-title")).to_be_focused()
    page.locator("#book-now").click()
    fill_details(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect_heading(page, "You are booked")
    assert house.states() == ["confirmed"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dates_and_tickets_are_accessible(house: House, make_page: MakePage, scheme: str) -> None:
    page = make_page(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    page.goto(house.page_of(house.tour))
    expect_accessible(page)
    page.locator(row(page, house)).click()
    expect(page.locator("#tickets-title")).to_be_visible()
    expect_accessible(page)
    page.goto(f"{house.page_of(house.sauna)}?day={house.day(3)}&month={house.day(3):%Y-%m}")
    expect_accessible(page)
