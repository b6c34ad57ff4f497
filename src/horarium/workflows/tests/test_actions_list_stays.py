"""The month grid, the answer to dates, and what both cost in queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.actions_taking import Taking, take
from horarium.modules.availability.models import OwnerKind
from horarium.modules.availability.rules.reasons import DayStatus, Reason
from horarium.modules.resources.models import OpeningException
from horarium.platform.tenancy.actions import bump_catalog_revision
from horarium.workflows.items import Guests
from horarium.workflows.list_stays import list_nights
from horarium.workflows.stay_inquiry import StayWish
from tests.factories import make_need, make_price, make_resource

from .hotel import Hotel, dec, make_hotel
from .stage import NOW

pytestmark = pytest.mark.django_db


def minors(hotel: Hotel, first: int, last: int, **wish: Any) -> list[int | None]:
    return [None if one.price is None else one.price.minor for one in hotel.nights(first, last, **wish)]


def test_each_night_has_a_status_a_price_and_how_long_one_may_stay() -> None:
    hotel = make_hotel(rooms=2)
    hotel.put(0, 5, 7)
    hotel.put(1, 6, 8)
    found = hotel.nights(4, 8)
    assert [(one.status, one.reason, one.free, one.rooms, one.longest) for one in found] == [
        (DayStatus.AVAILABLE, None, 2, 2, 2),
        (DayStatus.LIMITED, None, 1, 2, 1),
        (DayStatus.SOLD_OUT, Reason.TAKEN, 0, 2, 0),
        (DayStatus.LIMITED, None, 1, 2, 32),
        (DayStatus.AVAILABLE, None, 2, 2, 31),
    ]
    assert {one.price for one in found} == {Money(10_000, "EUR")}


def test_a_night_before_the_lead_time_or_behind_the_horizon_is_closed() -> None:
    """Check-in of the 30th is at 15:00, seven hours from now; the horizon counts whole days."""
    hotel = make_hotel(lead_minutes=7 * 60, horizon_days=3)
    nights = list_nights(
        hotel.slug,
        hotel.offering.public_id,
        first_on=date(2026, 11, 30),
        last_on=dec(4),
        wish=StayWish(),
        now=NOW,
        nights=3,
    ).days
    assert [one.reason for one in nights] == [Reason.LEAD_TIME, None, None, None, Reason.HORIZON]
    assert [None if one.stay is None else one.stay.reason for one in nights] == [one.reason for one in nights]
    hotel = make_hotel(lead_minutes=6 * 60)
    assert hotel.explain(1, 2, now=datetime(2026, 12, 1, 9, tzinfo=UTC)).reason is None
    assert hotel.explain(1, 2, now=datetime(2026, 12, 1, 9, 0, 1, tzinfo=UTC)).reason is Reason.LEAD_TIME


def test_the_cheapest_plan_is_shown_and_the_asked_one_when_it_is_asked_for() -> None:
    hotel = make_hotel(price=None)
    flexible, saver = hotel.plan("Flexible", 12_000), hotel.plan("Saver", 9000, position=1)
    hotel.restrict(6, 6, rate_plan=saver, is_closed=True)
    assert minors(hotel, 5, 7) == [9000, 12_000, 9000]
    assert [one.rate_plan for one in hotel.nights(5, 6)] == [saver.public_id, flexible.public_id]
    asked = hotel.nights(5, 7, rate_plan=saver.public_id)
    assert [one.status for one in asked] == [DayStatus.AVAILABLE, DayStatus.CLOSED, DayStatus.AVAILABLE]
    assert [one.reason for one in asked] == [None, Reason.CLOSED, None]


def test_a_night_that_no_rule_of_the_plan_prices_is_not_sold() -> None:
    hotel = make_hotel(price=None)
    saver = hotel.plan("Saver")
    make_price(hotel.offering, 9000, basis="per_night", rate_plan=saver, valid_until=dec(6))
    assert minors(hotel, 6, 7) == [9000, None]
    assert hotel.explain(6, 8).reason is Reason.CLOSED
    assert hotel.explain(6, 7).reason is None


def test_the_price_of_a_night_is_that_of_the_shortest_stay_or_the_asked_one() -> None:
    hotel = make_hotel(price=None)
    make_price(hotel.offering, 10_000, basis="per_night", min_nights=2)
    make_price(hotel.offering, 8000, basis="per_night", min_nights=7)
    hotel.restrict(10, 12, min_nights_on_arrival=7)
    assert minors(hotel, 9, 10) == [10_000, 8000]
    assert minors(hotel, 9, 9, nights=7) == [8000]
    assert minors(hotel, 9, 9, nights=1) == [None]


def test_restrictions_are_shown_on_the_dates_they_bind() -> None:
    hotel = make_hotel()
    hotel.restrict(10, 11, min_nights_on_arrival=3)
    hotel.restrict(12, 12, closed_to_arrival=True)
    hotel.restrict(13, 13, closed_to_departure=True)
    hotel.restrict(14, 14, is_closed=True)
    found = hotel.nights(9, 14, nights=2)
    assert [(one.min_stay, one.closed_to_arrival, one.closed_to_departure) for one in found] == [
        (1, False, False),
        (3, False, False),
        (3, False, False),
        (1, True, False),
        (1, False, True),
        (1, False, False),
    ]
    assert [one.stay.reason for one in found if one.stay is not None] == [
        None,
        Reason.MIN_STAY,
        Reason.CLOSED_TO_DEPARTURE,
        Reason.CLOSED_TO_ARRIVAL,
        Reason.CLOSED,
        Reason.CLOSED,
    ]
    assert hotel.explain(9, 13).reason is Reason.CLOSED_TO_DEPARTURE
    assert [one.longest for one in found] == [5, 4, 3, 2, 1, 0]


def test_the_total_of_a_length_is_exact_for_its_guests_and_extras() -> None:
    hotel = make_hotel()
    make_price(hotel.offering, 2500, basis="per_person_night", from_age=3, until_age=11)
    make_price(hotel.offering, 4000, basis="per_person_night", priority=-1)
    make_price(hotel.offering, 15_000, basis="per_night", weekdays=[4, 5], priority=5)
    breakfast = hotel.add_extra("Breakfast", 900, "per_person_night", max_quantity=2)
    [night] = hotel.nights(
        4, 4, nights=3, guests=Guests(2, (2, 5)), extras=(breakfast.public_id, breakfast.public_id)
    )
    assert night.stay is not None
    nights = 2 * 15_000 + 10_000 + 3 * (2500 + 4000)
    assert night.stay.total == Money(nights + 3 * 4 * 2 * 900, "EUR")
    assert hotel.book(4, 7, guests=Guests(2, (2, 5)), extras=()).total_minor == nights


def test_a_closed_date_of_the_house_closes_its_night_only() -> None:
    hotel = make_hotel()
    business, place = hotel.offering.business, hotel.offering.location
    OpeningException.objects.create(business=business, location=place, first_on=dec(10), last_on=dec(10))
    bump_catalog_revision(business.pk)
    found = hotel.nights(9, 11, nights=1)
    assert [one.reason for one in found] == [None, Reason.CLOSED, None]
    assert [one.longest for one in found] == [1, 0, 31]


def test_a_block_is_named() -> None:
    hotel = make_hotel(rooms=1)
    starts = int(datetime(2026, 12, 10, 15, tzinfo=UTC).timestamp())
    repair = Taking(hotel.rooms[0].pk, starts, starts + 20 * 3600, 1)
    take(hotel.offering.business_id, [repair], owner_kind=OwnerKind.BLOCK, now=NOW)
    assert hotel.nights(10, 10)[0].reason is Reason.BLOCKED
    assert hotel.refusal(10, 11).reason is Reason.BLOCKED


def test_the_answer_to_dates_has_every_plan_and_the_rooms_that_may_be_chosen() -> None:
    hotel = make_hotel(rooms=3, price=None, prepayment="full")
    hotel.plan("Flexible", 12_000)
    hotel.plan("Saver", 9000, position=1, prepayment="deposit_percent", deposit_value=30)
    hotel.restrict(1, 31, rate_plan=hotel.plan("Long", 7000, position=2), min_nights=7)
    hotel.put(1, 4, 6)
    found = hotel.explain(5, 7)
    assert found.reason is None
    assert [
        (one.plan and one.plan.name, one.quote.total.minor, one.due_now.minor) for one in found.plans
    ] == [
        ("Flexible", 24_000, 24_000),
        ("Saver", 18_000, 5400),
    ]
    assert found.rooms == ()
    hotel.let_guests_choose()
    assert hotel.explain(5, 7).rooms == (hotel.rooms[0].public_id, hotel.rooms[2].public_id)


def test_alternatives_are_the_nearest_stays_of_the_same_length() -> None:
    hotel = make_hotel(rooms=1)
    hotel.put(0, 5, 8)
    hotel.restrict(9, 9, closed_to_arrival=True)
    found = hotel.explain(6, 8)
    assert found.reason is Reason.TAKEN
    assert [(one.check_in, one.check_out) for one in found.alternatives] == [
        (dec(2), dec(4)),
        (dec(3), dec(5)),
        (dec(8), dec(10)),
    ]
    refused = hotel.refusal(6, 8)
    assert refused.reason is Reason.TAKEN
    assert refused.params["alternatives"] == found.alternatives


def test_what_staff_are_offered_instead_is_still_to_come() -> None:
    hotel = make_hotel(rooms=1)
    hotel.put(0, 10, 12)
    noon = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
    alternatives: Any = hotel.refusal(10, 11, now=noon, staff=True).params["alternatives"]
    assert [one.check_in for one in alternatives] == [dec(12), dec(13), dec(14)]


def test_alternatives_go_on_where_the_weeks_around_are_full() -> None:
    hotel = make_hotel(rooms=1, horizon_days=120)
    hotel.put(0, 1, 31)
    found = hotel.explain(10, 12)
    assert [one.check_in for one in found.alternatives] == [
        date(2026, 12, 31) + timedelta(n) for n in range(3)
    ]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"guests": Guests(0)}, "guests"),
        ({"guests": Guests(5)}, "guests"),
        ({"guests": Guests(1, (18,))}, "guests"),
        ({"rate_plan": "plan_x"}, "rate_plan"),
        ({"resource": "res_x"}, "resource"),
        ({"extras": ("ext_x",)}, "extras"),
    ],
)
def test_what_the_catalogue_does_not_know_is_refused_by_its_field(wish: dict[str, Any], field: str) -> None:
    hotel = make_hotel()
    with pytest.raises(InvalidInput) as refused:
        hotel.nights(5, 6, **wish)
    assert refused.value.field == field


@pytest.mark.parametrize(("first", "last", "field"), [(6, 6, "check_out"), (6, 5, "check_out")])
def test_dates_that_make_no_stay_are_refused(first: int, last: int, field: str) -> None:
    hotel = make_hotel()
    with pytest.raises(InvalidInput) as refused:
        hotel.explain(first, last)
    assert refused.value.field == field
    with pytest.raises(InvalidInput) as refused:
        hotel.book(first, last)
    assert refused.value.field == f"items.0.{field}"


def test_at_most_four_hundred_dates_are_listed() -> None:
    hotel = make_hotel()
    key = hotel.offering.public_id
    last_on = dec(1) + timedelta(days=399)
    listing = list_nights(hotel.slug, key, first_on=dec(1), last_on=last_on, wish=StayWish(), now=NOW)
    assert len(listing.days) == 400
    last_on += timedelta(days=1)
    with pytest.raises(InvalidInput) as refused:
        list_nights(hotel.slug, key, first_on=dec(1), last_on=last_on, wish=StayWish(), now=NOW)
    assert refused.value.field == "to"


def test_a_year_costs_as_many_queries_as_a_night_and_a_second_look_one() -> None:
    hotel = make_hotel(rooms=8)
    key = hotel.offering.public_id
    for room in range(8):
        for day in range(1, 28, 4):
            starts = int(datetime(2026, 12, day, 15, tzinfo=UTC).timestamp())
            taking = Taking(hotel.rooms[room].pk, starts, starts + 2 * 86_400, room * 100 + day)
            take(hotel.offering.business_id, [taking], owner_kind=OwnerKind.BOOKING, now=NOW)
    counts = []
    for days in (0, 364, 364):
        with CaptureQueriesContext(connection) as queries:
            last_on = dec(1) + timedelta(days=days)
            list_nights(hotel.slug, key, first_on=dec(1), last_on=last_on, wish=StayWish(), now=NOW)
        counts.append(len(queries))
    assert counts == [4, 2, 1]


def test_an_answer_is_kept_until_a_room_or_the_clock_changes_it() -> None:
    hotel = make_hotel(rooms=1)
    assert hotel.nights(1, 1, nights=1)[0].status is DayStatus.AVAILABLE
    hotel.put(0, 1, 2)
    assert hotel.nights(1, 1, nights=1)[0].status is DayStatus.SOLD_OUT
    hotel = make_hotel(rooms=1, lead_minutes=0)
    before, after = (datetime(2026, 12, 1, 15, 0, second, tzinfo=UTC) for second in (0, 1))
    assert hotel.nights(1, 2, now=NOW)[0].reason is None
    assert hotel.nights(1, 2, now=before)[0].reason is None
    assert hotel.nights(1, 2, now=after)[0].reason is Reason.LEAD_TIME


def test_parking_for_every_night_is_part_of_the_answer() -> None:
    hotel = make_hotel(rooms=2)
    make_need(hotel.offering, [make_resource(hotel.offering.location, kind="equipment")], position=1)
    hotel.book(5, 7)
    found = hotel.nights(4, 7, nights=2)
    assert [one.free for one in found] == [1, 0, 0, 1]
    assert [one.stay.reason for one in found if one.stay] == [Reason.TAKEN, Reason.TAKEN, Reason.TAKEN, None]
    assert hotel.refusal(6, 8).reason is Reason.TAKEN
