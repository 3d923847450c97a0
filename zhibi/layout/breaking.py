"""Runs -> lines: the one line breaker, for the PDF and for what Word is nudged to.

Input: the runs of a paragraph, the width of its lines in points and the advance of every character;
output: lines with their letter-spacing. Greedy, as Word and LibreOffice are: a line takes what fits, so an
edit moves only what stands behind it. Two things are asked of a line that costs little: to keep a number
with its measure word, and to leave no single character to the last line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from zhibi.layout.engines import counted, nudge
from zhibi.layout.glyphs import (
    SCALES,
    Advances,
    Glyphs,
    inside,
    natural_width,
    shown_end,
    stands_at,
    to_glyphs,
)
from zhibi.layout.runs import Piece, Run
from zhibi.nodes import Break

TOLERANCE = 0.01
"""Points that rounding may push a line beyond its width."""

MEASURE_WORDS = frozenset(
    "年月日号时分秒天周季岁项个家件名人次位条元户台套吨米亩处所篇场批期届类级倍种支座辆"
)
"""What stays with the number before it, where that is cheap."""

MOST_FOR_NUMBERS = 1.0
"""Points a character that a line may be stretched so that a number keeps its measure word."""

MOST_FOR_LAST = 0.8
"""Points a character that a line may be stretched so that the last one has company."""

LEAST_EM = 15
"""Ems from which a line counts as one of prose."""

_CUT_AFTER = frozenset(" -/")


@dataclass(frozen=True, slots=True)
class Room:
    """What a paragraph may fill, in points: its lines, the first one, letter-spacing and type size."""

    width: float
    first: float
    spacing: float
    size: float


class Line(NamedTuple):
    """One line: its runs, its letter-spacing in points a character, its natural width in points.

    `gaps` tells of each run whether the space between Han and Latin stands before it. `ends` is true for
    the last line of a paragraph and before a wished line end: such a line is not stretched. `width` is
    measured at the paragraph's own letter-spacing. `nudge` is the letter-spacing that keeps a word
    processor to this line end, None where it comes to it by itself.
    """

    runs: tuple[Run, ...]
    gaps: tuple[bool, ...]
    spacing: float
    width: float
    ends: bool
    nudge: float | None = None


def break_lines(
    pieces: Sequence[Piece], room: Room, advances: Advances, *, justify: bool
) -> tuple[Line, ...]:
    """Return the lines of a paragraph; an empty paragraph has one empty line."""
    lines: list[Line] = []
    stretch: list[Run] = []
    for piece in (*pieces, Break()):
        if isinstance(piece, Run):
            stretch.append(piece)
        elif isinstance(piece, Break):
            glyphs = to_glyphs(stretch, room.size, advances)
            lines.extend(_set(glyphs, room, first=not lines, justify=justify))
            stretch = []
    return tuple(lines) or (Line((), (), room.spacing, 0.0, ends=True),)


def _set(glyphs: Glyphs, room: Room, *, first: bool, justify: bool) -> Iterator[Line]:
    """Yield the lines of what stands between two wished line ends."""
    ends = _line_ends(glyphs, room, first=first, justify=justify)
    for start, end in pairwise((0, *ends)):
        width = room.first if first and not start else room.width
        yield _line(glyphs, (start, end), (width, room.spacing, room.size), justify=justify)


def _line_ends(glyphs: Glyphs, room: Room, *, first: bool, justify: bool) -> list[int]:
    steps = [width + room.spacing for width in glyphs.widths]
    for place in glyphs.meets:
        steps[place] += glyphs.space
    ends: list[int] = []
    place, count = 0, len(glyphs.text)
    while place < count:
        width = room.first if first and not ends else room.width
        end = _line_end(glyphs, steps, place, (width, room.spacing))
        if justify and end < count and _in_number(glyphs.text, end):
            end = _earlier(glyphs, (place, end), room, (width, MOST_FOR_NUMBERS))
        ends.append(end)
        place = end
    if justify and len(ends) > 1 and room.width >= LEAST_EM * room.size:
        width = room.first if first and len(ends) == 2 else room.width
        starts = (0, *ends)
        if not any(glyphs.breaks[ends[-2] + 1 :]):
            ends[-2] = _earlier(glyphs, (starts[-3], ends[-2]), room, (width, MOST_FOR_LAST))
    return ends


def _in_number(text: str, end: int) -> bool:
    """Tell whether a line end stands between a number and what belongs to it: 第3季度, 5年, 3万元, 10～20."""
    before, after = text[end - 1], text[end]
    if after.isdecimal():
        return before in "第～"
    if before in SCALES and end > 1 and text[end - 2].isdecimal():
        return after in MEASURE_WORDS
    return before.isdecimal() and after in MEASURE_WORDS


def _earlier(glyphs: Glyphs, line: tuple[int, int], room: Room, limits: tuple[float, float]) -> int:
    """Return the next earlier end of a line that is not stretched too much for it, or the end it has."""
    (start, end), (width, most) = line, limits
    found = (
        place
        for place in range(end - 1, start, -1)
        if glyphs.breaks[place] and not _in_number(glyphs.text, place)
    )
    earlier = next(found, start)
    shown = shown_end(glyphs, start, earlier)
    if shown - start < 2:
        return end
    spacing = (width - natural_width(glyphs, start, shown)) / (shown - start - 1)
    return end if spacing - room.spacing > most else earlier


def _line_end(glyphs: Glyphs, steps: Sequence[float], start: int, room: tuple[float, float]) -> int:
    """Return where the line that begins at `start` ends: the last legal break that fits.

    `steps` are the widths with what stands around them, `room` is the width and the letter-spacing.
    """
    (width, spacing), text, count = room, glyphs.text, len(steps)
    limit = width + TOLERANCE
    used, place = glyphs.widths[start] + spacing, start
    while used - spacing <= limit or text[place] == " ":
        place += 1
        if place == count:
            return place
        used += steps[place]
    for legal in range(place, start, -1):
        if glyphs.breaks[legal]:
            return legal
    # A word that no line holds is cut, at a hyphen or slash where it has one.
    cuts = (number for number in range(place, start + 1, -1) if text[number - 1] in _CUT_AFTER)
    return next(cuts, max(place, start + 1))


def _line(glyphs: Glyphs, line: tuple[int, int], room: tuple[float, float, float], *, justify: bool) -> Line:
    """Return a line; `room` is its width, the paragraph's letter-spacing and its type size."""
    (start, end), (width, own, _) = line, room
    shown = shown_end(glyphs, start, end)
    runs, meet = _runs(glyphs, start, end)
    meets = inside(glyphs.meets, start, shown) if len(runs) > 1 else 0
    ends = end == len(glyphs.text)
    seen = counted(glyphs, (start, shown, end), room, meets)
    natural, gaps = seen[1] + glyphs.space * meets, max(shown - start - 1, 0)
    spacing = own
    if gaps and ((justify and not ends) or natural + gaps * spacing > width):
        spacing = (width - natural) / gaps
    return Line(runs, meet, spacing, natural + gaps * own, ends, nudge(glyphs, seen, end, justify=justify))


def _runs(glyphs: Glyphs, start: int, end: int) -> tuple[tuple[Run, ...], tuple[bool, ...]]:
    """Return the runs of a line, and whether the space between Han and Latin stands before each."""
    begin = bisect_right(glyphs.starts, start) - 1
    stop = bisect_left(glyphs.starts, end, begin + 1)
    if stop - begin == 1:
        return (_cut(glyphs.runs[begin], glyphs.text[start:end]),), (False,)
    inner = glyphs.starts[begin + 1 : stop]
    pieces = zip(glyphs.runs[begin:stop], (start, *inner), (*inner, end), strict=True)
    cut = [_cut(run, glyphs.text[one:two]) for run, one, two in pieces]
    return tuple(cut), (False, *[stands_at(glyphs.meets, place) for place in inner])


def _cut(run: Run, text: str) -> Run:
    return run if run.text == text else Run(text, run.script, run.voice, run.at)
