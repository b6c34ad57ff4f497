"""The calendar in a real browser: book, move and block by the mouse, by keys, on a phone and without scripts."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Locator, Page, expect

from horarium.kit import clock
from horarium.modules.booking.models import Booking
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.actions import create_sign_in_link
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_business, make_location, make_member, make_offering, make_resource, make_user
from tests.journeys.accessible import expect_accessible
from tests.journeys.guest import tab_to
from tests.journeys.touch import Finger

pytestmark = pytest.mark.journey
SANTIAGO = ZoneInfo("America/Santiago")


@pytest.fixture
def desk(server_database: Server) -> SimpleNamespace:
    """Two masseurs in Santiago; the day shown lies a week ahead."""
    business = make_business(name="Spa of the calendar")
    location = make_location(business, hours="10:00-20:00", time_zone="America/Santiago")
    anna, boris = (make_resource(location, name=name) for name in ("Anna", "Boris"))
    massage = make_offering(location, needs=[[anna, boris]], price=5000, name="Massage")
    user = make_user(name="Rosa Reis")
    make_member(business, user=user)
    on = clock.now().astimezone(SANTIAGO).date() + timedelta(days=7)
    return SimpleNamespace(
        url=f"{server_database.url}/manage/{business.slug}/calendar/",
        sign_in=lambda: f"{server_database.url}{create_sign_in_link(user.email)}",
        business=business,
        massage=massage,
        anna=anna,
        boris=boris,
        on=on,
        book=booker(business.slug, massage.public_id, on),
    )


def booker(slug: str, offering: str, on: date) -> Callable[..., Booking]:
    def book(hour: int, resource: object, name: str) -> Booking:
        start = datetime(on.year, on.month, on.day, hour, tzinfo=SANTIAGO)
        item = SlotItem(offering, start, resource=resource.public_id)  # type: ignore[attr-defined]
        checkout = Checkout(Contact(name, "rita@example.org"), (item,))
        order = place_order(slug, checkout, Actor.system(), clock.now(), staff=True)
        with scopes_disabled():
            return Booking.objects.get(order=order)

    return book


def open_calendar(page: Page, desk: SimpleNamespace, query: str = "") -> None:
    page.goto(desk.sign_in())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))
    page.goto(f"{desk.url}?on={desk.on}{query}")


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def point(page: Page, name: str, hour: float) -> tuple[float, float]:
    """Where an hour of a column is in the window; the grid shows 10 to 20 o'clock."""
    grid = page.locator(".cal-scroll")
    box = column(page, name).bounding_box()
    view = grid.bounding_box()
    assert box
    assert view
    y = box["y"] + (hour - 10) / 10 * box["height"]
    if not view["y"] + 60 < y < view["y"] + view["height"] - 60:
        grid.evaluate("(grid, by) => grid.scrollBy(0, by)", y - view["y"] - view["height"] / 2)
        box = column(page, name).bounding_box()
        assert box
        y = box["y"] + (hour - 10) / 10 * box["height"]
    return box["x"] + box["width"] / 2, y


def drag(page: Page, name: str, hour: float, to: str, to_hour: float) -> None:
    page.mouse.move(*point(page, name, hour))
    page.mouse.down()
    x, y = point(page, to, to_hour)
    page.mouse.move(x, y - 20, steps=4)
    page.mouse.move(x, y, steps=4)


def start_of(booking: Booking) -> str:
    with scopes_disabled():
        booking.refresh_from_db()
    return f"{booking.starts_at.astimezone(SANTIAGO):%H:%M}"


def test_time_drawn_on_the_grid_becomes_a_booking(page: Page, desk: SimpleNamespace) -> None:
    open_calendar(page, desk)
    drag(page, "Boris", 12.02, "Boris", 12.97)
    expect(page.locator(".cal-chosen")).to_have_text("12:00 PM–1:00 PM")
    page.mouse.up()
    dialog = page.get_by_role("dialog", name=re.compile("Boris"))
    expect(dialog).to_be_visible()
    expect_accessible(page)
    dialog.get_by_role("button", name="New booking").click()
    page.get_by_label("Name", exact=True).fill("Rita Costa")
    expect(page.get_by_label("With whom or where").last).to_have_value(desk.boris.public_id)
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()
    page.keyboard.press("Escape")
    expect(column(page, "Boris").get_by_role("link", name=re.compile("Rita Costa"))).to_be_visible()


def test_the_grid_can_be_drawn_on_after_the_view_was_switched(page: Page, desk: SimpleNamespace) -> None:
    """T-40."""
    open_calendar(page, desk)
    views = page.get_by_role("main")
    views.get_by_role("link", name="Week", exact=True).click()
    expect(page).to_have_url(re.compile("view=week"))
    views.get_by_role("link", name="Day", exact=True).click()
    expect(column(page, "Boris")).to_be_visible()
    drag(page, "Boris", 12.02, "Boris", 12.97)
    expect(page.locator(".cal-chosen")).to_have_text("12:00 PM–1:00 PM")
    page.mouse.up()
    expect(page.get_by_role("dialog", name=re.compile("Boris"))).to_be_visible()


