"""Runs -> lines: the one line breaker, for the PDF and for what Word is nudged to.

Input: the runs of a paragraph, the width of its lines in points and the advance of every character;
output: lines with their letter-spacing. Breaks follow GB/T 15834-2011 cl. 5.1 (避头尾), numbers stay whole
with their sign or 万/亿 (GB/T 15835-2011 cl. 5.1.7), —— and …… are never parted. Greedy, as Word and
LibreOffice are: a line takes what fits, so an edit moves only what stands behind it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil, floor, inf

from zhibi.layout.runs import Piece, Run
from zhibi.layout.scripts import Script, has_shared_marks
from zhibi.nodes import Break
from zhibi.styles import AUTOSPACE

NOT_FIRST = frozenset("。，、；：？！”’）〕］】》〉」』｝·～—…％‰℃°,.;:?!)]}%‐-")
"""Marks that begin no line (GB/T 15834-2011 cl. 5.1.1-5.1.9)."""

NOT_LAST = frozenset("“‘（〔［【《〈「『｛([{￥¥$№")
"""Marks that end no line."""

_WITH_NUMBER = frozenset("万亿％%‰℃°")
_WHOLE = frozenset("—…")

_STOPS = frozenset("，。、；：！？")
"""LibreOffice 7.4 never ends a line between one of these and a digit or Latin letter; so do we not."""

STEP = 0.05
"""Points in which Word counts letter-spacing."""

MARGIN = 0.6
"""Points by which what must not fit is too wide."""

_MODELS = (
    ((0.0, False), (0.2, True), (0.2, False), (0.25, False)),
    ((0.1, False), (0.2, True), (0.2, False), (0.25, False)),
    ((0.2, True), (0.2, False), (0.25, False)),
    ((0.2, True),),
)
"""Ems between Han and Latin in other engines: off, LibreOffice, Word; fewer where not all can be met.

True where letter-spacing does not stand behind the last character of a portion, as in LibreOffice.
"""

_LOOSE = frozenset("—…·～")
"""Marks that other engines let begin a line."""

_LOOSE_AFTER = frozenset(" -/")
"""And these end one."""

_MAY_HANG = frozenset("，。、；：？！,.;:?!")

TOLERANCE = 0.01
"""Points that rounding may push a line beyond its width."""

Advance = Callable[[Run, str], float]
"""Width in points of a character of a run, without letter-spacing."""


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


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A character as it is set: `space` is what stands between it and the one before.

    `script` is the one that LibreOffice sees: marks and blanks that no script owns belong to the letter
    before them. `joint` is true where a portion of its line begins: at a new run or a new script.
    """

    char: str
    run: Run
    advance: float
    space: float
    script: Script
    joint: bool


def break_lines(pieces: Sequence[Piece], room: Room, advance: Advance, *, justify: bool) -> tuple[Line, ...]:
    """Return the lines of a paragraph; an empty paragraph has one empty line."""
    lines: list[Line] = []
    for wished, group in groupby(pieces, key=lambda piece: isinstance(piece, Break)):
        if wished:
            continue
        glyphs = list(_glyphs([piece for piece in group if isinstance(piece, Run)], room, advance))
        lines.extend(_break(glyphs, room, first=not lines, justify=justify))
    return tuple(lines) or (Line((), (), room.spacing, 0.0, ends=True),)


def _glyphs(runs: Sequence[Run], room: Room, advance: Advance) -> Iterator[_Glyph]:
    before: _Glyph | None = None
    for run in runs:
        for char in run.text:
            space = AUTOSPACE * room.size if before and _meet(before, char, run) else 0.0
            script = before.script if before and _is_weak(char, run) else run.script
            joint = before is not None and (before.run is not run or before.script is not script)
            before = _Glyph(char, run, advance(run, char), space, script, joint)
            yield before


def _is_weak(char: str, run: Run) -> bool:
    return char == " " or (run.script is Script.HAN and has_shared_marks(char))


def _meet(before: _Glyph, char: str, run: Run) -> bool:
    """Tell whether Han meets a Latin letter or digit here."""
    if before.run.script is run.script:
        return False
    return _is_letter(before.char) and _is_letter(char)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def _break(glyphs: Sequence[_Glyph], room: Room, *, first: bool, justify: bool) -> Iterator[Line]:
    start = 0
    while start < len(glyphs):
        width = room.first if first else room.width
        end = _line_end(glyphs, start, width, room.spacing)
        line = _line(glyphs[start:end], room, width, (end == len(glyphs), justify))
        yield replace(line, nudge=_nudge(glyphs[start:end], glyphs[end:], room, width))
        start, first = end, False


