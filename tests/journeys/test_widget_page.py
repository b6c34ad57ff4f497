"""The widget as a part of somebody's page: its looks, its languages, its troubles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.journeys.accessible import barriers
from tests.journeys.widget_host import Host, running_host
from tests.journeys.widget_scene import (
    Shop,
    choose,
    fill_in,
    heading,
    make_shop,
    small_targets,
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_step_has_a_barrier(make_page: MakePage, host: Host, shop: Shop, scheme: str) -> None:
    page = make_page(color_scheme=scheme)
    visit(page, host, shop)
    expect(heading(page)).to_be_visible()
    assert barriers(page, inside="horarium-booking") == []
    page.get_by_role("button", name="Trim").click()
    expect(heading(page)).to_have_text("Trim")
    assert barriers(page, inside="horarium-booking") == []
    page.get_by_role("button", name="See free times").click()
    page.locator("button.day").nth(1).click()
    expect(page.locator("button.start").first).to_be_visible()
    assert barriers(page, inside="horarium-booking") == []
    assert small_targets(page) == []
    take_time(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(page.get_by_label("Name")).to_be_focused()
    assert barriers(page, inside="horarium-booking") == []
    fill_in(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(heading(page)).to_have_text("You are booked")
    assert barriers(page, inside="horarium-booking") == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_everything_without_scrolling_sideways(
    make_page: MakePage, host: Host, shop: Shop, width: int
) -> None:
    page = make_page(viewport={"width": width, "height": 800}, has_touch=True, is_mobile=True)
    visit(page, host, shop)
    page.get_by_role("button", name="Trim").tap()
    page.get_by_role("button", name="See free times").tap()
    page.locator("button.day").nth(1).tap()
    assert small_targets(page) == []
    page.locator("button.start", has_text="10:00").tap()
    bar = page.locator("details.bar")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("€20")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert barriers(page, inside="horarium-booking") == []


def test_the_summary_follows_every_choice(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop)
    page.get_by_role("button", name="Trim").click()
    page.get_by_role("radio", name="1 h").check()
    page.get_by_label("How many people").select_option("2")
    summary = page.get_by_role("complementary", name="Your booking")
    expect(summary).to_contain_text("1 h · 2 people")
    expect(summary).to_contain_text("Free cancellation")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("Что вы хотите забронировать?", "Забронировать", "Забронировано")),
        ("es", ("¿Qué te gustaría reservar?", "Confirmar la reserva", "Tu reserva está confirmada")),
    ],
)
def test_the_widget_speaks_the_language_of_the_page(
    page: Page, host: Host, shop: Shop, language: str, words: tuple[str, str, str]
) -> None:
    title, button, result = words
    visit(page, host, shop, lang=language)
    expect(heading(page)).to_have_text(title)
    page.get_by_role("button", name="Haircut").click()
    page.locator("button.day").nth(1).click()
    page.locator("button.start").first.click()
    page.locator("#field-name").fill("Ада Ñ")
    page.locator("#field-email").fill("ada@example.org")
    page.get_by_role("button", name=button).click()
    expect(heading(page)).to_have_text(result)
    assert [order.locale for order in shop.orders()] == [language]


def test_another_language_keeps_what_has_been_chosen(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    fill_in(page)
    page.evaluate("document.querySelector('horarium-booking').lang = 'es'")
    expect(heading(page)).to_have_text("Tus datos")
    expect(page.locator("#field-name")).to_have_value("Ada Lovelace")


def test_an_outage_is_not_taken_for_a_full_calendar(page: Page, host: Host, shop: Shop) -> None:
    def fail(route: Route) -> None:
        route.fulfill(
            status=503,
            content_type="application/problem+json",
            body='{"code": "unavailable", "status": 503}',
            headers={"Access-Control-Allow-Origin": "*"},
        )

    visit(page, host, shop)
    expect(heading(page)).to_be_visible()
    page.route("**/availability**", fail)
    page.get_by_role("button", name="Haircut").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This does not mean that everything is taken.")
    expect(alert).to_contain_text("Call +351210000000")
    expect(page.get_by_role("link", name="Book online")).to_be_visible()
    expect(page.locator("horarium-booking")).not_to_contain_text("Nothing is free")
    page.unroute("**/availability**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("button.day").first).to_be_visible()
    expect(alert).to_have_count(0)


def test_too_many_requests_say_how_long_to_wait(page: Page, host: Host, shop: Shop) -> None:
    headers = {
        "Retry-After": "7",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Retry-After",
    }
    page.route("**/quotes", lambda route: route.continue_())
    page.route("**/orders", lambda route: route.fulfill(status=429, headers=headers, body="{}"))
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    fill_in(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(page.get_by_role("alert")).to_contain_text("Please try again in 7 seconds.")
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")


def test_a_guest_without_connection_goes_on_when_it_is_back(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop)
    expect(heading(page)).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="Haircut").click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline")
    page.context.set_offline(False)
    expect(page.locator("button.day").first).to_be_visible()


def test_two_scripts_and_two_widgets_live_on_one_page(page: Page, host: Host, shop: Shop) -> None:
    """T-32: defined once; each asks the installation that its script came from."""
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    second = f'<script type="module" src="{host.api}/widget/v1/horarium.js?again"></script>'
    body = host.widget(shop.slug) + second + host.widget(shop.slug, 'offering="haircut" lang="ru"')
    page.goto(host.put(body))
    expect(page.locator("horarium-booking").nth(0)).to_contain_text("What would you like to book?")
    expect(page.locator("horarium-booking").nth(1)).to_contain_text("Выберите день и время")
    assert errors == []
    assert [url for url in asked if "undefined" in url or "null" in url] == []
    assert {url.split("/api/")[0] for url in asked if "/api/" in url} == {host.api}


def test_a_wrong_address_of_the_installation_is_said_and_never_guessed(
    page: Page, host: Host, shop: Shop
) -> None:
    """T-32"""
    visit(page, host, shop, 'api="javascript:alert(1)"')
    expect(page.get_by_role("alert")).to_contain_text("Online booking is not set up on this page")
    expect(page.get_by_role("link", name="Book online")).to_be_visible()


def test_a_page_sets_colour_words_and_what_is_asked_for(page: Page, host: Host, shop: Shop) -> None:
    labels = """labels='{"offerings": "What shall we do?"}'"""
    visit(page, host, shop, f'color="#7a1747" radius="0" width="700" email="hidden" hide-end {labels}')
    expect(heading(page)).to_have_text("What shall we do?")
    assert page.locator("horarium-booking").evaluate("one => one.offsetWidth") == 700
    choose(page, "Haircut")
    page.locator("button.start", has_text="10:00").click()
    expect(page.get_by_label("E-mail")).to_have_count(0)
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Phone").fill("+351912345678")
    confirm = page.get_by_role("button", name="Confirm the booking")
    assert confirm.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(122, 23, 71)"
    confirm.click()
    expect(heading(page)).to_have_text("You are booked")
    expect(page.locator(".ticket")).not_to_contain_text("11:00")


def test_without_javascript_the_link_leads_to_the_booking_page(
    make_page: MakePage, host: Host, shop: Shop
) -> None:
    page = make_page(java_script_enabled=False)
    visit(page, host, shop)
    page.get_by_role("link", name="Book online").click()
    expect(page.get_by_role("heading", name="Maré & Sons", level=1)).to_be_visible()


def test_the_example_page_shows_the_widget_and_its_code(page: Page, host: Host, shop: Shop) -> None:
    page.goto(f"{host.api}/widget/example/{shop.slug}")
    expect(heading(page)).to_have_text("What would you like to book?")
    expect(page.locator("pre").first).to_contain_text(f'<horarium-booking business="{shop.slug}">')
    expect(page.locator("pre").first).to_contain_text("Maré &amp; Sons</a>")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
