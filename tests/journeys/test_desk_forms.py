"""The desk books for somebody: nights in a rate plan with extras, tickets of two kinds, a visit, and a series."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Locator, Page, expect

from horarium.modules.booking.models import Booking
from horarium.platform.identity.actions import create_sign_in_link
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_member, make_user
from tests.journeys.accessible import expect_accessible
from tests.journeys.house import House, make_house

pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def house(server_database: Server) -> House:
    return make_house(server_database)


def enter(page: Page, house: House) -> str:
    """Signed in as an owner; the address of the back office."""
    user = make_user(name="Rosa Reis")
    make_member(house.business, user=user)
    page.goto(f"{house.server.url}{create_sign_in_link(user.email)}")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))
    return f"{house.server.url}/manage/{house.business.slug}"


def open_form(page: Page, what: str) -> Locator:
    """The form of a new booking in the side sheet, with an offering chosen."""
    page.get_by_role("link", name="New booking").first.click()
    sheet = page.locator("dialog.sheet[open]")
    sheet.locator("[name=offering]").select_option(what)
    expect(sheet.locator("[name=offering] option:checked")).to_have_text(what)
    return sheet


def bookings(house: House) -> list[Booking]:
    with scopes_disabled():
        return list(Booking.objects.filter(business=house.business).order_by("starts_at", "pk"))


@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "desktop"])
def test_nights_are_booked_in_a_rate_plan_with_an_extra(
    house: House, make_page: MakePage, size: dict[str, Any]
) -> None:
    page = make_page(**size)
    enter(page, house)
    sheet = open_form(page, "Double room")
    sheet.get_by_label("Arrival").fill(str(house.day(4)))
    sheet.get_by_label("Departure").fill(str(house.day(6)))
    verdict = sheet.locator(".plan-verdict")
    expect(verdict).to_contain_text("2 nights")
    expect(verdict).to_contain_text("€140")
    sheet.get_by_label("Rate plan").select_option(label="Flexible · €180")
    expect(verdict).to_contain_text("€180")
    sheet.get_by_label("Breakfast").fill("2")
    sheet.get_by_label("Breakfast").press("Tab")
    expect(verdict).to_contain_text("€220")
    expect_accessible(page)
    sheet.get_by_label("Name", exact=True).fill("Maria Silva")
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()
    (found,) = bookings(house)
    with scopes_disabled():
        assert (found.total_minor, found.extra_lines.get().quantity) == (22_000, 2)
        assert found.rate_plan is not None
        assert found.rate_plan.name == "Flexible"


def test_a_refused_form_that_is_a_page_by_itself_is_put_right_where_it_stands(
    house: House, page: Page
) -> None:
    """Opened by its address, not over another page: what is refused must not stand there twice."""
    office = enter(page, house)
    far = f"on={house.day(200)}&until={house.day(202)}&offering={house.room.public_id}"
    page.goto(f"{office}/bookings/new/?{far}")
    page.get_by_label("Name", exact=True).fill("Maria Silva")
    page.get_by_role("button", name="Book", exact=True).click()
    reason = page.get_by_label("Reason")
    expect(reason).to_be_focused()
    expect(page.locator("dialog.sheet")).to_have_count(0)
    expect_accessible(page)
    reason.fill("A wedding")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()
    assert len(bookings(house)) == 1


def test_tickets_of_two_kinds_are_booked(house: House, page: Page) -> None:
    enter(page, house)
    sheet = open_form(page, "Boat tour")
    sheet.locator("label:has([name=session])").first.click()
    sheet.get_by_label(re.compile("^Adult")).fill("2")
    sheet.get_by_label(re.compile("^Child")).fill("1")
    sheet.get_by_label(re.compile("^Child")).press("Tab")
    expect(sheet.locator(".plan-verdict")).to_contain_text("€62")
    expect_accessible(page)
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(sheet.get_by_text("Who is it for?")).to_be_visible()
    sheet.get_by_label("Name", exact=True).fill("Maria Silva")
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()
    (found,) = bookings(house)
    with scopes_disabled():
        assert (found.total_minor, found.tickets.count()) == (6_200, 3)


def test_a_visit_of_two_is_planned_and_booked(house: House, page: Page) -> None:
    office = enter(page, house)
    page.goto(f"{office}/calendar/visit/")
    page.locator("#offering-1").select_option("Massage")
    page.locator("#offering-2").select_option("Massage")
    page.locator("#who-2").select_option("Guest 2")
    page.get_by_label("From", exact=True).fill(str(house.day(2)))
    page.get_by_role("button", name="Show plans").click()
    plan = page.locator(".visit-plan").first
    expect(plan).to_contain_text("€80")
    expect_accessible(page)
    plan.get_by_role("link", name="Book this plan").click()
    sheet = page.locator("dialog.sheet[open]")
    expect(sheet).to_contain_text("Massage")
    expect_accessible(page)
    sheet.get_by_label("Name", exact=True).fill("Maria Silva")
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_text("2 bookings").first).to_be_visible()
    first, second = bookings(house)
    assert first.order_id == second.order_id
    assert first.starts_at == second.starts_at


def test_repeat_keeps_what_was_typed_while_the_form_is_drawn_anew(house: House, page: Page) -> None:
    """Each change of the plan morphs the form: a choice, a number and the focus must survive it."""
    enter(page, house)
    sheet = open_form(page, "Massage")
    sheet.get_by_label("Day", exact=True).fill(str(house.day(2)))
    sheet.get_by_text("Weekly", exact=True).click()
    count = sheet.get_by_label("How many dates")
    count.fill("3")
    sheet.locator("label:has([name=at][value='11:00'])").click()
    expect(sheet.locator(".plan-verdict")).to_contain_text("€40")
    expect(count).to_have_value("3")
    expect(sheet.get_by_label("Weekly", exact=True)).to_be_checked()
    expect(sheet.locator("#new-repeat details")).to_contain_text("3 dates")
    sheet.get_by_label("Every so many weeks").fill("2")
    sheet.get_by_label("Every so many weeks").press("Tab")
    expect(sheet.locator("#new-ends")).to_be_focused()
    expect(sheet.locator("[name=at][value='11:00']")).to_be_checked()
    expect_accessible(page)
    sheet.get_by_label("Name", exact=True).fill("Maria Silva")
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed").first).to_be_visible()
    found = bookings(house)
    assert [(one.starts_at - found[0].starts_at).days for one in found] == [0, 14, 28]


@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "desktop"])
def test_a_limit_of_guests_is_shown_and_broken_with_a_reason(
    house: House, make_page: MakePage, size: dict[str, Any]
) -> None:
    house.restrict(4, min_nights=3)
    page = make_page(**size)
    enter(page, house)
    sheet = open_form(page, "Double room")
    sheet.get_by_label("Arrival").fill(str(house.day(4)))
    sheet.get_by_label("Departure").fill(str(house.day(6)))
    expect(sheet.get_by_text("Shorter than guests may stay then.")).to_be_visible()
    expect_accessible(page)
    sheet.get_by_label("Name", exact=True).fill("Maria Silva")
    sheet.get_by_role("button", name="Book", exact=True).click()
    reason = sheet.get_by_label("Reason")
    expect(reason).to_have_attribute("aria-invalid", "true")
    expect(reason).to_be_focused()
    expect(sheet.locator(".field-error")).to_be_in_viewport(ratio=1)
    expect_accessible(page)
    assert bookings(house) == []
    reason.fill("A regular guest")
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()
    expect(page.locator("dialog.sheet[open]")).to_contain_text("A regular guest")
    assert len(bookings(house)) == 1