def test_a_booking_is_dragged_to_another_time_and_person_and_back(page: Page, desk: SimpleNamespace) -> None:
    booking = desk.book(11, desk.anna, "Rita Costa")
    open_calendar(page, desk)
    drag(page, "Anna", 11.25, "Boris", 14.25)
    expect(page.locator(".cal-ghost.is-good")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".toast", has_text="moved to")).to_be_visible()
    expect(column(page, "Boris").get_by_role("link", name=re.compile("Rita Costa"))).to_be_visible()
    assert start_of(booking) == "14:00"
    page.locator(".toast").get_by_text("Undo").click()
    expect(column(page, "Anna").get_by_role("link", name=re.compile("Rita Costa"))).to_be_visible()
    assert start_of(booking) == "11:00"


def test_a_refused_move_says_whose_the_time_is_and_changes_nothing(page: Page, desk: SimpleNamespace) -> None:
    booking = desk.book(11, desk.anna, "Rita Costa")
    desk.book(14, desk.boris, "John Smith")
    open_calendar(page, desk)
    drag(page, "Anna", 11.25, "Boris", 14.75)
    expect(page.locator(".cal-ghost.is-bad", has_text="John Smith")).to_be_visible()
    page.mouse.up()
    expect(page.locator(".toast", has_text="John Smith")).to_be_visible()
    expect(column(page, "Anna").get_by_role("link", name=re.compile("Rita Costa"))).to_be_visible()
    assert start_of(booking) == "11:00"


def test_time_is_blocked_from_the_grid_and_freed_again(page: Page, desk: SimpleNamespace) -> None:
    open_calendar(page, desk)
    drag(page, "Anna", 15.02, "Anna", 15.97)
    page.mouse.up()
    page.get_by_role("button", name="Block time").click()
    page.get_by_label("Reason").fill("Repair")
    expect_accessible(page)
    page.get_by_role("button", name="Block", exact=True).click()
    expect(page.locator("dialog.sheet")).to_have_count(0)
    page.get_by_role("link", name=re.compile("Repair")).click()
    page.get_by_role("button", name="Free this time").click()
    expect(page.get_by_role("link", name=re.compile("Repair"))).to_have_count(0)
    page.locator(".toast").get_by_text("Undo").last.click()
    expect(page.get_by_role("link", name=re.compile("Repair"))).to_be_visible()


def test_the_week_of_one_person_stands_in_the_address_and_the_way_back_leads_back(
    page: Page, desk: SimpleNamespace
) -> None:
    desk.book(11, desk.anna, "Rita Costa")
    open_calendar(page, desk)
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.locator(".cal-column")).to_have_count(7)
    assert "view=week" in page.url
    page.get_by_label("With whom or where").select_option(desk.boris.public_id)
    expect(page.get_by_role("link", name=re.compile("Rita Costa"))).to_have_count(0)
    page.get_by_label("With whom or where").select_option(desk.anna.public_id)
    expect(page.get_by_role("link", name=re.compile("Rita Costa"))).to_be_visible()
    expect_accessible(page)
    page.get_by_role("link", name="Next week").click()
    expect(page.get_by_role("link", name=re.compile("Rita Costa"))).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("link", name=re.compile("Rita Costa"))).to_be_visible()


def test_a_browser_in_another_zone_shows_the_time_of_the_location(
    make_page: MakePage, desk: SimpleNamespace
) -> None:
    """T-15."""
    desk.book(11, desk.anna, "Rita Costa")
    tokyo = make_page(timezone_id="Asia/Tokyo")
    open_calendar(tokyo, desk)
    expect(tokyo.get_by_role("link", name=re.compile("^11:00.AM–12:00.PM, Rita Costa"))).to_be_visible()
    drag(tokyo, "Anna", 15.02, "Anna", 15.97)
    tokyo.mouse.up()
    tokyo.get_by_role("button", name="New booking").last.click()
    expect(tokyo.locator('input[name="at"][value="15:00"]')).to_be_checked()


def test_free_time_is_booked_and_bookings_are_reached_by_keys(page: Page, desk: SimpleNamespace) -> None:
    desk.book(11, desk.anna, "Rita Costa")
    open_calendar(page, desk)
    tab_to(page, ".cal-cursor")
    expect(page.locator(".cal-cursor")).to_have_attribute(
        "aria-label", re.compile("^Anna, 10:00.AM–11:00.AM, Free")
    )
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator(".cal-cursor")).to_have_attribute(
        "aria-label", re.compile("^Boris, 10:30.AM–11:15.AM")
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".cal-cursor")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Any other time")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".cal-cursor")).to_be_focused()
    tab_to(page, ".cal-item-target")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.sheet[open]").get_by_role("link", name="Change", exact=True)).to_be_visible()


