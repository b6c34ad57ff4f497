"""The customer's page in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.modules.booking.models import Booking
from horarium.modules.booking.rules import Agreed
from horarium.modules.booking.tokens import order_token
from horarium.modules.catalog.rules import usual_terms
from horarium.modules.payments.models import Payment
from horarium.platform.audit.actor import Actor
from horarium.workflows.start_payment import start_payment
from tests.bed.browser import MakePage
from tests.bed.server import Server

from .accessible import expect_accessible
from .guest import Place, expect_heading, make_place, pay
from .widget_host import running_host

pytestmark = pytest.mark.journey

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def place(server_database: Server) -> Place:
    return make_place(server_database)


def held(place: Place, hour: int = 10, *, days: int = 3) -> str:
    order = place.take(place.prepaid, place.start(hour, days=days))
    return f"{place.server.url}/my/{order_token(order)}/"


def states(place: Place) -> list[str]:
    with scopes_disabled():
        return [str(one.state) for one in Booking.objects.filter(business=place.business).order_by("id")]


def test_a_hold_is_paid_from_the_page_which_then_says_so_by_itself(place: Place, page: Page) -> None:
    page.goto(held(place))
    expect_heading(page, "Your time is held")
    expect(page.locator("[data-countdown-text]")).to_have_text(re.compile(r"^(2[34]|1[345]):\d\d$"))
    page.get_by_role("button", name="Pay €20").click()
    pay(page)
    expect_heading(page, "You are booked")
    expect(page.locator("#order-side")).to_contain_text("Part paid")
    assert states(place) == ["confirmed"]


@pytest.mark.parametrize("runs_scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_page_of_a_gateway_may_be_of_another_origin(
    place: Place, make_page: MakePage, runs_scripts: bool
) -> None:
    """A browser that keeps to `form-action` refuses a redirect to it as the answer to our form."""
    order = place.take(place.prepaid, place.start())
    asked = start_payment(
        place.business.pk, order.public_id, gateway="", return_url="", actor=Actor.system(), now=clock.now()
    )
    page = make_page(java_script_enabled=runs_scripts)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with running_host(place.server.url) as bank:
        address = bank.put('<p id="bank">Card number</p>').replace("localhost", "127.0.0.1")
        with scopes_disabled():
            Payment.objects.filter(public_id=asked.id).update(confirmation_url=address)
        page.goto(f"{place.server.url}/my/{order_token(order)}/")
        page.get_by_role("button", name="Pay €20").click()
        page.wait_for_url(address)
        expect(page.locator("#bank")).to_have_text("Card number")
        assert [text for text in said if "form-action" in text] == []
        page.go_back()
        expect_heading(page, "Your time is held")


def test_a_hold_that_runs_out_says_so_and_its_time_is_free_again(place: Place, page: Page) -> None:
    address = held(place)
    place.lapse(timedelta(seconds=8))
    page.goto(address)
    expect_heading(page, "Your time is held")
    expect_heading(page, "The hold has run out")
    page.get_by_role("link", name="Book again").click()
    page.goto(f"{page.url.split('?')[0]}?day={place.day()}")
    expect(page.get_by_role("link", name="10:00", exact=False).first).to_be_visible()


def test_a_guest_cancels_after_seeing_what_comes_back(place: Place, page: Page) -> None:
    page.goto(held(place))
    page.get_by_role("button", name="Pay €20").click()
    pay(page)
    expect_heading(page, "You are booked")
    page.get_by_role("link", name="Cancel the booking").click()
    expect(page.locator(".cancel-card")).to_contain_text("Comes back to you")
    page.get_by_role("button", name="Cancel and get €20 back").click()
    expect_heading(page, "This booking is cancelled")
    assert states(place) == ["cancelled"]


def test_a_late_cancellation_shows_what_is_kept_before_it_is_done(place: Place, page: Page) -> None:
    page.goto(held(place))
    with scopes_disabled():
        Booking.objects.filter(business=place.business).update(terms=Agreed(usual_terms(24 * 30)).as_json())
    page.get_by_role("button", name="Pay €20").click()
    pay(page)
    expect_heading(page, "You are booked")
    page.get_by_role("link", name="Cancel the booking").click()
    expect(page.locator(".cancel-card")).to_contain_text("Kept by the business")
    page.get_by_role("link", name="Keep it").click()
    expect_heading(page, "You are booked")
    assert states(place) == ["confirmed"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {}], ids=["phone", "desktop"])
def test_axe_finds_nothing_in_any_state(
    place: Place, make_page: MakePage, scheme: str, size: dict[str, object]
) -> None:
    page = make_page(color_scheme=scheme, **size)
    confirmed = f"{place.server.url}/my/{order_token(place.take(place.simple, place.start(13)))}/"
    hold = held(place)
    for address in (hold, f"{hold}?payment=unavailable", confirmed, f"{confirmed}cancel/"):
        page.goto(address)
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
    place.lapse(timedelta(seconds=-1))
    page.goto(hold)
    expect_heading(page, "The hold has run out")
    expect_accessible(page)
