"""A table and the room that is left for it on a page -> how many of its rows stand there.

Heights and rooms are points. A row is parted only where it is taller than a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from zhibi.layout.blocks import LaidTable
from zhibi.layout.rows import Grid, grid_of
from zhibi.styles import RULES

TOLERANCE = 0.05
"""Points that rounding may push a line beyond the foot of a page."""

ABOVE = 60.0
"""Points that a title and a unit may need above a row that must not be parted."""

CLEAR = 1.0
"""Points by which a row that must go to the next page is too tall for what is left of this one."""


@dataclass(frozen=True, slots=True)
class PagedTable:
    """A table with the heights that paging needs."""

    laid: LaidTable
    grid: Grid
    header: tuple[float, ...]

    @property
    def frame(self) -> float:
        """Return what the table takes beyond its rows: half a rule above and below, and its header."""
        return RULES[self.laid.table.look] + sum(self.header)


def measured(laid: LaidTable, height: float) -> PagedTable:
    """Return a table with its heights, and with its rows told which of them a page of `height` cannot hold."""
    head = grid_of(laid.header, laid)
    header = tuple(head.heights(0, len(laid.header)))
    grid = grid_of(laid.rows, laid)
    table = PagedTable(laid, grid, header)
    return _parted(table, range(len(laid.rows)), height)


def _parted(table: PagedTable, numbers: Iterable[int], height: float) -> PagedTable:
    """Return a table of which each of some rows says whether it is taller than a page."""
    grid = table.grid
    room = height - sum(table.header) - RULES[table.laid.table.look] - ABOVE
    rows = list(grid.rows)
    for number in numbers:
        tall = grid.least(number, number, number + 1) > room + TOLERANCE
        if tall is not rows[number].may_split:
            rows[number] = replace(rows[number], may_split=tall)
    return PagedTable(replace(table.laid, rows=tuple(rows)), replace(grid, rows=rows), table.header)


def rest_of(table: PagedTable, cut: int, height: float) -> PagedTable:
    """Return the rows of a table from `cut` on as a table; only what was made taller is measured anew."""
    grid = table.grid.rest(cut)
    taller = (number for number, row in enumerate(grid.rows) if row.least)
    return _parted(PagedTable(table.laid, grid, table.header), taller, height)


def fit_rows(
    grid: Grid, start: tuple[int, int], room: float, *, force: bool
) -> tuple[int, list[float], float]:
    """Return the row before which a page with `room` points for rows ends, the heights, and a stretch.

    `start` is the row to begin with, and how many of its lines are set already. It is what is returned when
    none fits; `force` takes one all the same. LibreOffice knows no rows
    that keep with the next, and breaks a merged cell anywhere: where it would set one row more than we, the
    last row is stretched.
    """
    (first, skip), count = start, len(grid.rows)
    shortened = skip * grid.rows[first].style.pitch if skip else 0.0
    most, used = first, -shortened
    while most < count and used <= room:
        used += grid.least(most, first, count)
        most += 1
    best = 0
    for stop in range(most, first, -1):
        heights = _heights(grid, first, stop, room + shortened)
        heights[0] -= shortened
        left = room - sum(heights)
        if left < 0:
            continue
        best = best or stop
        parted = fit_lines(grid, stop, 0, left) is not None
        if stop == count or parted or not grid.rows[stop - 1].keep_with_next:
            if stop == count or grid.rows[stop].may_split:
                return stop, heights, 0.0
            spare = left - grid.least(stop, first, count)
            return stop, heights, spare + CLEAR if spare >= 0 else 0.0
    if force and (best or (count > first and not grid.rows[first].may_split)):
        stop = best or first + 1
        heights = grid.heights(first, stop)
        heights[0] -= shortened
        return stop, heights, 0.0
    return first, [], 0.0


def _heights(grid: Grid, first: int, stop: int, room: float) -> list[float]:
    """Return the heights of rows on a page; a merged cell goes on into a row that the page's end parts."""
    if stop < len(grid.rows) and grid.rows[stop].may_split:
        heights = grid.heights(first, stop + 1)[:-1]
        if fit_lines(grid, stop, 0, room - sum(heights)) is not None:
            return heights
    return grid.heights(first, stop)


def fit_lines(grid: Grid, number: int, skip: int, room: float) -> int | None:
    """Return up to which of its lines a row taller than a page stands in `room` points; None: it does not."""
    if number >= len(grid.rows) or not grid.rows[number].may_split:
        return None
    take = skip + int((room - grid.extra) / grid.rows[number].style.pitch)
    return take if take > skip else None
