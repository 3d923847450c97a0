"""The text of a PDF page -> its characters, in millimetres on the sheet as it is shown (PDFium).

PDFium is asked character by character, so what a whole piece of text shares is asked once, and of words in
tables, whose place is not judged, no more than whether they have their glyphs.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from zhibi.measuring.outlines import drawn_height, missing_ink
from zhibi.measuring.shapes import MM, Box, Place, box_between, is_red

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


class _Piece(NamedTuple):
    """What the characters of one piece of text share; `level`: its letters stand upright on the page."""

    font: Font
    handle: Any
    size: float
    red: bool
    stroked: bool
    angle: int
    level: bool


class Words:
    """Reads the text of one page.

    `fonts` are those of all characters in the order in which they are met, `lost` the letters without a
    glyph or a code. Both are full once `chars` has come to its end.
    """

    def __init__(self, text: Any, place: Place, rotation: int, tables: Sequence[Box]) -> None:
        self.text, self.place, self.rotation, self.tables = text, place, rotation, tables
        self.fonts: dict[Font, None] = {}
        self.lost: list[str] = []
        self._known: dict[bytes, Font] = {}
        self._widths: dict[tuple[bytes, str], float] = {}

    def chars(self) -> Iterator[Char]:
        """Yield the characters outside of tables, and whatever stands turned."""
        pieces: dict[bytes, _Piece] = {}
        x, y = ctypes.c_double(), ctypes.c_double()
        for index, letter, shape in self._letters():
            key = bytes(shape)  # Its address.
            piece = pieces.get(key)
            if piece is None:
                piece = pieces[key] = self._piece(index, shape)
            raw.FPDFText_GetCharOrigin(self.text, index, x, y)
            origin = x.value, y.value
            across, down = self.place(*origin)
            ink = None
            if piece.font.missing is not None and not piece.angle:
                ink = self._ink(index)
            if (
                letter in "\x00\ufffd"
                or raw.FPDFText_HasUnicodeMapError(self.text, index)
                or (ink and _is_missing(ink, (across, down), piece))
            ):
                self.lost.append(letter)
            if piece.angle or not any(_inside(across, down, box) for box in self.tables):
                yield self._char(index, (letter, piece), origin, ink or self._ink(index))

    def _letters(self) -> Iterator[tuple[int, str, Any]]:
        """Yield number, letter and piece of text of what is drawn; blanks that PDFium adds have no piece."""
        high = ""
        for index in range(raw.FPDFText_CountChars(self.text)):
            shape = raw.FPDFText_GetTextObject(self.text, index)
            if not shape:
                continue
            letter = chr(raw.FPDFText_GetUnicode(self.text, index))
            if letter.isspace():
                continue
            if "\ud800" <= letter <= "\udfff":
                if letter <= "\udbff":
                    high = letter
                    continue
                letter = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            yield index, letter, shape

    def _piece(self, index: int, shape: Any) -> _Piece:
        handle = raw.FPDFTextObj_GetFont(shape)
        address = bytes(handle)
        if address not in self._known:
            self._known[address] = _font(self.text, index, handle)
            self.fonts[self._known[address]] = None
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text, index, matrix)
        colour = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(self.text, index, *colour)
        return _Piece(
            font=self._known[address],
            handle=handle,
            size=raw.FPDFText_GetFontSize(self.text, index) * math.hypot(matrix.c, matrix.d),
            red=is_red([part.value for part in colour]),
            stroked=raw.FPDFTextObj_GetTextRenderMode(shape) in _STROKED,
            angle=(round(math.degrees(math.atan2(matrix.b, matrix.a))) - self.rotation) % 360,
            level=not matrix.b,
        )

    def _char(self, index: int, known: tuple[str, _Piece], origin: tuple[float, float], ink: Box) -> Char:
        letter, piece = known
        x, y = self.place(*origin)
        loose = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self.text, index, loose)
        advance = max(0.0, loose.right - origin[0])
        width = self._width(letter, piece) * piece.size
        if 0 < width < advance:
            advance = width  # To the loose box PDFium adds ink that stands out.
        exact = drawn_height(piece.handle, letter) if piece.red and piece.level else None
        if exact is not None:
            low, high = (height * piece.size * MM for height in exact)
            ink = Box(ink.left, y - high, ink.right, y - low)
        return Char(
            *(letter, x, x + advance * MM, y, piece.size, ink),
            *(piece.font, piece.stroked, piece.red, piece.angle),
        )

    def _width(self, letter: str, piece: _Piece) -> float:
        """Return the width that the font gives a letter, in ems."""
        key = bytes(piece.handle), letter
        if key not in self._widths:
            width = ctypes.c_float()
            raw.FPDFFont_GetGlyphWidth(piece.handle, ord(letter), 1.0, width)
            self._widths[key] = width.value
        return self._widths[key]

    def _ink(self, index: int, ends: Sequence[Any] = tuple(ctypes.c_double() for _ in range(4))) -> Box:
        raw.FPDFText_GetCharBox(self.text, index, *ends)
        left, right, bottom, top = (end.value for end in ends)
        return box_between(self.place, (left, bottom), (right, top))


def _inside(x: float, y: float, box: Box) -> bool:
    return box.left - 0.5 <= x <= box.right + 0.5 and box.top - 0.5 <= y <= box.bottom + 0.5


def _is_missing(ink: Box, origin: tuple[float, float], piece: _Piece) -> bool:
    """Tell whether the ink of a character is just that of its font's .notdef glyph."""
    missing, em, (x, baseline) = piece.font.missing, piece.size * MM, origin
    if missing is None or abs((ink.left - x) / em - missing[0]) >= _SAME_INK:
        return False
    rest = ((baseline - ink.bottom) / em, (ink.right - x) / em, (baseline - ink.top) / em)
    return all(abs(one - other) < _SAME_INK for one, other in zip(rest, missing[1:], strict=True))


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
