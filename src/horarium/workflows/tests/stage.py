"""A place with offerings, and how guests and staff look, book and are refused.

Winter in Lisbon has the time of UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest

from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.models import Order
from horarium.modules.catalog.models import Offering
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.models import Location
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import Listing, WishInput, list_days
from tests.factories import make_business, make_location

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)
ANNA_WRITES = Contact("Anna Guest", "anna@example.org", "+351912345678", "pt")
GUEST = Actor.guest("api")
STAFF = Actor.system()
# Tests that commit start the keys of rows anew, and the memory of catalogues knows a business by its key.
_revisions = count(700_000_000, 1000)


def at(clock: str, day: date = TUESDAY) -> datetime:
    hour, minute = clock.split(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=UTC)


def make_place(hours: str = "10:00-20:00", *, zone: str = "Europe/Lisbon", **business: Any) -> Location:
    return make_location(
        make_business(catalog_revision=next(_revisions), **business), hours=hours, time_zone=zone
    )


def item(offering: Offering, clock: str, **fields: Any) -> SlotItem:
    return SlotItem(offering.public_id, at(clock), **fields)


def order(*items: SlotItem, of: Offering, now: datetime = NOW, staff: bool = False, **fields: Any) -> Order:
    checkout = Checkout(**{"contact": ANNA_WRITES, "items": items, **fields})
    return place_order(of.business.slug, checkout, STAFF if staff else GUEST, now, staff=staff)


def book(offering: Offering, clock: str, *, now: datetime = NOW, staff: bool = False, **fields: Any) -> Order:
    """One booking by a guest, or by staff."""
    return order(item(offering, clock, **fields), of=offering, now=now, staff=staff)


def refusal(offering: Offering, clock: str, **fields: Any) -> NotFree:
    with pytest.raises(NotFree) as refused:
        book(offering, clock, **fields)
    return refused.value


def listed(offering: Offering, *, now: datetime = NOW, day: date = TUESDAY, **wish: Any) -> Listing:
    slug, key = offering.business.slug, offering.public_id
    return list_days(slug, key, first_on=day, last_on=day, wish=WishInput(**wish), now=now)


def offered(offering: Offering, **fields: Any) -> list[str]:
    """Clock times of Tuesday that a guest may book."""
    return [slot.start.strftime("%H:%M") for slot in listed(offering, **fields).days[0].slots]
