"""A guest who comes every week: booked by the product itself, as any guest would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from horarium.modules.booking.models import Channel
from horarium.modules.catalog.rules import OfferingFacts
from horarium.modules.customers.models import Customer
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import Slot, WishInput, list_days
from horarium.workflows.place_series import Occurrence, plan_series
from horarium.workflows.place_series_guests import order_lines
from horarium.workflows.recurrence import guests_rule
from horarium.workflows.recurrence_items import SeriesWish

from .choosing import Chooser

TIMES: Final = 6
AFTER_WORK: Final = 17
PLACED: Final = timedelta(days=4)
"""So long ago."""


def write_series(slug: str, chooser: Chooser) -> None:
    """One for each offering that repeats. Dates that are taken go to the nearest free time, or are left out."""
    offerings = [one for one in chooser.catalog.offerings.values() if one.repeats_up_to >= TIMES]
    customers = Customer.objects.exclude(email="").exclude(phone="").order_by("id")
    for offering, customer in zip(offerings, customers[: len(offerings)], strict=False):
        start = _first_start(slug, offering, chooser)
        if start is None:
            continue
        item = SlotItem(offering.public_id, start)
        wish = SeriesWish(item, guests_rule("week", TIMES))
        business_id = chooser.catalog.business.id
        wish = _decided(wish, plan_series(business_id, wish, chooser.now, staff=False).clashes)
        contact = Contact(customer.name, customer.email, customer.phone, customer.locale)
        checkout = Checkout(contact, (), channel=Channel.PAGE)
        order_lines(slug, [wish], checkout, Actor.guest("page"), chooser.now - PLACED)


def _first_start(slug: str, offering: OfferingFacts, chooser: Chooser) -> datetime | None:
    """After work, in the coming days."""
    first = chooser.today + timedelta(days=2)
    listing = list_days(
        slug,
        offering.public_id,
        first_on=first,
        last_on=first + timedelta(days=6),
        wish=WishInput(),
        now=chooser.now,
    )
    starts = [slot.start for day in listing.days for slot in day.slots]
    late = [one for one in starts if one.hour >= AFTER_WORK]
    return next(iter(late or starts), None)


def _decided(wish: SeriesWish, clashes: Sequence[Occurrence]) -> SeriesWish:
    starts, skip = {}, set()
    for one in clashes:
        near: list[Slot] = sorted(one.alternatives, key=lambda slot: abs(slot.start - one.start))
        if near:
            starts[one.number] = near[0].start
        else:
            skip.add(one.number)
    return SeriesWish(wish.item, wish.rule, frozenset(skip), starts)
