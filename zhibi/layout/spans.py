"""Cells over several rows -> pieces that stay on one page.

Neither a PDF's tags nor a reader follow a merged cell over a page break. So rows that merged cells hold
together are kept together as long as they are a small part of a page; where they are more, the cells
are cut at the same rows and their words stand in every piece again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhibi.nodes import Cell, Row


def cut_spans(rows: Sequence[Row], heights: Sequence[float], limit: float) -> tuple[Row, ...]:
    """Return `rows` (a full grid) with merged cells cut so that no piece is much higher than `limit`."""
    cuts = set(_cuts(rows, heights, limit))
    ends = [_end(number, cuts, len(rows)) for number in range(len(rows))]
    return tuple(
        replace(
            row,
            cells=tuple(_cut(cell, number, rows, (cuts, ends)) for cell in row.cells),
            keep_with_next=row.keep_with_next or _crossings(rows, number + 1, cuts) > 0,
        )
        for number, row in enumerate(rows)
    )


def _cuts(rows: Sequence[Row], heights: Sequence[float], limit: float) -> Iterator[int]:
    """Yield the numbers of the rows before which every merged cell ends."""
    start, height = 0, 0.0
    for number, row_height in enumerate(heights):
        if not _crossings(rows, number):
            start, height = number, 0.0
        elif height + row_height > limit:
            start = _best_cut(rows, start, number)
            height = sum(heights[start:number])
            yield start
        height += row_height


def _best_cut(rows: Sequence[Row], start: int, number: int) -> int:
    """Return where the fewest cells are cut after row `start`, as far down as that allows."""
    return min(range(number, start, -1), key=lambda place: _crossings(rows, place))


def _crossings(rows: Sequence[Row], number: int, cuts: set[int] | None = None) -> int:
    """Return how many cells reach over the upper edge of row `number`."""
    if number >= len(rows) or (cuts and number in cuts):
        return 0
    return sum(cell.rowspan == 0 for cell in rows[number].cells)


def _end(number: int, cuts: set[int], count: int) -> int:
    return next((place for place in range(number + 1, count) if place in cuts), count)


def _cut(cell: Cell, number: int, rows: Sequence[Row], plan: tuple[set[int], Sequence[int]]) -> Cell:
    cuts, ends = plan
    if cell.rowspan > 1:
        return replace(cell, rowspan=min(cell.rowspan, ends[number] - number))
    if cell.rowspan == 0 and number in cuts:
        origin = number - 1
        while (above := _at(rows[origin], cell.column)).rowspan == 0:
            origin -= 1
        return replace(cell, rowspan=min(origin + above.rowspan, ends[number]) - number)
    return cell


def _at(row: Row, column: int) -> Cell:
    return next(cell for cell in row.cells if cell.column == column)
