"""发文机关标志 -> its size and its place: the standard measures to the upper edge of its characters (cl. 7.2.4).

Word sets the baseline of a line of exact height four fifths down, whatever the face; the PDF centres the
text face's ascent and descent. There is one line height at which both agree, and a mark has it. What
stands between its box and the ink of its characters is then taken off the spaces above and below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor

from zhibi.advances import ink, vertical
from zhibi.fonts import Faces
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidRow, LaidTable
from zhibi.layout.breaking import Line
from zhibi.layout.measure import cell_lines, text_em
from zhibi.layout.tables import fill_grid, lay_out_slot
from zhibi.nodes import Align, Cell, Paragraph, Role, Table, TableLook, plain_text
from zhibi.styles import CELL_PADDING
from zhibi.typography import MM, TWIPS, Face, PageSetup, Style, whole_twips

BASELINE = 0.8
"""How far down a line of exact height Word and LibreOffice set the baseline."""

FILLED = 0.96
"""Part of the width of the type area that a mark may take."""

JOINT_SIZE = 36.0
"""Points of the names of a joint mark, where they fit."""

SLACK = 1.0
"""Points that the names' column is wider than the widest name, for a Word file counts in twips."""

NAMES = 1
"""The column of a joint mark that holds the names."""

LEAST = 0.1
"""Points of the lowest paragraph."""


def mark_style(style: Style, ems: float, width: float, faces: Faces) -> Style:
    """Return the look of a mark of `ems` characters that has `width` points."""
    size = min(style.size, int(2 * FILLED * width / max(ems, 1.0)) / 2)
    ascent, descent = vertical(faces.main[Face.FANGSONG])
    return replace(style, size=size, pitch=whole_twips(size * (ascent - descent) / (2 * BASELINE - 1)))


def lay_out_marks(table: Table, page: PageSetup, style: Style, faces: Faces) -> LaidTable:
    """Return the marks of several organs; columns are the space to the left, the names, 文件 beside them."""
    longest = max(map(_ems, (row.cells[0] for row in table.rows)))
    suffix = max(map(_ems, table.rows[0].cells[1:]), default=0.0)
    width = page.text_width / MM
    gap = 2 * CELL_PADDING[1] + SLACK
    joint = replace(style, size=JOINT_SIZE)
    style = mark_style(joint, longest + suffix + gap / JOINT_SIZE, width - gap, faces)
    middle = longest * style.size + gap
    left = (width - middle - suffix * style.size) / 2 - CELL_PADDING[1]
    widths = tuple(round(part * MM, 2) for part in (left, middle, width - left - middle))
    rows = (
        LaidRow(
            row.kind,
            str(Role.MARK),
            style,
            tuple(lay_out_slot(cell, Align.LEFT) for cell in row.cells),
            keep_with_next=False,
        )
        for row in fill_grid(table.rows, len(table.columns))
    )
    return LaidTable(table, widths, (), tuple(rows))


def _ems(cell: Cell) -> float:
    return max(map(text_em, cell_lines(cell)), default=0.0)


def spread(row: LaidRow, width: float) -> LaidRow:
    """Return a row of a joint mark, its name set as wide as the `width` points of the widest one."""
    slots = tuple(
        replace(slot, lines=tuple(tuple(_spread(line, width) for line in lines) for lines in slot.lines))
        if slot.cell.column == NAMES
        else slot
        for slot in row.slots
    )
    return replace(row, slots=slots)


def _spread(line: Line, width: float) -> Line:
    count = sum(len(run.text) for run in line.runs)
    if count < 2:
        return line
    spacing = (width - line.width) / (count - 1)
    return line._replace(spacing=spacing, nudge=floor(spacing * TWIPS) / TWIPS)


def settle(blocks: Sequence[LaidBlock], faces: Faces) -> list[LaidBlock]:
    """Take off the spaces above and below a mark what its box is beyond the ink of its characters."""
    settled = list(blocks)
    for number, block in enumerate(blocks):
        found = _mark(block)
        if found is None:
            continue
        style, text = found
        top, bottom = ink(faces.main[style.face], text)
        above = BASELINE * style.pitch - top * style.size
        below = (1 - BASELINE) * style.pitch + bottom * style.size
        edges = CELL_PADDING[0] if isinstance(block, LaidTable) else 0.0
        for place, beyond in ((number - 1, above + edges), (number + 1, below + edges)):
            if 0 <= place < len(blocks):
                settled[place] = _shorter(settled[place], beyond)
    return settled


def _mark(block: LaidBlock) -> tuple[Style, str] | None:
    if isinstance(block, LaidTable):
        if block.table.look is not TableLook.MARKS:
            return None
        words = "".join(line for row in block.table.rows for cell in row.cells for line in cell_lines(cell))
        return block.rows[0].style, words
    if isinstance(block.block, Paragraph) and block.block.role is Role.MARK:
        return block.style, plain_text(block.block.content)
    return None


def _shorter(block: LaidBlock, points: float) -> LaidBlock:
    if isinstance(block, LaidParagraph) and isinstance(block.block, Paragraph) and block.block.height:
        return replace(
            block, style=replace(block.style, pitch=whole_twips(max(block.style.pitch - points, LEAST)))
        )
    return block
