"""Offered ⇔ bookable: every listed start books, every other is refused with the listing's reason (T-03, T-04)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horarium.kit.zones import instant_of, local_day, zone
from horarium.modules.availability.errors import NotFree
from horarium.modules.availability.models import Allocation
from horarium.platform.audit.actor import Actor
from horarium.workflows.checkout import Checkout, Contact, place_order
from horarium.workflows.items import SlotItem
from horarium.workflows.list_availability import WishInput, explain_start, list_days

from .random_business import Plan, build, plans

GUEST = Actor.guest("api")


class Undo(Exception):
    """Leave the transaction without a trace."""


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(plan=plans(), data=st.data())
def test_every_listed_start_books_and_every_other_is_refused_with_the_same_reason(
    plan: Plan, data: st.DataObject
) -> None:
    with transaction.atomic():
        savepoint = transaction.savepoint()
        _check(plan, data)
        transaction.savepoint_rollback(savepoint)


def _check(plan: Plan, data: st.DataObject) -> None:
    business, offering, resources = build(plan)
    tz = zone(plan.zone)
    now = instant_of(plan.day, 0, tz) - timedelta(hours=6)
    duration = data.draw(st.sampled_from(plan.durations))
    choosable = sorted({one for need in plan.needs if need.is_choosable for one in need.candidates})
    chosen = data.draw(st.none() | st.sampled_from(choosable)) if choosable else None
    wish = WishInput(duration=duration, resource=None if chosen is None else resources[chosen].public_id)
    for _ in range(data.draw(st.integers(0, 4))):
        _book_something(business.slug, offering.public_id, plan, now, data)
    listing = list_days(
        business.slug, offering.public_id, first_on=plan.day, last_on=plan.day, wish=wish, now=now
    )
    offered = {slot.start.astimezone(UTC): slot for slot in listing.days[0].slots}
    assert len(offered) == len(listing.days[0].slots)
    day = local_day(plan.day, tz)
    starts = [
        day.start + timedelta(minutes=5 * step) for step in range(int(day.duration.total_seconds() // 300))
    ]
    tried = data.draw(st.lists(st.sampled_from(starts), max_size=12, unique=True)) + list(offered)
    for start in tried:
        reason = explain_start(business.slug, offering.public_id, start, wish=wish, now=now).reason
        assert (reason is None) == (start in offered)
        assert _try(business.slug, offering.public_id, start, wish, now) == reason
    for start, slot in offered.items():
        for public_id in slot.resources:
            assert (
                _try(business.slug, offering.public_id, start, WishInput(duration, resource=public_id), now)
                is None
            )


def _try(slug: str, offering: str, start: datetime, wish: WishInput, now: datetime) -> object:
    """Book and undo it: the reason of the refusal, or None."""
    item = SlotItem(offering, start, wish.duration, wish.resource, wish.party, wish.extras)
    try:
        with transaction.atomic():
            place_order(slug, Checkout(Contact("Guest", "guest@example.org"), (item,)), GUEST, now)
            raise Undo
    except Undo:
        return None
    except NotFree as refusal:
        return refusal.reason


def _book_something(slug: str, offering: str, plan: Plan, now: datetime, data: st.DataObject) -> None:
    listing = list_days(slug, offering, first_on=plan.day, last_on=plan.day, wish=WishInput(), now=now)
    if listing.days[0].slots:
        slot = data.draw(st.sampled_from(listing.days[0].slots))
        item = SlotItem(offering, slot.start, plan.durations[0])
        place_order(slug, Checkout(Contact("Guest", "guest@example.org"), (item,)), GUEST, now)


@pytest.mark.django_db
def test_two_bookings_of_one_order_never_take_the_same_resource() -> None:
    """The second line sees what the first takes."""
    from tests.factories import make_business, make_location, make_offering, make_resource

    business = make_business()
    place = make_location(business, hours="10:00-12:00")
    people = [make_resource(place), make_resource(place)]
    offering = make_offering(place, needs=[people])
    start = datetime(2026, 12, 1, 10, tzinfo=UTC)
    now = datetime(2026, 11, 30, tzinfo=UTC)
    item = SlotItem(offering.public_id, start)
    with pytest.raises(NotFree) as refusal:
        place_order(business.slug, Checkout(Contact("Guest", "g@example.org"), (item,) * 3), GUEST, now)
    assert refusal.value.item == 2
    place_order(business.slug, Checkout(Contact("Guest", "g@example.org"), (item,) * 2), GUEST, now)
    from django_scopes import scopes_disabled

    with scopes_disabled():
        taken = Allocation.objects.filter(business=business).values_list("resource_id", flat=True)
    assert sorted(taken) == sorted(one.pk for one in people)
