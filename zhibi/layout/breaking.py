"""Runs -> lines: the one line breaker, for the PDF and for what Word is nudged to.

Input: the runs of a paragraph, the width of its lines in points and the advance of every character;
output: lines with their letter-spacing. Greedy, as Word and LibreOffice are: a line takes what fits, so an
edit moves only what stands behind it. Two things are asked of a line that costs little: to keep a number
with its measure word, and to leave no single character to the last line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from zhibi.layout.engines import nudge
from zhibi.layout.glyphs import Advance, Glyph, may_part, natural_width, shown_part, to_glyphs
from zhibi.layout.runs import Piece, Run
from zhibi.nodes import Break
from zhibi.typography import AUTOSPACE

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

LOOK_AHEAD = 80
"""Characters behind a line end that another engine could pull up: more than a line holds."""

_CUT_AFTER = frozenset(" -/")


@dataclass(frozen=True, slots=True)
class Room:
    """What a paragraph may fill, in points: its lines, the first one, letter-spacing and type size."""

    width: float
    first: float
    spacing: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
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


def break_lines(pieces: Sequence[Piece], room: Room, advance: Advance, *, justify: bool) -> tuple[Line, ...]:
    """Return the lines of a paragraph; an empty paragraph has one empty line."""
    lines: list[Line] = []
    for wished, group in groupby(pieces, key=lambda piece: isinstance(piece, Break)):
        if wished:
            continue
        runs = [piece for piece in group if isinstance(piece, Run)]
        glyphs = list(to_glyphs(runs, room.size, advance))
        lines.extend(_set(glyphs, room, first=not lines, justify=justify))
    return tuple(lines) or (Line((), (), room.spacing, 0.0, ends=True),)


def _set(glyphs: Sequence[Glyph], room: Room, *, first: bool, justify: bool) -> Iterator[Line]:
    """Yield the lines of what stands between two wished line ends."""
    ends = _line_ends(glyphs, room, first=first, justify=justify)
    for start, end in pairwise((0, *ends)):
        width = room.first if first and not start else room.width
        line = _line(glyphs[start:end], room, width, (end == len(glyphs), justify))
        after = glyphs[end : end + LOOK_AHEAD]
        spacing = nudge(glyphs[start:end], after, (width, room.spacing, room.size), justify=justify)
        yield replace(line, nudge=spacing)


def _line_ends(glyphs: Sequence[Glyph], room: Room, *, first: bool, justify: bool) -> list[int]:
    ends: list[int] = []
    place = 0
    while place < len(glyphs):
        width = room.first if first and not ends else room.width
        end = _line_end(glyphs, place, width, room.spacing)
        if justify and end < len(glyphs) and _in_number(glyphs, end):
            end = _earlier(glyphs, (place, end), room, (width, MOST_FOR_NUMBERS))
        ends.append(end)
        place = end
    if justify and len(ends) > 1 and room.width >= LEAST_EM * room.size:
        width = room.first if first and len(ends) == 2 else room.width
        starts = (0, *ends)
        if not any(may_part(glyphs, place) for place in range(ends[-2] + 1, len(glyphs))):
            ends[-2] = _earlier(glyphs, (starts[-3], ends[-2]), room, (width, MOST_FOR_LAST))
    return ends


def _in_number(glyphs: Sequence[Glyph], end: int) -> bool:
    """Tell whether a line end stands between a number and what belongs to it: 第3季度, 5年, 3万元, 10～20."""
    before, after = glyphs[end - 1].char, glyphs[end].char
    if after.isdecimal():
        return before in "第～"
    if before in "万亿" and end > 1 and glyphs[end - 2].char.isdecimal():
        return after in MEASURE_WORDS
    return before.isdecimal() and after in MEASURE_WORDS


def _earlier(glyphs: Sequence[Glyph], line: tuple[int, int], room: Room, limits: tuple[float, float]) -> int:
    """Return the next earlier end of a line that is not stretched too much for it, or the end it has."""
    (start, end), (width, most) = line, limits
    found = (
        place
        for place in range(end - 1, start, -1)
        if may_part(glyphs, place) and not _in_number(glyphs, place)
    )
    earlier = next(found, start)
    shown = shown_part(glyphs[start:earlier])
    if len(shown) < 2 or _spacing(shown, room, width) - room.spacing > most:
        return end
    return earlier


def _spacing(shown: Sequence[Glyph], room: Room, width: float) -> float:
    """Return the letter-spacing in points at which a line fills `width`."""
    return (width - natural_width(shown, AUTOSPACE * room.size)) / (len(shown) - 1)


def _line_end(glyphs: Sequence[Glyph], start: int, width: float, spacing: float) -> int:
    """Return where the line that begins at `start` ends: the last legal break that fits."""
    used, legal, place = 0.0, start, start
    while place < len(glyphs):
        glyph = glyphs[place]
        used += glyph.advance + spacing + (glyph.space if place > start else 0.0)
        if used - spacing > width + TOLERANCE and glyph.char != " ":
            break
        place += 1
        if place < len(glyphs) and may_part(glyphs, place):
            legal = place
    if place == len(glyphs):
        return place
    if legal > start:
        return legal
    # A word that no line holds is cut, at a hyphen or slash where it has one.
    cuts = (number for number in range(place, start + 1, -1) if glyphs[number - 1].char in _CUT_AFTER)
    return next(cuts, max(place, start + 1))


def _line(glyphs: Sequence[Glyph], room: Room, width: float, how: tuple[bool, bool]) -> Line:
    ends, justify = how
    shown = shown_part(glyphs)
    natural = natural_width(shown, AUTOSPACE * room.size)
    gaps = max(len(shown) - 1, 0)
    spacing = room.spacing
    if gaps and ((justify and not ends) or natural + gaps * spacing > width):
        spacing = _spacing(shown, room, width)
    parts = [list(group) for _, group in groupby(glyphs, key=lambda glyph: glyph.run)]
    return Line(
        tuple(replace(part[0].run, text="".join(glyph.char for glyph in part)) for part in parts),
        tuple(number > 0 and part[0].space > 0 for number, part in enumerate(parts)),
        spacing,
        natural + gaps * room.spacing,
        ends,
    )
