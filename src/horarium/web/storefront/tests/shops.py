"""A small shop of one person, open every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from horarium.modules.catalog.models import Offering
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Business
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from tests.factories import make_business, make_location, make_offering, make_resource


@dataclass(frozen=True)
class Shop:
    business: Business
    offering: Offering
    start: datetime
    """A free start: ten in the morning of the day after tomorrow, Lisbon."""

    @property
    def url(self) -> str:
        return f"/b/{self.business.slug}/{self.offering.slug}/"

    @property
    def details(self) -> dict[str, str]:
        """What the form of the details sends."""
        return {
            "start": self.start.isoformat(),
            "duration": "60",
            "party": "1",
            "attempt": "attempt-1",
            "name": "Maria Silva",
            "email": "maria@example.org",
        }

    def take(self, start: datetime) -> None:
        """Somebody else books the time."""
        item = SlotItem(offering=self.offering.public_id, start=start)
        checkout = Checkout(Contact("Another", "another@example.org"), (item,))
        place_order(self.business.slug, checkout, Actor.system(), datetime.now(UTC))


def ten_o_clock(days: int) -> datetime:
    day = datetime.now(ZoneInfo("Europe/Lisbon")) + timedelta(days=days)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def make_shop() -> Shop:
    business = make_business(slug="lakeside", name="Lakeside")
    location = make_location(business, hours="10:00-18:00", name="Old town", city="Lisbon")
    person = make_resource(location, name="Ana")
    offering = make_offering(location, needs=[[person]], price=4000, slug="massage", name="Massage")
    return Shop(business, offering, ten_o_clock(2))
