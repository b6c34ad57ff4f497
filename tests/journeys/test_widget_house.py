"""The widget with nights, tickets and one order for everything, on a page that only embeds it."""

from __future__ import annotations

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.modules.booking.models import Order
from horarium.modules.catalog.models import Extra
from horarium.platform.tenancy.actions import bump_catalog_revision
from tests.bed.server import Server
from tests.factories import make_price

from .accessible import expect_accessible
from .guest import fill_details
from .house import House, make_house

pytestmark = pytest.mark.journey


@pytest.fixture
def house(server_database: Server) -> House:
    return make_house(server_database)


def open_widget(page: Page, house: House, offering: str) -> None:
    page.goto(f"{house.server.url}/widget/example/{house.business.slug}")
    page.locator("button.offer", has_text=offering).click()


def day(page: Page, house: House, days: int) -> None:
    wanted = page.locator(f"button.day[data-date='{house.day(days)}']")
    page.locator("button.day, span.day").first.wait_for()
    if not wanted.count() and house.day(days).month != house.day(0).month:
        page.get_by_role("button", name="Next month").click()
    wanted.click()


def choose_nights(page: Page, house: House) -> None:
    open_widget(page, house, "Double room")
    page.get_by_role("button", name="See free times").click()
    day(page, house, 6)
    expect(page.locator("#times-title")).to_have_text("Choose the day of departure")
    day(page, house, 8)
    page.locator("button.plan", has_text="Non-refundable").click()
    expect(page.locator("#heading")).to_have_text("Your details")


def test_two_nights_are_booked_and_paid(house: House, page: Page) -> None:
    choose_nights(page, house)
    expect_accessible(page)
    fill_details(page)
    page.get_by_role("button", name="Confirm and pay €140").click()
    pay_and_return(page, house)
    assert house.states() == ["confirmed"]


def test_each_child_has_an_age_and_an_extra_may_be_taken_twice(house: House, page: Page) -> None:
    open_widget(page, house, "Double room")
    times = page.get_by_role("button", name="See free times")
    page.get_by_label("Children").select_option("1")
    expect(times).to_be_disabled()
    expect_accessible(page)
    page.get_by_label("Age of child 1").select_option("8")
    expect(page.locator("label.extra")).to_contain_text("+ €10 a night")
    page.get_by_label("Breakfast").select_option("2")
    times.click()
    day(page, house, 6)
    day(page, house, 8)
    page.locator("button.plan", has_text="Non-refundable").click()
    # Two nights: the room, a child, two breakfasts.
    expect(page.locator(".lines .total").first).to_contain_text("€210")
    expect(page.locator(".summary-facts").first).to_contain_text("Breakfast × 2")


def test_tickets_tell_their_price_before_a_session_is_chosen(house: House, page: Page) -> None:
    open_widget(page, house, "Boat tour")
    expect(page.get_by_label("Adult, from €25")).to_be_visible()
    expect(page.get_by_label("Child, from €12")).to_be_visible()


def test_an_extra_tells_its_price_for_each_person_and_the_total_follows(house: House, page: Page) -> None:
    with scopes_disabled():
        lunch = Extra.objects.create(business=house.business, offering=house.tour, name="Lunch")
        make_price(house.tour, 850, basis="per_person", extra=lunch)
    bump_catalog_revision(house.business.pk)
    open_widget(page, house, "Boat tour")
    page.get_by_label("Adult").select_option("2")
    page.get_by_role("checkbox", name="Lunch + €8.50 a person").check()
    expect_accessible(page)
    page.get_by_role("button", name="See free times").click()
    day(page, house, 3)
    page.locator("button.start").first.click()
    lines = page.locator(".summary .lines")
    expect(lines).to_contain_text("Lunch × 2")
    expect(lines.locator(".total")).to_contain_text("€67")


def test_nights_tickets_and_honey_are_one_order(house: House, page: Page) -> None:
    choose_nights(page, house)
    page.get_by_role("button", name="Add to order").click()
    expect(page.locator("section.cart")).to_contain_text("Double room")
    page.locator("section.cart button", has_text="Honey").click()
    expect(page.get_by_role("button", name="Book all for €147")).to_be_visible()
    page.reload()
    expect(page.locator("section.cart")).to_contain_text("Honey")
    expect_accessible(page)
    page.locator("button.offer", has_text="Boat tour").click()
    page.locator("label", has_text="Adult").click()
    page.get_by_label("Adult").select_option("2")
    page.get_by_label("Child").select_option("1")
    page.get_by_role("button", name="See free times").click()
    day(page, house, 3)
    page.locator("button.start").first.click()
    expect(page.locator(".lines .total").first).to_contain_text("€209")
    fill_details(page)
    page.get_by_role("button", name="Confirm and pay €147").click()
    pay_and_return(page, house)
    assert sorted(house.states()) == ["confirmed", "confirmed"]
    with scopes_disabled():
        assert Order.objects.filter(business=house.business).count() == 1


def pay_and_return(page: Page, house: House) -> None:
    page.wait_for_url("**/gateways/test/**")
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_url("**/widget/example/**")
    expect(page.locator("#heading")).to_have_text("You are booked")
