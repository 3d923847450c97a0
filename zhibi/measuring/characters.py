"""The text of a PDF page -> its characters, in millimetres on the sheet as it is shown (PDFium).

PDFium is asked character by character, so what a whole piece of text shares is asked once, and of words in
tables, whose place is not judged, no more than whether they have their glyphs.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from zhibi.measuring.asking import Answers, Look
from zhibi.measuring.outlines import drawn_height, missing_ink
from zhibi.measuring.shapes import MM, Box, Place, ends_between, is_red

_SAME_INK = 0.004
"""Ems by which the ink of one and the same glyph may differ in two places of a file."""

_STROKED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE)


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the file: how far it says it reaches above and below the baseline, in ems.

    `missing` is the ink of its .notdef glyph in ems, or None where that draws nothing.
    """

    name: str
    embedded: bool
    ascent: float
    descent: float
    missing: tuple[float, float, float, float] | None


class Char(NamedTuple):
    """One character: origin `x`, `baseline`, right end of its em box, `size` in points, its ink."""

    text: str
    x: float
    right: float
    baseline: float
    size: float
    ink: Box
    font: Font
    stroked: bool
    red: bool
    angle: int


class _Face(dict[str, float]):
    """A font as PDFium holds it; what it maps are the letters that were asked for to their widths in ems."""

    def __init__(self, font: Font, handle: Any) -> None:
        super().__init__()
        self.font, self.handle = font, handle

    def __missing__(self, letter: str) -> float:
        width = ctypes.c_float()
        raw.FPDFFont_GetGlyphWidth(self.handle, ord(letter), 1.0, width)
        self[letter] = width.value
        return width.value


Faces = dict[int, _Face]
"""Address -> font of those that PDFium holds."""


class _Piece(NamedTuple):
    """What the characters of pieces of text share; `level`: its letters stand upright on the page.

    `missing` is what the ink of its letters is compared with, if it can be.
    """

    face: _Face
    size: float
    red: bool
    stroked: bool
    angle: int
    level: bool
    missing: tuple[float, float, float, float] | None


class Words:
    """Reads the text of one page.

    `faces` are the fonts in the order in which they are met, `lost` the letters without a glyph or a code.
    Both are full once `chars` has come to its end. `known` are fonts that are still held from other pages.
    """

    def __init__(self, page: tuple[Any, Place, int], tables: Sequence[Box], known: Faces) -> None:
        self.text, self.place, self.rotation = page
        self.tables, self._known = tables, known
        self.faces: Faces = {}
        self.lost: list[str] = []

    def chars(self) -> Iterator[Char]:
        """Yield the characters outside of tables, and whatever stands turned; not what is pressed to nothing."""
        answers = Answers(self.text)
        starts, heights = answers.origins()
        across, down = self.place(starts, heights)
        pieces = self._pieces(answers)
        kept = [
            bool(piece.size) and (bool(piece.angle) or not tabled)
            for piece, tabled in zip(pieces, self._tabled(across, down), strict=True)
        ]
        seen = [keep or piece.missing is not None for keep, piece in zip(kept, pieces, strict=True)]
        left, right, bottom, top = answers.inks(seen)
        inks = ends_between(self.place(left, bottom), self.place(right, top))
        lost = {place for place, letter in enumerate(answers.letters) if letter in "\x00\ufffd"}
        lost.update(answers.without_code())
        lost.update(_missing(compress(zip(count(), pieces, across, down), seen), inks))
        self.lost.extend(answers.letters[place] for place in sorted(lost))
        boxes = compress(map(Box._make, zip(*inks, strict=True)), compress(kept, seen))
        known = compress(zip(answers.letters, pieces, across, down, starts, strict=True), kept)
        return map(_char, known, boxes, answers.rights(kept))

    def _tabled(self, across: list[float], down: list[float]) -> list[bool]:
        """Tell of each character whether it stands in a table."""
        tabled = [False] * len(across)
        for box in self.tables:
            left, right, top, bottom = box.left - 0.5, box.right + 0.5, box.top - 0.5, box.bottom + 0.5
            tabled = [
                known or (left <= x <= right and top <= y <= bottom)
                for known, x, y in zip(tabled, across, down, strict=True)
            ]
        return tabled

    def _pieces(self, answers: Answers) -> list[_Piece]:
        """Return of each character what it shares with others."""
        pieces: dict[Look, _Piece] = {}
        alike = {}
        for shape, (number, look) in answers.looks().items():
            if look not in pieces:
                pieces[look] = self._piece(number, look)
            alike[shape] = pieces[look]
        return [alike[shape] for shape in answers.shapes]

    def _piece(self, number: int, look: Look) -> _Piece:
        if look.font not in self.faces:
            handle = ctypes.cast(look.font, raw.FPDF_FONT)
            known = self._known.get(look.font)
            self.faces[look.font] = known or _Face(_font(self.text, number, handle), handle)
        face = self.faces[look.font]
        a, b, c, d = look.matrix
        size = look.size * math.hypot(c, d)
        angle = (round(math.degrees(math.atan2(b, a))) - self.rotation) % 360
        return _Piece(
            face=face,
            size=size,
            red=is_red(look.colour),
            stroked=look.mode in _STROKED,
            angle=angle,
            level=not b,
            missing=None if angle or not size else face.font.missing,
        )


def _char(known: tuple[str, _Piece, float, float, float], ink: Box, right: float) -> Char:
    """Return a character; the last that is known of it and `right` are its origin and loose box on the page."""
    letter, piece, x, y, start = known
    face, size, red, stroked, angle, level, _ = piece
    advance = right - start if right > start else 0.0
    width = face[letter] * size
    if 0 < width < advance:
        advance = width  # To the loose box PDFium adds ink that stands out.
    if red and level:
        ink = _exact(piece, letter, y, ink)
    return Char(letter, x, x + advance * MM, y, size, ink, face.font, stroked, red, angle)


def _exact(piece: _Piece, letter: str, baseline: float, ink: Box) -> Box:
    """Return the ink of a letter with the upper and lower ends that its outline has."""
    exact = drawn_height(piece.face.handle, letter)
    if exact is None:
        return ink
    low, high = (height * piece.size * MM for height in exact)
    return Box(ink.left, baseline - high, ink.right, baseline - low)


def _missing(known: Iterable[tuple[int, _Piece, float, float]], inks: Iterable[list[float]]) -> Iterator[int]:
    """Yield the places of characters whose ink is just that of their font's .notdef glyph."""
    for (place, piece, x, y), left, top, right, bottom in zip(known, *inks, strict=True):
        missing, em = piece.missing, piece.size * MM
        if missing is not None and abs((left - x) / em - missing[0]) < _SAME_INK:
            rest = ((y - bottom) / em, (right - x) / em, (y - top) / em)
            if all(abs(one - other) < _SAME_INK for one, other in zip(rest, missing[1:], strict=True)):
                yield place


def _font(text: Any, index: int, handle: Any) -> Font:
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 256, flags)
    try:
        name = buffer.value.decode("utf-8")
    except UnicodeDecodeError:
        name = buffer.value.decode("gbk", "replace")
    embedded = raw.FPDFFont_GetIsEmbedded(handle) == 1
    above, below = ctypes.c_float(), ctypes.c_float()
    raw.FPDFFont_GetAscent(handle, 1.0, above)
    raw.FPDFFont_GetDescent(handle, 1.0, below)
    missing = missing_ink(handle) if embedded else None
    return Font(name, embedded, above.value, abs(below.value), missing)
