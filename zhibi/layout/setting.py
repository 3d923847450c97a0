"""Paragraphs -> lines: sets every paragraph of a paper, in the text and in cells, by the one breaker.

Input: blocks with their look and the faces they are set in; output: the same blocks with their lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhibi.advances import advance
from zhibi.fonts import Faces
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidRow, Slot
from zhibi.layout.breaking import Line, Room, break_lines
from zhibi.layout.faces import run_face
from zhibi.layout.runs import Piece, Run, heading_runs, paragraph_runs
from zhibi.layout.tables import lay_out_table
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
from zhibi.styles import CELL_PADDING, MM, Look, PageSetup, Style

TITLES = frozenset({Role.TITLE, Role.ATTACHMENT_TITLE})


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets paragraphs in the faces and the look of one paper, for one page setup."""

    faces: Faces
    look: Look
    page: PageSetup

    def set_block(self, block: Heading | Paragraph) -> LaidParagraph:
        """Set a heading or paragraph on the lines of the page."""
        width = self.page.text_width / MM
        if isinstance(block, Heading):
            style = self.look.styles[HEADING_ROLES[block.level - 1]]
            lines = self.lines(heading_runs(block), style, width)
            return LaidParagraph(block, style, lines, keep=not block.rest)
        style = self.look.styles[block.role]
        if block.right is not None:
            style = replace(style, right=block.right)
        if block.align is not None:
            style = replace(style, align=block.align)
        content = shape_title(block.content, style, self.page) if block.role in TITLES else block.content
        lines = self.lines(paragraph_runs(content), style, width)
        keep = style.keep_with_next or block.keep_with_next
        return LaidParagraph(block, style, lines, keep=keep)

    def set_table(self, table: Table) -> Iterator[LaidBlock]:
        """Set a table with its title and unit above it and its notes below it."""
        if table.title:
            yield self.set_block(Paragraph(table.title, Role.TABLE_TITLE))
        if table.unit:
            yield self.set_block(Paragraph((Text(table.unit),), Role.TABLE_UNIT))
        laid = lay_out_table(table, self.page, self.look)
        yield replace(
            laid,
            rows=tuple(self._row(row, laid.widths) for row in laid.rows),
            header=tuple(self._row(row, laid.widths) for row in laid.header),
            continuation=self._continuation(table),
        )
        for note in table.notes:
            yield self.set_block(Paragraph(note, Role.TABLE_NOTE))

    def _continuation(self, table: Table) -> LaidParagraph | None:
        if not table.continuation:
            return None
        return self.set_block(Paragraph((Text(table.continuation),), Role.TABLE_CONTINUED))

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
