"""Several dates of one booking through the widget: decided one by one, all taken together or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Locator, Page, expect

from horarium.modules.booking.models import Booking
from horarium.modules.catalog.models import Offering
from horarium.platform.tenancy.actions import bump_catalog_revision
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.journeys.accessible import barriers
from tests.journeys.guest import LISBON
from tests.journeys.widget_host import Host, running_host
from tests.journeys.widget_scene import (
    Shop,
    choose,
    fill_in,
    focused_name,
    heading,
    heard,
    make_shop,
    small_targets,
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
    """Haircut and colouring may be booked for six dates at once."""
    shop = make_shop()
    with scopes_disabled():
        mine = Offering.objects.filter(business=shop.business, slug__in=["haircut", "colouring"])
        mine.update(repeats_up_to=6)
    bump_catalog_revision(shop.business.pk)
    return shop


def start_of(page: Page, weeks: int = 0) -> str:
    """The start that the guest has chosen, or so many weeks later by the clock on the wall."""
    chosen = datetime.fromisoformat(heard(page)[0][1]["start"]).astimezone(LISBON)
    return (chosen + timedelta(weeks=weeks)).isoformat()


def bookings(shop: Shop) -> list[Booking]:
    with scopes_disabled():
        mine = Booking.objects.filter(business=shop.business, order__contact_name="Ada Lovelace")
        return list(mine.order_by("starts_at"))


def starts(shop: Shop) -> list[str]:
    return [one.starts_at.astimezone(LISBON).isoformat() for one in bookings(shop)]


def is_one_series(shop: Shop) -> bool:
    [(series, _order)] = {(one.series_id, one.order_id) for one in bookings(shop)}
    return series is not None


def dates(page: Page) -> Locator:
    return page.locator(".dates li")


def repeat(page: Page) -> None:
    page.get_by_role("button", name="Book several dates").click()
    expect(heading(page)).to_have_text("Several dates")
    expect(heading(page)).to_be_focused()


def no_barriers(page: Page) -> None:
    assert barriers(page, inside="horarium-booking") == []


def test_a_date_that_clashes_goes_elsewhere_and_another_is_left_out(
    page: Page, host: Host, shop: Shop
) -> None:
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    take_elsewhere(host, shop, "haircut", start_of(page, 1))
    repeat(page)
    expect(dates(page)).to_have_count(4)
    page.get_by_label("How many dates").select_option("3")
    expect(dates(page)).to_have_count(3)
    second = page.locator("#date-1")
    expect(second).to_contain_text("not free")
    expect(page.get_by_role("button", name="Continue with")).to_have_count(0)
    no_barriers(page)

    second.locator(".alternatives button").first.click()
    expect(second).to_contain_text("another time")
    expect(page.locator("#turn-1")).to_be_focused()
    page.get_by_role("button", name="Leave out").last.click()
    expect(page.locator("#date-2")).to_contain_text("left out")
    expect(page.locator("#turn-2")).to_be_focused()
    no_barriers(page)
    page.get_by_role("button", name="Continue with 2 dates").click()
    expect(heading(page)).to_have_text("Your details")
    summary = page.get_by_role("complementary", name="Your booking")
    expect(summary).to_contain_text("2 dates")
    expect(summary.locator(".total")).to_contain_text("€60")
    expect(page.get_by_role("button", name="Add to order")).to_have_count(0)
    fill_in(page)
    no_barriers(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(heading(page)).to_have_text("You are booked")
    expect(page.locator(".ticket")).to_have_count(2)

    assert starts(shop)[0] == start_of(page)
    assert starts(shop)[1] != start_of(page, 1)
    assert is_one_series(shop)
    assert [name for name, _ in heard(page)] == ["slot-chosen", "hold-placed", "booking-confirmed"]
    assert len(heard(page)[-1][1]["bookings"]) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_takes_the_nearest_times_for_all_and_pays_once(
    make_page: MakePage, host: Host, shop: Shop, scheme: str
) -> None:
    size: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
    page = make_page(has_touch=True, is_mobile=True, color_scheme=scheme, **size)
    visit(page, host, shop)
    choose(page, "Colouring")
    take_time(page)
    for weeks in (2, 4):
        take_elsewhere(host, shop, "haircut", start_of(page, weeks))
    repeat(page)
    page.get_by_role("radio", name="Every two weeks").check()
    expect(page.locator("#news")).to_contain_text("2 dates are not free")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert small_targets(page) == []
    # At its end the bar covers nothing, not even half of a button.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    no_barriers(page)
    page.get_by_role("button", name="The nearest free time for each").tap()
    expect(page.locator(".dates .is-refused")).to_have_count(0)
    expect(page.locator("#dates-title")).to_be_focused()
    bar = page.locator("details.bar")
    expect(bar).to_contain_text("4 dates")
    expect(bar).to_contain_text("€360")
    page.get_by_role("button", name="Continue with 4 dates").tap()
    fill_in(page)
    page.get_by_role("button", name="Confirm and pay €360").tap()
    page.wait_for_url("**/gateways/test/pay/**")
    page.get_by_role("button", name="Pay", exact=True).tap()
    expect(heading(page)).to_have_text("You are booked")
    assert [one.state for one in bookings(shop)] == ["confirmed"] * 4
    assert len({one.order_id for one in bookings(shop)}) == 1


def test_who_is_quicker_with_one_date_leaves_nothing_taken_and_nothing_typed_is_lost(
    page: Page, host: Host, shop: Shop
) -> None:
    """T-35"""
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    repeat(page)
    page.get_by_role("button", name="Continue with 4 dates").click()
    fill_in(page)
    take_elsewhere(host, shop, "haircut", start_of(page, 3))
    page.get_by_role("button", name="Confirm the booking").click()
    expect(heading(page)).to_have_text("Several dates")
    news = page.locator("#news")
    expect(news).to_contain_text("1 date is not free")
    expect(news).to_contain_text("Nothing is booked yet")
    expect(news).to_be_focused()
    assert bookings(shop) == []
    page.locator("#date-3 .alternatives button").last.click()
    page.get_by_role("button", name="Continue with 4 dates").click()
    expect(page.get_by_label("Name")).to_have_value("Ada Lovelace")
    page.get_by_role("button", name="Confirm the booking").click()
    expect(heading(page)).to_have_text("You are booked")
    assert starts(shop)[:3] == [start_of(page, weeks) for weeks in range(3)]
    assert len(bookings(shop)) == 4


def test_dates_are_chosen_with_nothing_but_the_keyboard(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    tab_to(page, "Book several dates")
    page.keyboard.press("Enter")
    expect(dates(page)).to_have_count(4)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Every two weeks")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(dates(page)).to_have_count(2)
    for number in range(2):
        tab_to(page, "Leave out")
        page.keyboard.press("Enter")
        expect(page.locator(f"#date-{number}")).to_contain_text("left out")
        assert focused_name(page).startswith("Put back")
    expect(page.locator("#news")).to_contain_text("All dates are left out")
    expect(page.get_by_role("button", name="Continue with")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("#news")).to_have_count(0)
    tab_to(page, "Continue with 1 date")
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    fill_in(page)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("You are booked")
    assert starts(shop) == [start_of(page, 2)]


def test_several_dates_stand_beside_what_is_put_aside(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop)
    page.get_by_role("button", name="Trim").click()
    page.get_by_role("button", name="See free times").click()
    page.locator("button.day").nth(1).click()
    take_time(page, "12:00")
    page.get_by_role("button", name="Add to order").click()
    expect(page.locator("section.cart")).to_contain_text("Trim")
    choose(page, "Haircut")
    take_time(page)
    repeat(page)
    page.get_by_label("How many dates").select_option("2")
    page.get_by_role("button", name="Continue with 2 dates").click()
    lines = page.locator(".summary .lines")
    expect(lines).to_contain_text("Trim €20")
    expect(lines).to_contain_text("Haircut €60")
    expect(lines.locator(".total")).to_contain_text("€80")
    fill_in(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(heading(page)).to_have_text("You are booked")
    assert len(bookings(shop)) == 3
    assert len(shop.orders()) == 1


def test_one_date_alone_is_booked_as_before(page: Page, host: Host, shop: Shop) -> None:
    visit(page, host, shop)
    choose(page, "Haircut")
    take_time(page)
    repeat(page)
    page.get_by_role("button", name="Only once").click()
    expect(heading(page)).to_have_text("Your details")
    expect(page.get_by_role("complementary", name="Your booking")).to_contain_text("10:00 – 11:00")
    fill_in(page)
    page.get_by_role("button", name="Confirm the booking").click()
    expect(heading(page)).to_have_text("You are booked")
    (only,) = bookings(shop)
    assert only.series_id is None


def test_what_may_not_be_repeated_is_not_offered_for_several_dates(
    page: Page, host: Host, shop: Shop
) -> None:
    visit(page, host, shop, 'offering="bridal"')
    page.locator("button.day").nth(1).click()
    take_time(page)
    expect(page.get_by_role("button", name="Book several dates")).to_have_count(0)
