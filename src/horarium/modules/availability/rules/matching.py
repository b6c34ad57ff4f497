"""Who serves which place: a different resource for every place, the least loaded first.

Places and resources of one booking are few, so a plain augmenting-path matching is exact and quick.
"""

from __future__ import annotations

from collections.abc import Callable

Place = tuple[int, frozenset[int]]
"""The number of a part, and the resources that can serve it."""
Rank = Callable[[int], tuple[int, int]]
"""How gladly a resource is taken: the lowest first."""


def can_serve(places: list[Place], chosen: frozenset[int] = frozenset()) -> bool:
    """Whether every place gets a resource of its own, all `chosen` ones among them."""
    return serve(places, chosen, lambda _: (0, 0)) is not None


def serve(places: list[Place], chosen: frozenset[int], rank: Rank) -> list[tuple[int, int]] | None:
    """`(part, resource)` for each place in order, or None when it cannot be done."""
    seats: dict[int, int] = {}
    for resource_id in sorted(chosen):
        if not _seat_chosen(resource_id, places, seats):
            return None
    order = {resource_id: (*rank(resource_id), resource_id) for _, able in places for resource_id in able}
    for number in range(len(places)):
        if number not in seats.values() and not _seat(number, places, seats, order, set()):
            return None
    by_place = {number: resource_id for resource_id, number in seats.items()}
    return [(places[number][0], by_place[number]) for number in range(len(places))]


def _seat(
    number: int,
    places: list[Place],
    seats: dict[int, int],
    order: dict[int, tuple[int, int, int]],
    tried: set[int],
) -> bool:
    """Give a place its best resource, moving earlier places on when they have another."""
    for resource_id in sorted(places[number][1] - tried, key=lambda one: (one in seats, order[one])):
        tried.add(resource_id)
        if resource_id not in seats or _seat(seats[resource_id], places, seats, order, tried):
            seats[resource_id] = number
            return True
    return False


def _seat_chosen(
    resource_id: int,
    places: list[Place],
    seats: dict[int, int],
    tried: set[int] | None = None,
) -> bool:
    """Give a chosen resource a place, moving an earlier chosen one to another place when it has one."""
    tried = set() if tried is None else tried
    holder = {number: seated for seated, number in seats.items()}
    for number, (_, able) in enumerate(places):
        if resource_id not in able or number in tried:
            continue
        tried.add(number)
        if number not in holder or _seat_chosen(holder[number], places, seats, tried):
            seats[resource_id] = number
            return True
    return False
