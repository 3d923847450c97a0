"""Drawn things of a PDF page -> rules and pictures in millimetres on the sheet as it is shown.

A filled shape that is thin and long is a rule, and so is each straight piece of a stroked path.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import le
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from zhibi.measuring.outlines import point_of

MM = 25.4 / 72
"""Millimetres in a point."""

_RED, _RED_LEAD = 150, 80
"""A colour is red when its red part is at least the first and leads the others by the second."""

_TOUCHING = 0.8
"""Millimetres between rules that are taken to touch."""

_THIN, _LONG = 1.6, 3.0
"""A drawn shape thinner and longer than these millimetres is a rule."""


class Box(NamedTuple):
    """A rectangle; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width in millimetres."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in millimetres."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn rule with its thickness."""

    box: Box
    red: bool

    @property
    def level(self) -> bool:
        """Tell whether it lies (and does not stand)."""
        return self.box.width >= self.box.height


Columns = tuple[list[float], list[float]]
"""Points: all that they are away from the left, and all that they are away from the top or the bottom."""

Place = Callable[[Sequence[float], Sequence[float]], Columns]
"""Points of the PDF -> millimetres on the sheet as it is shown."""


def placer(rotation: int, area: tuple[float, float, float, float]) -> Place:
    """Return what turns points of the page into millimetres on the sheet as it is shown."""
    left, bottom, right, top = area
    ways: dict[int, Place] = {
        0: lambda xs, ys: ([(x - left) * MM for x in xs], [(top - y) * MM for y in ys]),
        90: lambda xs, ys: ([(y - bottom) * MM for y in ys], [(x - left) * MM for x in xs]),
        180: lambda xs, ys: ([(right - x) * MM for x in xs], [(y - bottom) * MM for y in ys]),
        270: lambda xs, ys: ([(top - y) * MM for y in ys], [(right - x) * MM for x in xs]),
    }
    return ways[rotation]


def ends_between(start: Columns, end: Columns) -> tuple[list[float], ...]:
    """Return left, upper, right and lower ends of the boxes between two corners each."""
    (lefts, rights), (tops, bottoms) = (
        ordered if all(map(le, *ordered)) else (list(map(min, *ordered)), list(map(max, *ordered)))
        for ordered in ((start[0], end[0]), (end[1], start[1]))
    )
    return lefts, tops, rights, bottoms


def box_of(points: list[tuple[float, float]], place: Place) -> Box:
    """Return the box around points of the page."""
    across, down = place(*zip(*points, strict=True))
    return Box(min(across), min(down), max(across), max(down))


def tables_of(rules: Sequence[Rule]) -> tuple[Box, ...]:
    """Return the frames of tables: groups of touching rules of which at least two stand."""
    groups: list[list[Rule]] = []
    for rule in rules:
        near = [group for group in groups if _touches(rule.box, group)]
        groups = [group for group in groups if group not in near]
        groups.append([rule, *(other for group in near for other in group)])
    framed = (group for group in groups if sum(not rule.level for rule in group) >= 2)
    return tuple(around([rule.box for rule in group]) for group in framed)


def _touches(box: Box, group: Sequence[Rule]) -> bool:
    left, top, right, bottom = box
    low, high = left - _TOUCHING, top - _TOUCHING
    for other in group:
        x0, y0, x1, y1 = other.box
        if low <= x1 and x0 - _TOUCHING <= right and high <= y1 and y0 - _TOUCHING <= bottom:
            return True
    return False


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def drawn(page: Any, place: Place) -> tuple[tuple[Rule, ...], tuple[Box, ...]]:
    """Return the rules and the pictures of a page."""
    rules: list[Rule] = []
    pictures: list[Box] = []
    for shape, matrix in _shapes(page):
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules.extend(_rules(shape, matrix, place))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            ends = [ctypes.c_float() for _ in range(4)]
            if raw.FPDFPageObj_GetBounds(shape, *ends):
                x0, y0, x1, y1 = (end.value for end in ends)
                corners = [_through(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
                pictures.append(box_of(corners, place))
    return tuple(rules), tuple(pictures)


_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


def _through(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _matrix_of(shape: Any, outer: _Matrix) -> _Matrix:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, own)
    e, f = _through(outer, own.e, own.f)
    a, b = (outer[0] * own.a + outer[2] * own.b, outer[1] * own.a + outer[3] * own.b)
    c, d = (outer[0] * own.c + outer[2] * own.d, outer[1] * own.c + outer[3] * own.d)
    return a, b, c, d, e, f


def _shapes(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    """Yield every drawn object, also those inside of forms, with the matrix of what it lies in."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, index), _SAME)


def _inside(shape: Any, outer: _Matrix) -> Iterator[tuple[Any, _Matrix]]:
    if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_FORM:
        yield shape, outer
        return
    matrix = _matrix_of(shape, outer)
    for index in range(raw.FPDFFormObj_CountObjects(shape)):
        yield from _inside(raw.FPDFFormObj_GetObject(shape, index), matrix)


def _rules(shape: Any, outer: _Matrix, place: Place) -> Iterator[Rule]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    matrix = _matrix_of(shape, outer)
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(shape, width)
    thick = width.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) * MM
    for points in _subpaths(shape, matrix):
        if fill.value:
            box = box_of(points, place)
            if min(box.width, box.height) <= _THIN and max(box.width, box.height) >= _LONG:
                yield Rule(box, _painted_red(shape, raw.FPDFPageObj_GetFillColor))
        elif stroke.value:
            red = _painted_red(shape, raw.FPDFPageObj_GetStrokeColor)
            yield from (Rule(box, red) for box in _strokes(points, thick, place))


def _strokes(points: list[tuple[float, float]], thick: float, place: Place) -> Iterator[Box]:
    for start, end in pairwise(points):
        box = box_of([start, end], place)
        half = thick / 2
        if box.height < 0.1 and box.width >= _LONG:
            yield Box(box.left, box.top - half, box.right, box.bottom + half)
        elif box.width < 0.1 and box.height >= _LONG:
            yield Box(box.left - half, box.top, box.right + half, box.bottom)


def _subpaths(shape: Any, matrix: _Matrix) -> list[list[tuple[float, float]]]:
    paths: list[list[tuple[float, float]]] = []
    for number in range(raw.FPDFPath_CountSegments(shape)):
        segment = raw.FPDFPath_GetPathSegment(shape, number)
        if not paths or raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            paths.append([])
        paths[-1].append(_through(matrix, *point_of(segment)))
        if raw.FPDFPathSegment_GetClose(segment):
            paths[-1].append(paths[-1][0])
    return paths


def _painted_red(shape: Any, ask: Callable[..., Any]) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    ask(shape, *parts)
    return is_red([part.value for part in parts])


def is_red(colour: Sequence[int]) -> bool:
    """Tell whether a colour is meant as red."""
    red, green, blue = colour[:3]
    return red >= _RED and red - max(green, blue) >= _RED_LEAD
