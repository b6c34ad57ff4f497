"""Blocks over bookings, somebody away, a time for several, rooms and sessions, in a real browser."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.modules.availability.actions_sessions import create_session
from horarium.modules.availability.models import Session, Supply
from horarium.modules.availability.queries_sessions import get_session_facts
from horarium.modules.availability.rules.session_drafts import SessionDraft
from horarium.modules.booking.models import Booking
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.actions import create_sign_in_link
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import make_business, make_location, make_member, make_offering, make_resource, make_user
from tests.journeys.accessible import expect_accessible
from tests.journeys.guest import LISBON

pytestmark = pytest.mark.journey


@pytest.fixture
def house(server_database: Server) -> SimpleNamespace:
    """Two masseurs, a room for the night and a walk; Rita has Anna at noon of the day shown."""
    business = make_business(name="House of everything")
    place = make_location(business, hours="10:00-20:00")
    anna, boris = (make_resource(place, name=name) for name in ("Anna", "Boris"))
    massage = make_offering(place, needs=[[anna, boris]], price=5000, name="Massage")
    make_offering(
        place,
        needs=[[make_resource(place, kind="room", name="Room 1")]],
        name="Double",
        mode="stay",
        durations=[1440],
    )
    walk = make_offering(place, name="Walk", mode="session")
    user = make_user(name="Rosa Reis")
    make_member(business, user=user)
    on = clock.now().astimezone(LISBON).date() + timedelta(days=7)
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=LISBON)
    Session.objects.create(
        business=business,
        offering=walk,
        supply=Supply.objects.create(business=business, total=8, taken=3),
        starts_at=noon,
        ends_at=noon + timedelta(hours=2),
    )
    item = SlotItem(massage.public_id, noon, resource=anna.public_id)
    checkout = Checkout(Contact("Rita Costa", "rita@example.org"), (item,))
    order = place_order(business.slug, checkout, Actor.system(), clock.now(), staff=True)
    return SimpleNamespace(
        url=f"{server_database.url}/manage/{business.slug}/calendar/",
        sign_in=lambda: f"{server_database.url}{create_sign_in_link(user.email)}",
        order=order.pk,
        place=place,
        anna=anna,
        boris=boris,
        on=on,
    )


def enter(page: Page, house: SimpleNamespace, path: str = "", **query: object) -> None:
    page.goto(house.sign_in())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))
    told = "&".join(f"{key}={value}" for key, value in {"on": house.on, **query}.items())
    page.goto(f"{house.url}{path}?{told}")


def lead_tour(house: SimpleNamespace) -> str:
    """A tour of two hours that Anna leads in the afternoon."""
    tour = make_offering(
        house.place, needs=[[house.anna, house.boris]], name="City tour", mode="session", capacity=8
    )
    start = datetime(house.on.year, house.on.month, house.on.day, 16, tzinfo=LISBON)
    draft = SessionDraft(tour.public_id, start, resources=(house.anna.public_id,))
    return create_session(house.place.business_id, draft, Actor.system(), clock.now()).public_id


def served_by(house: SimpleNamespace) -> list[int]:
    with scopes_disabled():
        return list(
            Booking.objects.get(order_id=house.order).assignments.values_list("resource_id", flat=True)
        )


def test_a_block_over_a_booking_lists_it_and_goes_around_it(page: Page, house: SimpleNamespace) -> None:
    enter(page, house, view="day")
    page.get_by_role("link", name="Block time").click()
    sheet = page.locator("dialog.sheet[open]")
    sheet.get_by_label("Reason").fill("Inventory")
    sheet.get_by_role("button", name="Block", exact=True).click()
    expect(sheet.get_by_role("alert")).to_contain_text("Rita Costa")
    expect_accessible(page)
    sheet.get_by_role("button", name="Leave out these times").click()
    expect(page.locator(".toast")).to_contain_text("Blocked without what is taken")
    column = page.get_by_role("region", name="Anna", exact=True)
    expect(column.get_by_role("link", name=re.compile("Inventory"))).to_have_count(2)
    page.locator(".toast").get_by_role("link", name="Undo").click()
    expect(column.get_by_role("link", name=re.compile("Inventory"))).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_bookings_and_tours_of_somebody_away_go_to_the_colleague(
    make_page: MakePage, house: SimpleNamespace, scripts: bool
) -> None:
    tour = lead_tour(house)
    page = make_page(java_script_enabled=scripts)
    enter(page, house, "away/", until_on=house.on)
    page.get_by_label("Who or what").select_option("Anna")
    page.get_by_role("button", name="Show").click()
    booking, session = page.locator(".away-row").first, page.locator(".away-row").last
    expect(booking).to_contain_text("Rita Costa")
    expect(booking).to_contain_text("Boris")
    expect(session).to_contain_text("City tour")
    expect(session).to_contain_text("Boris")
    if scripts:
        expect_accessible(page)
    page.get_by_label("Reason").fill("Flu")
    page.get_by_role("button", name="Accept the chosen ones and block").click()
    told = "1 booking moved; 1 session given to a colleague"
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()
    assert served_by(house) == [house.boris.pk]
    facts = get_session_facts(house.place.business_id, tour, clock.now())
    assert facts.resources == (house.boris.pk,)
    page.goto(f"{house.url}?view=sessions&on={house.on}")
    expect(page.locator(".session-card").filter(has_text="City tour")).to_contain_text("Boris")


def test_a_time_for_two_is_found_and_booked(page: Page, house: SimpleNamespace) -> None:
    enter(page, house, "find/", **{"from": house.on, "to": house.on})
    page.get_by_label("How many").first.fill("2")
    page.get_by_label("Of whom or what").first.select_option("Any of: Specialists")
    page.get_by_role("button", name="Find", exact=True).click()
    first = page.locator(".find-list li").first
    expect(first).to_contain_text("Anna, Boris")
    expect_accessible(page)
    first.get_by_role("link", name="Book").click()
    sheet = page.locator("dialog.sheet[open]")
    sheet.get_by_label("Name", exact=True).fill("Ben")
    sheet.get_by_role("button", name="Book", exact=True).click()
    expect(page.locator("dialog.sheet[open] .badge", has_text="Confirmed")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_rooms_sessions_and_the_agenda_are_readable_everywhere(
    make_page: MakePage, house: SimpleNamespace, theme: str
) -> None:
    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}):
        page = make_page(color_scheme=theme, viewport=size)
        enter(page, house, view="rooms")
        expect(page.get_by_role("row", name=re.compile("Room 1"))).to_be_visible()
        expect_accessible(page)
        page.goto(f"{house.url}?view=sessions&on={house.on}")
        expect(page.locator(".session-card")).to_contain_text("3/8")
        expect_accessible(page)
        page.goto(f"{house.url}?view=agenda&on={house.on}")
        expect(page.locator(".arrivals")).to_contain_text("Rita Costa")
        expect_accessible(page)
