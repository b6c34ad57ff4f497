"""A small business on the running server, and a guest who goes through its pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from os import getpid
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from horarium.kit import clock
from horarium.modules.availability.models import Allocation
from horarium.modules.booking.models import Order
from horarium.modules.catalog.models import Offering
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.bed.server import Server
from tests.factories import make_business, make_location, make_need, make_offering, make_price, make_resource

_numbers = count(1)
LISBON = ZoneInfo("Europe/Lisbon")


def today_in_lisbon() -> date:
    return clock.now().astimezone(LISBON).date()


@dataclass(frozen=True)
class Place:
    """A business with one masseur. `prepaid` is held until it is paid; `simple` is confirmed at once."""

    server: Server
    business: Business
    prepaid: Offering
    simple: Offering
    today: date = field(default_factory=today_in_lisbon)

    @property
    def url(self) -> str:
        return f"{self.server.url}/b/{self.business.slug}/"

    def page_of(self, offering: Offering) -> str:
        return f"{self.url}{offering.slug}/"

    def details_of(self, offering: Offering, start: datetime) -> str:
        """The page that asks for the guest's details, for this start."""
        return f"{self.page_of(offering)}book/?{urlencode({'start': start.isoformat()})}"

    def day(self, days: int = 3) -> date:
        """The same one for a whole test, also over midnight."""
        return self.today + timedelta(days=days)

    def start(self, hour: int = 10, *, days: int = 3) -> datetime:
        day = self.day(days)
        return datetime(day.year, day.month, day.day, hour, tzinfo=LISBON)

    def take(self, offering: Offering, start: datetime) -> Order:
        """Somebody else books this time."""
        checkout = Checkout(Contact("Other", "other@example.org"), (SlotItem(offering.public_id, start),))
        return place_order(self.business.slug, checkout, Actor.system(), clock.now())

    def lapse(self, after: timedelta) -> None:
        """Let every hold of the business run out so much from now."""
        at = datetime.now(UTC) + after
        with scopes_disabled():
            Order.objects.filter(business=self.business, expires_at__isnull=False).update(expires_at=at)
            Allocation.objects.filter(business=self.business, state="held").update(expires_at=at)


def make_place(server: Server) -> Place:
    slug = f"place-{getpid()}-{next(_numbers)}"
    business = make_business(
        slug=slug, name="Lakeside", tagline="Massage by the water", phone="+351 213 000 000"
    )
    location = make_location(
        business, hours="09:00-21:00", name="Old town", city="Lisbon", address="Rua da Prata 1"
    )
    ana, rui = (make_resource(location, name=name) for name in ("Ana", "Rui"))
    prepaid = make_offering(
        location,
        name="Massage",
        slug="massage",
        durations=[60, 90],
        prepayment="deposit_percent",
        deposit_value=50,
    )
    make_need(prepaid, [ana, rui], is_choosable=True)
    make_price(prepaid, 4000, duration=60)
    make_price(prepaid, 5500, duration=90)
    simple = make_offering(location, needs=[[ana]], name="Advice", slug="advice", price=1500)
    return Place(server, business, prepaid, simple)


def fill_details(page: Page) -> None:
    page.fill("[name=name]", "Maria Silva")
    page.fill("[name=email]", "maria@example.org")
    page.fill("[name=notes]", "By the window")


def pay(page: Page) -> None:
    page.wait_for_url("**/gateways/test/**")
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_url("**/my/**")


def tab_to(page: Page, selector: str, *, limit: int = 120) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab on {page.url}")


def expect_heading(page: Page, text: str) -> None:
    """The page comes to say this, by itself."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
