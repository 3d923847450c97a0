"""Face and character -> advance in ems, read out of the font file that fontconfig names.

Han characters are one em in every face and are not looked up; what varies are Latin letters, digits and
the marks that both scripts share.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from zhibi.fonts import FontFace, face_file


@dataclass(frozen=True, slots=True)
class _Metrics:
    """What a font file says of its characters: glyph names, advances, units in an em."""

    names: Mapping[int, str]
    widths: Mapping[str, tuple[int, int]]
    units: int


@cache
def advance(face: FontFace, char: str) -> float:
    """Return the advance of `char` in ems; a character that is drawn by none has none."""
    if unicodedata.category(char) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1.0
    metrics = _metrics(face.family, face.weight)
    name = metrics.names.get(ord(char))
    return metrics.widths[name][0] / metrics.units if name else 1.0


def glyph(face: FontFace, char: str) -> str:
    """Return the name of the glyph that draws `char`; two characters of one glyph look alike in a PDF's text."""
    return _metrics(face.family, face.weight).names.get(ord(char), "")


@cache
def vertical(face: FontFace) -> tuple[float, float]:
    """Return the ascent and the descent of a face in ems, both positive, as CSS engines take them."""
    file, index = face_file(face.family, face.weight)
    with TTFont(file, fontNumber=index, lazy=True) as font:
        units = font["head"].unitsPerEm
        return font["hhea"].ascent / units, -font["hhea"].descent / units


@cache
def ink(face: FontFace, text: str) -> tuple[float, float]:
    """Return how far the ink of `text` reaches above the baseline, and below it (negative), in ems."""
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
def _metrics(family: str, weight: int) -> _Metrics:
    file, index = face_file(family, weight)
    with TTFont(file, fontNumber=index, lazy=True) as font:
        return _Metrics(font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm)
