"""Recurring series: every occurrence is checked and booked at once, and changed together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.booking.models import Booking, Series
from horarium.modules.catalog.models import Offering
from horarium.modules.catalog.queries import get_current_catalog
from horarium.workflows.checkout import Contact
from horarium.workflows.items import SlotItem
from horarium.workflows.place_series import SeriesClash, place_series, plan_series
from horarium.workflows.recurrence import MOST, SeriesRule, dates_of
from horarium.workflows.recurrence_items import SeriesWish
from tests.factories import make_offering, make_resource

from .rows import audited, bookings_of, counts
from .stage import NOW, STAFF, TUESDAY, at, book, make_place

pytestmark = pytest.mark.django_db
ANNA = Contact("Anna", "anna@example.org")
WEEK = timedelta(weeks=1)


def make_weekly(hours: str = "10:00-12:00", zone: str = "Europe/Lisbon", people: int = 1) -> Offering:
    place = make_place(hours, zone=zone)
    staff = [make_resource(place) for _ in range(people)]
    return make_offering(place, needs=[staff], price=3000, grid_minutes=60)


def weekly(offering: Offering, count: int = 4, clock: str = "10:00", **fields: object) -> SeriesWish:
    return SeriesWish(SlotItem(offering.public_id, at(clock)), SeriesRule(count=count), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SeriesRule(count=3), ["12-01", "12-08", "12-15"]),
        (SeriesRule(every=2, count=3), ["12-01", "12-15", "12-29"]),
        (SeriesRule(weekdays=(0, 3), count=4), ["12-03", "12-07", "12-10", "12-14"]),
        (SeriesRule(every=2, weekdays=(1, 4), count=4), ["12-01", "12-04", "12-15", "12-18"]),
        (SeriesRule(until=date(2026, 12, 15)), ["12-01", "12-08", "12-15"]),
        (SeriesRule(until=date(2026, 12, 14)), ["12-01", "12-08"]),
        (SeriesRule(unit="day", every=3, count=3), ["12-01", "12-04", "12-07"]),
        (SeriesRule(unit="day", until=date(2026, 12, 3)), ["12-01", "12-02", "12-03"]),
        (SeriesRule(unit="month", count=4), ["12-01", "01-05", "02-02", "03-02"]),
        (SeriesRule(unit="month", every=2, until=date(2027, 4, 5)), ["12-01", "02-02"]),
    ],
)
def test_the_dates_of_a_rule(rule: SeriesRule, expected: list[str]) -> None:
    """T-09: no wrong weekday."""
    assert [f"{one:%m-%d}" for one in dates_of(TUESDAY, rule)] == expected


def test_the_fifth_weekday_of_a_month_is_meant_as_its_last_one() -> None:
    """The fifth Tuesday of December 2026 is the 29th; January to April 2027 have four of them, but March has five."""
    found = dates_of(date(2026, 12, 29), SeriesRule(unit="month", count=5))
    assert [f"{one:%m-%d %a}" for one in found] == [
        "12-29 Tue",
        "01-26 Tue",
        "02-23 Tue",
        "03-30 Tue",
        "04-27 Tue",
    ]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (SeriesRule(count=MOST + 1), "rule.count"),
        (SeriesRule(), "rule.count"),
        (SeriesRule(count=2, until=TUESDAY), "rule.count"),
        (SeriesRule(every=0, count=2), "rule.every"),
        (SeriesRule(weekdays=(7,), count=2), "rule.weekdays"),
        (SeriesRule(unit="day", weekdays=(1,), count=2), "rule.weekdays"),
        (SeriesRule(unit="month", count=MOST), "rule.count"),
        (SeriesRule(unit="day", until=TUESDAY + timedelta(days=MOST)), "rule.until"),
        (SeriesRule(until=TUESDAY - timedelta(days=1)), "rule.until"),
        (SeriesRule(weekdays=(0, 1, 2), until=TUESDAY + timedelta(days=300)), "rule.until"),
    ],
)
def test_a_rule_without_an_end_or_with_too_much_is_refused(rule: SeriesRule, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        dates_of(TUESDAY, rule)
    assert refused.value.field == field


def test_all_occurrences_are_booked_in_one_order_as_a_series() -> None:
    """T-09."""
    offering = make_weekly()
    view = place_series(offering.business_id, weekly(offering), ANNA, STAFF, NOW)
    assert [one.start for one in view.bookings] == [at("10:00") + WEEK * n for n in range(4)]
    assert (view.status, view.total) == ("confirmed", Money(12000, "EUR"))
    with scope(business=offering.business_id):
        series = Series.objects.get()
        assert series.rule == {"every": 1, "weekdays": [], "count": 4}
        assert Booking.objects.filter(series=series).count() == 4
    assert "series.placed" in audited(offering.business_id)


def test_the_clock_on_the_wall_stays_when_the_offset_changes() -> None:
    offering = make_weekly(zone="Europe/Berlin")
    item = SlotItem(offering.public_id, datetime(2027, 3, 17, 9, 0, tzinfo=UTC))
    view = place_series(offering.business_id, SeriesWish(item, SeriesRule(count=3)), ANNA, STAFF, NOW)
    assert [f"{one.start:%m-%d %H:%M %z}" for one in view.bookings] == [
        "03-17 10:00 +0100",
        "03-24 10:00 +0100",
        "03-31 10:00 +0200",
    ]


def test_what_clashes_is_told_with_its_reason_and_alternatives_and_nothing_is_taken() -> None:
    offering = make_weekly()
    book(offering, "10:00")
    before = counts()
    with pytest.raises(SeriesClash) as refused:
        place_series(offering.business_id, weekly(offering, 3), ANNA, STAFF, NOW)
    assert counts() == before
    first, *rest = refused.value.occurrences
    assert (first.number, first.reason) == (0, "taken")
    assert [one.start for one in first.alternatives][-1] == at("11:00")
    assert [one.reason for one in rest] == [None, None]
    assert [one.price for one in rest] == [Money(3000, "EUR")] * 2


def test_an_occurrence_is_replaced_or_left_out() -> None:
    offering = make_weekly()
    book(offering, "10:00")
    moved = place_series(offering.business_id, weekly(offering, 2, starts={0: at("11:00")}), ANNA, STAFF, NOW)
    assert [one.start for one in moved.bookings] == [at("11:00"), at("10:00") + WEEK]
    skipped = place_series(
        offering.business_id, weekly(offering, 3, skip=frozenset({0, 1})), ANNA, STAFF, NOW
    )
    assert [one.start for one in skipped.bookings] == [at("10:00") + 2 * WEEK]


def test_occurrences_see_each_other() -> None:
    """A replaced occurrence may not stand where another one of the series does."""
    offering = make_weekly()
    wish = weekly(offering, 2, starts={0: at("10:00") + WEEK})
    plan = plan_series(offering.business_id, wish, NOW)
    assert [one.reason for one in plan.occurrences] == [None, "taken"]


def test_no_alternative_lies_where_another_occurrence_does() -> None:
    offering = make_weekly("10:00-12:00")
    book(offering, "10:00")
    wish = weekly(offering, 3, "10:00", starts={1: at("11:00")})
    first, second, _ = plan_series(offering.business_id, wish, NOW).occurrences
    assert (first.reason, second.reason) == ("taken", None)
    assert at("11:00") not in [one.start for one in first.alternatives]


def test_one_occurrence_is_served_by_somebody_else() -> None:
    offering = make_weekly(people=2)
    first = plan_series(offering.business_id, weekly(offering, 1), NOW).planned[0]
    resources = get_current_catalog(offering.business_id).resources
    anna = next(one.public_id for key, one in resources.items() if key == first.claims[0].resource_id)
    book(offering, "10:00", staff=True, resource=anna)
    item = SlotItem(offering.public_id, at("10:00"), resource=anna)
    wish = SeriesWish(item, SeriesRule(count=2), resources={0: None})
    view = place_series(offering.business_id, wish, ANNA, STAFF, NOW)
    assert [one.resources[0].public_id == anna for one in view.bookings] == [False, True]


def test_the_same_time_with_somebody_else_is_the_nearest_of_all() -> None:
    offering = make_weekly(people=2)
    first = plan_series(offering.business_id, weekly(offering, 1), NOW).planned[0]
    resources = get_current_catalog(offering.business_id).resources
    anna = resources[first.claims[0].resource_id].public_id
    book(offering, "10:00", staff=True, resource=anna)
    item = SlotItem(offering.public_id, at("10:00"), resource=anna)
    clash, free = plan_series(offering.business_id, SeriesWish(item, SeriesRule(count=2)), NOW).occurrences
    assert (clash.reason, free.reason) == ("resource_unavailable", None)
    assert [one.start == at("10:00") for one in clash.alternatives] == [True, False, False, False]


def test_a_preview_says_what_all_of_it_costs_and_takes_nothing() -> None:
    offering = make_weekly()
    before = counts()
    plan = plan_series(offering.business_id, weekly(offering, 5), NOW)
    assert (plan.count, plan.total, plan.clashes) == (5, Money(15000, "EUR"), ())
    assert counts() == before


def test_nothing_left_is_no_series() -> None:
    offering = make_weekly()
    with pytest.raises(InvalidInput):
        place_series(offering.business_id, weekly(offering, 2, skip=frozenset({0, 1})), ANNA, STAFF, NOW)
    assert bookings_of(book(offering, "10:00"))
