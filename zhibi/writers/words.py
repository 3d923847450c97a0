"""Runs -> HTML spans, and the characters that every face of a paper has to set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import assert_never

from zhibi.errors import Location
from zhibi.fonts import Faces, FontFace, resolve_faces
from zhibi.layout import LaidBlock, Layout
from zhibi.layout.measure import word_em
from zhibi.layout.runs import Piece, Run, Voice, heading_runs, paragraph_runs
from zhibi.layout.scripts import Script
from zhibi.layout.tables import LaidTable
from zhibi.nodes import HEADING_ROLES, Break, Heading, Paragraph, Role, Text
from zhibi.styles import LEAD_FACE, LOOK, Face, Style

PAGE_NUMBER = "— 0123456789"

OTHER = "换字体"
"""Class stem of characters that their own face does not hold: 换字体1, 换字体2 …"""

LONG_WORD = "长词"
"""Class of what may break anywhere: Latin words that no line holds."""

LONG_EM = 25.0
"""A word of so many ems may not fit on a line of body text."""

Setting = tuple[Style, Iterable[Piece]]


@dataclass
class Hand:
    """What writes words: the faces of the paper and the classes of those that stand in for them."""

    faces: Faces
    others: dict[FontFace, int] = field(default_factory=dict)

    def spans(self, pieces: Iterable[Piece], style: Style) -> str:
        """Return HTML for runs in a paragraph of `style`; the paragraph's own face needs no span."""
        return "".join(self._span(piece, style) for piece in pieces)

    def _span(self, piece: Piece, style: Style) -> str:
        match piece:
            case Break():
                return "<br>"
            case Run(text=text):
                face = run_face(piece, style)
                return "".join(
                    self._part(part, piece, (face, found)) for found, part in self.faces.split(face, text)
                )
        assert_never(piece)

    def _part(self, text: str, run: Run, faces: tuple[Face, FontFace]) -> str:
        face, found = faces
        names = [str(run.voice)] if run.voice is Voice.LEAD else []
        if run.script is Script.LATIN:
            names.append(str(Face.LATIN))
            names += [LONG_WORD] * (word_em(text) > LONG_EM)
        if found is not self.faces.main[face]:
            names.append(f"{OTHER}{self.others.setdefault(found, len(self.others) + 1)}")
        words = escape(text, quote=False)
        return f'<span class="{" ".join(names)}">{words}</span>' if names else words


def run_face(run: Run, style: Style) -> Face:
    """Return the typeface class that sets `run` in a paragraph of `style`."""
    if run.script is Script.LATIN:
        return Face.LATIN
    match run.voice:
        case Voice.LEAD:
            return LEAD_FACE
        case Voice.REST:
            return LOOK[Role.BODY].face
        case Voice.PLAIN | Voice.NUMBER | Voice.HEADING:
            return style.face
    assert_never(run.voice)


def find_faces(layout: Layout) -> Faces:
    """Return faces for every character of `layout`, or raise with all that no face holds."""
    used: dict[Face, dict[str, Location | None]] = {LOOK[Role.PAGE_NUMBER].face: dict.fromkeys(PAGE_NUMBER)}
    for section in layout.sections:
        for block in section.blocks:
            for style, pieces in _settings(block):
                _note(used, style, pieces)
    return resolve_faces(used)


def _note(used: dict[Face, dict[str, Location | None]], style: Style, pieces: Iterable[Piece]) -> None:
    used.setdefault(style.face, {})
    for piece in pieces:
        if isinstance(piece, Run):
            known = used.setdefault(run_face(piece, style), {})
            known.update((char, piece.at) for char in dict.fromkeys(piece.text) if char not in known)


def _settings(block: LaidBlock) -> Iterator[Setting]:
    match block:
        case Heading():
            yield LOOK[HEADING_ROLES[block.level - 1]], heading_runs(block)
        case Paragraph():
            yield LOOK[block.role], paragraph_runs(block.content)
        case LaidTable():
            yield from _table_settings(block)
        case _:
            assert_never(block)


def _table_settings(laid: LaidTable) -> Iterator[Setting]:
    yield LOOK[Role.TABLE_TITLE], paragraph_runs(laid.table.title)
    yield LOOK[Role.TABLE_UNIT], paragraph_runs((Text(laid.table.unit),))
    for note in laid.table.notes:
        yield LOOK[Role.TABLE_NOTE], paragraph_runs(note)
    for row in (*laid.header, *laid.rows):
        for slot in row.slots:
            for paragraph in slot.paragraphs:
                yield row.style, paragraph_runs(paragraph.content)
