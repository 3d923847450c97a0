"""Face and character -> advance in ems, read out of the font file that fontconfig names.

Han characters are one em in every face and are not looked up; what varies are Latin letters, digits and
the marks that both scripts share.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from zhibi.font_files import Metrics, font_file
from zhibi.fonts import FontFace, face_file


@cache
def advance(face: FontFace, char: str) -> float:
    """Return the advance of `char` in ems; a character that is drawn by none has none."""
    if unicodedata.category(char) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1.0
    found = _metrics(face.family, face.weight).advance(char)
    return 1.0 if found is None else found


def glyph(face: FontFace, char: str) -> int | None:
    """Return the glyph that draws `char`; two characters of one glyph look alike in a PDF's text."""
    return _metrics(face.family, face.weight).glyph(ord(char))


@cache
def vertical(face: FontFace) -> tuple[float, float]:
    """Return the ascent and the descent of a face in ems, both positive, as CSS engines take them."""
    font = font_file(*face_file(face.family, face.weight))
    units = font.number("head", 18)
    return font.number("hhea", 4, signed=True) / units, -font.number("hhea", 6, signed=True) / units


@cache
def ink(face: FontFace, text: str) -> tuple[float, float]:
    """Return how far the ink of `text` reaches above the baseline, and below it (negative), in ems."""
    from fontTools.pens.boundsPen import BoundsPen  # Imported late: only a mark asks for outlines.
    from fontTools.ttLib import TTFont

    file, index = face_file(face.family, face.weight)
    with TTFont(file, fontNumber=index, lazy=True) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        pen = BoundsPen(glyphs)
        for char in text:
            if ord(char) in names:
                glyphs[names[ord(char)]].draw(pen)
        if pen.bounds is None:
            return 0.0, 0.0
        return pen.bounds[3] / font["head"].unitsPerEm, pen.bounds[1] / font["head"].unitsPerEm


@cache
def _metrics(family: str, weight: int) -> Metrics:
    return Metrics(*face_file(family, weight))
