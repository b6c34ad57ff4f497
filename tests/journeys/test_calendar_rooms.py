"""Stays on the chessboard, by the mouse and by a finger: to other rooms and nights, over others, and new ones."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Locator, Page, expect

from horarium.kit import clock
from horarium.modules.booking.models import Booking
from horarium.modules.resources.models import Resource
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.actions import create_sign_in_link
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, StayItem
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_member, make_price, make_user
from tests.journeys.accessible import expect_accessible
from tests.journeys.guest import LISBON
from tests.journeys.house import House, make_house
from tests.journeys.touch import Finger

pytestmark = pytest.mark.journey


@pytest.fixture
def inn(server_database: Server) -> SimpleNamespace:
    """The house by the lake; Ada has Room 1 from the fifth to the seventh night from now; two weeks on it is dearer."""
    house = make_house(server_database)
    far = house.day(14)
    make_price(
        house.room,
        12_000,
        basis="per_night",
        priority=10,
        valid_from=far,
        valid_until=far + timedelta(days=9),
    )
    user = make_user(name="Rosa Reis")
    make_member(house.business, user=user)
    with scopes_disabled():
        rooms = list(Resource.objects.filter(business=house.business, kind="room").order_by("name"))
    return SimpleNamespace(
        house=house,
        rooms=rooms,
        ada=book(house, "Ada Lovelace", 5, 7, rooms[0]),
        sign_in=lambda: f"{server_database.url}{create_sign_in_link(user.email)}",
        url=f"{server_database.url}/manage/{house.business.slug}/calendar/",
    )


def book(house: House, name: str, first: int, last: int, room: Resource) -> Booking:
    item = StayItem(
        house.room.public_id,
        house.day(first),
        house.day(last),
        Guests(1),
        rate_plan=house.saver.public_id,
        resource=room.public_id,
    )
    checkout = Checkout(Contact(name, "guest@example.org"), (item,))
    order = place_order(house.business.slug, checkout, Actor.system(), clock.now(), staff=True)
    with scopes_disabled():
        return Booking.objects.get(order=order)


def enter(page: Page, inn: SimpleNamespace) -> None:
    page.goto(inn.sign_in())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))
    page.goto(f"{inn.url}?view=rooms")
    expect(bar(page, "Ada Lovelace")).to_be_visible()


def bar(page: Page, name: str) -> Locator:
    return page.locator(".room-bar", has_text=name)


def night(page: Page, inn: SimpleNamespace, room: int, days: int) -> tuple[float, float]:
    """The middle of a night of a room, brought into sight."""
    head = page.locator(f'th[data-on="{inn.house.day(days)}"]')
    row = page.locator(f'tr[data-room="{inn.rooms[room].public_id}"]')
    head.evaluate(
        "(head) => { const scroll = head.closest('[data-rooms]');"
        " const left = head.offsetLeft - scroll.clientWidth / 2; scroll.scrollLeft = left; }"
    )
    row.scroll_into_view_if_needed()
    column, line = head.bounding_box(), row.bounding_box()
    assert column
    assert line
    return column["x"] + column["width"], line["y"] + line["height"] / 2


def drag(page: Page, inn: SimpleNamespace, start: tuple[int, int], end: tuple[int, int]) -> None:
    """From the room and night to others; the button stays down."""
    x, y = night(page, inn, *start)
    page.mouse.move(x, y)
    page.mouse.down()
    by_days = end[1] - start[1]
    width = page.locator("th[data-on]").first.bounding_box()
    assert width
    rows = [
        page.locator(f'tr[data-room="{inn.rooms[one].public_id}"]').bounding_box()
        for one in (start[0], end[0])
    ]
    assert rows[0]
    assert rows[1]
    x, y = x + by_days * width["width"], y + rows[1]["y"] - rows[0]["y"]
    page.mouse.move(x - 4, y, steps=4)
    page.mouse.move(x, y, steps=3)


def where(booking: Booking) -> tuple[str, date, date]:
    with scopes_disabled():
        found = Booking.objects.get(pk=booking.pk)
        room = found.assignments.get().resource.name
    return room, found.starts_at.astimezone(LISBON).date(), found.ends_at.astimezone(LISBON).date()


def days(inn: SimpleNamespace, room: str, first: int, last: int) -> tuple[str, date, date]:
    return room, inn.house.day(first), inn.house.day(last)


def test_a_stay_is_dragged_to_another_room_and_date_and_back(page: Page, inn: SimpleNamespace) -> None:
    enter(page, inn)
    drag(page, inn, (0, 5), (1, 8))
    expect(page.locator(".rooms-ghost.is-good")).to_be_visible()
    expect(page.locator(".rooms-tip")).to_contain_text("Room 2")
    expect_accessible(page)
    page.mouse.up()
    expect(page.locator(".toast", has_text="moved to Room 2")).to_be_visible()
    row = page.locator(f'tr[data-room="{inn.rooms[1].public_id}"]')
    expect(row.locator(".room-bar", has_text="Ada Lovelace")).to_be_visible()
    assert where(inn.ada) == days(inn, "Room 2", 8, 10)
    page.locator(".toast").get_by_text("Undo").click()
    row = page.locator(f'tr[data-room="{inn.rooms[0].public_id}"]')
    expect(row.locator(".room-bar", has_text="Ada Lovelace")).to_be_visible()
    assert where(inn.ada) == days(inn, "Room 1", 5, 7)
    bar(page, "Ada Lovelace").click()
    expect(page.locator("dialog.sheet[open]").get_by_role("link", name="Change", exact=True)).to_be_visible()


def test_a_clash_says_with_whom_and_the_bar_stays(page: Page, inn: SimpleNamespace) -> None:
    book(inn.house, "Ben Nevis", 8, 10, inn.rooms[1])
    enter(page, inn)
    drag(page, inn, (0, 5), (1, 9))
    expect(page.locator(".rooms-ghost.is-bad")).to_be_visible()
    expect(page.locator(".rooms-tip")).to_contain_text("Ben Nevis")
    page.mouse.up()
    expect(page.locator(".toast", has_text="Ben Nevis")).to_be_visible()
    expect(page.locator(".rooms-ghost")).to_have_count(0)
    assert where(inn.ada) == days(inn, "Room 1", 5, 7)


def test_another_price_is_shown_and_confirmed_before(page: Page, inn: SimpleNamespace) -> None:
    enter(page, inn)
    drag(page, inn, (0, 5), (1, 14))
    expect(page.locator(".rooms-ghost.is-costly")).to_be_visible()
    expect(page.locator(".rooms-tip")).to_contain_text("€140 → €240")
    page.mouse.up()
    sheet = page.locator("dialog.sheet[open]")
    expect(sheet.get_by_label("Arrival")).to_have_value(str(inn.house.day(14)))
    expect(sheet).to_contain_text("€240")
    assert where(inn.ada) == days(inn, "Room 1", 5, 7)
    sheet.get_by_text("Beyond the terms", exact=True).click()
    sheet.get_by_label("Price", exact=True).select_option("keep")
    sheet.get_by_label("Reason").fill("Our mistake")
    sheet.get_by_role("button", name="Change it so").click()
    expect(page.locator(".toast", has_text="moved to")).to_be_visible()
    assert where(inn.ada) == days(inn, "Room 2", 14, 16)


def test_escape_and_the_way_home_change_nothing(page: Page, inn: SimpleNamespace) -> None:
    enter(page, inn)
    drag(page, inn, (0, 5), (1, 8))
    page.keyboard.press("Escape")
    expect(page.locator(".rooms-ghost, .rooms-tip")).to_have_count(0)
    page.mouse.up()
    drag(page, inn, (0, 5), (1, 8))
    page.mouse.move(*night(page, inn, 0, 5), steps=3)
    page.mouse.up()
    expect(page.locator(".rooms-ghost, .rooms-tip, dialog[open]")).to_have_count(0)
    assert where(inn.ada) == days(inn, "Room 1", 5, 7)


def test_a_board_that_changes_meanwhile_does_not_take_the_stay_out_of_the_hand(
    page: Page, inn: SimpleNamespace
) -> None:
    enter(page, inn)
    drag(page, inn, (0, 5), (1, 8))
    book(inn.house, "Ben Nevis", 12, 13, inn.rooms[1])
    with page.expect_response(re.compile(r"/calendar/(\?.*)?$")):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('bookings:changed', { bubbles: true }))")
    expect(page.locator(".rooms-ghost.is-good")).to_be_visible()
    expect(bar(page, "Ben Nevis")).to_have_count(0)
    page.mouse.up()
    expect(page.locator(".toast", has_text="moved to Room 2")).to_be_visible()
    expect(bar(page, "Ben Nevis")).to_be_visible()
    assert where(inn.ada) == days(inn, "Room 2", 8, 10)


def test_free_nights_that_are_drawn_become_a_booking(page: Page, inn: SimpleNamespace) -> None:
    book(inn.house, "Ben Nevis", 12, 13, inn.rooms[1])
    enter(page, inn)
    drag(page, inn, (1, 8), (1, 10))
    expect(page.locator(".rooms-ghost.is-new")).to_be_visible()
    page.mouse.up()
    sheet = page.locator("dialog.sheet[open]")
    expect(sheet.get_by_label("Arrival")).to_have_value(str(inn.house.day(8)))
    expect(sheet.get_by_label("Departure")).to_have_value(str(inn.house.day(11)))
    expect(sheet.get_by_label("Room", exact=True)).to_have_value(inn.rooms[1].public_id)
    page.keyboard.press("Escape")
    drag(page, inn, (1, 9), (1, 14))
    page.mouse.up()
    expect(sheet.get_by_label("Departure")).to_have_value(str(inn.house.day(12)))
    sheet.get_by_label("Name", exact=True).fill("Carl Gauss")
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar(page, "Carl Gauss")).to_be_visible()


def test_a_finger_that_rests_carries_a_stay_and_one_that_moves_scrolls(
    phone: Page, inn: SimpleNamespace
) -> None:
    enter(phone, inn)
    finger = Finger(phone)
    x, y = night(phone, inn, 0, 5)
    board = phone.locator("[data-rooms]")
    before = board.evaluate("board => board.scrollLeft")
    finger.swipe((x, y), (x - 120, y))
    phone.wait_for_function(
        "before => document.querySelector('[data-rooms]').scrollLeft > before + 40", arg=before
    )
    expect(phone.locator(".rooms-ghost")).to_have_count(0)
    x, y = night(phone, inn, 0, 5)
    width = boxed(phone.locator("th[data-on]").first)["width"]
    at = board.evaluate("board => board.scrollLeft")
    finger.press((x, y))
    expect(phone.locator(".rooms-ghost")).to_be_visible()
    finger.move((x + 2 * width, y))
    expect(phone.locator(".rooms-ghost.is-good")).to_be_visible()
    assert board.evaluate("board => board.scrollLeft") == at
    finger.lift()
    expect(phone.locator(".toast", has_text="moved to")).to_be_visible()
    assert where(inn.ada) == days(inn, "Room 1", 7, 9)
    bar(phone, "Ada Lovelace").tap()
    expect(phone.locator("dialog.sheet[open]")).to_contain_text("Ada Lovelace")
    phone.locator("dialog.sheet[open]").get_by_role("button", name="Close").first.tap()
    x, y = night(phone, inn, 1, 8)
    finger.press((x, y))
    finger.move((x + width, y))
    finger.lift()
    sheet = phone.locator("dialog.sheet[open]")
    expect(sheet.get_by_label("Arrival")).to_have_value(str(inn.house.day(8)))
    expect(sheet.get_by_label("Departure")).to_have_value(str(inn.house.day(10)))


def test_a_tap_right_after_a_drop_opens_and_so_does_a_press_that_goes_nowhere(
    phone: Page, inn: SimpleNamespace
) -> None:
    book(inn.house, "Ben Nevis", 5, 7, inn.rooms[1])
    enter(phone, inn)
    finger = Finger(phone)
    x, y = night(phone, inn, 0, 5)
    width = boxed(phone.locator("th[data-on]").first)["width"]
    other = boxed(bar(phone, "Ben Nevis"))
    ben = other["x"] + other["width"] / 2, other["y"] + other["height"] / 2
    finger.press((x, y))
    finger.move((x + 2 * width, y))
    finger.lift()
    finger.tap(ben)
    sheet = phone.locator("dialog.sheet[open]")
    expect(sheet).to_contain_text("Ben Nevis")
    expect(phone.locator(".toast", has_text="moved to")).to_be_visible()
    sheet.get_by_role("button", name="Close").first.tap()
    expect(sheet).to_have_count(0)
    finger.press(ben)
    finger.lift()
    expect(sheet).to_contain_text("Ben Nevis")


def boxed(found: Locator) -> Any:
    box = found.bounding_box()
    assert box
    return box


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_dragged_can_be_read_in_both_themes(
    make_page: MakePage, inn: SimpleNamespace, theme: str
) -> None:
    page = make_page(color_scheme=theme)
    enter(page, inn)
    drag(page, inn, (0, 5), (1, 14))
    expect(page.locator(".rooms-ghost.is-costly")).to_be_visible()
    expect_accessible(page)
    page.mouse.up()
    expect(page.locator("dialog.sheet[open]")).to_be_visible()
    expect_accessible(page)
