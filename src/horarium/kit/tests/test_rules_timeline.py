"""Timeline against the plainest model there is: a set of cell numbers."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from horarium.kit.timeline import CELL, Timeline, cell_of

origins = st.integers(-50, 50) | st.integers(5_900_000, 5_900_050)
lengths = st.integers(0, 130)


@st.composite
def timelines(draw: st.DrawFn, origin: int | None = None, length: int | None = None) -> Timeline:
    origin = draw(origins) if origin is None else origin
    length = draw(lengths) if length is None else length
    return Timeline(origin, length, draw(st.integers(0, (1 << length) - 1)))


@st.composite
def several(draw: st.DrawFn, least: int = 2, most: int = 2) -> list[Timeline]:
    origin, length = draw(origins), draw(lengths)
    return draw(st.lists(timelines(origin, length), min_size=least, max_size=most))


@st.composite
def windows_and_ranges(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int]]]:
    origin, length = draw(origins), draw(lengths)
    seconds = st.integers((origin - 5) * CELL, (origin + length + 5) * CELL)
    return origin, length, draw(st.lists(st.tuples(seconds, seconds), max_size=8))


def members(timeline: Timeline) -> set[int]:
    """The model: numbers of the set cells, read one bit at a time."""
    return {timeline.origin + i for i in range(timeline.length) if timeline.bits >> i & 1}


def window(timeline: Timeline) -> range:
    return range(timeline.origin, timeline.origin + timeline.length)


def test_cells_are_numbered_from_the_epoch_and_begin_at_multiples_of_five_minutes() -> None:
    assert [cell_of(second) for second in (-1, 0, 299, 300, 1_800_000_000)] == [-1, 0, 0, 1, 6_000_000]


@given(windows_and_ranges())
def test_free_ranges_set_the_cells_that_lie_wholly_inside_one_of_them(
    case: tuple[int, int, list[tuple[int, int]]],
) -> None:
    origin, length, ranges = case
    inside = {
        cell
        for cell in range(origin, origin + length)
        if any(start <= cell * CELL and (cell + 1) * CELL <= end for start, end in ranges)
    }
    assert members(Timeline.from_ranges(origin, length, ranges)) == inside


@given(windows_and_ranges())
def test_taken_ranges_set_every_cell_that_one_of_them_touches(
    case: tuple[int, int, list[tuple[int, int]]],
) -> None:
    origin, length, ranges = case
    touched = {
        cell
        for cell in range(origin, origin + length)
        if any(start < end and start < (cell + 1) * CELL and cell * CELL < end for start, end in ranges)
    }
    assert members(Timeline.covering(origin, length, ranges)) == touched


def test_a_range_off_the_grid_is_narrowed_when_free_and_widened_when_taken() -> None:
    ten_to_past_twenty = [(10 * 60 + 1, 21 * 60)]
    assert Timeline.from_ranges(0, 12, ten_to_past_twenty).ranges() == [(900, 1200)]
    assert Timeline.covering(0, 12, ten_to_past_twenty).ranges() == [(600, 1500)]


@pytest.mark.parametrize("moment", [(301, 301), (300, 300), (899, 301)])
def test_an_empty_or_reversed_range_takes_and_frees_nothing(moment: tuple[int, int]) -> None:
    assert not Timeline.covering(0, 12, [moment])
    assert not Timeline.from_ranges(0, 12, [moment])


@given(several())
def test_set_operations_are_those_of_sets(pair: list[Timeline]) -> None:
    left, right = pair
    assert members(left & right) == members(left) & members(right)
    assert members(left | right) == members(left) | members(right)
    assert members(left - right) == members(left) - members(right)
    assert members(~left) == set(window(left)) - members(left)
    assert (left == right) == (members(left) == members(right))


@given(timelines())
def test_readings_agree_with_the_set(timeline: Timeline) -> None:
    model = sorted(members(timeline))
    assert list(timeline.cells()) == model
    assert list(timeline.starts()) == [cell * CELL for cell in model]
    assert timeline.count() == len(model)
    assert bool(timeline) == bool(model)
    assert timeline.first() == (model[0] * CELL if model else None)


@given(timelines())
def test_a_second_is_set_when_its_cell_is(timeline: Timeline) -> None:
    model = members(timeline)
    for cell in range(timeline.origin - 2, timeline.origin + timeline.length + 2):
        assert timeline.at(cell * CELL) == timeline.at(cell * CELL + CELL - 1) == (cell in model)


@given(timelines())
def test_ranges_are_maximal_ordered_and_give_the_timeline_back(timeline: Timeline) -> None:
    ranges = timeline.ranges()
    assert all(before[1] < after[0] for before, after in pairwise(ranges))
    assert all(start < end for start, end in ranges)
    assert Timeline.from_ranges(timeline.origin, timeline.length, ranges) == timeline
    assert Timeline.covering(timeline.origin, timeline.length, ranges) == timeline
    assert Timeline.of_cells(timeline.origin, timeline.length, timeline.spans()) == timeline


@given(timelines(), st.integers(1, 140))
def test_a_run_starts_where_all_its_cells_are_set(timeline: Timeline, cells: int) -> None:
    model = members(timeline)
    expected = {c for c in window(timeline) if all(c + step in model for step in range(cells))}
    assert members(timeline.runs(cells)) == expected


@given(timelines(), st.integers(-140, 140), st.integers(1, 40))
def test_a_run_between_offsets_needs_every_cell_between_them(
    timeline: Timeline, first: int, cells: int
) -> None:
    model = members(timeline)
    expected = {c for c in window(timeline) if all(c + first + step in model for step in range(cells))}
    assert members(timeline.runs_between(first, first + cells)) == expected


@given(timelines(), st.integers(-140, 140) | st.sampled_from([-(10**18), 10**18]))
def test_a_shift_moves_cells_and_loses_those_that_leave(timeline: Timeline, by: int) -> None:
    moved = timeline.shift(by)
    assert members(moved) == {cell + by for cell in members(timeline)} & set(window(timeline))
    assert (moved.origin, moved.length) == (timeline.origin, timeline.length)


@given(timelines(), origins, lengths)
def test_another_window_shows_the_shared_cells_only(timeline: Timeline, origin: int, length: int) -> None:
    cut = timeline.window(origin, length)
    assert (cut.origin, cut.length) == (origin, length)
    assert members(cut) == members(timeline) & set(range(origin, origin + length))


@given(timelines(), st.integers(-20, 20), lengths)
def test_an_overlapping_window_shows_the_shared_cells_only(timeline: Timeline, by: int, length: int) -> None:
    cut = timeline.window(timeline.origin + by, length)
    assert members(cut) == members(timeline) & set(window(cut))


@given(several(least=1, most=9), st.integers(-1, 11))
def test_at_least_k_counts_every_cell(many: list[Timeline], k: int) -> None:
    models = [members(timeline) for timeline in many]
    expected = {cell for cell in window(many[0]) if sum(cell in model for model in models) >= k}
    assert members(Timeline.at_least(k, many)) == expected


@given(timelines())
def test_full_and_empty_are_the_bounds(timeline: Timeline) -> None:
    full, empty = (make(timeline.origin, timeline.length) for make in (Timeline.full, Timeline.empty))
    assert members(full) == set(window(timeline))
    assert not empty
    assert ~full == empty
    assert timeline | ~timeline == full
    assert timeline & ~timeline == empty


@pytest.mark.parametrize(
    "combine",
    [
        lambda a, b: a & b,
        lambda a, b: a | b,
        lambda a, b: a - b,
        lambda a, b: Timeline.at_least(1, [a, b]),
    ],
)
@given(a=timelines(), b=timelines())
def test_different_windows_do_not_combine(
    combine: Callable[[Timeline, Timeline], Timeline], a: Timeline, b: Timeline
) -> None:
    assume((a.origin, a.length) != (b.origin, b.length))
    with pytest.raises(ValueError, match="same window"):
        combine(a, b)


@pytest.mark.parametrize(("length", "bits"), [(-1, 0), (3, 8), (3, -1)])
def test_bits_outside_the_window_are_refused(length: int, bits: int) -> None:
    with pytest.raises(ValueError, match="inside its window"):
        Timeline(0, length, bits)


def test_a_run_of_nothing_and_a_count_over_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="one cell"):
        Timeline.full(0, 3).runs(0)
    with pytest.raises(ValueError, match="one cell"):
        Timeline.full(0, 3).runs_between(2, 2)
    with pytest.raises(ValueError, match="no window"):
        Timeline.at_least(1, [])


def test_nights_are_cells_numbered_by_the_day() -> None:
    first = date(2026, 12, 30).toordinal()
    room = Timeline.full(first, 7) - Timeline.of_cells(first, 7, [(first + 3, first + 4)])
    arrivals = [date.fromordinal(cell) for cell in room.runs(3).cells()]
    assert arrivals == [date(2026, 12, 30), date(2027, 1, 3)]
    assert room.spans() == [(first, first + 3), (first + 4, first + 7)]
