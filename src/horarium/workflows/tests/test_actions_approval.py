"""A request waits for staff, takes the time meanwhile, and is over by itself when nobody answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.booking.errors import ApprovalExpired, IllegalTransition
from horarium.modules.booking.models import Booking, Cancellation, Order
from horarium.modules.booking.queries import BookingFilters, count_bookings, list_bookings
from horarium.modules.catalog.models import Offering
from horarium.workflows.approve_booking import approve, decline, expire_requests
from horarium.workflows.order_view import get_order_view
from horarium.workflows.take_cash import take_cash
from tests.factories import make_offering, make_resource

from .rows import bookings_of, taken_by, told
from .stage import NOW, STAFF, at, book, make_place, offered

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(hours=2)
IN_TIME = LATE - timedelta(microseconds=1)


def make_request(**fields: Any) -> tuple[Offering, Order]:
    """An hour on Tuesday at ten that staff must approve within two hours."""
    place = make_place("10:00-11:00")
    values = {"price": 3000, "needs_approval": True, "approval_hours": 2, **fields}
    offering = make_offering(place, needs=[[make_resource(place)]], **values)
    return offering, book(offering, "10:00")


def only(order: Order) -> Booking:
    [booking] = bookings_of(order)
    return booking


def test_a_request_takes_the_time_until_staff_must_have_decided() -> None:
    offering, order = make_request()
    assert only(order).approve_by == LATE
    assert offered(offering, now=IN_TIME) == []


def test_the_time_of_a_request_nobody_answered_is_offered_and_booked_at_once_without_any_worker() -> None:
    offering, order = make_request()
    assert offered(offering, now=IN_TIME) == []
    assert offered(offering, now=LATE) == ["10:00"]
    assert get_order_view(order.business_id, order.public_id, LATE).status == "expired"
    other = book(offering, "10:00", now=LATE)
    assert only(other).state == "pending"
    assert taken_by(only(order)) == []
    assert [state for _, state, _ in taken_by(only(other))] == ["held"]


def test_staff_approve_in_time_and_the_time_is_taken_for_good() -> None:
    offering, order = make_request()
    view = approve(order.business_id, only(order).public_id, STAFF, IN_TIME)
    assert view.status == "confirmed"
    assert [state for _, state, _ in taken_by(only(order))] == ["taken"]
    assert offered(offering, now=LATE) == []
    with pytest.raises(IllegalTransition):
        approve(order.business_id, only(order).public_id, STAFF, IN_TIME)
    assert told(order.business_id).count("BookingConfirmed") == 1


def test_approval_that_comes_too_late_is_refused_even_when_the_time_is_still_free() -> None:
    offering, order = make_request()
    with pytest.raises(ApprovalExpired):
        approve(order.business_id, only(order).public_id, STAFF, LATE)
    assert offered(offering, now=LATE) == ["10:00"]


def test_a_request_nobody_answered_is_cancelled_once_and_all_money_goes_back() -> None:
    _, order = make_request(prepayment="full")
    take_cash(order.business_id, order.public_id, Money(3000, "EUR"), actor=STAFF, now=NOW)
    assert only(order).state == "pending"
    assert expire_requests(IN_TIME) == 0
    assert expire_requests(LATE) == 1
    assert expire_requests(LATE) == 0
    assert only(order).state == "cancelled"
    with scope(business=order.business_id):
        found = Cancellation.objects.get()
    assert (found.by, found.refunded_minor) == ("system", 3000)
    view = get_order_view(order.business_id, order.public_id, LATE)
    assert view.held == Money(0, "EUR")
    assert told(order.business_id).count("BookingCancelled") == 1


def test_declining_needs_a_reason_frees_the_time_and_gives_all_back() -> None:
    offering, order = make_request(prepayment="full", cancel_free_hours=1000)
    take_cash(order.business_id, order.public_id, Money(3000, "EUR"), actor=STAFF, now=NOW)
    booking = only(order)
    with pytest.raises(InvalidInput) as refused:
        decline(order.business_id, booking.public_id, " ", STAFF, NOW)
    assert refused.value.field == "reason"
    assert decline(order.business_id, booking.public_id, "Private event", STAFF, NOW).status == "cancelled"
    with scope(business=order.business_id):
        found = Cancellation.objects.get()
    assert (found.by, found.reason, found.refunded_minor) == ("staff", "Private event", 3000)
    assert offered(offering) == ["10:00"]
    with pytest.raises(IllegalTransition):
        decline(order.business_id, booking.public_id, "Again", STAFF, NOW)


def test_a_request_never_waits_beyond_its_start() -> None:
    _, order = make_request(approval_hours=None)
    assert only(order).approve_by == at("10:00")


def test_lists_know_that_a_request_is_over() -> None:
    _, order = make_request()
    with scope(business=order.business_id):
        Booking.objects.update(approve_by=at("10:00") - timedelta(days=3000))
    rows = list_bookings(order.business_id, BookingFilters(states=("expired",))).rows
    assert [one.state for one in rows] == ["expired"]
    assert count_bookings(order.business_id, BookingFilters(states=("pending",))) == 0
