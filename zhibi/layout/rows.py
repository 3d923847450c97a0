"""Laid-out rows -> their heights, and merged cells that end where a page does.

A cell over several rows that reaches over a page break is cut there, and its words stand again in the
piece on the next page: neither a reader nor a PDF's tags follow a merged cell over the edge of a page.
Heights are points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhibi.layout.blocks import LaidRow, LaidTable, Slot
from zhibi.layout.breaking import Line
from zhibi.nodes import Paragraph
from zhibi.styles import CELL_PADDING, RULES

ROUNDING = 0.01
"""Points that make no row taller."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table with what their heights depend on: padding, rules and where each cell began.

    `origins` tells of each row, by column, which row the cell that covers it began in; `own` the height of each
    row whose cells all stand in it alone, as nearly all do: it is the same on every page.
    """

    rows: list[LaidRow]
    extra: float
    origins: tuple[dict[int, int], ...]
    own: tuple[float | None, ...]

    def rest(self, cut: int) -> Grid:
        """Return the rows from `cut` on as a grid of their own; a cell that began above begins in its first row."""
        page = cut, len(self.rows)
        slots = tuple(_clipped(self, cut, slot, page) for slot in self.rows[cut].slots)
        first = replace(self.rows[cut], slots=slots)
        origins = (
            {column: max(number - cut, 0) for column, number in own.items()} if own else own
            for own in self.origins[cut + 1 :]
        )
        return replace(self, rows=[first, *self.rows[cut + 1 :]], origins=({}, *origins), own=self.own[cut:])

    def heights(self, first: int, last: int) -> list[float]:
        """Return the heights of rows `first` to `last` (exclusive) on a page of their own."""
        heights = [self.least(number, first, last) for number in range(first, last)]
        for number in range(first, last):
            if self.own[number] is not None:
                continue
            for slot, end in self._spanning(number, first, last):
                missing = self._need(slot, self.rows[number]) - sum(heights[number - first : end - first])
                if missing > 0:
                    heights[end - first - 1] += missing
        return heights

    def least(self, number: int, first: int, last: int) -> float:
        """Return the height of a row without the cells that reach over more rows of this page."""
        row, own = self.rows[number], self.own[number]
        if own is not None:
            return max(row.least, own)
        slots = (self.shown(number, slot) for slot in row.slots if self._begins(number, slot, first))
        needs = [
            self._need(slot, row)
            for slot, end in ((slot, self.end(number, slot, last)) for slot in slots)
            if end == number + 1
        ]
        return max([row.least, *needs] if needs or row.least else [_height(1, row, self.extra)])

    def _begins(self, number: int, slot: Slot, first: int) -> bool:
        return not slot.covered or number == first

    def shown(self, number: int, slot: Slot) -> Slot:
        """Return the slot whose words stand in `slot`: itself, or the one that covers it from above."""
        if not slot.covered:
            return slot
        above = self.rows[self.origins[number][slot.cell.column]]
        return next(one for one in above.slots if one.cell.column == slot.cell.column)

    def end(self, number: int, slot: Slot, last: int) -> int:
        """Return the row after the last one that `slot`, which shows in row `number`, reaches to."""
        origin = self.origins[number].get(slot.cell.column, number)
        return min(origin + slot.cell.rowspan, last)

    def _spanning(self, number: int, first: int, last: int) -> list[tuple[Slot, int]]:
        shown = (
            self.shown(number, slot) for slot in self.rows[number].slots if self._begins(number, slot, first)
        )
        ends = ((slot, self.end(number, slot, last)) for slot in shown)
        return [(slot, end) for slot, end in ends if end > number + 1]

    def _need(self, slot: Slot, row: LaidRow) -> float:
        return _height(max(slot.count, 1), row, self.extra)


def grid_of(rows: Sequence[LaidRow], table: LaidTable) -> Grid:
    """Return the rows of `table` (its header or its body) with what their heights depend on."""
    origins: list[dict[int, int]] = []
    for number, row in enumerate(rows):
        above = origins[-1] if origins else {}
        origins.append(
            {slot.cell.column: above.get(slot.cell.column, number - 1) for slot in row.slots if slot.covered}
        )
    extra = 2 * CELL_PADDING[0] + RULES[table.table.look]
    return Grid(list(rows), extra, tuple(origins), tuple(_own(row, extra) for row in rows))


def _own(row: LaidRow, extra: float) -> float | None:
    """Return the height of a row whose cells all stand in it alone, None for another."""
    if any(slot.covered or slot.cell.rowspan > 1 for slot in row.slots):
        return None
    return _height(max([1, *(slot.count for slot in row.slots)]), row, extra)


def _height(lines: int, row: LaidRow, extra: float) -> float:
    return lines * row.style.pitch + extra


def cut_rows(grid: Grid, pages: Mapping[int, float]) -> tuple[LaidRow, ...]:
    """Return the rows with every merged cell cut where a page ends, its words in each piece.

    `pages` tells of the row before which each page ends how many points its last row is stretched. A row
    that is taller than its own words says so in `least`.
    """
    edges = sorted({0, *pages, len(grid.rows)})
    return tuple(
        row for first, last in pairwise(edges) for row in _cut(grid, first, last, pages.get(last, 0.0))
    )


def _cut(grid: Grid, first: int, last: int, stretch: float) -> Iterator[LaidRow]:
    """Yield rows `first` to `last` (exclusive) as a table of their own, the last one stretched."""
    heights = grid.heights(first, last)
    for number in range(first, last):
        row = grid.rows[number]
        slots = row.slots
        if grid.own[number] is None:
            slots = tuple(_clipped(grid, number, slot, (first, last)) for slot in slots)
        pad = stretch if number == last - 1 else 0.0
        height = heights[number - first] + pad
        taller = row.least or height > grid.least(number, first, last) + ROUNDING
        yield replace(row, slots=slots, least=height if taller else 0.0, stretch=pad or row.stretch)


def _clipped(grid: Grid, number: int, slot: Slot, page: tuple[int, int]) -> Slot:
    """Return a slot that neither begins above nor ends below a page of rows."""
    first, last = page
    if slot.covered and number > first:
        return slot
    shown = grid.shown(number, slot)
    span = grid.end(number, shown, last) - number
    if span == shown.cell.rowspan:
        return shown
    return replace(shown, cell=replace(shown.cell, rowspan=span))


def part_rows(
    grid: Grid, page: tuple[int, int, float], heights: Sequence[float], shown: Mapping[int, int]
) -> tuple[tuple[LaidRow, ...], dict[int, int]]:
    """Return the rows of a page as they stand on it, and by column what its end leaves of the last one.

    `page` is the first row, the one after the last, and how far that is stretched. `shown` tells by column
    how many lines of the first row stand on an earlier page, and what is returned the same for the next;
    it is empty where the page ends between rows.
    """
    first, last, _ = page
    rows = list(_cut(grid, *page))
    if shown:
        rest = tuple(_lines(slot, shown.get(slot.cell.column, 0), None) for slot in rows[0].slots)
        rows[0] = replace(rows[0], slots=rest, least=heights[0])
    left: dict[int, int] = {}
    for number, row in enumerate(rows, first):
        slots = list(row.slots)
        for place, slot in enumerate(slots):
            if slot.covered or number + slot.cell.rowspan < last:
                continue
            fit = int((sum(heights[number - first :]) - grid.extra + ROUNDING) / row.style.pitch)
            if fit < slot.count:
                slots[place] = _lines(slot, 0, fit)
            left[slot.cell.column] = min(fit, slot.count) + (
                shown.get(slot.cell.column, 0) if number == first else 0
            )
        rows[number - first] = replace(row, slots=tuple(slots))
    return tuple(rows), left


def _lines(slot: Slot, start: int, stop: int | None) -> Slot:
    """Return a cell with its lines `start` to `stop` only, counted over its paragraphs."""
    kept: list[tuple[Paragraph, tuple[Line, ...]]] = []
    before = 0
    for paragraph, lines in zip(slot.paragraphs, slot.lines, strict=True):
        end = len(lines) if stop is None else max(stop - before, 0)
        shown = lines[max(start - before, 0) : end]
        before += len(lines)
        kept += [(paragraph, shown)] if shown else []
    if not kept:
        return replace(slot, paragraphs=slot.paragraphs[:1], lines=((),))
    return replace(slot, paragraphs=tuple(one for one, _ in kept), lines=tuple(lines for _, lines in kept))
