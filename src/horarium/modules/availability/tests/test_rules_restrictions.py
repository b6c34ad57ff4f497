"""Restrictions at their exact edges: on the first and the last date, one night more and one night less."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from horarium.modules.availability.rules.reasons import Reason
from horarium.modules.availability.rules.restrictions import Restrictions, why_not
from horarium.modules.catalog.rules import RestrictionFacts

FLEXIBLE, SAVER = 1, 2


def on(first: int, last: int, *, plan: int | None = None, **fields: Any) -> RestrictionFacts:
    """Dates of August 2026; the 1st is a Saturday."""
    given: dict[str, Any] = {
        "weekdays": frozenset(),
        "min_nights": None,
        "max_nights": None,
        "min_nights_on_arrival": None,
        "closed_to_arrival": False,
        "closed_to_departure": False,
        "is_closed": False,
    }
    return RestrictionFacts(plan, date(2026, 8, first), date(2026, 8, last), **{**given, **fields})


def asked(
    restrictions: list[RestrictionFacts], first: int, last: int, plan: int | None = None
) -> Reason | None:
    return why_not(restrictions, plan, date(2026, 8, first), date(2026, 8, last))


CLOSED = on(10, 12, is_closed=True)
NO_ARRIVAL = on(10, 12, closed_to_arrival=True)
NO_DEPARTURE = on(10, 12, closed_to_departure=True)
AT_LEAST_3 = on(10, 12, min_nights=3)
AT_MOST_2 = on(10, 12, max_nights=2)
ARRIVE_FOR_4 = on(10, 12, min_nights_on_arrival=4)


@pytest.mark.parametrize(
    ("restriction", "first", "last", "reason"),
    [
        (CLOSED, 9, 10, None),
        (CLOSED, 9, 11, Reason.CLOSED),
        (CLOSED, 12, 13, Reason.CLOSED),
        (CLOSED, 13, 14, None),
        (CLOSED, 5, 20, Reason.CLOSED),
        (NO_ARRIVAL, 9, 12, None),
        (NO_ARRIVAL, 10, 15, Reason.CLOSED_TO_ARRIVAL),
        (NO_ARRIVAL, 12, 15, Reason.CLOSED_TO_ARRIVAL),
        (NO_ARRIVAL, 13, 15, None),
        (NO_DEPARTURE, 8, 9, None),
        (NO_DEPARTURE, 8, 10, Reason.CLOSED_TO_DEPARTURE),
        (NO_DEPARTURE, 8, 12, Reason.CLOSED_TO_DEPARTURE),
        (NO_DEPARTURE, 8, 13, None),
        (NO_DEPARTURE, 10, 14, None),
        (AT_LEAST_3, 8, 10, None),
        (AT_LEAST_3, 9, 11, Reason.MIN_STAY),
        (AT_LEAST_3, 8, 11, None),
        (AT_LEAST_3, 12, 14, Reason.MIN_STAY),
        (AT_LEAST_3, 12, 15, None),
        (AT_LEAST_3, 13, 14, None),
        (AT_MOST_2, 7, 10, None),
        (AT_MOST_2, 9, 11, None),
        (AT_MOST_2, 8, 11, Reason.MAX_STAY),
        (AT_MOST_2, 12, 14, None),
        (AT_MOST_2, 12, 15, Reason.MAX_STAY),
        (AT_MOST_2, 13, 20, None),
        (ARRIVE_FOR_4, 9, 11, None),
        (ARRIVE_FOR_4, 10, 13, Reason.MIN_STAY),
        (ARRIVE_FOR_4, 10, 14, None),
        (ARRIVE_FOR_4, 12, 15, Reason.MIN_STAY),
        (ARRIVE_FOR_4, 13, 14, None),
    ],
)
def test_a_restriction_binds_from_its_first_date_to_its_last(
    restriction: RestrictionFacts, first: int, last: int, reason: Reason | None
) -> None:
    assert asked([restriction], first, last) is reason


@pytest.mark.parametrize(
    ("nights", "reason"), [(2, Reason.MIN_STAY), (3, None), (5, None), (6, Reason.MAX_STAY)]
)
def test_the_strictest_of_several_counts(nights: int, reason: Reason | None) -> None:
    several = [
        on(1, 31, min_nights=2),
        on(3, 20, min_nights=3),
        on(1, 31, max_nights=7),
        on(3, 9, max_nights=5),
    ]
    assert asked(several, 4, 4 + nights) is reason


def test_a_restriction_of_a_plan_binds_that_plan_and_adds_to_those_of_all() -> None:
    several = [on(1, 31, min_nights=2), on(1, 31, min_nights=3, plan=SAVER)]
    assert asked(several, 4, 6, SAVER) is Reason.MIN_STAY
    assert asked(several, 4, 6, FLEXIBLE) is None
    assert asked(several, 4, 6) is None
    assert asked(several, 4, 5, FLEXIBLE) is Reason.MIN_STAY


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [(7, 8, Reason.CLOSED_TO_ARRIVAL), (8, 10, Reason.CLOSED_TO_ARRIVAL), (9, 10, None), (6, 8, None)],
)
def test_weekdays_count_within_the_dates_only(first: int, last: int, reason: Reason | None) -> None:
    """Friday the 7th and Saturday the 8th, not the Saturday before."""
    weekend = on(3, 9, weekdays=frozenset({4, 5}), closed_to_arrival=True)
    assert asked([weekend], first, last) is reason
    assert asked([weekend], 1, 2) is None


def test_what_is_closed_is_said_before_arrival_departure_and_length() -> None:
    everything = on(
        1, 31, min_nights=3, max_nights=1, closed_to_arrival=True, closed_to_departure=True, is_closed=True
    )
    assert asked([everything], 4, 6) is Reason.CLOSED
    rest = on(1, 31, min_nights=3, closed_to_arrival=True, closed_to_departure=True)
    assert asked([rest], 4, 6) is Reason.CLOSED_TO_ARRIVAL
    assert asked([on(1, 31, min_nights=3, closed_to_departure=True)], 4, 6) is Reason.CLOSED_TO_DEPARTURE
    assert asked([on(1, 31, min_nights=3, max_nights=1)], 4, 6) is Reason.MIN_STAY


@pytest.mark.parametrize(
    ("arrival", "nights"),
    [(1, 1), (9, 1), (10, 3), (11, 5), (12, 5), (13, 1), (19, 1), (20, 6), (25, 6), (26, 1)],
)
def test_the_shortest_stay_looks_at_arrival_and_at_every_night_it_needs(arrival: int, nights: int) -> None:
    """Whoever leaves on the 20th does not sleep in a night that asks for six."""
    several = [
        on(10, 12, min_nights=3),
        on(11, 12, min_nights_on_arrival=5),
        on(20, 25, min_nights=6),
    ]
    assert Restrictions(several, None).shortest_from(date(2026, 8, arrival)) == nights
    assert asked(several, arrival, arrival + nights) is None


def test_a_minimum_of_a_later_night_lengthens_the_shortest_stay() -> None:
    several = [on(10, 10, min_nights_on_arrival=3), on(12, 12, min_nights=7)]
    assert Restrictions(several, None).shortest_from(date(2026, 8, 10)) == 7
    assert Restrictions(several, None).shortest_from(date(2026, 8, 11)) == 1
