"""Several dates of one booking in a browser: decided by one click, paid at once, moved together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.modules.booking.models import Booking, Order
from horarium.modules.catalog.models import Offering
from horarium.platform.tenancy.actions import bump_catalog_revision
from tests.bed.browser import MakePage
from tests.bed.server import Server

from .accessible import expect_accessible
from .guest import Place, expect_heading, fill_details, make_place, pay

pytestmark = pytest.mark.journey
WEEK = timedelta(weeks=1)


@pytest.fixture
def place(server_database: Server) -> Place:
    """Both offerings may be booked for six dates at once."""
    place = make_place(server_database)
    with scopes_disabled():
        Offering.objects.filter(business=place.business).update(repeats_up_to=6)
    bump_catalog_revision(place.business.pk)
    return place


def bookings(place: Place) -> list[Booking]:
    with scopes_disabled():
        mine = Booking.objects.filter(business=place.business, order__contact_name="Maria Silva")
        return list(mine.order_by("starts_at"))


def open_dates(place: Place, page: Page, offering: Offering) -> None:
    page.goto(place.details_of(offering, place.start()))
    page.click("#repeat")
    expect_heading(page, "Several dates")


def test_several_dates_are_chosen_and_paid_at_once(place: Place, page: Page) -> None:
    taken = place.take(place.simple, place.start() + WEEK)
    open_dates(place, page, place.simple)
    expect(page.locator(".repeat-date")).to_have_count(4)
    page.select_option("#times", "3")
    expect(page.locator(".repeat-date")).to_have_count(3)
    expect(page.locator("#date-1")).to_contain_text("This time is taken.")
    expect(page.locator("#book-dates")).to_have_count(0)
    expect_accessible(page)
    page.locator("#date-1 .alternatives a").first.click()
    expect(page.locator("#date-1")).to_contain_text("another time")
    page.click("#turn-2")
    expect(page.locator("#turn-2")).to_be_focused()
    expect(page.locator("#book-dates")).to_have_text("Book 2 dates")
    page.reload()
    expect(page.locator("#date-2")).to_contain_text("left out")
    page.click("#book-dates")
    fill_details(page)
    expect_accessible(page)
    page.locator(".details-bar button[type=submit]").click()
    expect_heading(page, "You are booked")
    first, second = bookings(place)
    assert first.starts_at == place.start()
    assert second.starts_at != place.start() + WEEK
    assert first.series_id == second.series_id is not None
    assert first.order_id == second.order_id != taken.pk


def test_a_prepaid_series_is_held_with_one_countdown_and_one_payment(place: Place, page: Page) -> None:
    open_dates(place, page, place.prepaid)
    page.click("#book-dates")
    fill_details(page)
    page.get_by_role("button", name="Confirm and pay €80").click()
    page.wait_for_url("**/gateways/test/**")
    with scopes_disabled():
        order = Order.objects.get(business=place.business, contact_name="Maria Silva")
    assert (order.due_minor, {one.state for one in bookings(place)}) == (8000, {"held"})
    pay(page)
    expect_heading(page, "You are booked")
    assert [one.state for one in bookings(place)] == ["confirmed"] * 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_same_without_scripts_on_a_phone(place: Place, make_page: MakePage, scheme: str) -> None:
    size: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
    page = make_page(java_script_enabled=False, color_scheme=scheme, **size)
    place.take(place.simple, place.start())
    page.goto(
        f"{place.page_of(place.simple)}repeat/?start={place.start():%Y-%m-%dT%H:%M:%S%z}".replace("+", "%2B")
    )
    page.check("#every-two_weeks", force=True)
    page.select_option("#times", "2")
    page.get_by_role("button", name="Show the dates").click()
    expect(page.locator(".repeat-date")).to_have_count(2)
    page.locator("#date-0 .alternatives a").first.click()
    page.click("#book-dates")
    fill_details(page)
    page.locator(".details-bar button[type=submit]").click()
    expect_heading(page, "You are booked")
    assert bookings(place)[1].starts_at == place.start() + 2 * WEEK


def test_the_dates_of_a_series_are_moved_together(place: Place, page: Page) -> None:
    open_dates(place, page, place.simple)
    page.click("#book-dates")
    fill_details(page)
    page.locator(".details-bar button[type=submit]").click()
    expect_heading(page, "You are booked")
    page.locator("a[href*='/series/']").nth(1).click()
    expect_heading(page, "Change several dates")
    page.locator("[name=at]").last.check(force=True)
    expect(page.locator("#plan")).to_contain_text("Change 3 dates")
    expect_accessible(page)
    page.get_by_role("button", name="Change 3 dates").click()
    expect_heading(page, "You are booked")
    starts = [one.starts_at for one in bookings(place)]
    assert starts[0] == place.start()
    assert starts[1] != place.start() + WEEK
    assert [one - starts[1] for one in starts[2:]] == [WEEK, 2 * WEEK]
