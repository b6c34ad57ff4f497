"""From a sold-out day over the waiting list to a booking, in a browser."""

from __future__ import annotations

import re
import time

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.modules.booking.models import CancelledBy, Order, WaitingEntry
from horarium.modules.messaging.models import Message
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.scope import business_scope
from horarium.workflows.cancel_booking import CancellationWish, cancel_order
from tests.bed.browser import MakePage
from tests.bed.server import Server

from .accessible import expect_accessible
from .guest import Place, expect_heading, make_place, pay

pytestmark = pytest.mark.journey

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WORDS = {
    "en": (
        "Join the waiting list",
        "You are on the waiting list",
        "A time is kept for you",
        "You are booked",
    ),
    "ru": ("Встать в лист ожидания", "Вы в листе ожидания", "Для вас закреплено время", "Забронировано"),
    "es": (
        "Apuntarme a la lista de espera",
        "Estás en la lista de espera",
        "Hay una hora reservada para ti",
        "Tu reserva está confirmada",
    ),
}
TAKE = {"en": "Take this time", "ru": "Занять это время", "es": "Quedarme con esta hora"}


@pytest.fixture
def place(server_database: Server) -> Place:
    return make_place(server_database)


def sell_out(place: Place) -> list[Order]:
    """Every hour of the day of `simple`."""
    return [place.take(place.simple, place.start(hour)) for hour in range(9, 21)]


def cancel(order: Order) -> None:
    cancel_order(
        order.business_id,
        order.public_id,
        CancellationWish(),
        by=CancelledBy.GUEST,
        actor=Actor.guest("page"),
        now=clock.now(),
    )


def mail_about(place: Place, template: str, *, seconds: float = 20) -> Message:
    """The message of this kind, once the worker has written it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with scopes_disabled():
            found = Message.objects.filter(business=place.business, template=template).first()
        if found is not None:
            return found
        time.sleep(0.1)
    raise AssertionError(f"no message {template}")


def link_in(message: Message, part: str) -> str:
    found = re.search(rf"https?://\S*{part}\S+", message.text)
    assert found is not None, message.text
    return found.group(0)


def join(place: Place, page: Page, words: str) -> None:
    page.goto(f"{place.page_of(place.simple)}waiting/?day={place.day()}")
    expect_heading(page, words)
    expect_accessible(page)
    page.fill("[name=name]", "Maria Silva")
    page.fill("[name=email]", "maria@example.org")
    page.get_by_role("button", name=words).click()


def states(place: Place) -> list[str]:
    with business_scope(place.business.pk):
        return [str(one.state) for one in WaitingEntry.objects.order_by("id")]


@pytest.mark.parametrize(("language", "options"), [("en", {}), ("ru", PHONE), ("es", PHONE)])
def test_a_freed_time_is_mailed_and_taken_by_one_click(
    place: Place, make_page: MakePage, language: str, options: dict[str, object]
) -> None:
    sold = sell_out(place)
    page = make_page(locale=language, **options)
    wait, waiting, kept, booked = WORDS[language]
    join(place, page, wait)
    expect_heading(page, waiting)
    cancel(sold[5])
    page.goto(link_in(mail_about(place, "time_offered"), "/my/"))
    expect_heading(page, kept)
    expect_accessible(page)
    page.get_by_role("button", name=TAKE[language]).click()
    expect_heading(page, booked)
    assert states(place) == ["taken"]


def test_the_link_of_the_place_shows_it_and_leaves_it(place: Place, page: Page) -> None:
    sell_out(place)
    join(place, page, WORDS["en"][0])
    page.goto(link_in(mail_about(place, "waiting_joined"), "/waiting/"))
    expect_heading(page, "You are on the waiting list")
    expect_accessible(page)
    page.get_by_role("button", name="Leave the waiting list").click()
    expect_heading(page, "You have left the waiting list")
    assert states(place) == ["left"]


def test_a_time_with_a_deposit_is_taken_by_paying(place: Place, page: Page) -> None:
    for hour in range(9, 21):
        for _ in range(2):
            place.take(place.prepaid, place.start(hour))
    page.goto(f"{place.page_of(place.prepaid)}waiting/?day={place.day()}")
    page.fill("[name=name]", "Maria Silva")
    page.fill("[name=email]", "maria@example.org")
    page.get_by_role("button", name="Join the waiting list").click()
    expect_heading(page, "You are on the waiting list")
    with business_scope(place.business.pk):
        first = Order.objects.order_by("id")[0]
    cancel(first)
    page.goto(link_in(mail_about(place, "time_offered"), "/my/"))
    expect_heading(page, "Your time is held")
    page.get_by_role("button", name="Pay €20").click()
    pay(page)
    expect_heading(page, "You are booked")
    expect(page.locator("#order-side")).to_contain_text("Part paid")
    assert states(place) == ["taken"]


def test_what_is_missing_is_said_at_its_field(place: Place, page: Page) -> None:
    page.goto(f"{place.page_of(place.simple)}waiting/")
    page.fill("[name=first_on]", "2020-01-01")
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.locator(".problems")).to_contain_text("Enter your name.")
    expect_accessible(page)
    assert states(place) == []
