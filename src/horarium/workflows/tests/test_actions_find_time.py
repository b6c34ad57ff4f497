"""A time that suits several people and places at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.modules.resources.models import Resource
from horarium.platform.tenancy.models import Location
from horarium.workflows.find_time import FoundTimes, TimeNeed, TimeWish, find_time
from tests.factories import make_location, make_offering, make_pool, make_resource, open_week

from .stage import NOW, TUESDAY, book, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Location:
    return make_place("10:00-13:00")


def find(place: Location, *needs: TimeNeed, duration: int = 60, **fields: int) -> FoundTimes:
    with scope(business=place.business_id):
        wish = TimeWish(duration, needs, TUESDAY, TUESDAY, **fields)
        return find_time(place.business_id, wish, NOW)


def clocks(found: FoundTimes) -> list[str]:
    return [f"{one.start:%H:%M}" for one in found.starts]


def of(*resources: Resource, quantity: int = 1) -> TimeNeed:
    return TimeNeed(tuple(one.public_id for one in resources), quantity)


def test_the_first_hour_with_any_two_masters_is_the_first_that_two_have_in_common(place: Location) -> None:
    anna, boris, vera = (make_resource(place) for _ in range(3))
    open_week(anna, "10:00-11:30")
    open_week(boris, "10:30-13:00")
    open_week(vera, "12:00-13:00")
    found = find(place, of(anna, boris, vera, quantity=2))
    assert clocks(found) == ["10:30", "12:00"]
    assert [one.resources for one in found.starts] == [((anna.pk, boris.pk),), ((boris.pk, vera.pk),)]


def test_somebody_is_never_counted_twice(place: Location) -> None:
    anna, boris = make_resource(place), make_resource(place)
    open_week(boris, "12:00-13:00")
    assert clocks(find(place, of(anna, boris), of(anna))) == ["12:00"]


def test_bookings_and_pools_and_the_window_of_the_day_count(place: Location) -> None:
    anna, room = make_resource(place), make_resource(place, kind="room")
    cut = make_offering(place, needs=[[anna]], price=100, lead_minutes=0)
    book(cut, "11:00")
    with scope(business=place.business_id):
        pool = make_pool([room])
    both = (of(anna), TimeNeed((pool.public_id,)))
    assert clocks(find(place, *both)) == ["10:00", "12:00"]
    assert clocks(find(place, *both, from_minute=630)) == ["12:00"]
    assert clocks(find(place, *both, until_minute=720)) == ["10:00"]


def test_an_offering_stands_for_all_that_it_needs_with_its_buffers(place: Location) -> None:
    anna, room = make_resource(place), make_resource(place, kind="room")
    massage = make_offering(place, needs=[[anna], [room]], buffer_after=30)
    cut = make_offering(place, needs=[[room]], price=100)
    book(cut, "12:00")
    found = find(place, TimeNeed((massage.public_id,)))
    assert clocks(found) == ["10:00", "10:15", "10:30"]
    assert found.starts[0].resources == ((anna.pk, room.pk),)


def test_what_cannot_be_asked_is_refused_with_its_place(place: Location) -> None:
    anna = make_resource(place)
    far = make_resource(make_location(place.business, hours="10:00-13:00", time_zone="America/Santiago"))
    for needs, field, reason in (
        ((TimeNeed(("res_none",)),), "needs.0", "unknown"),
        ((of(anna), of(far)), "needs", "one_place"),
        ((of(anna, quantity=0),), "needs.0", "out_of_range"),
        ((), "needs", "out_of_range"),
    ):
        with pytest.raises(InvalidInput) as refused:
            find(place, *needs)
        assert (refused.value.field, refused.value.params["reason"]) == (field, reason)
    with pytest.raises(InvalidInput), scope(business=place.business_id):
        find_time(place.business_id, TimeWish(60, (of(anna),), TUESDAY, TUESDAY + timedelta(days=31)), NOW)
