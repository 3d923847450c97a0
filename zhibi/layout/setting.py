"""Paragraphs -> lines: sets every paragraph of a paper, in the text and in cells, by the one breaker.

Input: blocks with their look and the faces they are set in; output: the same blocks with their lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibi.advances import advance
from zhibi.fonts import Faces
from zhibi.layout.breaking import Line, Room, break_lines
from zhibi.layout.faces import run_face
from zhibi.layout.measure import MM
from zhibi.layout.runs import Piece, Run, heading_runs, paragraph_runs
from zhibi.layout.tables import LaidRow, LaidTable, Slot
from zhibi.layout.titles import title_lines
from zhibi.nodes import (
    HEADING_ROLES,
    Align,
    Break,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Role,
    Table,
    Text,
    plain_text,
)
from zhibi.styles import CELL_PADDING, LOOK, PageSetup, Style

TITLES = frozenset({Role.TITLE, Role.ATTACHMENT_TITLE})


@dataclass(frozen=True, slots=True)
class LaidParagraph:
    """A heading or paragraph with its lines."""

    block: Heading | Paragraph
    style: Style
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SetTable:
    """A laid-out table whose words are set: what stands above and below it, and the lines of its cells."""

    laid: LaidTable
    above: tuple[LaidParagraph, ...]
    below: tuple[LaidParagraph, ...]


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets paragraphs in the faces of one paper."""

    faces: Faces

    def set_block(self, block: Heading | Paragraph, page: PageSetup) -> LaidParagraph:
        """Set a heading or paragraph on the lines of `page`."""
        role = HEADING_ROLES[block.level - 1] if isinstance(block, Heading) else block.role
        style = LOOK[role]
        if isinstance(block, Heading):
            return LaidParagraph(block, style, self.lines(heading_runs(block), style, page.text_width / MM))
        if block.right is not None:
            style = replace(style, right=block.right)
        if block.align is not None:
            style = replace(style, align=block.align)
        content = shape_title(block.content, style, page) if block.role in TITLES else block.content
        return LaidParagraph(block, style, self.lines(paragraph_runs(content), style, page.text_width / MM))

    def set_table(self, laid: LaidTable, page: PageSetup) -> SetTable:
        """Set the words of a table, its title, unit and notes."""
        rows = tuple(self._row(row, laid.widths) for row in laid.rows)
        header = tuple(self._row(row, laid.widths) for row in laid.header)
        return SetTable(
            replace(laid, header=header, rows=rows),
            tuple(self.set_block(block, page) for block in _above(laid.table)),
            tuple(self.set_block(Paragraph(note, Role.TABLE_NOTE), page) for note in laid.table.notes),
        )

    def _row(self, row: LaidRow, widths: Sequence[float]) -> LaidRow:
        return replace(row, slots=tuple(self._slot(slot, row.style, widths) for slot in row.slots))

    def _slot(self, slot: Slot, style: Style, widths: Sequence[float]) -> Slot:
        cell = slot.cell
        width = sum(widths[cell.column : cell.column + cell.colspan]) / MM - 2 * CELL_PADDING[1]
        lines = tuple(self.lines(paragraph_runs(block.content), style, width) for block in slot.paragraphs)
        return replace(slot, lines=lines)

    def lines(self, pieces: Sequence[Piece], style: Style, width: float) -> tuple[Line, ...]:
        """Break runs into lines of `width` points less the indents of `style`."""
        full = width - style.chars(style.left + style.right)
        room = Room(full, full - style.chars(style.first_indent), style.spacing, style.size)

        def measure(run: Run, char: str) -> float:
            face, _ = next(iter(self.faces.split(run_face(run, style), char)))
            return advance(face, char) * style.size

        return break_lines(pieces, room, measure, justify=style.align is Align.JUSTIFY)


def shape_title(content: Inlines, style: Style, page: PageSetup) -> Inlines:
    """Return a title with line ends where its sense allows; one with wished line ends stays as it is."""
    if any(not isinstance(inline, Text) for inline in content):
        return content
    at = next((inline.at for inline in content if isinstance(inline, Text)), None)
    lines = title_lines(plain_text(content), page.text_width / MM / style.size)
    broken: list[Inline] = []
    for line in lines:
        broken += [Break(), Text(line, at)] if broken else [Text(line, at)]
    return tuple(broken)


def _above(table: Table) -> list[Paragraph]:
    above = [Paragraph(table.title, Role.TABLE_TITLE)] if table.title else []
    return above + ([Paragraph((Text(table.unit),), Role.TABLE_UNIT)] if table.unit else [])
