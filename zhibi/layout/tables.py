"""Table -> laid-out table: a full grid, column widths in millimetres, alignments, rows that may split.

Every row of the grid covers every column: a place that no cell fills gets an empty one, a cell that
reaches over several rows appears in each (`covered` after the first). Spans never leave the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhibi.layout.breaking import Line
from zhibi.layout.measure import MM, cell_width, column_cells, line_count
from zhibi.layout.spans import cut_spans
from zhibi.layout.widths import column_widths
from zhibi.nodes import Align, Cell, ColumnKind, Paragraph, Role, Row, RowKind, Table, TableLook
from zhibi.styles import CELL_PADDING, LOOK, ROW_LOOK, ROW_STYLES, PageSetup, Style

_EMPTY = (Paragraph(()),)

SPARE_LINES = 2
"""Lines that an estimated height may be wrong by, before a row is too tall for its page."""

ROUNDING = 0.1
"""Millimetres that a column may lose when widths are rounded."""

TOGETHER = 1 / 3
"""Rows that merged cells join are kept together up to this part of a page."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell in one row of the grid; `covered` when it began in a row above.

    `paragraphs` is never empty, for a Word cell must end in one; `lines` are theirs, once they are set.
    """

    cell: Cell
    paragraphs: tuple[Paragraph, ...]
    align: Align
    covered: bool = False
    lines: tuple[tuple[Line, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row that covers the whole grid; `may_split` when it could be taller than a page.

    `name` is the Word style and the CSS class of its paragraphs, `style` how they look.
    """

    kind: RowKind
    name: str
    style: Style
    slots: tuple[Slot, ...]
    keep_with_next: bool
    may_split: bool


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table with its grid; `widths` are millimetres and fill the type area."""

    table: Table
    widths: tuple[float, ...]
    header: tuple[LaidRow, ...]
    rows: tuple[LaidRow, ...]


def lay_out_table(table: Table, page: PageSetup) -> LaidTable:
    """Return `table` with its grid resolved and its columns measured for `page`."""
    header = tuple(_fill(table.header, len(table.columns)))
    rows = tuple(_fill(table.rows, len(table.columns)))
    widths = column_widths(table, header, rows, page.text_width)
    aligns = tuple(_column_align(table, rows, number, width) for number, width in enumerate(widths))
    heights = [_height(row, widths) for row in rows]
    rows = cut_spans(rows, heights, TOGETHER * page.text_height)
    spare = SPARE_LINES * ROW_LOOK[RowKind.BODY].pitch * MM
    tall = page.text_height - sum(_height(row, widths) for row in header) - spare
    return LaidTable(
        table,
        widths,
        tuple(_lay_out_row(row, table.look, aligns, may_split=False) for row in header),
        tuple(
            _lay_out_row(row, table.look, aligns, may_split=height > tall)
            for row, height in zip(rows, heights, strict=True)
        ),
    )


def _fill(rows: Sequence[Row], columns: int) -> Iterator[Row]:
    """Yield `rows` with every column covered; a cell from above comes again with its rowspan at 0."""
    hanging: dict[int, tuple[Cell, int]] = {}
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        given = {cell.column: cell for cell in row.cells}
        column = 0
        while column < columns:
            cell = _next_cell(hanging, given, column, (columns, len(rows) - number))
            cells.append(cell)
            given.pop(column, None)
            column += cell.colspan
        if given:
            raise ValueError(f"cells of row {number + 1} stand on ground that other cells cover")
        yield replace(row, cells=tuple(cells))


def _next_cell(
    hanging: dict[int, tuple[Cell, int]], given: dict[int, Cell], column: int, room: tuple[int, int]
) -> Cell:
    """Return the cell at `column`, clipped to `room` (columns of the table, rows left)."""
    if column in hanging:
        cell, left = hanging.pop(column)
        if left > 1:
            hanging[column] = cell, left - 1
        return replace(cell, rowspan=0)
    taken = min((place for place in (*hanging, *given) if place > column), default=room[0])
    cell = given.get(column, Cell((), column))
    cell = replace(
        cell,
        colspan=max(1, min(cell.colspan, taken - column, room[0] - column)),
        rowspan=max(1, min(cell.rowspan, room[1])),
    )
    if cell.rowspan > 1:
        hanging[column] = cell, cell.rowspan - 1
    return cell


def _lay_out_row(row: Row, look: TableLook, aligns: Sequence[Align], *, may_split: bool) -> LaidRow:
    info = look is TableLook.INFO
    style = LOOK[Role.INFO_CELL] if info else ROW_LOOK[row.kind]
    return LaidRow(
        row.kind,
        str(Role.INFO_CELL) if info else ROW_STYLES[row.kind],
        style,
        tuple(_slot(cell, row, look, aligns) for cell in row.cells),
        row.keep_with_next,
        may_split,
    )


def _slot(cell: Cell, row: Row, look: TableLook, aligns: Sequence[Align]) -> Slot:
    align = _cell_align(cell, row, look, aligns)
    if cell.rowspan == 0:
        return Slot(cell, _EMPTY, align, covered=True)
    paragraphs = tuple(block for block in cell.blocks if isinstance(block, Paragraph))
    if len(paragraphs) != len(cell.blocks):
        raise TypeError("after stage 5 a cell holds paragraphs only")
    return Slot(cell, paragraphs or _EMPTY, align)


def _height(row: Row, widths: Sequence[float]) -> float:
    """Return about how many millimetres `row` needs; cells over several rows do not count."""
    look = ROW_LOOK[row.kind]
    lines = (
        line_count(cell, sum(widths[cell.column : cell.column + cell.colspan]), look.size)
        for cell in row.cells
        if cell.rowspan == 1
    )
    return max(lines, default=1) * look.pitch * MM + 2 * CELL_PADDING[0] * MM


def _cell_align(cell: Cell, row: Row, look: TableLook, aligns: Sequence[Align]) -> Align:
    if cell.align is not None:
        return cell.align
    if row.kind is RowKind.HEAD:
        return Align.CENTRE
    if row.kind is RowKind.GROUP or look is TableLook.INFO or cell.colspan > 1:
        return Align.LEFT
    return aligns[cell.column]


def _column_align(table: Table, rows: Sequence[Row], number: int, width: float) -> Align:
    """Return how a column stands: as asked, else by its kind; words that take one line are centred."""
    column = table.columns[number]
    if column.align is not None:
        return column.align
    if column.kind is not ColumnKind.TEXT:
        return Align.CENTRE if column.kind is ColumnKind.SERIAL else Align.RIGHT
    size = ROW_LOOK[RowKind.BODY].size
    short = all(cell_width(cell, size) <= width + ROUNDING for cell in column_cells(rows, number))
    return Align.CENTRE if short else Align.LEFT
