"""The booking page in a browser: with keys alone, without scripts, in a rush, in three languages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.modules.booking.models import Booking, Order
from tests.bed.browser import MakePage
from tests.bed.server import Server

from .accessible import expect_accessible
from .guest import Place, expect_heading, fill_details, make_place, pay, tab_to

pytestmark = pytest.mark.journey

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def place(server_database: Server) -> Place:
    return make_place(server_database)


def states(place: Place) -> list[str]:
    with scopes_disabled():
        return [str(one.state) for one in Booking.objects.filter(business=place.business).order_by("id")]


def test_a_guest_books_and_pays_with_the_keyboard_alone(place: Place, page: Page) -> None:
    """T-31"""
    page.goto(place.url)
    tab_to(page, "a.offer-link[href$='/massage/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/massage/")
    # The first month that is shown is the one with the first free time.
    expect(page.locator("#month-title")).to_be_visible()
    if not page.locator(f"#day-{place.day()}").count():
        month_ahead(page, place)
    tab_to(page, f"#day-{place.day()}")
    page.keyboard.press("Enter")
    expect(page.locator("#times-title")).to_be_focused()
    tab_to(page, "a.time", limit=3)
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/**")
    for field, text in (("name", "Maria Silva"), ("email", "maria@example.org")):
        tab_to(page, f"[name={field}]")
        page.keyboard.type(text)
    tab_to(page, ".details button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gateways/test/**")
    tab_to(page, "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/**")
    expect_heading(page, "You are booked")
    assert states(place) == ["confirmed"]


def month_ahead(page: Page, place: Place) -> None:
    tab_to(page, "#month-next")
    page.keyboard.press("Enter")
    expect(page.locator(f"#day-{place.day()}")).to_be_visible()


def test_arrow_keys_walk_over_the_days_of_the_month(place: Place, page: Page) -> None:
    page.goto(f"{place.page_of(place.simple)}?month={place.day(45):%Y-%m}")
    first, second = page.locator("a.day").nth(0), page.locator("a.day").nth(1)
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.day").nth(7)).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("a.day").last).to_be_focused()


def test_focus_stays_when_the_month_changes(place: Place, page: Page) -> None:
    page.goto(f"{place.page_of(place.simple)}?month={place.day(0):%Y-%m}")
    before = page.locator("#month-title").inner_text()
    page.locator("#month-next").click()
    expect(page.locator("#month-title")).not_to_have_text(before)
    expect(page.locator("#month-next")).to_be_focused()
    page.locator("#month-previous").click()
    expect(page.locator("#month-title")).to_have_text(before)
    expect(page.locator("#month-title")).to_be_focused()


def test_a_guest_books_and_pays_without_scripts(place: Place, make_page: MakePage) -> None:
    page = make_page(java_script_enabled=False)
    page.goto(place.url)
    page.get_by_role("link", name="Massage").click()
    page.get_by_label("1 hr 30 min").check(force=True)
    page.get_by_label("Rui").check(force=True)
    page.get_by_role("button", name="Show free times").click()
    page.goto(re.sub(r"&(month|day)=[^&#]*", "", page.url.split("#")[0]) + f"&day={place.day()}")
    page.get_by_role("link", name=re.compile("^10:00")).click()
    expect(page.locator("#summary")).to_contain_text("€55")
    expect(page.locator("#summary")).to_contain_text("Rui")
    page.locator(".details button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your name.")
    fill_details(page)
    page.get_by_role("button", name="Confirm and pay €27.50").click()
    pay(page)
    expect_heading(page, "You are booked")
    assert states(place) == ["confirmed"]


def test_a_choice_changes_the_times_without_a_new_page(place: Place, page: Page) -> None:
    page.goto(f"{place.page_of(place.prepaid)}?day={place.day()}")
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_text("1 hr 30 min").first.click()
    expect(page.locator("#summary")).to_contain_text("€55")
    expect(page.locator("#summary")).to_contain_text("1 hr 30 min")
    assert "duration=90" in page.url
    assert page.evaluate("document.body.dataset.same") == "yes"
    assert page.locator("a.time").first.get_attribute("href") != ""


def test_a_time_taken_while_the_form_is_filled_in_loses_nothing(place: Place, page: Page) -> None:
    page.goto(place.details_of(place.simple, place.start(12)))
    fill_details(page)
    place.take(place.simple, place.start(12))
    page.get_by_role("button", name="Confirm the booking").click()
    alert = page.locator(".taken")
    expect(alert).to_contain_text("This time has just been taken.")
    expect(alert).to_be_focused()
    alert.get_by_role("button").first.click()
    expect(page.get_by_text("The new time")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Maria Silva")
    expect(page.locator("[name=notes]")).to_have_value("By the window")
    page.get_by_role("button", name="Confirm the booking").click()
    expect_heading(page, "You are booked")
    assert states(place) == ["confirmed", "confirmed"]


def test_a_double_click_makes_one_order(place: Place, page: Page) -> None:
    """T-34, T-21"""
    page.goto(place.details_of(place.simple, place.start(14)))
    fill_details(page)
    page.get_by_role("button", name="Confirm the booking").dblclick()
    expect_heading(page, "You are booked")
    with scopes_disabled():
        assert Order.objects.filter(business=place.business).count() == 1


def test_the_clock_of_the_place_is_explained_to_who_is_elsewhere(place: Place, make_page: MakePage) -> None:
    url = f"{place.page_of(place.simple)}?day={place.day()}"
    elsewhere = make_page(timezone_id="Asia/Tokyo")
    elsewhere.goto(url)
    expect(elsewhere.locator(".times-zone")).to_contain_text("Times are those of Lisbon")
    expect(elsewhere.locator(".times-zone")).to_contain_text("Your clock shows another time")
    there = make_page(timezone_id="Europe/Lisbon")
    there.goto(url)
    expect(there.locator(".times-zone")).not_to_contain_text("Your clock shows another time")


@pytest.mark.parametrize(
    ("language", "choose", "details"),
    [
        ("en", "Choose a day and a time", "Your details"),
        ("ru", "Выберите день и время", "Ваши данные"),
        ("es", "Elige día y hora", "Tus datos"),
    ],
)
def test_the_page_speaks_the_guest_s_language(
    place: Place, make_page: MakePage, language: str, choose: str, details: str
) -> None:
    page = make_page(locale=language)
    page.goto(f"{place.page_of(place.simple)}?month={place.day(40):%Y-%m}")
    expect(page.locator("#summary")).to_contain_text(choose)
    page.locator("a.day").nth(10).click()
    page.locator("a.time").first.click()
    expect_heading(page, details)


def test_the_language_can_be_switched_and_is_kept(place: Place, page: Page) -> None:
    page.goto(place.url)
    page.get_by_label("Language").first.click()
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.goto(place.page_of(place.simple))
    expect(page.locator("html")).to_have_attribute("lang", "ru")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_any_public_page(
    place: Place, make_page: MakePage, scheme: str, size: dict[str, object]
) -> None:
    page = make_page(color_scheme=scheme, **size)
    details = place.details_of(place.prepaid, place.start(16))
    place.take(place.simple, place.start(18))
    for address in (
        f"{place.server.url}/",
        place.url,
        f"{place.page_of(place.prepaid)}?day={place.day()}",
        f"{place.page_of(place.prepaid)}?day={place.day() - timedelta(days=30)}",
        details,
        place.details_of(place.simple, place.start(18)),
        f"{place.url}nothing/",
    ):
        page.goto(address)
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
    page.goto(details)
    page.locator(".details button[type=submit]").click()
    expect(page.locator(".problems")).to_be_focused()
    expect_accessible(page)


def test_everything_that_is_touched_is_large_enough(place: Place, make_page: MakePage) -> None:
    page = make_page(**PHONE)
    small = """() => [...document.querySelectorAll('a.day, a.time, .pill, .person, main .button, .public-head .button')]
        .map(one => [one.className, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([name]) => name)"""
    page.goto(f"{place.page_of(place.prepaid)}?day={place.day()}")
    assert page.evaluate(small) == []
