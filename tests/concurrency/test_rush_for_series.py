"""Guests who want the same dates at the same moment: each has all of theirs or none."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django_scopes import scope

from horarium.modules.booking.models import Booking, Order, Series
from horarium.modules.catalog.models import Offering
from horarium.platform.audit.actor import Actor
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.checkout import Checkout, Contact
from horarium.workflows.items import SlotItem
from horarium.workflows.place_series import SeriesClash
from horarium.workflows.place_series_guests import order_lines
from horarium.workflows.recurrence import guests_rule
from horarium.workflows.recurrence_items import SeriesWish
from horarium.workflows.tests.scene import NOW, START, Shop, make_shop

from .test_blocks import at_once, overlaps

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
WEEK = timedelta(weeks=1)
TIMES = 4


def make_repeated(people: int) -> Shop:
    shop = make_shop(people=people)
    with scope(business=shop.id):
        Offering.objects.update(repeats_up_to=TIMES)
    bump_catalog_revision(shop.id)
    return shop


def take(shop: Shop, number: int, weeks: int) -> str:
    """Four Tuesdays from so many weeks on."""
    wish = SeriesWish(SlotItem(shop.offering.public_id, START + weeks * WEEK), guests_rule("week", TIMES))
    checkout = Checkout(Contact(f"Guest {number}", f"guest{number}@example.org"), ())
    try:
        order_lines(shop.business.slug, [wish], checkout, Actor.guest("page"), NOW)
    except SeriesClash:
        return "clash"
    return "held"


@pytest.mark.parametrize("people", [1, 2])
def test_the_same_dates_go_to_as_many_guests_as_there_are_people(people: int) -> None:
    shop = make_repeated(people)
    ends = at_once([partial(take, shop, number, 0) for number in range(12)])
    assert ends == Counter(held=people, clash=12 - people)
    with scope(business=shop.id):
        assert (Order.objects.count(), Series.objects.count()) == (people, people)
        assert Booking.objects.filter(series__isnull=False).count() == TIMES * people
    assert overlaps(shop) == 0


def test_series_that_overlap_are_whole_or_not_there() -> None:
    shop = make_repeated(1)
    ends = at_once([partial(take, shop, number, number % 6) for number in range(12)])
    with scope(business=shop.id):
        sizes = [one.bookings.count() for one in Series.objects.all()]
    assert sizes == [TIMES] * ends["held"]
    assert 1 <= ends["held"] <= 2
    assert overlaps(shop) == 0
