"""Time as bits: a window of equal cells in one integer, so that whole months combine in single operations.

Bit i stands for cell `origin + i`. For instants a cell is `CELL` seconds and cells are numbered from the Unix
epoch in UTC; only the methods that speak of epoch seconds know that. Everything else counts cells, so nights
are the same structure: number them by `date.toordinal()` and use `of_cells`, `cells` and `spans`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final, Self

CELL: Final = 300
"""Seconds in one cell of instants."""

_AS_SELECTORS: Final = bytes.maketrans(b"0", b"\0")


def cell_of(epoch_seconds: int) -> int:
    """The number of the cell in which the second lies."""
    return epoch_seconds // CELL


def _second_of(cell: int) -> int:
    return cell * CELL


@dataclass(frozen=True, slots=True)
class Timeline:
    """An immutable set of cells inside the window `[origin, origin + length)`.

    `origin` and `length` count cells. Bits outside the window, a negative length, and operations on two
    different windows raise `ValueError`.
    """

    origin: int
    length: int
    bits: int

    def __post_init__(self) -> None:
        if self.length < 0 or self.bits < 0 or self.bits.bit_length() > self.length:
            raise ValueError("the bits of a timeline must lie inside its window")

    @classmethod
    def empty(cls, origin: int, length: int) -> Self:
        """No cell set."""
        return cls(origin, length, 0)

    @classmethod
    def full(cls, origin: int, length: int) -> Self:
        """Every cell of the window set."""
        return cls(origin, length, (1 << length) - 1)

    @classmethod
    def from_ranges(cls, origin: int, length: int, ranges: Iterable[tuple[int, int]]) -> Self:
        """Cells that lie wholly inside one of the half-open ranges of epoch seconds (for what is free)."""
        return cls(origin, length, _painted(origin, length, ranges, cell=CELL, early=CELL - 1))

    @classmethod
    def covering(cls, origin: int, length: int, ranges: Iterable[tuple[int, int]]) -> Self:
        """Cells that any of the half-open ranges of epoch seconds touches (for what is taken)."""
        return cls(origin, length, _painted(origin, length, ranges, cell=CELL, late=CELL - 1))

    @classmethod
    def of_cells(cls, origin: int, length: int, spans: Iterable[tuple[int, int]]) -> Self:
        """The half-open spans of cell numbers, clipped to the window; an empty or reversed one is nothing."""
        return cls(origin, length, _painted(origin, length, spans))

    @staticmethod
    def at_least(k: int, timelines: "Sequence[Timeline]") -> "Timeline":
        """Cells that are set in k of the timelines or more; one timeline is needed, to give the window."""
        if not timelines:
            raise ValueError("no timeline, no window")
        first = timelines[0]
        full = (1 << first.length) - 1
        if k <= 0:
            return first._with(full)
        # Bit by bit from the highest, as numbers are compared. Cells of `more` may stay in `equal`.
        more, equal = 0, full
        planes = _counter_planes([first._same(timeline) for timeline in timelines])
        for position in reversed(range(max(len(planes), k.bit_length()))):
            plane = planes[position] if position < len(planes) else 0
            if k >> position & 1:
                equal &= plane
            else:
                more |= equal & plane
        return first._with(more | equal)

    def __and__(self, other: "Timeline") -> "Timeline":
        return self._with(self.bits & self._same(other))

    def __or__(self, other: "Timeline") -> "Timeline":
        return self._with(self.bits | self._same(other))

    def __sub__(self, other: "Timeline") -> "Timeline":
        return self._with(self.bits & ~self._same(other))

    def __invert__(self) -> "Timeline":
        return self._with(self.bits ^ ((1 << self.length) - 1))

    def __bool__(self) -> bool:
        return self.bits != 0

    def count(self) -> int:
        """How many cells are set."""
        return self.bits.bit_count()

    def runs(self, cells: int) -> "Timeline":
        """Cells from which so many in a row are set, itself included; none is outside the window."""
        if cells < 1:
            raise ValueError("a run has one cell at least")
        bits, width = self.bits, 1
        while width < cells and bits:
            step = min(width, cells - width)
            bits &= bits >> step
            width += step
        return self._with(bits)

    def runs_between(self, first: int, last: int) -> "Timeline":
        """Cells i for which all cells of `[i + first, i + last)` are set, as part of an offering or a buffer.

        `first` may be negative; cells outside the window count as not set; `last > first` is required
        (`ValueError`).
        """
        return self.runs(last - first).shift(-first)

    def shift(self, cells: int) -> "Timeline":
        """All set cells so many later (earlier when negative) in the same window; those that leave go."""
        return self._with(_moved(self.bits, cells, self.length))

    def window(self, origin: int, length: int) -> "Timeline":
        """The same cells seen through another window; what it does not share with this one is not set."""
        return Timeline(origin, length, _moved(self.bits, self.origin - origin, length))

    def at(self, epoch_seconds: int) -> bool:
        """Whether the cell of this second is set; false outside the window."""
        position = cell_of(epoch_seconds) - self.origin
        return 0 <= position < self.length and bool(self.bits >> position & 1)

    def has_all(self, first: int, last: int) -> bool:
        """Whether every cell of the numbers `[first, last)` is set; false when a part lies outside the window."""
        position, count = first - self.origin, last - first
        ones = (1 << count) - 1
        return position >= 0 and self.bits >> position & ones == ones

    def first(self) -> int | None:
        """The epoch second at which the first set cell begins."""
        return _second_of(self.origin + (self.bits & -self.bits).bit_length() - 1) if self.bits else None

    def starts(self) -> Iterator[int]:
        """The epoch seconds at which the set cells begin, in order."""
        begin, end = _second_of(self.origin), _second_of(self.origin + self.length)
        return compress(range(begin, end, CELL), _selectors(self.bits))

    def ranges(self) -> list[tuple[int, int]]:
        """The maximal runs of set cells as half-open ranges of epoch seconds, in order."""
        return [(_second_of(first), _second_of(last)) for first, last in self.spans()]

    def cells(self) -> Iterator[int]:
        """The numbers of the set cells, in order."""
        return compress(range(self.origin, self.origin + self.length), _selectors(self.bits))

    def spans(self) -> list[tuple[int, int]]:
        """The maximal runs of set cells as half-open spans of cell numbers, in order."""
        changes = self.bits ^ self.bits << 1
        edges = compress(range(self.origin, self.origin + self.length + 1), _selectors(changes))
        return list(zip(edges, edges, strict=True))

    def _with(self, bits: int) -> "Timeline":
        return Timeline(self.origin, self.length, bits)

    def _same(self, other: "Timeline") -> int:
        if self.origin != other.origin or self.length != other.length:
            raise ValueError("two timelines combine only in the same window")
        return other.bits


def _painted(
    origin: int,
    length: int,
    spans: Iterable[tuple[int, int]],
    *,
    cell: int = 1,
    early: int = 0,
    late: int = 0,
) -> int:
    """Bits of the window for half-open spans of a unit that goes `cell` times into a cell.

    `early` and `late` are added to the ends before they are rounded down to cells.
    """
    # Writing binary digits and reading them once is linear; one big-integer operation per span is not.
    # Digits run from the latest cell to the earliest.
    end = origin + length
    digits = bytearray(b"0") * length
    ones = b"1" * length
    for start, stop in spans:
        if start >= stop:
            continue
        first, last = (start + early) // cell, (stop + late) // cell
        if first < origin:
            first = origin
        if last > end:
            last = end
        if first < last:
            digits[end - last : end - first] = ones[: last - first]
    return int(digits, 2) if length else 0


def _moved(bits: int, by: int, length: int) -> int:
    """The bits moved up (down when negative) and cut to the length, without growing by the distance first."""
    if by >= length:
        return 0
    if by > 0:
        return (bits & ((1 << (length - by)) - 1)) << by
    return bits >> -by & ((1 << length) - 1)


def _selectors(bits: int) -> bytes:
    """One byte per bit from the lowest, zero or not, as `compress` wants them."""
    return format(bits, "b").encode()[::-1].translate(_AS_SELECTORS)


def _counter_planes(sets: Sequence[int]) -> list[int]:
    """Counts of all cells at once: plane p holds bit p of each count (ripple-carry addition)."""
    planes: list[int] = []
    for bits in sets:
        carry = bits
        for position, plane in enumerate(planes):
            planes[position], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    return planes
