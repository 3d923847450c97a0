"""Characters in their faces -> one path of their outlines, read out of the font files that fontconfig names.

Matplotlib could set words itself, but not with several faces a word, each a face of a collection (.ttc).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from zhibi.fonts import FontFace, face_file
from zhibi.plots import Letter

PLACES = 2
"""Decimal places of a point that outlines keep: nothing is seen of more, but both files grow by half."""

_Point = tuple[float, float]


class _PathPen(BasePen):  # type: ignore[misc]
    """Keeps what a glyph draws as the points and codes of a path, in the units of its font."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.points: list[_Point] = []
        self.codes: list[int] = []

    def _add(self, code: Any, *points: _Point) -> None:
        self.points.extend(points)
        self.codes.extend([int(code)] * len(points))

    def _moveTo(self, pt: _Point) -> None:  # noqa: N802
        self._add(Path.MOVETO, pt)

    def _lineTo(self, pt: _Point) -> None:  # noqa: N802
        self._add(Path.LINETO, pt)

    def _curveToOne(self, pt1: _Point, pt2: _Point, pt3: _Point) -> None:  # noqa: N802
        self._add(Path.CURVE4, pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._add(Path.CLOSEPOLY, self.points[-1])


def outlines(letters: Sequence[Letter]) -> Path:
    """Return the outlines of all letters, each in its place."""
    used: dict[FontFace, set[str]] = {}
    for letter in letters:
        used.setdefault(letter.face, set()).add(letter.char)
    shapes = {(face, char): path for face, chars in used.items() for char, path in _shapes(face, chars)}
    drawn = (
        shapes[letter.face, letter.char].transformed(
            Affine2D().scale(letter.size).translate(letter.x, letter.y)
        )
        for letter in letters
        if (letter.face, letter.char) in shapes
    )
    path = Path.make_compound_path(*drawn)
    return Path(np.asarray(path.vertices).round(PLACES), path.codes)


def _shapes(face: FontFace, chars: Collection[str]) -> Iterator[tuple[str, Path]]:
    """Yield each character that the face draws something for, one em high."""
    file, index = face_file(face.family, face.weight)
    with TTFont(file, fontNumber=index, lazy=True) as font:
        glyphs, names, units = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        for char in sorted(chars):
            if ord(char) in names:  # What is drawn by none, such as a joiner, is not in every font.
                pen = _PathPen(glyphs)
                glyphs[names[ord(char)]].draw(pen)
                if pen.points:
                    yield char, Path(pen.points, pen.codes).transformed(Affine2D().scale(1 / units))
