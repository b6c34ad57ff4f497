"""The door on a phone: the QR of a ticket opens its page; in once, and not with a cancelled one."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.modules.booking.models import Ticket
from horarium.platform.audit.actor import Actor
from horarium.platform.identity.actions import create_sign_in_link
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SessionItem
from tests.bed.browser import MakePage
from tests.bed.server import Server
from tests.factories import (
    make_business,
    make_location,
    make_member,
    make_offering,
    make_session,
    make_ticket_type,
    make_user,
)
from tests.journeys.accessible import expect_accessible

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
CAMERA = """
const canvas = document.createElement("canvas");
const picture = canvas.getContext("2d");
setInterval(() => picture.fillRect(Math.random() * 100, 0, 10, 10), 50);
const mediaDevices = { getUserMedia: async () => canvas.captureStream(5) };
Object.defineProperty(navigator, "mediaDevices", { value: mediaDevices });
window.BarcodeDetector = class { async detect() { return window.seen ? [{ rawValue: window.seen }] : []; } };
"""
"""A browser with a camera that reads codes: what it sees is told to it."""


@pytest.fixture
def door(server_database: Server) -> SimpleNamespace:
    """A walk that begins in an hour; Rita has three tickets."""
    business = make_business(name="Walks of the old town", type="tours")
    walk = make_offering(make_location(business), name="Old town walk", mode="session")
    adult = make_ticket_type(walk, 0, name="Adult")
    session = make_session(walk, clock.now().replace(second=0, microsecond=0) + timedelta(hours=1))
    item = SessionItem(((adult.public_id, 3),), session=session.public_id)
    checkout = Checkout(Contact("Rita Costa", "rita@example.org"), (item,))
    order = place_order(business.slug, checkout, Actor.system(), clock.now(), staff=True)
    user = make_user(name="Rosa Reis")
    make_member(business, "operator", user=user)
    with scopes_disabled():
        tickets = list(Ticket.objects.filter(booking__order=order).order_by("number"))
    return SimpleNamespace(
        url=f"{server_database.url}/manage/{business.slug}/door/",
        session=session.public_id,
        tickets=tickets,
        sign_in=lambda: f"{server_database.url}{create_sign_in_link(user.email)}",
    )


def enter(page: Page, door: SimpleNamespace) -> None:
    page.goto(door.sign_in())
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile("/manage/"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_camera_of_a_phone_opens_a_ticket_and_it_lets_in_once(
    make_page: MakePage, door: SimpleNamespace, scripts: bool
) -> None:
    page = make_page(viewport=PHONE, is_mobile=True, has_touch=True, java_script_enabled=scripts)
    first, second, _third = door.tickets
    page.goto(f"{door.url}t/{first.code}/")
    expect(page).to_have_url(re.compile("/accounts/.*next="))
    enter(page, door)
    page.goto(f"{door.url}t/{first.code}/")
    answer = page.locator("[data-door-answer]")
    expect(answer).to_contain_text("Good ticket")
    page.get_by_role("button", name="Check in").click()
    expect(answer).to_contain_text("Welcome")
    expect(answer).to_contain_text("Rita Costa")
    expect(answer).to_contain_text("1 of 3 are in")
    if scripts:
        expect_accessible(page)
    page.goto(f"{door.url}t/{first.code}/")
    expect(answer).to_contain_text("Already in since")
    with scopes_disabled():
        Ticket.objects.filter(pk=second.pk).update(voided_at=clock.now())
    page.goto(f"{door.url}t/{second.code}/")
    expect(answer).to_contain_text("Cancelled")
    expect(page.get_by_role("button", name="Check in")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_guests_of_a_session_are_scanned_or_tapped(
    make_page: MakePage, door: SimpleNamespace, theme: str
) -> None:
    page = make_page(viewport=PHONE, is_mobile=True, has_touch=True, color_scheme=theme)
    enter(page, door)
    page.goto(door.url)
    expect_accessible(page)
    page.get_by_role("link", name=re.compile("Old town walk")).click()
    field = page.get_by_label("Scan or type a ticket")
    field.fill(f"{door.url}t/{door.tickets[0].code}/")
    field.press("Enter")
    answer = page.locator("[data-door-answer]")
    expect(answer).to_contain_text("Welcome")
    expect(field).to_have_value("")
    expect(page.get_by_role("heading", name="1/3")).to_be_visible()
    field.fill(door.tickets[0].code)
    field.press("Enter")
    expect(answer).to_contain_text("Already in since")
    expect_accessible(page)
    page.get_by_role("button", name="Check in: Rita Costa, № 2").click()
    expect(page.get_by_role("heading", name="2/3")).to_be_visible()
    page.get_by_role("button", name="Take back: Rita Costa, № 2").click()
    expect(page.get_by_role("heading", name="1/3")).to_be_visible()
    page.get_by_label("Name or number of the ticket").fill("3")
    expect(page.locator(".door-guests li")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_camera_in_the_page_checks_in_one_after_the_other(
    make_page: MakePage, door: SimpleNamespace
) -> None:
    page = make_page(viewport=PHONE, is_mobile=True, has_touch=True)
    page.add_init_script(CAMERA)
    enter(page, door)
    page.goto(f"{door.url}{door.session}/")
    page.get_by_role("button", name="Camera").click()
    expect(page.locator("[data-door-video]")).to_be_visible()
    for number, ticket in enumerate(door.tickets[:2], 1):
        page.evaluate("text => { window.seen = text }", f"{door.url}t/{ticket.code}/")
        expect(page.locator("[data-door-answer=ok]")).to_contain_text(f"{number} of 3 are in")
    page.wait_for_timeout(1000)
    expect(page.locator("[data-door-answer]")).to_contain_text("Welcome")
    page.get_by_role("button", name="Camera").click()
    expect(page.locator("[data-door-video]")).to_be_hidden()
