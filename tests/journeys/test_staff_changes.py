"""Staff changes a paid booking beyond the terms, with the money in sight, and marks who did not come."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking
from horarium.modules.booking.rules import Agreed
from horarium.modules.catalog.rules import Terms, Tier
from horarium.platform.audit.actor import Actor
from horarium.platform.audit.models import AuditEntry
from horarium.platform.identity.actions import create_sign_in_link
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.take_cash import take_cash
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_member, make_price, make_user

from .accessible import expect_accessible
from .guest import Place, make_place

pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TERMS = Terms((Tier(0, percent=50),), (Tier(0, minor=300),), Tier(0, percent=80))


@pytest.fixture
def place(server_database: Server) -> Place:
    return make_place(server_database)


def entered(place: Place, page: Page) -> str:
    """Signed in as an owner; the address of the business's back office."""
    user = make_user(name="Rosa Reis")
    make_member(place.business, user=user)
    page.goto(f"{place.server.url}{create_sign_in_link(user.email)}")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))
    return f"{place.server.url}/manage/{place.business.slug}"


def booked(place: Place, hour: int = 10, *, days: int = 3) -> str:
    item = SlotItem(place.simple.public_id, place.start(hour, days=days))
    checkout = Checkout(Contact("Maria Silva", "maria@example.org"), (item,))
    order = place_order(place.business.slug, checkout, Actor.system(), clock.now(), staff=True)
    with scopes_disabled():
        Booking.objects.filter(order=order).update(terms=Agreed(TERMS).as_json())
        booking = Booking.objects.get(order=order).public_id
    take_cash(order.business_id, order.public_id, Money(1_500, "EUR"), actor=Actor.system(), now=clock.now())
    return booking


@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "desktop"])
def test_a_price_is_agreed_on_with_a_reason(
    place: Place, make_page: MakePage, size: dict[str, object]
) -> None:
    page = make_page(**size)
    make_price(place.simple, 2_500, priority=10, from_minute=15 * 60, until_minute=24 * 60)
    office = entered(place, page)
    booking = booked(place)
    page.goto(f"{office}/bookings/")
    page.get_by_role("link", name="Maria Silva").first.click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.locator("label:has(input[value='15:00'])").click()
    plan = page.locator("#plan")
    expect(plan).to_contain_text("€25")
    expect(plan).to_contain_text("€13")
    expect_accessible(page)
    page.get_by_text("Beyond the terms", exact=True).click()
    page.get_by_label("Price", exact=True).select_option("own")
    page.get_by_label("Price of your own").fill("20")
    page.get_by_label("Waive the fee").check()
    expect(plan).to_contain_text("Still to pay")
    expect(plan).to_contain_text("€5")
    page.get_by_role("button", name="Change it so").click()
    expect(page.get_by_text("This is needed.").first).to_be_visible()
    page.get_by_label("Reason").fill("A regular guest")
    page.get_by_role("button", name="Change it so").click()
    expect(page.locator(".toast", has_text="moved to")).to_be_visible()
    with scopes_disabled():
        assert Booking.objects.get(public_id=booking).total_minor == 2_000
        entry = AuditEntry.objects.get(action="terms.overridden", subject_id=booking)
    after = entry.after or {}
    assert (after["reason"], after["usual_fee_minor"]) == ("A regular guest", 300)


def test_what_was_unfolded_stays_so_while_the_price_is_asked_again(place: Place, page: Page) -> None:
    office = entered(place, page)
    booking = booked(place)
    page.goto(f"{office}/bookings/")
    page.get_by_role("link", name="Maria Silva").first.click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_text("Beyond the terms", exact=True).click()
    asked = re.compile(rf"/bookings/{booking}/move/\?update=1")
    with page.expect_response(asked):
        page.locator("label:has(input[value='15:00'])").click()
    expect(page.locator("#plan")).to_contain_text("Free:")
    expect(page.get_by_label("Price", exact=True)).to_be_visible()
    with page.expect_response(asked):
        page.get_by_label("Price", exact=True).select_option("own")
    page.get_by_label("Price of your own").fill("20")
    page.get_by_label("Waive the fee").check()
    expect(page.locator("#plan")).to_contain_text("€20")


def test_who_does_not_come_pays_what_the_terms_say(place: Place, page: Page) -> None:
    office = entered(place, page)
    booking = booked(place)
    with scopes_disabled():
        began = clock.now() - timedelta(minutes=20)
        Booking.objects.filter(public_id=booking).update(starts_at=began, ends_at=began + timedelta(hours=1))
    page.goto(f"{office}/bookings/{booking}/")
    page.get_by_role("link", name="No-show").click()
    expect(page.get_by_text("€12", exact=True).first).to_be_visible()
    expect(page.get_by_text("€3", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Did not come").click()
    expect(page.locator(".badge", has_text="No-show").first).to_be_visible()
