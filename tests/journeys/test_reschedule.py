"""Guests choose other nights of a stay and another session as on the booking page, with the money before the click."""

from __future__ import annotations

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.rules import Agreed
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.rules import Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, Item, SessionItem, StayItem
from horarium.workflows.take_cash import take_cash
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_session

from .accessible import expect_accessible
from .guest import expect_heading, pay, tab_to
from .house import House, make_house

pytestmark = pytest.mark.journey
HALF = Terms((Tier(0, percent=50),), (Tier(0),), Tier(0, percent=100))


@pytest.fixture
def house(server_database: Server) -> House:
    return make_house(server_database)


def booked(house: House, item: Item) -> Order:
    """Paid in full; cancelling costs half at any time, rescheduling nothing."""
    checkout = Checkout(Contact("Maria Silva", "maria@example.org"), (item,))
    order = place_order(house.business.slug, checkout, Actor.guest("page"), clock.now(), staff=True)
    with scopes_disabled():
        Booking.objects.filter(order=order).update(terms=Agreed(HALF).as_json())
    paid = Money(order.total_minor, order.currency)
    take_cash(house.business.pk, order.public_id, paid, actor=Actor.system(), now=clock.now())
    return order


def stay(house: House) -> Order:
    item = StayItem(house.room.public_id, house.day(6), house.day(8), Guests(2), house.saver.public_id)
    return booked(house, item)


def booking_of(order: Order) -> Booking:
    with scopes_disabled():
        return Booking.objects.get(order=order)


def change_of(house: House, order: Order) -> str:
    return f"{house.server.url}/my/{order_token(order)}/change/{booking_of(order).public_id}/"


def test_two_clicks_in_the_grid_move_a_stay_and_say_what_is_carried(house: House, page: Page) -> None:
    house.take(StayItem(house.room.public_id, house.day(6), house.day(12), Guests(1)))
    order = stay(house)
    page.goto(change_of(house, order))
    expect(page.locator(".change-card")).to_contain_text("Cancelling costs €70 by now.")
    expect(page.locator(f"#day-{house.day(6)}")).to_contain_text("your arrival")
    page.locator(f"#day-{house.day(7)}").click()
    expect(page.locator("#month-title")).to_be_focused()
    expect(page.locator(f"#day-{house.day(10)}")).to_contain_text("3 nights for €210")
    page.locator(f"#day-{house.day(10)}").click()
    expect(page.locator("#change-title")).to_be_focused()
    expect(page.locator("#times")).to_contain_text("Cancelling it afterwards costs at least €70")
    page.get_by_role("button", name="Change and pay €70").click()
    pay(page)
    expect_heading(page, "You are booked")
    expect(page.locator("#order-side")).to_contain_text("Cancelling costs 50% of the price")
    booking = booking_of(order)
    assert (booking.starts_at.date(), booking.ends_at.date()) == (house.day(7), house.day(10))
    assert (booking.total_minor, booking.terms["carried_minor"]) == (21_000, 7_000)


def test_a_stay_is_moved_by_plain_links_and_forms(house: House, make_page: MakePage) -> None:
    order = stay(house)
    house.take(StayItem(house.room.public_id, house.day(9), house.day(11), Guests(1)))
    house.take(StayItem(house.room.public_id, house.day(9), house.day(11), Guests(1)))
    page = make_page(java_script_enabled=False)
    page.goto(change_of(house, order))
    page.get_by_role("link", name="Choose other dates").click()
    expect(page.locator(f"#day-{house.day(9)}")).to_contain_text("fully booked")
    page.locator(f"#day-{house.day(7)}").click()
    expect(page.locator(f"#day-{house.day(10)}")).to_contain_text("fully booked")
    page.locator(f"#day-{house.day(9)}").click()
    expect(page.locator("#times")).to_contain_text("The price stays")
    page.get_by_label("Adults").fill("1")
    page.get_by_role("button", name="Show the price").click()
    expect(page.get_by_label("Adults")).to_have_value("1")
    page.get_by_role("button", name="Change the booking").click()
    expect_heading(page, "You are booked")
    booking = booking_of(order)
    assert (booking.starts_at.date(), booking.ends_at.date(), booking.party) == (
        house.day(7),
        house.day(9),
        1,
    )


def test_another_session_is_chosen_from_the_list_with_the_keyboard(house: House, page: Page) -> None:
    """T-31"""
    with scopes_disabled():
        later = make_session(house.tour, house.start(10, days=5), capacity=4)
    item = SessionItem(((house.adult.public_id, 2),), session=house.session.public_id)
    order = booked(house, item)
    page.goto(change_of(house, order))
    expect(page.locator(f"#session-{house.session.public_id}")).to_have_attribute("aria-current", "true")
    tab_to(page, f"#session-{later.public_id}")
    page.keyboard.press("Enter")
    expect(page.locator("#change-title")).to_be_focused()
    expect(page.locator("#times")).to_contain_text("The price stays")
    page.get_by_role("button", name="Change the booking").click()
    expect_heading(page, "You are booked")
    assert booking_of(order).session_id == later.pk


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_other_dates_are_accessible(house: House, make_page: MakePage, scheme: str) -> None:
    page = make_page(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    nights, item = stay(house), SessionItem(((house.adult.public_id, 2),), session=house.session.public_id)
    of_stay, of_tour = change_of(house, nights), change_of(house, booked(house, item))
    dates = f"check_in={house.day(7)}&check_out={house.day(9)}"
    for one in (of_stay, f"{of_stay}?check_in={house.day(7)}&check_out=", f"{of_stay}?{dates}", of_tour):
        page.goto(one)
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{one} is too wide"
