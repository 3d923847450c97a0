"""Laid-out tables -> w:tbl: fixed grid, repeated header, no split rows (ECMA-376 part 1 cl. 17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from zhibi.layout.blocks import LaidRow, LaidTable, Slot
from zhibi.layout.breaking import Line
from zhibi.nodes import Paragraph, Role, RowKind, plain_text
from zhibi.styles import TABLE_STYLES, Look
from zhibi.writers.docx.paragraphs import own_pitch, own_size, runs, styled
from zhibi.writers.docx.xml import Element, filled, flag, twips, w


def table(laid: LaidTable, width: int, look: Look) -> Element:
    """Return a table of `width` twips."""
    grid = _grid(laid.widths, width)
    rows = (*laid.header, *laid.rows)
    return w(
        "tbl",
        _properties(laid, width),
        w("tblGrid", *(w("gridCol", w=column) for column in grid)),
        *(_row(row, grid, look) for row in rows),
    )


def _grid(widths: Sequence[float], width: int) -> tuple[int, ...]:
    """Return the column widths in twips; their sum is `width` exactly."""
    total = sum(widths)
    edges = [0, *(round(edge / total * width) for edge in accumulate(widths))]
    return tuple(right - left for left, right in pairwise(edges))


def _properties(laid: LaidTable, width: int) -> Element:
    title = plain_text(laid.table.title)
    return w(
        "tblPr",
        w("tblStyle", val=TABLE_STYLES[laid.table.look]),
        w("tblW", w=width, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        w("tblCaption", val=title) if title else None,
    )


def _row(row: LaidRow, grid: Sequence[int], look: Look) -> Element:
    properties = filled(
        "trPr",
        flag("cantSplit", not row.may_split),
        w("trHeight", val=twips(row.least), hRule="atLeast") if row.least else None,
        flag("tblHeader", row.kind is RowKind.HEAD),
    )
    cells = (_cell(slot, row, grid, look) for slot in row.slots)
    return w("tr", properties, *cells)


def _cell(slot: Slot, row: LaidRow, grid: Sequence[int], look: Look) -> Element:
    cell = slot.cell
    width = sum(grid[cell.column : cell.column + cell.colspan])
    merge = "continue" if slot.covered else "restart" if cell.rowspan > 1 else ""
    properties = _cell_properties(width, cell.colspan, merge, "top" if row.may_split else "center")
    paragraphs = zip(slot.paragraphs, slot.lines, strict=True)
    words = [_words(block, lines, slot, (row, look)) for block, lines in paragraphs]
    return f"<w:tc>{properties}{''.join(words)}</w:tc>"


@lru_cache(maxsize=1024)
def _cell_properties(width: int, columns: int, merge: str, align: str) -> Element:
    return w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=columns) if columns > 1 else None,
        w("vMerge", val="restart" if merge == "restart" else None) if merge else None,
        w("vAlign", val=align),
    )


def _without_trail(line: Line) -> Iterator[Line]:
    """Yield a spread line, its last character apart: letter-spacing behind it would not fit into the cell."""
    *before, last = line.runs or (None,)
    if last is None or line.nudge is None or len(last.text) < 2:
        yield line
        return
    kept = (*before, last._replace(text=last.text[:-1]))
    yield line._replace(runs=kept, ends=False)
    yield line._replace(runs=(last._replace(text=last.text[-1]),), gaps=line.gaps[:1], nudge=None)


def _words(block: Paragraph, lines: Sequence[Line], slot: Slot, where: tuple[LaidRow, Look]) -> Element:
    row, look = where
    align = block.align or slot.align
    base = row.style
    if row.name == Role.MARK:
        base = look.styles[Role.MARK]
        lines = [part for line in lines for part in _without_trail(line)]
    return styled(
        row.name,
        *runs(lines, row.style, look, own_size(row.style, base)),
        align=None if align is row.style.align else align,
        keep=row.keep_with_next,
        spacing=own_pitch(row.style, base),
    )
