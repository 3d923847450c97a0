"""Flow -> the faces that set it: what every typeface class has to hold, and which face sets a run."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from zhibi.advances import glyph
from zhibi.errors import Location
from zhibi.fonts import Faces, FontFace, installed_faces, resolve_faces
from zhibi.layout.runs import LABEL, Piece, Run, Voice, heading_runs, paragraph_runs
from zhibi.layout.scripts import LATIN
from zhibi.nodes import (
    HEADING_ROLES,
    Flow,
    FlowBlock,
    Heading,
    Paragraph,
    Picture,
    Plot,
    Role,
    RowKind,
    Table,
    TableLook,
    Text,
)
from zhibi.styles import LEAD_FACE, Look
from zhibi.typography import OFFICIAL_FACES, Face, Style

PAGE_NUMBER = "— 0123456789"

_FACES = {Voice.LEAD: LEAD_FACE, Voice.REST: Face.FANGSONG}
_LATIN_FACE = Face.LATIN

Setting = tuple[Style, Iterable[Piece]]


def find_faces(flow: Flow, look: Look) -> Faces:
    """Return faces for every character of `flow`, or raise with all that no face holds."""
    used: dict[Face, dict[str, Location | None]] = {
        look.styles[Role.PAGE_NUMBER].face: dict.fromkeys(PAGE_NUMBER),
        look.styles[Role.BODY].face: {},  # Its height is that of every line.
    }
    for section in flow.sections:
        for block in section.blocks:
            for style, pieces in _settings(block, look):
                _note(used, style, pieces)
    for paragraph in flow.imprint:
        for style, pieces in _settings(paragraph, look):
            _note(used, style, pieces)
    chosen = {face: name for face, name in look.faces.items() if name != OFFICIAL_FACES[face]}
    return _part_clashes(resolve_faces(used, chosen), used, chosen)


def _part_clashes(faces: Faces, used: Mapping[Face, Iterable[str]], chosen: Mapping[Face, str]) -> Faces:
    """Give each of two characters that one glyph draws (· and •) a face of its own.

    A PDF knows a glyph by one character only: the other would be copied and searched as the first.
    """
    other = {face: dict(found) for face, found in faces.other.items()}
    for face, characters in used.items():
        taken: set[tuple[FontFace, int | None]] = set()
        for char in sorted(char for char in characters if unicodedata.east_asian_width(char) not in "WF"):
            found = other[face].get(char, faces.main[face])
            best = found
            if (found, glyph(found, char)) in taken:
                others = (one for one in installed_faces(face, chosen) if one.holds(char))
                best = next((one for one in others if (one, glyph(one, char)) not in taken), found)
                other[face][char] = best
            taken.add((best, glyph(best, char)))
    return Faces(faces.main, other)


def run_face(run: Run, style: Style) -> Face:
    """Return the typeface class that sets `run` in a paragraph of `style`."""
    if run.script is LATIN:
        return _LATIN_FACE
    if run.voice is LABEL and style.label:
        return style.label
    return _FACES.get(run.voice, style.face)


def _note(used: dict[Face, dict[str, Location | None]], style: Style, pieces: Iterable[Piece]) -> None:
    used.setdefault(style.face, {})
    for piece in pieces:
        if isinstance(piece, Run):
            known = used.setdefault(run_face(piece, style), {})
            if new := set(piece.text).difference(known):
                known.update((char, piece.at) for char in piece.text if char in new)


def _settings(block: FlowBlock, look: Look) -> Iterator[Setting]:
    match block:
        case Heading():
            yield look.styles[HEADING_ROLES[block.level - 1]], heading_runs(block)
        case Paragraph():
            yield look.styles[block.role], paragraph_runs(block.content)
        case Picture():
            yield look.styles[Role.PICTURE_TITLE], paragraph_runs(block.caption)
        case Plot():
            yield from _plot_settings(block, look)
        case Table():
            yield from _table_settings(block, look)
        case _:
            assert_never(block)


def table_style(kind: TableLook, row: RowKind, look: Look) -> Style:
    """Return how the words of a row look in a table of a kind."""
    match kind:
        case TableLook.RULED:
            return look.row(row)
        case TableLook.INFO:
            return look.styles[Role.INFO_CELL]
        case TableLook.MARKS:
            return look.styles[Role.MARK]
    assert_never(kind)


def _plot_settings(plot: Plot, look: Look) -> Iterator[Setting]:
    for words in (*plot.heads, plot.goal):
        yield look.row(RowKind.HEAD), paragraph_runs((Text(words),))
    for bar in plot.bars:
        for words in (bar.name, *bar.figures):
            yield look.row(RowKind.BODY), paragraph_runs((Text(words, bar.at),))
    for note in plot.notes:
        yield look.styles[Role.TABLE_NOTE], paragraph_runs(note)


def _table_settings(table: Table, look: Look) -> Iterator[Setting]:
    yield look.styles[Role.TABLE_TITLE], paragraph_runs(table.title)
    yield look.styles[Role.TABLE_UNIT], paragraph_runs((Text(table.unit),))
    for note in table.notes:
        yield look.styles[Role.TABLE_NOTE], paragraph_runs(note)
    for row in (*table.header, *table.rows):
        style = table_style(table.look, row.kind, look)
        for cell in row.cells:
            for paragraph in cell.blocks:
                if isinstance(paragraph, Paragraph):
                    yield style, paragraph_runs(paragraph.content)
