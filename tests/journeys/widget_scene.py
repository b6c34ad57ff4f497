"""A shop to book in through the widget, and the steps that guests take there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from django.utils import timezone
from django_scopes import scopes_disabled
from playwright.sync_api import Locator, Page, expect

from horarium.modules.availability.models import Allocation
from horarium.modules.booking.models import Order
from horarium.platform.tenancy.models import Business
from tests.factories import make_business, make_location, make_offering, make_resource
from tests.journeys.widget_host import Host

LISTEN = """
window.heard = [];
for (const name of ["slot-chosen", "hold-placed", "booking-confirmed"])
  document.addEventListener(`horarium:${name}`, (event) => window.heard.push([name, event.detail]));
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


@dataclass(frozen=True)
class Shop:
    business: Business

    @property
    def slug(self) -> str:
        return self.business.slug

    def orders(self) -> list[Order]:
        with scopes_disabled():
            return list(Order.objects.filter(business=self.business).order_by("id"))

    def lapse(self) -> None:
        """The clock runs on: every hold is over."""
        with scopes_disabled():
            Order.objects.filter(business=self.business).update(expires_at=timezone.now())
            Allocation.objects.filter(business=self.business, expires_at__isnull=False).update(
                expires_at=timezone.now()
            )


def make_shop() -> Shop:
    """One chair, open every day. Haircut: unpaid, no choices; colouring: paid in full before."""
    business = make_business(name="Maré & Sons", email="hello@mare.example", phone="+351210000000")
    location = make_location(business, hours="08:00-20:00", name="Chiado", city="Lisboa")
    chair = make_resource(location, name="Inês")
    make_offering(location, needs=[[chair]], price=3000, slug="haircut", name="Haircut")
    make_offering(
        location, needs=[[chair]], price=9000, slug="colouring", name="Colouring", prepayment="full"
    )
    make_offering(
        location, needs=[[chair]], price=2000, slug="trim", name="Trim", durations=[30, 60], party_max=3
    )
    make_offering(location, needs=[[chair]], price=5000, slug="bridal", name="Bridal", needs_approval=True)
    return Shop(business)


def visit(page: Page, host: Host, shop: Shop, attributes: str = "", **options: Any) -> None:
    page.add_init_script(LISTEN)
    page.goto(host.put(host.widget(shop.slug, attributes), **options))


def heading(page: Page) -> Locator:
    return page.locator("horarium-booking #heading")


def choose(page: Page, offering: str, *, day: int = 1) -> None:
    """The offering and a day: the second free one, so that no lead time is in the way."""
    page.get_by_role("button", name=offering).click()
    expect(heading(page)).to_have_text("Choose a day and a time")
    page.locator("button.day").nth(day).click()


def take_time(page: Page, clock: str = "10:00") -> None:
    page.locator("button.start", has_text=clock).click()
    expect(heading(page)).to_have_text("Your details")


def take_elsewhere(host: Host, shop: Shop, offering: str, start: str) -> None:
    """Somebody else books."""
    body = {
        "customer": {"name": "Quicker", "email": "quicker@example.org"},
        "items": [{"offering": offering, "start": start}],
    }
    placed = httpx.post(f"{host.api}/api/v1/public/{shop.slug}/orders", json=body)
    assert placed.status_code == 201


def fill_in(page: Page) -> None:
    page.get_by_label("Name").fill("Ada Lovelace")
    page.get_by_label("E-mail").fill("ada@example.org")


def heard(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("window.heard")
    return found


def focused_name(page: Page) -> str:
    inner = "document.querySelector('horarium-booking').shadowRoot.activeElement"
    return str(page.evaluate(f"{inner}?.ariaLabel ?? {inner}?.textContent ?? ''"))


def tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in focused_name(page):
            return
    pytest.fail(f"{name} cannot be reached by Tab")


def small_targets(page: Page) -> list[str]:
    return list(
        page.evaluate("""
        [...document.querySelector("horarium-booking").shadowRoot.querySelectorAll("button, select, summary, a, input")]
          .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
          .filter(([one, box]) => box.height && (box.height < 43.5 || box.width < 24))
          .map(([one, box]) => `${one.className || one.id} ${box.width}x${box.height}`)
        """)
    )
