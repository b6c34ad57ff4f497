"""A day at the desk, in a real browser: look, book by phone, move and take it back, take money, cancel."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from horarium.platform.identity.actions import create_sign_in_link
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_business, make_location, make_member, make_offering, make_resource, make_user
from tests.journeys.accessible import expect_accessible

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(server_database: Server) -> SimpleNamespace:
    """A business of its own that is open day and night, so that the hour of the test does not matter."""
    business = make_business(name="Spa of the journey")
    location = make_location(business, hours="00:00-24:00")
    anna = make_resource(location, name="Anna")
    make_offering(location, needs=[[anna]], price=5000, name="Massage")
    user = make_user(name="Rosa Reis")
    make_member(business, user=user)
    return SimpleNamespace(
        url=f"{server_database.url}/manage/{business.slug}",
        sign_in=lambda: f"{server_database.url}{create_sign_in_link(user.email)}",
        slug=business.slug,
    )


def enter(page: Page, desk: SimpleNamespace) -> None:
    page.goto(desk.sign_in())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))


def tomorrow() -> str:
    return (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011 - two days ahead in every zone


def book(page: Page, name: str, time: str) -> None:
    page.keyboard.press("n")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Day", exact=True).fill(tomorrow())
    choice = page.locator(f'input[name="at"][value="{time}"]')
    choice.check(force=True)
    expect(page.locator(".plan-line")).to_be_visible()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()


def test_a_call_is_booked_moved_back_and_forth_paid_and_cancelled(page: Page, desk: SimpleNamespace) -> None:
    enter(page, desk)
    page.goto(f"{desk.url}/bookings/")
    book(page, "Rita Costa", "15:00")
    expect_accessible(page)
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Any other time").fill("16:10")
    page.get_by_label("Any other time").press("Tab")
    expect(page.get_by_text("Free:")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Change it so").click()
    expect(page.locator(".toast", has_text="moved to")).to_be_visible()
    expect(page.locator("dialog.sheet")).to_have_count(0)
    page.get_by_role("link", name="Undo").click()
    expect(page.locator(".toast", has_text="back at")).to_be_visible()
    page.get_by_role("link", name="Rita Costa").click()
    page.locator("details.inline-form summary").click()
    page.get_by_role("button", name="Record the payment").click()
    expect(page.locator("dialog.sheet[open] .badge").get_by_text("Paid", exact=True)).to_be_visible()
    page.get_by_role("link", name="Cancel…").click()
    expect(page.get_by_text("Goes back to the customer")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("button", name="Cancel the booking").click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Cancelled")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.sheet")).to_have_count(0)


def test_a_collision_is_explained_and_nothing_typed_is_lost(page: Page, desk: SimpleNamespace) -> None:
    enter(page, desk)
    book(page, "Rita Costa", "15:00")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.sheet")).to_have_count(0)
    page.keyboard.press("n")
    page.get_by_label("Name", exact=True).fill("John Smith")
    page.get_by_label("Day", exact=True).fill(tomorrow())
    page.get_by_label("Any other time").fill("15:30")
    page.get_by_label("Any other time").press("Tab")
    expect(page.get_by_text("Taken by another booking.")).to_be_visible()
    expect(page.locator(".alert", has_text="Rita Costa")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("John Smith")
    page.locator('.alert input[name="start"]').last.check(force=True)
    expect(page.locator(".plan-line")).to_be_visible()
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(make_page: MakePage, desk: SimpleNamespace, theme: str) -> None:
    page = make_page(color_scheme=theme)
    enter(page, desk)
    book(page, "Rita Costa", "15:00")
    for path in (
        "",
        "bookings/",
        "customers/",
        "messages/",
        "activity/",
        "activity/events/",
        "activity/failures/",
    ):
        page.goto(f"{desk.url}/{path}")
        expect_accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        expect_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path
        page.set_viewport_size({"width": 1280, "height": 800})


def test_the_desk_works_without_scripts(make_page: MakePage, desk: SimpleNamespace) -> None:
    page = make_page(java_script_enabled=False)
    enter(page, desk)
    page.goto(f"{desk.url}/bookings/new/?on={tomorrow()}&time=15:05")
    page.get_by_label("Name", exact=True).fill("Rita Costa")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("heading", name="Rita Costa")).to_be_visible()
    page.get_by_role("button", name="Check in").click()
    expect(page.locator("main .badge", has_text="Checked in")).to_be_visible()
