"""Offered ⇔ bookable for nights: every listed stay can be taken, others are refused with the same reason (T-03)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horarium.kit.zones import instant_of, zone
from horarium.modules.availability.actions_taking import Taking, take
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import Guests, StayItem
from horarium.workflows.list_stays import Night, StayOffer, explain_stay, list_nights
from horarium.workflows.plan_stays import inquire_stay, plan_stay
from horarium.workflows.planned import PlannedBooking
from horarium.workflows.stay_inquiry import StayWish
from tests.factories import make_booking, make_order

from .random_hotel import DAYS, Hotel, HotelPlan, build, hotels

GUEST = Actor.guest("api")
NO_ROOM = {Reason.TAKEN, Reason.BLOCKED, Reason.RESOURCE_UNAVAILABLE}


@pytest.mark.django_db
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=hotels(), data=st.data())
def test_every_listed_stay_can_be_taken_and_every_other_is_refused_with_the_same_reason(
    plan: HotelPlan, data: st.DataObject
) -> None:
    with transaction.atomic():
        savepoint = transaction.savepoint()
        _check(plan, data)
        transaction.savepoint_rollback(savepoint)


def _check(plan: HotelPlan, data: st.DataObject) -> None:
    hotel = build(plan)
    now = instant_of(plan.first_on, 0, zone(plan.zone)) - timedelta(hours=6)
    for _ in range(data.draw(st.integers(0, 14))):
        _put_somebody(hotel, plan, now, data)
    wish = StayWish(
        guests=Guests(data.draw(st.integers(1, 3))),
        rate_plan=data.draw(st.sampled_from([None, *(one.public_id for one in hotel.plans)])),
        resource=data.draw(st.sampled_from(hotel.rooms)).public_id
        if plan.is_choosable and data.draw(st.booleans())
        else None,
        extras=(hotel.early.public_id,) if data.draw(st.booleans()) else (),
    )
    nights = data.draw(st.integers(1, 5))
    last_on = plan.first_on + timedelta(days=DAYS)
    slug, key = hotel.business.slug, hotel.offering.public_id
    listing = list_nights(
        slug, key, first_on=plan.first_on, last_on=last_on, wish=wish, now=now, nights=nights
    )
    for day in listing.days:
        assert day.stay is not None
        _compare(hotel, day.stay, wish, now)
        if day.longest:
            assert day.status in ("available", "limited", "closed")
    for day in list_nights(slug, key, first_on=plan.first_on, last_on=last_on, wish=wish, now=now).days:
        _check_arrival(hotel, day, wish, now)


def _check_arrival(hotel: Hotel, day: Night, wish: StayWish, now: datetime) -> None:
    """A full arrival refuses every departure; a night that is not full can be slept in."""
    if day.no_arrival is None and day.min_stay > 1:
        return
    for nights in (1,) if day.no_arrival is None else (day.min_stay, 5):
        dates = day.date, day.date + timedelta(days=nights)
        found = explain_stay(hotel.business.slug, hotel.offering.public_id, dates=dates, wish=wish, now=now)
        if day.no_arrival is None:
            assert found.reason not in NO_ROOM
        else:
            assert found.reason is not None


def _compare(hotel: Hotel, offered: StayOffer, wish: StayWish, now: datetime) -> None:
    dates = offered.check_in, offered.check_out
    explained = explain_stay(hotel.business.slug, hotel.offering.public_id, dates=dates, wish=wish, now=now)
    assert explained.reason == offered.reason
    item = StayItem(
        hotel.offering.public_id,
        *dates,
        guests=wish.guests or Guests(),
        rate_plan=wish.rate_plan,
        resource=wish.resource,
        extras=wish.extras,
    )
    if offered.reason is not None:
        with pytest.raises(NotFree) as refusal:
            _plan(hotel.offering, item, now)
        assert refusal.value.reason == offered.reason
        alternatives: Any = refusal.value.params["alternatives"]
        assert all(one.reason is None for one in alternatives)
        return
    assert offered.total is not None
    assert offered.total in {one.quote.total for one in explained.plans}
    assert _book_and_undo(hotel.business.slug, item, now) == offered.total.minor


def _plan(offering: Offering, item: StayItem, now: datetime, *, staff: bool = False) -> PlannedBooking:
    catalog = get_current_catalog(offering.business_id)
    return plan_stay(inquire_stay(catalog, item, staff=staff), item, 0, now)


def _book_and_undo(slug: str, item: StayItem, now: datetime) -> int:
    """What it costs in the end; those who must change rooms do, and the exclusion constraint agrees."""
    with transaction.atomic():
        savepoint = transaction.savepoint()
        order = place_order(slug, Checkout(Contact("Guest", "guest@example.org"), (item,)), GUEST, now)
        transaction.savepoint_rollback(savepoint)
    return order.total_minor


def _put_somebody(hotel: Hotel, plan: HotelPlan, now: datetime, data: st.DataObject) -> None:
    """A stay that may move, a pinned one or a block, where there is room for it."""
    offering = data.draw(st.sampled_from([hotel.offering, hotel.second]))
    check_in = plan.first_on + timedelta(days=data.draw(st.integers(-1, DAYS)))
    check_out = check_in + timedelta(days=data.draw(st.integers(1, 4)))
    rooms = range(len(hotel.rooms)) if offering == hotel.offering else plan.second_pool
    place = data.draw(st.sampled_from(rooms))
    item = StayItem(offering.public_id, check_in, check_out, resource=hotel.rooms[place].public_id)
    kind = data.draw(st.sampled_from(["movable", "movable", "movable", "pinned", "block"]))
    try:
        planned = _plan(offering, item, now, staff=True)
    except NotFree:
        return
    if planned.reseats:
        return
    order = make_order(hotel.business, created_at=now)
    with scopes_disabled():
        booking = make_booking(
            order,
            offering,
            planned.starts_at,
            ends_at=planned.ends_at,
            is_pinned=kind == "pinned",
            resources=[hotel.rooms[place]],
        )
    takings = [Taking(one.resource_id, one.starts, one.ends, booking.pk) for one in planned.claims]
    owner = OwnerKind.BLOCK if kind == "block" else OwnerKind.BOOKING
    take(hotel.business.pk, takings, owner_kind=owner, now=now)
