"""A guest changes a paid booking, and cancels a part of an order, each time with the money before the click."""

from __future__ import annotations

import re

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.modules.booking.models import Booking, Order
from horarium.modules.booking.rules import Agreed
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.rules import Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_price

from .accessible import expect_accessible
from .guest import Place, expect_heading, make_place, pay

pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TERMS = Terms((Tier(96 * 60), Tier(0, percent=25)), (Tier(0),), Tier(0, percent=100))


@pytest.fixture
def place(server_database: Server) -> Place:
    return make_place(server_database)


def page_of(place: Place, order: Order) -> str:
    return f"{place.server.url}/my/{order_token(order)}/"


def agreed(place: Place, terms: Terms) -> None:
    with scopes_disabled():
        Booking.objects.filter(business=place.business).update(terms=Agreed(terms).as_json())


def bookings(place: Place) -> list[tuple[str, int, int]]:
    with scopes_disabled():
        found = Booking.objects.filter(business=place.business).order_by("id")
        return [(str(one.state), one.total_minor, one.sequence) for one in found]


def dearer_afternoon(place: Place) -> None:
    with scopes_disabled():
        make_price(place.prepaid, 5_500, priority=10, from_minute=15 * 60, until_minute=24 * 60)


def test_a_paid_booking_is_rescheduled_and_the_difference_is_paid(place: Place, page: Page) -> None:
    """T-54."""
    dearer_afternoon(place)
    with scopes_disabled():
        type(place.prepaid).objects.filter(pk=place.prepaid.pk).update(prepayment="full")
    order = place.take(place.prepaid, place.start(10))
    agreed(place, TERMS)
    page.goto(page_of(place, order))
    page.get_by_role("button", name=re.compile("^Pay")).click()
    pay(page)
    expect_heading(page, "You are booked")
    page.get_by_role("link", name="Change", exact=True).click()
    page.locator("label:has(input[value='15:00'])").click()
    plan = page.locator("#plan")
    expect(plan).to_contain_text("New price")
    expect(plan).to_contain_text("€55")
    page.get_by_role("button", name="Change and pay €15").click()
    pay(page)
    expect_heading(page, "You are booked")
    expect(page.locator("#order-side")).to_contain_text("Paid")
    assert bookings(place) == [("confirmed", 5_500, 1)]


def test_one_line_is_cancelled_and_the_fee_is_shown_before(place: Place, page: Page) -> None:
    items = tuple(SlotItem(place.simple.public_id, place.start(hour)) for hour in (10, 15))
    checkout = Checkout(Contact("Maria Silva", "maria@example.org"), items)
    order = place_order(place.business.slug, checkout, Actor.guest("page"), clock.now())
    agreed(place, TERMS)
    page.goto(f"{page_of(place, order)}cancel/")
    boxes = page.locator("input[name=line]")
    expect(boxes).to_have_count(2)
    boxes.first.uncheck()
    expect(page.locator("#terms")).to_contain_text("Free of charge")
    page.get_by_role("button", name="Cancel the booking").click()
    expect_heading(page, "You are booked")
    assert [state for state, _, _ in bookings(place)] == ["confirmed", "cancelled"]


def test_a_guest_changes_without_javascript(place: Place, make_page: MakePage) -> None:
    order = place.take(place.simple, place.start(10))
    agreed(place, TERMS)
    page = make_page(java_script_enabled=False)
    page.goto(f"{page_of(place, order)}change/{_id(order)}/")
    page.locator("label:has(input[value='12:00'])").click()
    page.get_by_role("button", name="Show the price").click()
    expect(page.locator("#plan")).to_contain_text("The price stays")
    page.get_by_role("button", name="Change the booking").click()
    expect_heading(page, "You are booked")
    with scopes_disabled():
        assert Booking.objects.get(order=order).starts_at == place.start(12)


def _id(order: Order) -> str:
    with scopes_disabled():
        return Booking.objects.get(order=order).public_id


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "desktop"])
def test_axe_finds_nothing_on_the_pages_of_changes(
    place: Place, make_page: MakePage, scheme: str, size: dict[str, object]
) -> None:
    page = make_page(color_scheme=scheme, **size)
    order = place.take(place.simple, place.start(13))
    agreed(place, TERMS)
    address = page_of(place, order)
    change = f"{address}change/{_id(order)}/"
    for one in (address, change, f"{change}?on={place.day()}&at=11:00", f"{address}cancel/"):
        page.goto(one)
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{one} is too wide"
