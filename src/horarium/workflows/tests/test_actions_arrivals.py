"""A date is full for arrivals only when no change of rooms could make place for the shortest stay."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.modules.booking.models import Booking

from .hotel import Hotel, make_hotel

pytestmark = pytest.mark.django_db


def arrivals(hotel: Hotel, first: int, last: int) -> list[Reason | None]:
    return [one.no_arrival for one in hotel.nights(first, last)]


def test_nights_before_a_taken_one_take_no_arrivals_for_more_nights_than_are_free() -> None:
    hotel = make_hotel(rooms=1)
    hotel.put(0, 7, 9)
    assert arrivals(hotel, 4, 9) == [None, None, None, Reason.TAKEN, Reason.TAKEN, None]
    hotel.restrict(1, 31, min_nights_on_arrival=3)
    assert arrivals(hotel, 4, 9) == [None, *[Reason.TAKEN] * 4, None]
    found = hotel.nights(5, 6)
    assert [(one.status, one.free) for one in found] == [(DayStatus.AVAILABLE, 1)] * 2


def test_a_stay_that_only_others_can_make_place_for_is_no_full_arrival() -> None:
    """Room 0 is taken first and room 1 then; four nights are the fewest."""
    hotel = make_hotel(rooms=2)
    first, second = hotel.put(0, 5, 7), hotel.put(1, 7, 9)
    hotel.restrict(1, 31, min_nights_on_arrival=4)
    assert arrivals(hotel, 5, 5) == [None]
    assert hotel.explain(5, 9).reason is None
    third = hotel.put(0, 8, 9)
    assert arrivals(hotel, 4, 9) == [None, *[Reason.TAKEN] * 4, None]
    with scopes_disabled():
        Booking.objects.filter(pk__in=[first.pk, second.pk, third.pk]).update(is_pinned=True)
    assert hotel.explain(4, 8).reason is Reason.TAKEN, "who is pinned is told at the departure"


def test_a_night_that_others_make_place_for_is_sold_and_shown() -> None:
    """Who comes at ten finds Ann in one room until noon; Bob, who comes to the other at three, can have hers."""
    hotel = make_hotel(rooms=2)
    early = hotel.add_extra("Early arrival", 2_000, extends_before=300)
    hotel.put(0, 5, 7)
    hotel.put(1, 7, 9)
    with CaptureQueriesContext(connection) as queries:
        [night] = hotel.nights(7, 7, extras=(early.public_id,))
    assert len(queries) <= 6
    assert (night.status, night.reason, night.no_arrival, night.free) == (DayStatus.LIMITED, None, None, 0)
    with scopes_disabled():
        Booking.objects.filter(business=hotel.offering.business).update(is_pinned=True)
    hotel.restrict(20, 20, closed_to_arrival=True)
    [night] = hotel.nights(7, 7, extras=(early.public_id,))
    assert (night.status, night.no_arrival) == (DayStatus.SOLD_OUT, Reason.TAKEN)


def test_other_reasons_come_before_the_rooms() -> None:
    hotel = make_hotel(rooms=1)
    hotel.put(0, 12, 14)
    hotel.restrict(10, 10, closed_to_arrival=True)
    hotel.restrict(11, 11, is_closed=True)
    hotel.restrict(5, 11, min_nights_on_arrival=2)
    assert arrivals(hotel, 9, 11) == [None, Reason.CLOSED_TO_ARRIVAL, Reason.CLOSED]
