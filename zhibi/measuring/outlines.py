"""Outline of a glyph -> its exact ink, in ems from its origin.

PDFium's own box of a character is that of the outline's control points, which may lie outside of the
curve; for the mark's upper edge, where half a millimetre counts in a large size, the curve itself is walked.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

_Point = tuple[float, float]
_STEPS = 24
"""Pieces a curve is walked in: exact to some thousandths of an em."""


def missing_ink(font: Any) -> tuple[float, float, float, float] | None:
    """Return the ink box of what a font draws for character code 0, where a glyph is missing."""
    points = [point for _, point in _outline(font, 0)]
    if len(points) < 3:
        return None
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def drawn_height(font: Any, letter: str) -> tuple[float, float] | None:
    """Return the lowest and the highest point of a drawn letter above its baseline."""
    heights = [y for _, y in _walk(list(_outline(font, ord(letter[0]))))]
    return (min(heights), max(heights)) if len(heights) > 2 else None


def _outline(font: Any, code: int) -> Iterator[tuple[int, _Point]]:
    path = raw.FPDFFont_GetGlyphPath(font, code, 1.0)
    for number in range(raw.FPDFGlyphPath_CountGlyphSegments(path) if path else 0):
        segment = raw.FPDFGlyphPath_GetGlyphPathSegment(path, number)
        yield raw.FPDFPathSegment_GetType(segment), point_of(segment)


def point_of(segment: Any) -> _Point:
    """Return the end of a piece of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _walk(outline: list[tuple[int, _Point]]) -> Iterator[_Point]:
    """Yield points on the curve itself; three pieces in a row are the points of one Bézier curve."""
    here: _Point = (0.0, 0.0)
    place = 0
    while place < len(outline):
        kind, end = outline[place]
        if kind == raw.FPDF_SEGMENT_BEZIERTO and place + 2 < len(outline):
            one, two, end = (outline[place + at][1] for at in range(3))
            yield from (_on_curve((here, one, two, end), step / _STEPS) for step in range(1, _STEPS + 1))
            place += 3
        else:
            yield end
            place += 1
        here = end


def _on_curve(points: tuple[_Point, _Point, _Point, _Point], part: float) -> _Point:
    rest = 1 - part
    shares = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    return (
        sum(share * x for share, (x, _) in zip(shares, points, strict=True)),
        sum(share * y for share, (_, y) in zip(shares, points, strict=True)),
    )
