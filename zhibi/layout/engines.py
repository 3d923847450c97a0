"""A line and what follows it -> the letter-spacing that keeps other engines to its end.

Word and LibreOffice break the lines of the Word file themselves, so that it can be edited. They differ from
the PDF and from each other in the space between Han and Latin, in where letter-spacing stands and in what
may begin a line; a line on which that could matter is told its letter-spacing (w:spacing).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil, floor, inf

from zhibi.layout.glyphs import BEFORE_LATIN, NOT_LAST, SCALES, Glyphs, inside, is_latin, may_part, stands_at

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

LOOK_AHEAD = 80
"""Characters behind a line end that another engine could pull up: more than a line holds."""

Room = tuple[float, float, float]
"""The width of a line, the paragraph's letter-spacing, the type size, in points."""

Counted = tuple[Room, float, int, int, int, bool]
"""What engines count of a line: its room, the points of its characters, how many of them letter-spacing stands
behind, how many where it makes them closer, the spaces between Han and Latin inside of it; whether one is behind it."""


def counted(glyphs: Glyphs, line: tuple[int, int, int], room: Room, meets: int) -> Counted:
    """Return what is counted of a line: where it begins, where its shown part ends and where it ends itself."""
    start, shown, end = line
    chars = shown - start
    closer = chars - 1 - inside(glyphs.joints, start, shown)
    return room, sum(glyphs.widths[start:shown]), chars, closer, meets, stands_at(glyphs.meets, end)


def nudge(glyphs: Glyphs, line: Counted, end: int, *, justify: bool) -> float | None:
    """Return the letter-spacing at which other engines end a line where we do.

    It must fit in each of them, and the least that could still be pulled up must not. None when the paragraph's
    own spacing does that, or nothing does.
    """
    (_, spacing, _), _, chars, *_ = line
    return _asked(line, _least_pulled(glyphs, end, spacing), justify) if chars else None


@lru_cache(maxsize=8192)  # In a table the same few lines come again and again.
def _asked(line: Counted, least: tuple[float, float], justify: bool) -> float | None:
    """Return the letter-spacing of a line behind which the `least` that can be pulled up has these widths."""
    (_, spacing, _), *_ = line
    for pulled, hanging in zip(least, (True, False), strict=True):
        for models in _MODELS:
            low, high = _bounds(line, models, pulled - MARGIN)
            low, high = _steps(low, ceil), _steps(high, floor)
            needed = justify or (models is _MODELS[-1] and not hanging)
            if low > high or (low > spacing + MOST_SEEN and not needed):
                continue
            return None if low <= spacing <= high else round(min(max(low, spacing), high), 2)
    return None


def _steps(spacing: float, rounded: Callable[[float], int]) -> float:
    """Round to what Word can count."""
    return spacing if abs(spacing) == inf else rounded(round(spacing / STEP, 6)) * STEP


def _bounds(line: Counted, models: Sequence[tuple[float, bool]], pulled: float) -> tuple[float, float]:
    """Return the least and the greatest letter-spacing at which all engines end a line here.

    `pulled` is the width of what must not fit.
    """
    (width, _, size), natural, chars, closer, meets, met = line
    least, greatest = -inf, inf
    for space, portions in models:
        free = width - (natural + space * size * meets)
        high, low = free - FIT, free - pulled - met * space * size
        drawn = closer if portions else chars
        if places := chars if low > 0 else drawn:
            least = max(least, low / places)
        if places := chars if high > 0 else drawn:
            greatest = min(greatest, high / places)
    return least, greatest


def _least_pulled(glyphs: Glyphs, end: int, spacing: float) -> tuple[float, float]:
    """Return the width of the least that an engine could set at the end of a line; what ends is endless.

    Engines know 避头尾 but part a number from its 万. A mark that may hang outside counts for nothing in the first
    width. What is pulled up comes with its own letter-spacing, the paragraph's.
    """
    text, stop = glyphs.text, min(end + LOOK_AHEAD, len(glyphs.text))
    if end == stop:
        return inf, inf
    place = end + 1
    while place < stop and not (glyphs.breaks[place] or _engine_may_part(glyphs, place, (end, stop))):
        place += 1
    if place == end + 1 or (text[end - 1] == " " and text[end] in NOT_LAST):
        least = glyphs.widths[end] + spacing
        return least, least
    shown = place
    while shown > end + 1 and text[shown - 1] in _MAY_HANG:
        shown -= 1
    steps = [width + spacing for width in glyphs.widths[end:place]]
    return sum(steps[: shown - end]), sum(steps)


def _engine_may_part(glyphs: Glyphs, place: int, seen: tuple[int, int]) -> bool:
    (start, stop), text = seen, glyphs.text
    first, second = text[place - 1], text[place]
    if may_part(glyphs, place, start) or second in _LOOSE or first in _LOOSE_AFTER:
        return True
    if second in _LOOSE_SIGNS:
        return not first.isdecimal()
    if first.isdecimal():
        return second in SCALES
    if is_latin(second):
        return not (first.isalnum() or first in NOT_LAST) and not second.isalnum()
    # LibreOffice 7.4 sometimes parts a mark from its word when Latin follows: 用|、12345.
    third = text[place + 1] if place + 1 < stop else ""
    return second in NOT_LAST or (second in BEFORE_LATIN and is_latin(third) and third.isalnum())
