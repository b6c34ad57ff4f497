"""Guests book through the widget on a page of another origin."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.bed.server import Server
from tests.journeys.widget_host import Host, running_host
from tests.journeys.widget_scene import (
    Shop,
    choose,
    fill_in,
    focused_name,
    heading,
    heard,
    make_shop,
    tab_to,
    take_elsewhere,
    take_time,
    visit,
)

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def host(server: Server) -> Iterator[Host]:
    with running_host(server.url) as running:
        yield running


@pytest.fixture
def shop(server_database: Server) -> Shop:
    return make_shop()


def test_a_guest_books_on_a_page_of_another_origin_under_a_strict_policy(
    page: Page, host: Host, shop: Shop
) -> None:
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    summary = page.get_by_role("complementary", name="Your booking")
    expect(summary).to_contain_text("10:00 – 11:00")
    expect(summary).to_contain_text("€30")
    fill_in(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(heading(page)).to_have_text("You are booked")
    expect(heading(page)).to_be_focused()

    (order,) = shop.orders()
    assert (order.channel, order.contact_email, order.locale) == ("widget", "ada@example.org", "en")
    calendar = page.get_by_role("link", name="Add to calendar").get_attribute("href")
    manage = page.get_by_role("link", name="See or change the booking").get_attribute("href")
    assert calendar is not None
    assert manage is not None
    assert httpx.get(calendar).headers["Content-Type"].startswith("text/calendar")
    assert httpx.get(manage, follow_redirects=True).status_code == 200

    names = [name for name, _ in heard(page)]
    assert names == ["slot-chosen", "hold-placed", "booking-confirmed"]
    confirmed = heard(page)[-1][1]
    assert (confirmed["order"], confirmed["total"]["minor"]) == (order.public_id, 3000)
    told = str(heard(page))
    assert "ada@" not in told
    assert "Lovelace" not in told
    assert page.evaluate("window.violations") == []
    assert page.context.cookies() == []
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_several_things_are_planned_on_the_booking_page_which_knows_the_choice(
    page: Page, host: Host, shop: Shop
) -> None:
    visit(page, host, shop)
    expect(page.get_by_role("link", name="Several things in one visit")).to_be_visible()
    page.get_by_role("button", name="Trim").click()
    expect(heading(page)).to_have_text("Trim")
    page.get_by_role("link", name="Several things in one visit").click()
    page.wait_for_url(f"**/b/{shop.slug}/-/visit/**")
    row = page.locator(".visit-steps li", has_text="Trim")
    expect(row.get_by_role("checkbox")).to_be_checked()
    expect(page.locator(".visit-steps :checked")).to_have_count(1)


def test_a_guest_pays_on_our_page_and_comes_back_to_the_site(page: Page, host: Host, shop: Shop) -> None:
    """T-30: nothing but the address of the site carries the order through the payment."""
    visit(page, host, shop)
    address = page.url
    choose(page, "Colouring")
    take_time(page)
    fill_in(page)
    page.get_by_role("button", name="Confirm and pay €90").click()
    page.wait_for_url("**/gateways/test/pay/**")
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_url(f"{address}*")
    expect(heading(page)).to_have_text("You are booked")
    expect(page.locator("horarium-booking")).to_contain_text("Paid")
    assert page.url == address
    assert [name for name, _ in heard(page)] == ["booking-confirmed"]
    assert heard(page)[0][1]["paid"]["minor"] == 9000
    assert [one.channel for one in shop.orders()] == ["widget"]
    assert page.evaluate("document.cookie") == ""
    assert page.context.cookies(address) == []


def test_a_guest_who_goes_back_from_the_payment_page_finds_the_held_time(
    page: Page, host: Host, shop: Shop
) -> None:
    visit(page, host, shop)
    address = page.url
    choose(page, "Colouring")
    take_time(page)
    fill_in(page)
    page.get_by_role("button", name="Confirm and pay €90").click()
    page.wait_for_url("**/gateways/test/pay/**")
    page.go_back()
    expect(page.get_by_role("timer")).to_contain_text("Held for you")
    assert page.url == address
    page.get_by_role("button", name="Pay €90").click()
    page.wait_for_url("**/gateways/test/pay/**")
    assert len(shop.orders()) == 1


def test_a_hold_that_runs_out_says_so_and_offers_the_times_again(page: Page, host: Host, shop: Shop) -> None:
    page.route("**/payments", lambda route: route.abort())
    visit(page, host, shop)
    choose(page, "Colouring")
    take_time(page)
    fill_in(page)
    page.get_by_role("button", name="Confirm and pay €90").click()
    expect(page.get_by_role("alert")).to_contain_text("The payment page could not be opened.")
    expect(page.get_by_role("timer")).to_contain_text("Held for you")
    shop.lapse()
    expect(heading(page)).to_have_text("The hold has run out")
    page.get_by_role("button", name="Choose a time again").click()
    page.locator("button.day").nth(1).click()
    take_time(page)
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")


def test_a_request_waits_for_its_answer(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop, 'offering="bridal"')
    page.locator("button.day").nth(1).click()
    take_time(page)
    fill_in(page)
    page.get_by_role("button", name="Send the request").click()
    expect(heading(page)).to_have_text("Your request has been sent")
    assert [name for name, _ in heard(page)] == ["slot-chosen", "hold-placed"]
    assert heard(page)[1][1]["status"] == "pending"


def test_a_time_taken_meanwhile_is_answered_with_others_and_nothing_typed_is_lost(
    page: Page, host: Host, shop: Shop
) -> None:
    """T-35"""
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    fill_in(page)
    take_elsewhere(host, shop, "haircut", heard(page)[0][1]["start"])

    page.get_by_role("button", name="Confirm the booking").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This time has just been taken")
    expect(alert).to_be_focused()
    expect(alert.locator(".alternatives button")).to_have_count(3)
    alert.locator(".alternatives button").first.click()
    expect(page.get_by_role("status").filter(has_text="The new time is")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    page.get_by_label("Name").press("Enter")
    expect(heading(page)).to_have_text("You are booked")
    assert [one.contact_name for one in shop.orders()] == ["Quicker", "Ada Lovelace"]


def test_a_lost_answer_is_asked_for_again_and_books_once(page: Page, host: Host, shop: Shop) -> None:
    """T-34: the order was placed, only its answer got lost; the same key brings it back."""
    keys: list[str | None] = []

    def lose_first(route: Route, request: Request) -> None:
        keys.append(request.headers.get("idempotency-key"))
        if len(keys) > 1:
            route.continue_()
            return
        route.fetch()
        route.abort()

    page.route("**/orders", lose_first)
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    fill_in(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(page.get_by_role("alert")).to_contain_text("you will not book twice")
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    page.get_by_role("button", name="Try again").click()
    expect(heading(page)).to_have_text("You are booked")
    assert len(shop.orders()) == 1
    assert keys[0] is not None
    assert keys == [keys[0], keys[0]]


def test_what_the_server_refuses_is_said_at_its_field(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    page.get_by_role("button", name="Confirm the booking").click()
    name = page.get_by_label("Name")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    fill_in(page)
    page.get_by_label("Phone").fill("12")
    page.get_by_role("button", name="Confirm the booking").click()
    phone = page.get_by_label("Phone")
    expect(phone).to_be_focused()
    expect(phone).to_have_accessible_description("This is not a phone number. Only about this booking.")
    assert shop.orders() == []


def test_a_whole_booking_needs_nothing_but_the_keyboard(page: Page, host: Host, shop: Shop) -> None:
    """T-31: days say their weekday, date and how many times are free."""
    visit(page, host, shop)
    expect(heading(page)).to_have_text("What would you like to book?")
    tab_to(page, "Haircut")
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    expect(page.locator("button.day").first).to_be_visible()
    tab_to(page, "times free")
    page.keyboard.press("ArrowRight")
    spoken = focused_name(page)
    weekday, _, rest = spoken.partition(", ")
    assert weekday.endswith("day")
    assert rest.endswith("times free")
    page.keyboard.press("Enter")
    expect(page.locator("#times-title")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Ada Lovelace")
    page.keyboard.press("Tab")
    page.keyboard.type("ada@example.org")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("You are booked")
    expect(heading(page)).to_be_focused()
