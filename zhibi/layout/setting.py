"""Paragraphs -> lines: sets every paragraph of a paper, in the text and in cells, by the one breaker.

Input: blocks with their look and the faces they are set in; output: the same blocks with their lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from zhibi.advances import advance
from zhibi.fonts import Faces
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidRow, Part, Slot
from zhibi.layout.breaking import Line, Room, break_lines
from zhibi.layout.faces import run_face
from zhibi.layout.marks import LEAST, NAMES, SLACK, lay_out_marks, mark_style, spread
from zhibi.layout.measure import text_em
from zhibi.layout.runs import Piece, Run, heading_runs, paragraph_runs
from zhibi.layout.scripts import Script
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
    RowKind,
    Stop,
    Table,
    TableLook,
    Text,
    plain_text,
)
from zhibi.styles import CELL_PADDING, Look
from zhibi.typography import MM, Face, PageSetup, Style, whole_twips

ENDLESS = 1e9
"""Points of a line that is never full."""

TITLES = frozenset({Role.TITLE, Role.ATTACHMENT_TITLE})


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets paragraphs in the faces and the look of one paper, for one page setup."""

    faces: Faces
    look: Look
    page: PageSetup
    widths: dict[tuple[Face, float], _Widths] = field(default_factory=dict, repr=False)

    def set_block(self, block: Heading | Paragraph) -> LaidParagraph:
        """Set a heading or paragraph on the lines of the page."""
        width = self.page.text_width / MM
        if isinstance(block, Heading):
            style = self.look.styles[HEADING_ROLES[block.level - 1]]
            lines = self.lines(heading_runs(block), style, width)
            return LaidParagraph(block, style, lines, keep=not block.rest)
        style = self._style(block)
        content = shape_title(block.content, style, self.page) if block.role in TITLES else block.content
        pieces = paragraph_runs(content)
        keep = style.keep_with_next or block.keep_with_next
        if any(isinstance(piece, Stop) for piece in pieces):
            parts = tuple(self._parts(pieces, style, width))
            style = replace(style, align=Align.LEFT, right=0.0)
            return LaidParagraph(block, style, (_joined(parts),), keep, parts=parts)
        return LaidParagraph(block, style, self.lines(pieces, style, width), keep)

    def _style(self, block: Paragraph) -> Style:
        """Return the look of a paragraph's role with what the paragraph itself asks for."""
        style = self.look.styles[block.role]
        if block.right is not None:
            style = replace(style, right=block.right)
        if block.align is not None:
            style = replace(style, align=block.align)
        if block.height is not None:
            mm = block.height.mm + (self.look.lead if block.height.area else 0.0)
            height = block.height.lines * self.look.pitch + mm / MM
            style = replace(style, pitch=whole_twips(max(height, LEAST)))
        if block.role is Role.MARK:
            style = mark_style(
                style, text_em(plain_text(block.content)), self.page.text_width / MM, self.faces
            )
        return style

    def _parts(self, pieces: Sequence[Piece], style: Style, width: float) -> Iterator[Part]:
        """Yield the pieces of a line that has places of its own; the first one stands at the left."""
        cursor = place = style.chars(style.left + style.first_indent)
        align = Align.LEFT
        for group_is_stop, group in groupby(pieces, key=lambda piece: isinstance(piece, Stop)):
            if group_is_stop:
                stop = [piece for piece in group if isinstance(piece, Stop)][-1]
                place, align = width - style.chars(stop.right), stop.align
                continue
            # A line end that somebody typed has no meaning in a piece of a line.
            words = tuple(piece for piece in group if isinstance(piece, Run))
            (line,) = self.lines(words, replace(style, align=Align.LEFT, left=0, right=0), ENDLESS)
            before = {Align.CENTRE: line.width / 2, Align.RIGHT: line.width}.get(align, 0.0)
            yield Part(line, max(place - before - cursor, 0.0), place, align)
            cursor = max(place - before, cursor) + line.width

    def set_table(self, table: Table) -> Iterator[LaidBlock]:
        """Set a table with its title and unit above it and its notes below it."""
        if table.look is TableLook.MARKS:
            laid = lay_out_marks(table, self.page, self.look.styles[Role.MARK], self.faces)
            names = laid.widths[NAMES] / MM - 2 * CELL_PADDING[1] - SLACK
            yield replace(laid, rows=tuple(spread(self._row(row, laid.widths), names) for row in laid.rows))
            return
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
        return replace(row, slots=tuple(self._slot(slot, row, widths) for slot in row.slots))

    def _slot(self, slot: Slot, row: LaidRow, widths: Sequence[float]) -> Slot:
        cell, set_words = slot.cell, self._head if row.kind is RowKind.HEAD else self._cell
        width = sum(widths[cell.column : cell.column + cell.colspan]) / MM - 2 * CELL_PADDING[1]
        lines = tuple(set_words(block.content, row.style, width) for block in slot.paragraphs)
        return replace(slot, lines=lines)

    def _cell(self, content: Inlines, style: Style, width: float) -> tuple[Line, ...]:
        return self.lines(paragraph_runs(content), style, width)

    def _head(self, content: Inlines, style: Style, width: float) -> tuple[Line, ...]:
        """Break a column's head that needs several lines before its brackets, where that takes no more of them."""
        lines, parts = self._cell(content, style, width), bracketed(content)
        if len(lines) == 1 or not parts:
            return lines
        parted = self._cell(parts, style, width)
        # The brackets are whole where the wished line end stands before the last line.
        return parted if len(parted) <= len(lines) and parted[-2].ends else lines

    def lines(self, pieces: Sequence[Piece], style: Style, width: float) -> tuple[Line, ...]:
        """Break runs into lines of `width` points less the indents of `style`."""
        full = width - style.chars(style.left + style.right)
        room = Room(full, full - style.chars(style.first_indent), style.spacing, style.size)

        def advances(run: Run) -> Iterator[float]:
            key = run_face(run, style), style.size
            known = self.widths.get(key)
            if known is None:
                known = self.widths[key] = _Widths(self.faces, *key)
            return map(known.__getitem__, run.text)

        return break_lines(pieces, room, advances, justify=style.align is Align.JUSTIFY)


class _Widths(dict[str, float]):
    """Widths in points of the characters of a class in type of one size, each looked up once."""

    def __init__(self, faces: Faces, face: Face, size: float) -> None:
        super().__init__()
        self.face, self.other, self.size = faces.main[face], faces.other[face], size

    def __missing__(self, char: str) -> float:
        self[char] = width = advance(self.other.get(char, self.face), char) * self.size
        return width


def _joined(parts: Sequence[Part]) -> Line:
    """Return the whole line; a tab stands where a place is told."""
    tab = Run("\t", Script.HAN)
    runs: list[Run] = []
    for part in parts:
        if runs or part.gap:
            runs.append(tab)
        runs.extend(part.line.runs)
    width = sum(part.gap + part.line.width for part in parts)
    return Line(tuple(runs), (False,) * len(runs), 0.0, width, ends=True)


def bracketed(content: Inlines) -> Inlines:
    """Return plain words that end in brackets with a line end before these; nothing for others."""
    words = plain_text(content)
    place = words.rfind("（")
    if place < 1 or not words.endswith("）") or not all(isinstance(inline, Text) for inline in content):
        return ()
    at = next((inline.at for inline in content if isinstance(inline, Text)), None)
    return (Text(words[:place], at), Break(), Text(words[place:], at))


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