def _line_end(glyphs: Sequence[_Glyph], start: int, width: float, spacing: float) -> int:
    """Return where the line that begins at `start` ends: the last legal break that fits."""
    used, legal, place = 0.0, start, start
    while place < len(glyphs):
        glyph = glyphs[place]
        used += glyph.advance + spacing + (glyph.space if place > start else 0.0)
        if used - spacing > width + TOLERANCE and glyph.char != " ":
            break
        place += 1
        if place < len(glyphs) and may_break(glyphs[place - 1].char, glyphs[place].char):
            legal = place
    if place == len(glyphs):
        return place
    if legal > start:
        return legal
    # A word that no line holds is cut, at a hyphen or slash where it has one.
    cuts = (number for number in range(place, start + 1, -1) if glyphs[number - 1].char in _LOOSE_AFTER)
    return next(cuts, max(place, start + 1))


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    if before == " ":
        return True
    if before in _WHOLE and after in _WHOLE:
        return False
    if before in _STOPS and _is_latin(after):
        return False
    if _is_latin(before):
        return not (_is_latin(after) or (before.isdecimal() and after in _WITH_NUMBER))
    return True


def _is_latin(char: str) -> bool:
    return char.isascii() or "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff"


def _line(glyphs: Sequence[_Glyph], room: Room, width: float, how: tuple[bool, bool]) -> Line:
    ends, justify = how
    shown = _shown(glyphs)
    natural = _natural(shown, AUTOSPACE * room.size)
    spacing = room.spacing
    gaps = len(shown) - 1
    if gaps > 0 and ((justify and not ends) or natural + gaps * spacing > width):
        spacing = (width - natural) / gaps
    parts = [list(group) for _, group in groupby(glyphs, key=lambda glyph: glyph.run)]
    return Line(
        tuple(replace(part[0].run, text="".join(glyph.char for glyph in part)) for part in parts),
        tuple(number > 0 and part[0].space > 0 for number, part in enumerate(parts)),
        spacing,
        natural + max(gaps, 0) * room.spacing,
        ends,
    )


def _shown(glyphs: Sequence[_Glyph]) -> Sequence[_Glyph]:
    """Return a line without the blanks at its end, which no one sees."""
    count = len(glyphs)
    while count and glyphs[count - 1].char == " ":
        count -= 1
    return glyphs[:count]


def _natural(glyphs: Sequence[_Glyph], space: float) -> float:
    """Return the width of a line without letter-spacing, `space` points between Han and Latin."""
    return sum(glyph.advance for glyph in glyphs) + space * sum(glyph.space > 0 for glyph in glyphs[1:])


def _nudge(line: Sequence[_Glyph], after: Sequence[_Glyph], room: Room, width: float) -> float | None:
    """Return the letter-spacing at which other engines end this line where we do.

    Engines differ in the space between Han and Latin and in where letter-spacing stands; the line must fit
    in each of them, and the least that could still be pulled up must not. None when the paragraph's own
    spacing does that.
    """
    shown = _shown(line)
    if not shown:
        return None
    pulled, count = _least_pulled(shown, after) if after else (inf, 0)
    # What is pulled up comes with its own letter-spacing, the paragraph's.
    pulled += count * room.spacing - MARGIN
    for models in _MODELS:
        bounds = [_bounds(shown, model, pulled, (room.size, width)) for model in models]
        low, high = max(low for low, _ in bounds), min(high for _, high in bounds)
        low, high = _steps(low, ceil), _steps(high, floor)
        if low <= room.spacing <= high:
            return None
        if low <= high:
            return round(min(max(low, room.spacing), high), 2)
    return round(_steps(_bounds(shown, _MODELS[-1][0], pulled, (room.size, width))[1], floor), 2)


def _steps(spacing: float, rounded: Callable[[float], int]) -> float:
    """Round to what Word can count."""
    if spacing == -inf:
        return spacing
    return rounded(round(spacing / STEP, 6)) * STEP


def _bounds(
    line: Sequence[_Glyph], model: tuple[float, bool], pulled: float, room: tuple[float, float]
) -> tuple[float, float]:
    """Return the least and the greatest letter-spacing at which an engine ends `line` here."""
    size, width = room
    space, portions = model
    places = len(line) - (1 + sum(glyph.joint for glyph in line[1:]) if portions else 0)
    free = width - _natural(line, space * size)
    if not places:
        return -inf, inf
    return (free - pulled) / places, free / places


def _least_pulled(line: Sequence[_Glyph], after: Sequence[_Glyph]) -> tuple[float, int]:
    """Return the width and the length of the least that an engine could set at the end of `line`.

    Engines know 避头尾 but part a number from its 万; a mark that may hang outside counts for nothing.
    """
    width, count = 0.0, 0
    for number, glyph in enumerate(after):
        width += glyph.advance
        count += 1
        follower = after[number + 1] if number + 1 < len(after) else None
        if follower is None or _engine_may_break(glyph.char, follower.char):
            break
    while count > 1 and after[count - 1].char in _MAY_HANG:
        count -= 1
        width -= after[count].advance
    return width, count


def _engine_may_break(before: str, after: str) -> bool:
    if may_break(before, after) or after in _LOOSE or before in _LOOSE_AFTER:
        return True
    return before.isdecimal() and after in "万亿"
