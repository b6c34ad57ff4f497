"""What is sold, by whom and when, changed in a real browser: the booking page follows at once."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from horarium.platform.identity.actions import create_sign_in_link
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_business, make_location, make_member, make_offering, make_resource, make_user
from tests.journeys.accessible import barriers

pytestmark = pytest.mark.journey


@pytest.fixture
def shop(server_database: Server) -> SimpleNamespace:
    """A business with a masseur and two cabins, open from nine to six, that sells an hour of massage."""
    business = make_business(name="Spa of the catalogue")
    location = make_location(business, hours="09:00-18:00")
    anna = make_resource(location, name="Anna")
    for name in ("Cedar", "Stone"):
        make_resource(location, name=name, kind="room")
    massage = make_offering(location, needs=[[anna]], price=5000, name="Massage", slug="massage")
    owner = make_member(business, user=make_user(name="Olga"))
    base = server_database.url
    return SimpleNamespace(
        url=f"{base}/manage/{business.slug}/catalogue/",
        booking_page=f"{base}/b/{business.slug}/",
        signin=lambda: f"{base}{create_sign_in_link(owner.user.email)}",
        location=location,
        massage=massage,
        anna=anna,
        day=date.today() + timedelta(days=3),  # noqa: DTZ011 - three days ahead in every zone
    )


def sign_in(page: Page, shop: SimpleNamespace) -> Page:
    page.goto(shop.signin())
    page.locator("main form button").first.click()
    page.wait_for_url("**/manage/**")
    return page


def times(page: Page, shop: SimpleNamespace, slug: str = "massage") -> list[str]:
    """Free starts that the booking page offers on the day."""
    page.goto(f"{shop.booking_page}{slug}/?date={shop.day}&day={shop.day}")
    return re.findall(r"\b\d{1,2}:\d{2}\b(?:\s?[AP]M)?", page.locator("main").inner_text())


def test_an_offering_with_two_requirements_and_a_price_is_made_and_can_be_booked(
    page: Page, shop: SimpleNamespace
) -> None:
    sign_in(page, shop).goto(shop.url)
    page.get_by_role("link", name="Add").first.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Name").first.fill("Cedar bath")
    sheet.get_by_role("group", name="Requirement 1").get_by_label("Anna").check()
    sheet.get_by_role("button", name="Add a requirement").click()
    second = sheet.get_by_role("group", name="Requirement 2")
    second.get_by_label("Cedar").check()
    second.get_by_label("Stone").check()
    expect(sheet.get_by_role("group", name="Requirement 1").get_by_label("Anna")).to_be_checked()
    sheet.get_by_label("Amount").first.fill("75,50")
    sheet.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Cedar bath")).to_be_visible()
    expect(page.get_by_text("from €75.50")).to_be_visible()
    page.goto(shop.booking_page)
    expect(page.get_by_text("Cedar bath").first).to_be_visible()
    assert times(page, shop, "cedar-bath")


def test_wrong_input_is_named_at_its_field_and_nothing_is_lost(
    make_page: MakePage, shop: SimpleNamespace
) -> None:
    """Also without scripts."""
    for script in (True, False):
        page = sign_in(make_page(java_script_enabled=script), shop)
        page.goto(f"{shop.url}offerings/new/")
        page.get_by_label("Name").first.fill("")
        page.get_by_label("In one line").first.fill("A long evening")
        page.get_by_label("Amount").first.fill("many")
        page.get_by_role("button", name="Save").click()
        mistakes = page.locator("#mistakes")
        expect(mistakes).to_contain_text("to correct")
        expect(page.locator("#id_name_error")).to_contain_text("This is needed.")
        expect(page.get_by_text("This is not an amount.").first).to_be_visible()
        expect(page.get_by_text("Choose at least one.").first).to_be_visible()
        expect(page.get_by_label("In one line").first).to_have_value("A long evening")
        expect(page.get_by_label("Amount").first).to_have_value("many")


def test_rows_are_added_and_removed_without_scripts(make_page: MakePage, shop: SimpleNamespace) -> None:
    page = sign_in(make_page(java_script_enabled=False), shop)
    page.goto(f"{shop.url}offerings/{shop.massage.public_id}/")
    page.locator("#part-extras > summary").click()
    page.get_by_role("button", name="Add an extra").click()
    page.get_by_role("group", name="Extra 1").get_by_label("Name").first.fill("Oils")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{shop.url}offerings/{shop.massage.public_id}/")
    expect(page.locator("input[name='extras.0.name']")).to_have_value("Oils")
    page.locator("#part-extras > summary").click()
    page.get_by_role("button", name="Remove this extra").click()
    expect(page.locator("input[name='extras.0.name']")).to_have_count(0)


def test_a_change_of_the_week_changes_free_times(page: Page, shop: SimpleNamespace) -> None:
    before = times(page, shop)
    sign_in(page, shop).goto(f"{shop.url}hours/")
    page.get_by_role("link", name=shop.location.name).click()
    sheet = page.get_by_role("dialog")
    day = sheet.locator(".week-day").nth(shop.day.weekday())
    day.get_by_role("textbox").nth(1).fill("12:00")
    day.get_by_role("button", name=re.compile("add hours")).click()
    expect(day.get_by_role("textbox")).to_have_count(4)
    day.get_by_role("textbox").nth(2).fill("16")
    day.get_by_role("textbox").nth(3).fill("18")
    sheet.get_by_role("button", name="Save the week").click()
    expect(page.get_by_text("hours saved")).to_be_visible()
    after = times(page, shop)
    assert len(after) < len(before)
    assert not any(one.startswith(("13:", "1:")) for one in after)


def test_overlapping_hours_are_refused_at_their_day(page: Page, shop: SimpleNamespace) -> None:
    sign_in(page, shop).goto(f"{shop.url}hours/{shop.location.public_id}/")
    day = page.locator(".week-day").nth(0)
    day.get_by_role("button", name="Monday: add hours").click()
    expect(day.get_by_role("textbox")).to_have_count(4)
    day.get_by_role("textbox").nth(2).fill("17:00")
    day.get_by_role("textbox").nth(3).fill("20:00")
    page.get_by_role("button", name="Save the week").click()
    expect(page.locator("#day-0-error")).to_contain_text("overlap")
    expect(page.locator(".week-day").nth(0).get_by_role("textbox").nth(2)).to_have_value("17:00")


def test_a_closure_takes_the_day_away_and_gives_it_back(page: Page, shop: SimpleNamespace) -> None:
    assert times(page, shop)
    sign_in(page, shop).goto(f"{shop.url}hours/")
    page.get_by_role("link", name=shop.location.name).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("Add closed days or other hours").click()
    sheet.get_by_label("First day").fill(shop.day.isoformat())
    sheet.get_by_label("Reason").fill("Stocktaking")
    sheet.get_by_role("button", name="Add", exact=True).click()
    expect(sheet.get_by_text("Stocktaking")).to_be_visible()
    assert not times(page, shop)
    page.goto(f"{shop.url}hours/{shop.location.public_id}/")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("The usual week counts again")).to_be_visible()
    assert times(page, shop)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_catalogue(make_page: MakePage, shop: SimpleNamespace, theme: str) -> None:
    page = sign_in(make_page(color_scheme=theme), shop)
    found = {}
    for path in (
        "", "categories/", "offerings/new/", f"offerings/{shop.massage.public_id}/", "resources/",
        "resources/new/", f"resources/{shop.anna.public_id}/", "pools/new/", "hours/",
        f"hours/{shop.location.public_id}/", f"hours/{shop.anna.public_id}/",
    ):  # fmt: skip
        page.goto(f"{shop.url}{path}")
        page.evaluate(
            "document.querySelectorAll('main details').forEach(one => { one.open = !one.matches('.menu') })"
        )
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        page.set_viewport_size({"width": 1280, "height": 800})
        found[path] = barriers(page)
    assert {path: one for path, one in found.items() if one} == {}
