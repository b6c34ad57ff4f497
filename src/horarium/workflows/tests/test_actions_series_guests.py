"""Guests repeat an item of their order: within the limit of the offering, all dates or none, in one hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope

from horarium.kit.errors import InvalidInput
from horarium.kit.money import Money
from horarium.modules.availability.errors import NotFree
from horarium.modules.booking.models import Booking, Series
from horarium.modules.catalog.models import Offering
from horarium.workflows.checkout import Checkout
from horarium.workflows.items import ProductItem, SlotItem
from horarium.workflows.order_view import OrderView
from horarium.workflows.place_series import Line, SeriesClash, SeriesPlan
from horarium.workflows.place_series_guests import order_and_show, quote_lines
from horarium.workflows.recurrence import SeriesRule, guests_rule
from horarium.workflows.recurrence_items import SeriesWish
from tests.factories import make_offering, make_product, make_resource

from .rows import counts
from .stage import ANNA_WRITES, GUEST, NOW, at, book, make_place

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def make_repeated(**fields: Any) -> Offering:
    """An hour with one master, 10:00 to 12:00 in Lisbon, for 30 EUR; up to four dates at once."""
    place = make_place("10:00-12:00")
    values = {"price": 3000, "grid_minutes": 60, "repeats_up_to": 4, "prepayment": "full", **fields}
    return make_offering(place, needs=[[make_resource(place)]], **values)


def repeated(offering: Offering, times: int = 3, every: str = "week", **fields: Any) -> SeriesWish:
    return SeriesWish(SlotItem(offering.public_id, at("10:00")), guests_rule(every, times), **fields)


def place(offering: Offering, *lines: Line) -> OrderView:
    return order_and_show(offering.business.slug, lines, Checkout(ANNA_WRITES, ()), GUEST, NOW)


def test_all_dates_are_held_in_one_order_with_one_sum_to_pay() -> None:
    offering = make_repeated(hold_minutes=20)
    view = place(offering, repeated(offering))
    assert [one.start - at("10:00") for one in view.bookings] == [0 * WEEK, WEEK, 2 * WEEK]
    assert {one.state for one in view.bookings} == {"held"}
    assert (view.due_now, view.expires_at) == (Money(9000, "EUR"), NOW + timedelta(minutes=20))
    with scope(business=offering.business_id):
        assert Series.objects.get().rule == {"every": 1, "weekdays": [], "count": 3}


def test_a_month_is_the_same_weekday_of_each() -> None:
    offering = make_repeated(horizon_days=120)
    view = place(offering, repeated(offering, 3, "month"))
    assert [f"{one.start:%m-%d}" for one in view.bookings] == ["12-01", "01-05", "02-02"]


@pytest.mark.parametrize(("limit", "times"), [(1, 2), (4, 5)])
def test_more_than_the_business_lets_is_refused_at_its_field(limit: int, times: int) -> None:
    offering = make_repeated(repeats_up_to=limit)
    before = counts()
    with pytest.raises(InvalidInput) as refused:
        place(offering, repeated(offering, times))
    assert (refused.value.field, refused.value.params["max"]) == ("items.0.repeat.times", limit)
    assert counts() == before


def test_a_rule_without_a_number_is_not_for_guests() -> None:
    offering = make_repeated()
    item = SlotItem(offering.public_id, at("10:00"))
    with pytest.raises(InvalidInput) as refused:
        place(offering, SeriesWish(item, SeriesRule(until=at("10:00").date() + 2 * WEEK)))
    assert refused.value.field == "items.0.repeat.times"


def test_guests_are_bound_by_the_horizon_and_may_leave_out_what_lies_behind_it() -> None:
    offering = make_repeated(horizon_days=10)
    with pytest.raises(SeriesClash) as refused:
        place(offering, repeated(offering, 4))
    reasons = [one.reason for one in refused.value.occurrences]
    assert reasons == [None, None, "horizon", "horizon"]
    view = place(offering, repeated(offering, 4, skip=frozenset({2, 3})))
    assert [one.start - at("10:00") for one in view.bookings] == [0 * WEEK, WEEK]


def test_a_clash_takes_nothing_and_an_alternative_of_it_books() -> None:
    offering = make_repeated()
    book(offering, "10:00")
    before = counts()
    with pytest.raises(SeriesClash) as refused:
        place(offering, repeated(offering))
    assert counts() == before
    first = refused.value.occurrences[0]
    other = next(one.start for one in first.alternatives if one.start.date() == at("10:00").date())
    view = place(offering, repeated(offering, starts={0: other}))
    assert [one.start for one in view.bookings] == [at("11:00"), at("10:00") + WEEK, at("10:00") + 2 * WEEK]


def test_a_series_is_one_line_beside_others() -> None:
    offering = make_repeated()
    towel = make_product(offering.business, 500, stock=3)
    lines = (
        ProductItem(towel.public_id, 2),
        repeated(offering, 2),
        SlotItem(offering.public_id, at("11:00")),
    )
    quote = quote_lines(offering.business.slug, lines, NOW)
    assert [isinstance(one, SeriesPlan) for one in quote.lines] == [False, True, False]
    assert (quote.total, quote.due_now) == (Money(10000, "EUR"), Money(10000, "EUR"))
    view = place(offering, *lines)
    assert view.total == quote.total
    with scope(business=offering.business_id):
        found = Booking.objects.order_by("id").values_list("starts_at", "series__rule")
        rule = {"every": 1, "weekdays": [], "count": 2}
        assert list(found) == [(at("10:00"), rule), (at("10:00") + WEEK, rule), (at("11:00"), None)]


def test_a_single_item_that_clashes_is_named_by_its_line() -> None:
    offering = make_repeated()
    book(offering, "11:00")
    with pytest.raises(NotFree) as refused:
        place(offering, repeated(offering, 3), SlotItem(offering.public_id, at("11:00")))
    assert refused.value.item == 1
    with pytest.raises(InvalidInput) as wrong:
        place(offering, repeated(offering, 3), SlotItem(offering.public_id, at("11:00"), duration=5))
    assert wrong.value.field == "items.1.duration"


def test_nothing_left_is_no_order() -> None:
    offering = make_repeated()
    with pytest.raises(InvalidInput) as refused:
        place(offering, repeated(offering, 2, skip=frozenset({0, 1})))
    assert refused.value.field == "items.0.repeat.skip"


def test_lines_without_a_series_are_quoted_and_placed_as_ever() -> None:
    offering = make_repeated()
    item = SlotItem(offering.public_id, at("10:00"))
    quote = quote_lines(offering.business.slug, [item], NOW)
    assert (quote.total, len(quote.lines)) == (Money(3000, "EUR"), 1)
    assert len(place(offering, item).bookings) == 1
