"""A line and what follows it -> the letter-spacing that keeps other engines to its end.

Word and LibreOffice break the lines of the Word file themselves, so that it can be edited. They differ from
the PDF and from each other in the space between Han and Latin, in where letter-spacing stands and in what
may begin a line; a line on which that could matter is told its letter-spacing (w:spacing).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import ceil, floor, inf

from zhibi.layout.glyphs import BEFORE_LATIN, NOT_LAST, Glyph, is_latin, may_part, natural_width, shown_part

STEP = 0.05
"""Points in which Word counts letter-spacing."""

MARGIN = 0.6
"""Points by which what must not fit is too wide."""

FIT = 0.2
"""Points by which what must fit is narrower: engines round."""

MOST_SEEN = 0.5
"""Points a character that a line which is not justified may be stretched: more is seen.

It is stretched more only where LibreOffice itself would end it elsewhere.
"""

_MODELS = (
    ((0.0, False), (0.2, True), (0.2, False), (0.25, False)),
    ((0.1, False), (0.2, True), (0.2, False), (0.25, False)),
    ((0.2, True), (0.2, False), (0.25, False)),
    ((0.2, True),),
)
"""Ems between Han and Latin in other engines: off, LibreOffice, Word; fewer where not all can be met.

True where letters set closer are not so behind the last character of a portion, as in LibreOffice.
"""

_LOOSE = frozenset("—…·～］")
"""Marks that other engines let begin a line."""

_LOOSE_SIGNS = frozenset("%％‰℃°")
"""And these, but for behind a digit."""

_LOOSE_AFTER = frozenset(" -/№")
"""And these end one."""

_MAY_HANG = frozenset("，。、；：？！,.;:?!")

Bounds = tuple[float, float]


def nudge(
    line: Sequence[Glyph], after: Sequence[Glyph], room: tuple[float, float, float], *, justify: bool
) -> float | None:
    """Return the letter-spacing at which other engines end `line` where we do.

    It must fit in each of them, and the least that could still be pulled up must not. `room` is the width
    of the line, the paragraph's letter-spacing and its type size in points. None when the paragraph's own
    spacing does that, or nothing does.
    """
    width, spacing, size = room
    shown = shown_part(line)
    if not shown:
        return None
    met = bool(after) and after[0].space > 0
    for hanging, models in product((True, False), _MODELS):
        # What is pulled up comes with its own letter-spacing, the paragraph's.
        pulled = _least_pulled(line, after, spacing, hanging=hanging) - MARGIN
        bounds = [_bounds(shown, model, (width, size), (pulled, met)) for model in models]
        low, high = max(low for low, _ in bounds), min(high for _, high in bounds)
        low, high = _steps(low, ceil), _steps(high, floor)
        needed = justify or (models is _MODELS[-1] and not hanging)
        if low > high or (low > spacing + MOST_SEEN and not needed):
            continue
        return None if low <= spacing <= high else round(min(max(low, spacing), high), 2)
    return None


def _steps(spacing: float, rounded: Callable[[float], int]) -> float:
    """Round to what Word can count."""
    return spacing if abs(spacing) == inf else rounded(round(spacing / STEP, 6)) * STEP


def _bounds(
    line: Sequence[Glyph], model: tuple[float, bool], room: tuple[float, float], pulled: tuple[float, bool]
) -> Bounds:
    """Return the least and the greatest letter-spacing at which an engine ends `line` here.

    `pulled` is the width of what must not fit, and whether the space between Han and Latin stands before it.
    """
    (space, portions), (width, size), (least, met) = model, room, pulled
    free = width - natural_width(line, space * size)
    high, low = free - FIT, free - least - met * space * size
    drawn = len(line) - (1 + sum(glyph.joint for glyph in line[1:]) if portions else 0)
    places = [len(line) if points > 0 else drawn for points in (low, high)]
    return (low / places[0] if places[0] else -inf), (high / places[1] if places[1] else inf)


def _least_pulled(line: Sequence[Glyph], after: Sequence[Glyph], spacing: float, *, hanging: bool) -> float:
    """Return the width of the least that an engine could set at the end of `line`; what ends is endless.

    Engines know 避头尾 but part a number from its 万; `hanging`: a mark that may hang outside counts for
    nothing.
    """
    if not after:
        return inf
    count = next(
        (place for place in range(1, len(after)) if _engine_may_part(after, place)),
        len(after),
    )
    if line[-1].char == " " and after[0].char in NOT_LAST:
        count = 1
    while hanging and count > 1 and after[count - 1].char in _MAY_HANG:
        count -= 1
    return sum(glyph.advance + spacing for glyph in after[:count])


def _engine_may_part(glyphs: Sequence[Glyph], place: int) -> bool:
    first, second = glyphs[place - 1].char, glyphs[place].char
    if may_part(glyphs, place) or second in _LOOSE or first in _LOOSE_AFTER:
        return True
    if second in _LOOSE_SIGNS:
        return not first.isdecimal()
    if first.isdecimal():
        return second in "万亿"
    if is_latin(second):
        return not (first.isalnum() or first in NOT_LAST) and not second.isalnum()
    # LibreOffice 7.4 sometimes parts a mark from its word when Latin follows: 用|、12345.
    third = glyphs[place + 1].char if place + 1 < len(glyphs) else ""
    return second in NOT_LAST or (second in BEFORE_LATIN and is_latin(third) and third.isalnum())
