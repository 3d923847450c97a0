"""Table -> laid-out table: a full grid, column widths in millimetres, alignments.

Every row of the grid covers every column: a place that no cell fills gets an empty one, a cell that
reaches over several rows appears in each (`covered` after the first). Spans never leave the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhibi.layout.blocks import LaidRow, LaidTable, Slot
from zhibi.layout.measure import cell_width, column_cells
from zhibi.layout.widths import column_widths
from zhibi.nodes import Align, Cell, ColumnKind, Paragraph, Role, Row, RowKind, Table, TableLook
from zhibi.styles import ROW_STYLES, Look
from zhibi.typography import PageSetup

_EMPTY = (Paragraph(()),)

ROUNDING = 0.1
"""Millimetres that a column may lose when widths are rounded."""


def lay_out_table(table: Table, page: PageSetup, look: Look) -> LaidTable:
    """Return `table` with its grid resolved and its columns measured for `page`."""
    header = tuple(fill_grid(table.header, len(table.columns)))
    rows = tuple(fill_grid(table.rows, len(table.columns)))
    size = look.row(RowKind.BODY).size
    widths = column_widths(table, header, rows, page.text_width, size)
    aligns = tuple(_column_align(table, rows, number, (width, size)) for number, width in enumerate(widths))
    return LaidTable(
        table,
        widths,
        tuple(_lay_out_row(row, table.look, aligns, look) for row in header),
        tuple(_lay_out_row(row, table.look, aligns, look) for row in rows),
    )


def fill_grid(rows: Sequence[Row], columns: int) -> Iterator[Row]:
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
    colspan = max(1, min(cell.colspan, taken - column, room[0] - column))
    rowspan = max(1, min(cell.rowspan, room[1]))
    if (colspan, rowspan) != (cell.colspan, cell.rowspan):
        cell = replace(cell, colspan=colspan, rowspan=rowspan)
    if cell.rowspan > 1:
        hanging[column] = cell, cell.rowspan - 1
    return cell


def _lay_out_row(row: Row, kind: TableLook, aligns: Sequence[Align], look: Look) -> LaidRow:
    info = kind is TableLook.INFO
    style = look.styles[Role.INFO_CELL] if info else look.row(row.kind)
    return LaidRow(
        row.kind,
        str(Role.INFO_CELL) if info else ROW_STYLES[row.kind],
        style,
        tuple(_slot(cell, row, kind, aligns) for cell in row.cells),
        row.keep_with_next,
    )


def _slot(cell: Cell, row: Row, look: TableLook, aligns: Sequence[Align]) -> Slot:
    return lay_out_slot(cell, _cell_align(cell, row, look, aligns))


def lay_out_slot(cell: Cell, align: Align) -> Slot:
    """Return a cell of a full grid as a slot; one that began in a row above has no words here."""
    if cell.rowspan == 0:
        return Slot(cell, _EMPTY, align, covered=True)
    paragraphs = tuple(block for block in cell.blocks if isinstance(block, Paragraph))
    if len(paragraphs) != len(cell.blocks):
        raise TypeError("after stage 5 a cell holds paragraphs only")
    return Slot(cell, paragraphs or _EMPTY, align)


def _cell_align(cell: Cell, row: Row, look: TableLook, aligns: Sequence[Align]) -> Align:
    if cell.align is not None:
        return cell.align
    if row.kind is RowKind.HEAD:
        return Align.CENTRE
    if row.kind is RowKind.GROUP or look is TableLook.INFO or cell.colspan > 1:
        return Align.LEFT
    return aligns[cell.column]


def _column_align(table: Table, rows: Sequence[Row], number: int, measure: tuple[float, float]) -> Align:
    """Return how a column stands: as asked, else by its kind; words that take one line are centred.

    `measure` is the column's width in millimetres and its type size in points.
    """
    column = table.columns[number]
    if column.align is not None:
        return column.align
    if column.kind is not ColumnKind.TEXT:
        return Align.CENTRE if column.kind is ColumnKind.SERIAL else Align.RIGHT
    width, size = measure
    short = all(cell_width(cell, size) <= width + ROUNDING for cell in column_cells(rows, number))
    return Align.CENTRE if short else Align.LEFT
