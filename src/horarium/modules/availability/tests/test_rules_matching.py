"""Who serves which place, against every possible seating."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from horarium.modules.availability.rules.matching import Place, can_serve, serve

ABLE = st.frozensets(st.integers(1, 5), max_size=4)


def first_in_line(_: int) -> tuple[int, int]:
    return (0, 0)


def seatings(places: list[Place]) -> list[tuple[int, ...]]:
    """Every way to give each place a resource of its own, by trying all of them."""
    return [
        order
        for order in permutations(range(1, 6), len(places))
        if all(resource in able for resource, (_, able) in zip(order, places, strict=True))
    ]


@settings(max_examples=300)
@given(able=st.lists(ABLE, max_size=4), chosen=st.frozensets(st.integers(1, 5), max_size=2))
def test_places_are_served_exactly_when_some_seating_exists(
    able: list[frozenset[int]], chosen: frozenset[int]
) -> None:
    places = list(enumerate(able))
    possible = [one for one in seatings(places) if chosen <= set(one)]
    served = serve(places, chosen, first_in_line)
    assert can_serve(places, chosen) == bool(possible)
    assert (served is not None) == bool(possible)
    if served is not None:
        assert [part for part, _ in served] == list(range(len(able)))
        assert tuple(resource for _, resource in served) in possible


@settings(max_examples=200)
@given(able=st.frozensets(st.integers(1, 5), min_size=1), loads=st.lists(st.integers(0, 3), min_size=6))
def test_a_free_choice_takes_the_least_loaded_and_among_equals_the_first(
    able: frozenset[int], loads: list[int]
) -> None:
    served = serve([(0, able)], frozenset(), lambda one: (loads[one], 0))
    assert served == [(0, min(able, key=lambda one: (loads[one], one)))]


def test_the_second_rank_decides_between_equal_loads() -> None:
    assert serve([(0, frozenset({1, 2}))], frozenset(), lambda one: (0, -one)) == [(0, 2)]


def test_a_chosen_resource_is_taken_however_loaded_it_is() -> None:
    places = [(0, frozenset({1, 2, 3}))]
    assert serve(places, frozenset({3}), lambda one: (9 if one == 3 else 0, 0)) == [(0, 3)]


def test_an_earlier_place_moves_on_when_a_later_one_has_no_other() -> None:
    places = [(0, frozenset({1, 2})), (1, frozenset({1}))]
    assert serve(places, frozenset(), first_in_line) == [(0, 2), (1, 1)]


def test_one_resource_serves_one_place_only() -> None:
    """ADR 3."""
    assert not can_serve([(0, frozenset({1})), (1, frozenset({1}))])
    assert can_serve([])
    assert not can_serve([], frozenset({1}))
    assert not can_serve([(0, frozenset({1}))], frozenset({2}))


def test_crowded_places_are_answered_quickly() -> None:
    """Fifteen places for fourteen resources: every augmenting path fails, and none is walked twice."""
    everybody = frozenset(range(14))
    assert not can_serve([(number, everybody) for number in range(15)])
    assert can_serve([(number, everybody) for number in range(14)], frozenset({0, 7, 13}))
