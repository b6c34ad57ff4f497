"""Settings in a real browser: people are invited, keys work and stop working, mistakes lose nothing."""

import re
from types import SimpleNamespace

import httpx
import pytest
from playwright.sync_api import Page, expect

from horarium.platform.identity.actions import create_sign_in_link
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_business, make_location, make_member, make_user
from tests.journeys.accessible import barriers

pytestmark = pytest.mark.journey
CODE = re.compile("^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)
"""In the letters that the demo prints."""


@pytest.fixture
def office(server_database: Server) -> SimpleNamespace:
    business = make_business(name="Spa of the settings")
    location = make_location(business, hours="09:00-18:00")
    owner = make_member(business, user=make_user(name="Olga"))
    base = server_database.url
    return SimpleNamespace(
        base=base,
        log=server_database.log,
        slug=business.slug,
        url=f"{base}/manage/{business.slug}/settings/",
        signin=lambda: f"{base}{create_sign_in_link(owner.user.email)}",
        location=location,
        owner=owner,
    )


def sign_in(page: Page, office: SimpleNamespace) -> Page:
    page.goto(office.signin())
    page.locator("main form button").first.click()
    page.wait_for_url("**/manage/**")
    return page


def test_a_member_is_invited_by_e_mail_and_accepts(make_page: MakePage, office: SimpleNamespace) -> None:
    page = sign_in(make_page(), office)
    page.goto(f"{office.url}members/")
    page.get_by_role("link", name="Invite").click()
    sheet = page.get_by_role("dialog")
    address = f"rita@{office.slug}.example.org"
    sheet.get_by_label("E-mail").fill(address)
    sheet.get_by_label("Specialist").check()
    sheet.get_by_role("button", name="Invite").click()
    expect(sheet.get_by_text("on its way by e-mail")).to_be_visible()
    link = sheet.locator("[data-copy]").first.get_attribute("data-copy") or ""
    guest = make_page()
    guest.goto(link)
    guest.get_by_label("Your name").fill("Rita Costa")
    guest.locator("main form button").first.click()
    expect(guest.get_by_role("heading", name="Enter the code")).to_be_visible()
    letter = office.log.read_text().rpartition(f"To: {address}")[2]
    guest.get_by_label("Code").fill(CODE.findall(letter)[0])
    guest.get_by_role("button", name="Go on").click()
    guest.wait_for_url(f"**/manage/{office.slug}/**")
    page.goto(f"{office.url}members/")
    row = page.get_by_role("row", name=re.compile("Rita Costa"))
    expect(row).to_contain_text("Specialist")


def test_the_last_owner_stays_owner(page: Page, office: SimpleNamespace) -> None:
    sign_in(page, office).goto(f"{office.url}members/")
    page.get_by_role("link", name="Olga").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Manager").check()
    sheet.get_by_role("button", name="Save").click()
    expect(sheet.get_by_text("always keeps an owner").first).to_be_visible()
    page.goto(f"{office.url}members/")
    expect(page.get_by_role("row", name=re.compile("Olga"))).to_contain_text("Owner")


def test_a_key_is_shown_once_opens_the_api_and_is_refused_when_revoked(
    page: Page, office: SimpleNamespace
) -> None:
    sign_in(page, office).goto(f"{office.url}keys/")
    page.get_by_role("link", name="New key").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Create the key").click()
    expect(sheet.get_by_text("Choose at least one.")).to_be_visible()
    sheet.get_by_label("What is it for?").fill("Accounting")
    sheet.get_by_label("catalog.read").check()
    sheet.get_by_role("button", name="Create the key").click()
    expect(sheet.get_by_text("shown only this once")).to_be_visible()
    secret = sheet.locator("[data-copy]").first.get_attribute("data-copy") or ""
    address = f"{office.base}/api/v1/manage/{office.slug}/resources"
    headers = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(address, headers=headers).status_code == 200
    page.goto(f"{office.url}keys/")
    assert secret not in page.content()
    page.get_by_role("button", name="Revoke: Accounting").click()
    page.locator("#confirm").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("No keys")).to_be_visible()
    assert httpx.get(address, headers=headers).status_code == 401


def test_a_pale_colour_is_refused_with_a_better_one_and_the_rest_is_kept(
    page: Page, office: SimpleNamespace
) -> None:
    sign_in(page, office).goto(office.url)
    page.get_by_label("In one line").first.fill("Calm and warm")
    page.get_by_label("Colour of the business").fill("#ffee99")
    expect(page.locator("#contrast")).to_contain_text("is too little")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#id_brand_color_error")).to_contain_text("would do")
    expect(page.get_by_label("In one line").first).to_have_value("Calm and warm")
    page.get_by_label("Colour of the business").fill("#2f6f62")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".toast", has_text="Saved")).to_be_visible()
    page.goto(f"{office.base}/b/{office.slug}/")
    expect(page.get_by_text("Calm and warm").first).to_be_visible()


def test_booking_rules_out_of_bounds_are_refused_without_scripts(
    make_page: MakePage, office: SimpleNamespace
) -> None:
    page = sign_in(make_page(java_script_enabled=False), office)
    page.goto(f"{office.url}rules/")
    page.get_by_label("A start every").fill("7")
    page.get_by_label("At most this far ahead").fill("30")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#id_grid_minutes_error")).to_contain_text("five minutes")
    expect(page.get_by_label("At most this far ahead")).to_have_value("30")
    page.get_by_label("A start every").fill("30")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{office.url}rules/")
    expect(page.get_by_label("A start every")).to_have_value("30")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_settings(make_page: MakePage, office: SimpleNamespace, theme: str) -> None:
    page = sign_in(make_page(color_scheme=theme), office)
    found = {}
    for path in (
        "", "locations/", "locations/new/", "rules/", "members/", "members/invite/",
        f"members/{office.owner.public_id}/", "keys/", "keys/new/", "widget/", "payments/", "profile/",
    ):  # fmt: skip
        page.goto(f"{office.url}{path}")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        page.set_viewport_size({"width": 1280, "height": 800})
        found[path] = barriers(page)
    assert {path: one for path, one in found.items() if one} == {}