def test_on_a_phone_one_person_is_shown_and_a_chip_goes_to_the_next(
    phone: Page, desk: SimpleNamespace
) -> None:
    desk.book(11, desk.boris, "Rita Costa")
    open_calendar(phone, desk)
    expect(phone.get_by_role("button", name="Anna", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_role("link", name=re.compile("Rita Costa"))).not_to_be_in_viewport()
    phone.get_by_role("button", name="Boris", exact=True).tap()
    expect(phone.get_by_role("button", name="Boris", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_role("link", name=re.compile("Rita Costa"))).to_be_in_viewport()
    expect_accessible(phone)
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_a_finger_that_rests_carries_a_booking_and_one_that_moves_scrolls(
    phone: Page, desk: SimpleNamespace
) -> None:
    booking = desk.book(11, desk.anna, "Rita Costa")
    open_calendar(phone, desk)
    finger = Finger(phone)
    item = phone.get_by_role("link", name=re.compile("Rita Costa"))
    item.scroll_into_view_if_needed()
    box = item.bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + box["height"] / 2
    hour = phone.evaluate("document.querySelector('.cal-column').getBoundingClientRect().height / 10")
    finger.swipe((x, y), (x, y - 200))
    phone.wait_for_function("() => scrollY > 100")
    expect(phone.locator(".cal-ghost")).to_have_count(0)
    phone.wait_for_timeout(500)
    phone.evaluate("scrollTo(0, 60)")
    scrolled = phone.evaluate("scrollY")
    box = item.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    finger.press((x, y))
    expect(phone.locator(".cal-ghost")).to_be_visible()
    finger.move((x, y + 2 * hour))
    expect(phone.locator(".cal-ghost.is-good")).to_be_visible()
    assert phone.evaluate("scrollY") == scrolled
    finger.lift()
    expect(phone.locator(".toast", has_text="moved to")).to_be_visible()
    assert start_of(booking) == "13:00"
    expect(phone.locator("dialog[open]")).to_have_count(0)


def test_a_finger_that_rests_on_free_ground_draws_time(phone: Page, desk: SimpleNamespace) -> None:
    open_calendar(phone, desk)
    x, y = point(phone, "Anna", 12.02)
    hour = phone.evaluate("document.querySelector('.cal-column').getBoundingClientRect().height / 10")
    finger = Finger(phone)
    finger.press((x, y))
    expect(phone.locator(".cal-chosen")).to_be_visible()
    finger.move((x, y + 1.4 * hour))
    expect(phone.locator(".cal-chosen")).to_have_text("12:00 PM–1:30 PM")
    finger.lift()
    expect(phone.get_by_role("dialog", name=re.compile("Anna"))).to_be_visible()
    phone.get_by_role("button", name="New booking").last.tap()
    expect(phone.get_by_label("Name", exact=True)).to_be_visible()


def test_a_finger_carries_a_booking_to_the_next_person(phone: Page, desk: SimpleNamespace) -> None:
    booking = desk.book(11, desk.anna, "Rita Costa")
    open_calendar(phone, desk)
    item = phone.get_by_role("link", name=re.compile("Rita Costa"))
    item.scroll_into_view_if_needed()
    box = item.bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + box["height"] / 2
    finger = Finger(phone)
    finger.press((x, y))
    finger.move((375, y))
    expect(phone.locator(".cal-ghost.is-good")).to_be_visible()
    expect(column(phone, "Boris").locator(".cal-ghost")).to_be_visible()
    phone.wait_for_timeout(700)
    finger.lift()
    expect(phone.locator(".toast", has_text="moved to")).to_be_visible()
    assert start_of(booking) == "11:00"
    with scopes_disabled():
        assert booking.assignments.get().resource_id == desk.boris.pk


def test_without_scripts_the_day_is_a_list(make_page: MakePage, desk: SimpleNamespace) -> None:
    desk.book(11, desk.anna, "Rita Costa")
    plain = make_page(java_script_enabled=False)
    open_calendar(plain, desk)
    anna = plain.get_by_role("region", name=re.compile("^Anna, "))
    expect(anna.get_by_role("link", name="Rita Costa")).to_be_visible()
    plain.get_by_role("link", name="Next day").click()
    expect(plain.get_by_role("link", name="Rita Costa")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_day_is_accessible_in_both_themes(make_page: MakePage, desk: SimpleNamespace, theme: str) -> None:
    desk.book(11, desk.anna, "Rita Costa")
    page = make_page(color_scheme=theme)
    open_calendar(page, desk)
    expect(page.get_by_role("link", name=re.compile("Rita Costa"))).to_be_visible()
    expect_accessible(page)
