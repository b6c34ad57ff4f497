"""The time of a request is taken until staff must have decided, and free from that very instant on, with no worker."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.errors import ApprovalExpired
from horarium.modules.booking.models import Order
from horarium.modules.catalog.models import Offering
from horarium.workflows.approve_booking import approve
from horarium.workflows.order_view import get_order_view
from horarium.workflows.tests.rows import bookings_of
from horarium.workflows.tests.stage import NOW, STAFF, TUESDAY, at, book, listed, make_place
from tests.factories import make_offering, make_resource

pytestmark = pytest.mark.django_db
SLOW = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def make_request(hours: int) -> tuple[Offering, Order]:
    place = make_place("10:00-11:00")
    offering = make_offering(
        place, needs=[[make_resource(place)]], needs_approval=True, approval_hours=hours, lead_minutes=0
    )
    return offering, book(offering, "10:00")


def is_offered(offering: Offering, now: datetime) -> bool:
    return bool(listed(offering, now=now, day=TUESDAY).days[0].slots)


def can_book(offering: Offering, now: datetime) -> bool:
    try:
        book(offering, "10:00", now=now)
    except NotFree:
        return False
    return True


@SLOW
@given(hours=st.integers(1, 24), seconds=st.integers(0, 24 * 3600 - 1))
def test_offered_and_bookable_exactly_from_the_end_of_the_wait(hours: int, seconds: int) -> None:
    offering, order = make_request(hours)
    now = NOW + timedelta(seconds=seconds)
    ends = min(NOW + timedelta(hours=hours), at("10:00"))
    is_over = now >= ends
    [asked] = bookings_of(order)
    seen = get_order_view(order.business_id, order.public_id, now)
    assert seen.bookings[0].state == ("expired" if is_over else "pending")
    assert is_offered(offering, now) is is_over
    assert can_book(offering, now) is is_over
    if is_over:
        with pytest.raises(ApprovalExpired):
            approve(order.business_id, asked.public_id, STAFF, now)
    else:
        assert approve(order.business_id, asked.public_id, STAFF, now).status == "confirmed"
