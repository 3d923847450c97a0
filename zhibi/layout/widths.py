"""Table -> column widths in millimetres that fill the type area.

An explicit width is a number of characters on a line. The other columns divide what is left by what
is in them: serials, labels, numbers and short words get a line of their own wherever that can be
afforded, long words share the rest so that the rows come out about as low as they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, sqrt

from zhibi.layout.division import Demand, divide
from zhibi.layout.measure import SLACK, cell_lines, column_cells, ems_in, in_column, text_em, word_em
from zhibi.nodes import Cell, ColumnKind, Row, RowKind, Table, TableLook

SHORT_EM = 8.0
"""Words up to this many characters are not broken, if that can be afforded."""

LEAST_EM = 4.0
"""Words are not pressed into lines shorter than this many characters, if that can be helped."""

WORD_EM = 10.0
"""Numbers and Latin words up to this width are not broken, if that can be helped."""

HEAD_EM = 4
"""A heading may take several lines, but of up to four characters each rather than one or two."""


def column_widths(
    table: Table, header: Sequence[Row], rows: Sequence[Row], total: float, size: float
) -> tuple[float, ...]:
    """Return one width a column, in tenths of a millimetre, that add up to `total`; `size` is points."""
    headings = [_headings(header, number) for number in range(len(table.columns))]
    demands = [_demand(table, headings[number], rows, (number, size)) for number in range(len(table.columns))]
    widths = divide(demands, total, lambda width: ems_in(width, size) - SLACK)
    least = {number: demand.least for number, demand in enumerate(demands)}
    by_number = dict(enumerate(widths))
    for number, column in enumerate(table.columns):
        if column.width is None:
            _mend_heading(number, by_number, headings[number], (least, size))
    return _rounded(list(by_number.values()), total)


def _headings(header: Sequence[Row], number: int) -> tuple[float, ...]:
    """Return the ems of the lines of a column's own heading; one over several columns counts for none."""
    return tuple(text_em(line) for cell in column_cells(header, number) for line in cell_lines(cell))


def _demand(
    table: Table, headings: Sequence[float], rows: Sequence[Row], column: tuple[int, float]
) -> Demand:
    """Measure a column, given its number and type size; a cell over several columns counts for none."""
    number, size = column
    cells = [_cell_in(row, number) for row in rows if row.kind is not RowKind.GROUP]
    words = [tuple(cell_lines(cell)) if cell else () for cell in cells]
    lines = tuple(tuple(map(text_em, one)) for one in words)
    asked = table.columns[number].width
    if asked is not None:
        width = in_column(asked, size)
        return Demand(width, width, width, 1.0, tuple(() for _ in lines), stretch=False)
    ems = [em for cell in lines for em in cell]
    longest = max(ems, default=0.0)
    heading = max(map(_balanced, headings), default=0.0)
    firm = table.columns[number].kind is not ColumnKind.TEXT
    longest_word = max((word_em(line) for one in words for line in one), default=0.0)
    least = max(longest if firm else min(longest, LEAST_EM), heading, min(longest_word, WORD_EM))
    floor = max(least, longest if longest <= SHORT_EM else 0.0)
    weight = max(sqrt(sum(em * em for em in ems) / max(len(ems), 1)), 1.0)
    mm = [in_column(width, size) for width in (least, floor, max(longest, heading))]
    stiff = (
        number % 2 == 0 if table.look is TableLook.INFO else table.columns[number].kind is ColumnKind.SERIAL
    )
    return Demand(mm[0], mm[1], mm[2], weight, lines, stretch=not stiff)


def _cell_in(row: Row, column: int) -> Cell | None:
    found = (cell for cell in row.cells if cell.column == column and cell.colspan == 1 and cell.rowspan)
    return next(found, None)


def _balanced(ems: float) -> float:
    """Return the width of a heading set in as few equal lines of at most `HEAD_EM` as will hold it."""
    return ems if ems <= HEAD_EM else ceil(ems / ceil(ems / HEAD_EM))


def _mend_heading(
    number: int, widths: dict[int, float], headings: Sequence[float], bounds: tuple[dict[int, float], float]
) -> None:
    """Widen a column whose heading would leave one character on a line, at the cost of the widest."""
    least, size = bounds
    wish = max((_unbroken(line, widths[number], size) for line in headings), default=0.0)
    missing = wish - widths[number]
    giver = max(widths, key=lambda other: widths[other])
    if missing > 0 and giver != number and widths[giver] - missing >= least[giver]:
        widths[number] += missing
        widths[giver] -= missing


def _unbroken(ems: float, width: float, size: float) -> float:
    """Return the least width from `width` on whose last line is not one character."""
    room = max(int(ems_in(width, size)), 1)
    if ems <= room or not 0 < ems - room * int(ems / room) <= 1:
        return width
    better = next(r for r in range(room + 1, ceil(ems) + 1) if ems <= r or ems - r * int(ems / r) > 1)
    return in_column(better, size)


def _rounded(widths: Sequence[float], total: float) -> tuple[float, ...]:
    """Round the column edges, not the widths, so that nothing is lost at the right edge."""
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    edges[-1] = total
    return tuple(round(round(right, 1) - round(left, 1), 1) for left, right in pairwise(edges))
