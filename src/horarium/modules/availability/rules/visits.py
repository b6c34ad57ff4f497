"""Several people and several offerings in one visit: which starts fit together, best first.

A branch-and-bound search over the starts that the one solver gives. Every plan is checked as a checkout of its items
would be: item by item, each with what the earlier ones take. `MOST_TRIED` bounds the work; up to `ALL_ORDERS`
bookings every order of the items is tried, so that within the bounds no better plan is missed.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise, permutations

from .solver import Claim, Solver

MOST_TRIED = 10_000
"""Starts that are put to the test for one visit, whatever is asked."""
ALL_ORDERS = 5
_MOST_ORDERS = 120

Load = Callable[[int], Mapping[int, int]]
"""Seconds taken of each resource on the local day of a start."""
Rank = tuple[int, int, int, tuple[int, ...]]


@dataclass(frozen=True)
class VisitStep:
    """One booking of a visit.

    `people`: who takes part; nobody can be in two steps at once. `after`: numbers of the steps that must be over.
    `together`: the number of an earlier step that starts at the same moment.
    """

    solver: Solver
    load: Load
    people: frozenset[str]
    after: frozenset[int] = frozenset()
    together: int | None = None

    @property
    def seconds(self) -> int:
        return self.solver.wish.duration * 60

    @cached_property
    def starts(self) -> list[int]:
        return list(self.solver.starts().starts())


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """Starts in the order of the steps; `order`: that in which the items can be booked; `claims` by step. Seconds."""

    starts: tuple[int, ...]
    order: tuple[int, ...]
    claims: tuple[tuple[Claim, ...], ...]
    length: int
    idle: int

    @property
    def rank(self) -> Rank:
        """Shortest first, then the least waiting, then the earliest."""
        return self.length, self.idle, min(self.starts), self.starts


@dataclass(frozen=True, slots=True)
class Bounds:
    """The visit starts in `[first, last)` and no step starts at `until` or later; between two steps nobody waits
    longer than `max_idle`. Seconds.
    """

    first: int
    last: int
    until: int
    max_idle: int
    most: int = 6


@dataclass
class Search:
    """Plans of one visit. `is_complete` turns false where the bound of the work was reached."""

    steps: Sequence[VisitStep]
    bounds: Bounds
    left: int = MOST_TRIED
    plans: list[VisitPlan] = field(default_factory=list)
    is_complete: bool = True

    def run(self) -> list[VisitPlan]:
        """The best plans, best first."""
        self._turns = _turns(self.steps)
        self._shortest = _shortest(self.steps)
        self._last_root = [
            one for one in self._turns if not self.steps[one].after and self.steps[one].together is None
        ][-1]
        people = {person for step in self.steps for person in step.people}
        self._own = {
            person: [one for one, step in enumerate(self.steps) if person in step.people] for person in people
        }
        for first in sorted({second for step in self.steps for second in step.starts}):
            if not self.bounds.first <= first < self.bounds.last:
                continue
            if self.left <= 0:
                break
            self._place(first, {})
        return self.plans

    def _place(self, first: int, placed: dict[int, int]) -> None:
        """Give the next step every start that may lead to a plan good enough to be kept."""
        if len(placed) == len(self.steps):
            self._finish(first, placed)
            return
        number = self._turns[len(placed)]
        for second in self._options(number, first, placed):
            if self.left <= 0:
                self.is_complete = False
                return
            self.left -= 1
            here = {**placed, number: second}
            if self._is_hopeless(first, here) or self._waits_too_long(number, here):
                return
            if self._keeps_people(number, here) and can_be_seated(self.steps, here):
                self._place(first, here)

    def _options(self, number: int, first: int, placed: Mapping[int, int]) -> Sequence[int]:
        """From the earliest on. Of the steps that wait for nobody one begins the visit: the last, if none did."""
        step = self.steps[number]
        if step.together is not None:
            second = placed[step.together]
            return [second] if second in step.starts else []
        if number == self._last_root and first not in placed.values():
            return [first] if first in step.starts else []
        earliest = max([first, *(placed[one] + self.steps[one].seconds for one in step.after)])
        return step.starts[bisect_left(step.starts, earliest) : bisect_left(step.starts, self.bounds.until)]

    def _is_hopeless(self, first: int, placed: Mapping[int, int]) -> bool:
        """Later starts of the same step are no better: the visit only gets longer."""
        length = max(placed[one] + self.steps[one].seconds for one in placed) - first
        if len(self.plans) < self.bounds.most:
            return False
        return (max(length, self._shortest), 0, first, ()) > self.plans[-1].rank

    def _waits_too_long(self, number: int, placed: Mapping[int, int]) -> bool:
        """Somebody whose latest step this is would wait longer than all pauses allow; later starts make it worse."""
        for person in self.steps[number].people:
            own = self._own[person]
            starts = [placed[one] for one in own if one in placed]
            if placed[number] < max(starts):
                continue
            busy = sum(self.steps[one].seconds for one in own)
            span = placed[number] + self.steps[number].seconds - min(starts)
            if span - busy > self.bounds.max_idle * (len(own) - 1):
                return True
        return False

    def _keeps_people(self, number: int, placed: Mapping[int, int]) -> bool:
        """Nobody is in two steps at once."""
        begin, end = placed[number], placed[number] + self.steps[number].seconds
        return all(
            placed[one] + self.steps[one].seconds <= begin or placed[one] >= end
            for person in self.steps[number].people
            for one in self._own[person]
            if one in placed and one != number
        )

    def _finish(self, first: int, placed: Mapping[int, int]) -> None:
        starts = tuple(placed[number] for number in range(len(self.steps)))
        idle = idle_of(self.steps, starts, self.bounds.max_idle)
        if min(starts) != first or idle is None:
            return
        length = max(start + step.seconds for start, step in zip(starts, self.steps, strict=True)) - first
        full = len(self.plans) >= self.bounds.most
        if full and (length, idle, first, starts) >= self.plans[-1].rank:
            return
        seated = seat(self.steps, starts)
        if seated is None:
            return
        order, claims = seated
        insort(self.plans, VisitPlan(starts, order, claims, length, idle), key=lambda plan: plan.rank)
        del self.plans[self.bounds.most :]


def idle_of(steps: Sequence[VisitStep], starts: Sequence[int], max_idle: int) -> int | None:
    """Seconds that people wait between their own steps, all together; None when somebody waits too long at once."""
    total = 0
    for person in sorted({one for step in steps for one in step.people}):
        spans = sorted(
            (start, start + step.seconds)
            for start, step in zip(starts, steps, strict=True)
            if person in step.people
        )
        waits = [later[0] - earlier[1] for earlier, later in pairwise(spans)]
        if any(not 0 <= wait <= max_idle for wait in waits):
            return None
        total += sum(waits)
    return total


def seat(
    steps: Sequence[VisitStep], starts: Sequence[int]
) -> tuple[tuple[int, ...], tuple[tuple[Claim, ...], ...]] | None:
    """An order in which the items can be booked one after the other, and what each takes; None: there is none."""
    for order in _orders(steps, starts):
        taken: list[Claim] = []
        claims: dict[int, tuple[Claim, ...]] = {}
        for number in order:
            step, second = steps[number], starts[number]
            own = step.solver.assign(second, _with(step.load(second), taken), taken)
            if own is None:
                break
            claims[number] = tuple(own)
            taken += own
        else:
            return order, tuple(claims[number] for number in range(len(steps)))
    return None


def can_be_seated(steps: Sequence[VisitStep], placed: Mapping[int, int]) -> bool:
    """Whether any choice of resources serves all these starts at once, whoever would choose. Exact."""
    places = [
        (number, part, able)
        for number, second in placed.items()
        for part, able in steps[number].solver.places_at(second)
    ]
    places.sort(key=lambda place: len(place[2]))
    return _seated(steps, placed, places, [])


def _seated(
    steps: Sequence[VisitStep],
    placed: Mapping[int, int],
    places: Sequence[tuple[int, int, frozenset[int]]],
    taken: list[tuple[int, Claim]],
) -> bool:
    if len(taken) == len(places):
        return True
    number, part, able = places[len(taken)]
    solver, second = steps[number].solver, placed[number]
    own = {claim.resource_id for other, claim in taken if other == number}
    others = [claim for other, claim in taken if other != number]
    for resource_id in able - own - solver.busy_for(part, second, others):
        claim = solver.claim_of(part, resource_id, second)
        if _seated(steps, placed, places, [*taken, (number, claim)]):
            return True
    return False


def _orders(steps: Sequence[VisitStep], starts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """By time first, as people read; then every other one, up to a bound."""
    natural = sorted(range(len(steps)), key=lambda number: (starts[number], number))
    yield from islice(permutations(natural), _MOST_ORDERS)


def _with(load: Mapping[int, int], taken: Sequence[Claim]) -> Mapping[int, int]:
    if not taken:
        return load
    raised = dict(load)
    for one in taken:
        raised[one.resource_id] = raised.get(one.resource_id, 0) + one.ends - one.starts
    return raised


def _turns(steps: Sequence[VisitStep]) -> list[int]:
    """An order in which every step comes after those that it needs to know; the steps themselves have no circle."""
    done: list[int] = []
    waiting = list(range(len(steps)))
    while waiting:
        ready = next(
            number
            for number in waiting
            if steps[number].after <= set(done) and steps[number].together in (None, *done)
        )
        done.append(ready)
        waiting.remove(ready)
    return done


def _shortest(steps: Sequence[VisitStep]) -> int:
    """No visit is shorter: the longest chain of steps, and all the steps of one person."""
    ends: dict[int, int] = {}
    for number in _turns(steps):
        step = steps[number]
        begin = max((ends[one] for one in step.after), default=0)
        if step.together is not None:
            begin = max(begin, ends[step.together] - steps[step.together].seconds)
        ends[number] = begin + step.seconds
    people = {one for step in steps for one in step.people}
    busy = [sum(step.seconds for step in steps if person in step.people) for person in people]
    return max([*ends.values(), *busy])
