"""Tables on a page: cells and their rules, the marks of several organs, and what both are in the tag tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from zhibi.layout.blocks import LaidRow, LaidTable, Slot
from zhibi.layout.pages import Placed
from zhibi.nodes import Align, RowKind, TableLook
from zhibi.styles import CELL_PADDING, RULES
from zhibi.typography import MM
from zhibi.writers.lines import Pen, Room
from zhibi.writers.tags import Element

Piece = tuple[Placed, float]
"""What stands of a table on a page, and how far down the sheet it begins, in points."""


def draw_table(pen: Pen, sect: Element, laid: LaidTable, piece: Piece) -> None:
    """Draw what stands of a table on a page, with its header."""
    placed, top = piece
    weight = RULES[laid.table.look]
    rows = (*laid.header, *placed.rows)
    xs = list(accumulate((width / MM for width in laid.widths), initial=pen.area[0] + weight / 2))
    ys = list(accumulate(placed.heights, initial=top + weight / 2))
    table = sect.add("Table")
    for part, tag, first in ((laid.header, "THead", 0), (placed.rows, "TBody", len(laid.header))):
        group = table.add(tag) if part else table
        for number, row in enumerate(part, first):
            _row(pen, group.add("TR"), (row, number), (laid.table.look, xs, ys))
    with pen.ink.artifact():
        pen.ink.rules(list(_rules(rows, xs, ys, weight / 2)), weight)


_SCOPE = {"column": "/Scope /Column", "row": "/Scope /Row"}
"""What a heading cell heads (PDF/UA-1 cl. 7.5)."""

Grid = tuple[TableLook, Sequence[float], Sequence[float]]
"""The kind of a table, and where its columns and rows begin and end, in points."""


def _row(pen: Pen, element: Element, place: tuple[LaidRow, int], grid: Grid) -> None:
    """Draw the cells of a row."""
    row, number = place
    shown = [slot for slot in row.slots if not slot.covered]
    for count, slot in enumerate(shown):
        cell = element.add(*_tag(row, slot, grid[0], count))
        _cell(pen, cell, (row, slot, number), grid)


def _tag(row: LaidRow, slot: Slot, look: TableLook, count: int) -> tuple[str, str]:
    """Return TD, or TH for a heading with what it heads; in the 信息公开 block labels and values take turns."""
    cell, more = slot.cell, "/O /Table"
    more += f"/ColSpan {cell.colspan}" if cell.colspan > 1 else ""
    more += f"/RowSpan {cell.rowspan}" if cell.rowspan > 1 else ""
    if row.kind is RowKind.HEAD:
        return "TH", f"/A <<{more}{_SCOPE['column']}>>"
    if look is TableLook.INFO and count % 2 == 0:
        return "TH", f"/A <<{more}{_SCOPE['row']}>>"
    return "TD", f"/A <<{more}>>"


def _cell(pen: Pen, element: Element, place: tuple[LaidRow, Slot, int], grid: Grid) -> None:
    """Draw the words of a cell: in its middle, or from its top where it may go on overleaf."""
    row, slot, number = place
    look, xs, ys = grid
    column, half = slot.cell.column, RULES[look] / 2
    above, beside = CELL_PADDING[0] + half, CELL_PADDING[1] + half
    left, right = xs[column] + beside, xs[column + slot.cell.colspan] - beside
    spare = ys[number + slot.cell.rowspan] - ys[number] - 2 * above - slot.count * row.style.pitch
    y = ys[number] + above + (0.0 if row.may_split else spare / 2)
    for paragraph, lines in zip(slot.paragraphs, slot.lines, strict=True):
        room = Room(left, right, paragraph.align or slot.align)
        with pen.ink.mark(element.add("P")):
            y = pen.lines(lines, row.style, room, y)


def _rules(
    rows: Sequence[LaidRow], xs: Sequence[float], ys: Sequence[float], half: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the rules between cells, each as long as it goes; `half` a rule joins them at the corners."""
    level: dict[int, set[int]] = {}
    upright: dict[int, set[int]] = {}
    for number, row in enumerate(rows):
        for slot in row.slots:
            if not slot.covered:
                columns = range(slot.cell.column, slot.cell.column + slot.cell.colspan)
                lines = range(number, number + slot.cell.rowspan)
                for edge in (lines.start, lines.stop):
                    level.setdefault(edge, set()).update(columns)
                for edge in (columns.start, columns.stop):
                    upright.setdefault(edge, set()).update(lines)
    for edge, first, last in _stretches(level):
        yield xs[first] - half, ys[edge], xs[last] + half, ys[edge]
    for edge, first, last in _stretches(upright):
        yield xs[edge], ys[first] - half, xs[edge], ys[last] + half


def _stretches(edges: Mapping[int, set[int]]) -> Iterator[tuple[int, int, int]]:
    """Yield each edge with the first and the last place of every stretch of it."""
    for edge, places in sorted(edges.items()):
        for first in sorted(places):
            if first - 1 not in places:
                yield (
                    edge,
                    first,
                    next(last for last in range(first + 1, first + len(places) + 1) if last not in places),
                )


def draw_marks(pen: Pen, sect: Element, laid: LaidTable, piece: Piece) -> None:
    """Draw the marks of several organs side by side, which are no table to a reader."""
    _, top = piece
    above, beside = CELL_PADDING
    style = laid.rows[0].style
    columns: dict[int, list[Slot]] = {}
    for row in laid.rows:
        for slot in row.slots:
            if not slot.covered and slot.count:
                columns.setdefault(slot.cell.column, []).append(slot)
    heights = {
        number: sum(slot.count * style.pitch + 2 * above for slot in slots)
        for number, slots in columns.items()
    }
    xs = list(accumulate((width / MM for width in laid.widths), initial=pen.area[0]))
    division = sect.add("Div")
    for number in range(len(laid.widths)):
        column = division.add("Div")
        y = top + (max(heights.values()) - heights.get(number, 0.0)) / 2
        for slot in columns.get(number, ()):
            room = Room(xs[number] + beside, xs[number + 1] - beside, Align.LEFT)
            with pen.ink.mark(column.add("P")):
                y = (
                    pen.lines([line for lines in slot.lines for line in lines], style, room, y + above)
                    + above
                )
