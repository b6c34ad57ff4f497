"""Nights, sessions, goods and terms, put into the catalogue in a real browser."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from horarium.modules.catalog.actions import (
    create_policy,
    create_product,
    create_rate_plan,
    create_ticket_type,
)
from horarium.modules.catalog.rules import Tier
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.actions import create_sign_in_link
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import (
    make_business,
    make_location,
    make_member,
    make_offering,
    make_pool,
    make_price,
    make_resource,
    make_user,
)
from tests.journeys.accessible import barriers

pytestmark = pytest.mark.journey
SYSTEM = Actor.system()


@pytest.fixture
def inn(server_database: Server) -> SimpleNamespace:
    """A hotel with three rooms of one kind and a guide who walks with its guests."""
    business = make_business(name="Inn of the catalogue", type="hotel")
    location = make_location(business, hours="00:00-24:00")
    rooms = make_pool(
        [make_resource(location, kind="room", name=f"Room {n}") for n in (1, 2, 3)], name="Rooms"
    )
    guide = make_resource(location, name="Gil")
    double = make_offering(
        location, needs=[[rooms]], mode="stay", durations=[], name="Double", party_max=4, included_guests=2
    )
    make_price(double, 10000, basis="per_night")
    walk = make_offering(
        location, needs=[[guide]], mode="session", durations=[120], capacity=12, party_max=12, name="Walk"
    )
    owner = make_member(business, user=make_user(name="Olga"))
    base = server_database.url
    return SimpleNamespace(
        business=business,
        url=f"{base}/manage/{business.slug}/catalogue/",
        booking_page=f"{base}/b/{business.slug}/",
        signin=lambda: f"{base}{create_sign_in_link(owner.user.email)}",
        double=double,
        walk=walk,
    )


def sign_in(page: Page, inn: SimpleNamespace) -> Page:
    page.goto(inn.signin())
    page.locator("main form button").first.click()
    page.wait_for_url("**/manage/**")
    return page


def test_a_room_type_is_made_and_priced(page: Page, inn: SimpleNamespace) -> None:
    sign_in(page, inn).goto(inn.url)
    page.get_by_role("link", name="Add", exact=True).first.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("link", name=re.compile("Time slots")).click()
    expect(sheet.get_by_role("textbox", name="Minutes")).to_be_visible()
    sheet.get_by_role("link", name=re.compile("Nights")).click()
    expect(sheet.get_by_label("Check-in from")).to_have_value("15:00")
    sheet.get_by_label("Name").first.fill("Suite")
    sheet.get_by_role("group", name="Requirement 1").get_by_label("Rooms").check()
    sheet.get_by_label("Price of a night").fill("180")
    sheet.get_by_role("button", name="Save").click()
    expect(page.get_by_text("from €180")).to_be_visible()

    page.get_by_role("link", name="Suite").click()
    sheet.get_by_role("link", name="Prices").click()
    page.get_by_role("link", name="Add a price").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("A night", exact=True).fill("220")
    sheet.get_by_label("Called").first.fill("Weekend")
    for day in ("Friday", "Saturday"):
        sheet.get_by_label(day).check()
    sheet.get_by_role("button", name="Add a price for an age").click()
    ages = sheet.get_by_role("group", name="Ages 1")
    ages.get_by_label("To age").fill("11")
    ages.get_by_label("Amount").fill("15")
    expect(sheet.get_by_label("Called").first).to_have_value("Weekend")
    sheet.get_by_role("button", name="Save").click()
    lines = page.locator("table.rates tbody tr")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("Weekend")
    expect(lines.first).to_contain_text("Fri, Sat")
    expect(lines.first).to_contain_text("0–11 years €15")


def test_a_range_of_dates_is_chosen_and_restricted(page: Page, inn: SimpleNamespace) -> None:
    sign_in(page, inn).goto(f"{inn.url}offerings/{inn.double.public_id}/rates/")
    page.get_by_role("link", name="Restrictions").click()
    page.get_by_role("link", name="The month after").click()
    days = page.locator(".limit-day:not(.is-outside) a.limit-date")
    days.nth(9).click()
    days.nth(11).click()
    expect(page.locator(".limit-day.is-chosen")).to_have_count(3)
    page.get_by_label("Nights at least").fill("3")
    page.get_by_role("button", name="Set on these dates").click()
    expect(page.locator(".limit-day").filter(has_text="at least 3")).to_have_count(3)
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Nothing is restricted")).to_be_visible()


def test_terms_speak_while_they_are_written(make_page: MakePage, inn: SimpleNamespace) -> None:
    """Also without scripts."""
    for script in (True, False):
        page = sign_in(make_page(java_script_enabled=script), inn)
        page.goto(f"{inn.url}policies/")
        page.get_by_role("link", name="Add", exact=True).first.click()
        page.get_by_label("Name").fill(f"Fair {script}")
        tier = page.get_by_role("group", name="Tier 1").first
        tier.get_by_label("While there are still").fill("72")
        if not script:
            page.get_by_role("button", name="Show in words").click()
        else:
            tier.get_by_label("Fee").focus()
        expect(page.locator("#policy-preview")).to_contain_text(
            "Free until 3 days before, then the whole price."
        )
        page.get_by_role("button", name="Add a tier").first.click()
        third = page.locator(".tiers").first.locator(".tier").nth(2)
        third.get_by_label("While there are still").fill("24")
        third.get_by_label("Fee").fill("50")
        expect(page.get_by_label("Name")).to_have_value(f"Fair {script}")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("row", name=re.compile(f"Fair {script}"))).to_contain_text(
            "Free until 3 days before, 50% until 24 hr before, then the whole price."
        )


def test_a_sheet_that_was_opened_as_a_page_goes_back_to_its_list(page: Page, inn: SimpleNamespace) -> None:
    sign_in(page, inn).goto(f"{inn.url}policies/new/")
    page.get_by_label("Name").fill("Strict")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name=re.compile("Strict"))).to_be_visible()
    assert page.url == f"{inn.url}policies/"


def test_a_tour_gets_tickets_and_a_schedule_without_scripts(
    make_page: MakePage, inn: SimpleNamespace
) -> None:
    page = sign_in(make_page(java_script_enabled=False), inn)
    page.goto(f"{inn.url}offerings/{inn.walk.public_id}/")
    page.get_by_role("link", name="Tickets").click()
    page.get_by_role("link", name="Add a ticket").click()
    page.get_by_label("Name").first.fill("Adult")
    page.get_by_label("Amount").fill("25")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name=re.compile("Adult"))).to_contain_text("€25")
    page.get_by_role("link", name="Schedule").click()
    page.get_by_role("link", name="Add a schedule").click()
    first = date.today() + timedelta(days=7 - date.today().weekday())  # noqa: DTZ011 - a Monday to come in every zone
    page.get_by_label("Monday").check(force=True)
    page.get_by_label("From the date").fill(first.isoformat())
    page.get_by_label("To the date").fill((first + timedelta(days=14)).isoformat())
    page.get_by_role("button", name="Add an exception").click()
    page.get_by_label("Exception 1").fill((first + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="Save").click()
    sessions = page.get_by_role("table", name="Coming sessions").locator("tbody tr")
    expect(sessions).to_have_count(2)
    expect(sessions.first).to_contain_text("0 of 12")
    sessions.last.get_by_role("link").click()
    page.get_by_label("Places", exact=True).fill("5")
    page.get_by_label("Note").fill("In Spanish")
    page.get_by_role("button", name="Save").click()
    expect(sessions.last).to_contain_text("0 of 5")
    expect(sessions.last).to_contain_text("changed by itself")
    sessions.first.get_by_role("link").click()
    page.get_by_text("Cancel this session").click()
    page.get_by_label("Reason").fill("Storm")
    page.get_by_role("button", name="Cancel the session").click()
    expect(sessions.first).to_contain_text("Cancelled")


def test_goods_come_in_and_are_counted(page: Page, inn: SimpleNamespace) -> None:
    sign_in(page, inn).goto(f"{inn.url}products/")
    page.get_by_role("link", name="Add", exact=True).first.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Name").first.fill("Honey")
    sheet.get_by_label("Price").fill("9")
    sheet.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Honey").click()
    sheet.get_by_label("How many came in").fill("24")
    sheet.get_by_role("button", name="Write down").click()
    expect(page.get_by_text("Honey: 24 in stock")).to_be_visible()
    expect(sheet.locator("#stock dd").first).to_have_text("24")
    sheet.get_by_role("button", name="Close").click()
    expect(page.get_by_role("row", name=re.compile("Honey"))).to_contain_text("24")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_nights_and_sessions(
    make_page: MakePage, inn: SimpleNamespace, theme: str
) -> None:
    plan = create_rate_plan(inn.business.pk, inn.double.public_id, SYSTEM, name="Saver", prepayment="full")
    ticket = create_ticket_type(inn.business.pk, inn.walk.public_id, SYSTEM, name="Adult")
    policy = create_policy(
        inn.business.pk, SYSTEM, name="Fair", cancellation=[Tier(2880), Tier(0, percent=100)]
    )
    product = create_product(inn.business.pk, SYSTEM, name="Honey", price_minor=900)
    double, walk = f"offerings/{inn.double.public_id}/", f"offerings/{inn.walk.public_id}/"
    page = sign_in(make_page(color_scheme=theme), inn)
    found = {}
    for path in (
        "offerings/new/?mode=stay", "offerings/new/?mode=session", double, walk, f"{double}rates/",
        f"{double}rates/new/", f"{double}rates/plans/{plan.public_id}/", f"{double}restrictions/",
        f"{walk}tickets/", f"{walk}tickets/{ticket.public_id}/", f"{walk}schedule/", f"{walk}schedule/new/",
        f"{walk}sessions/new/", "products/", f"products/{product.public_id}/", "policies/",
        f"policies/{policy.public_id}/",
    ):  # fmt: skip
        page.goto(f"{inn.url}{path}")
        page.evaluate(
            "document.querySelectorAll('main details').forEach(one => { one.open = !one.matches('.menu') })"
        )
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        page.set_viewport_size({"width": 1280, "height": 800})
        found[path] = barriers(page)
    assert {path: one for path, one in found.items() if one} == {}
