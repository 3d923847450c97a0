"""A sheet -> its lines of words outside of tables, from top to bottom.

Characters on one baseline are a line. What lies inside of a table is not laid on the grid of 22 lines and
is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter

from zhibi.measuring.characters import Char
from zhibi.measuring.faces import Face, face_of
from zhibi.measuring.reading import Sheet
from zhibi.measuring.shapes import MM, Box, around

ASCENT, DESCENT = 0.88, 0.12
"""Parts of the em box (字身) above and below the baseline: what Han faces agree on."""

_SAME_LINE = 1.0

_HAN = "\u2e80"
"""From this letter on, letters take a whole em and no western face sets them."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline; `left` and `right` are ends of em boxes."""

    page: int
    chars: tuple[Char, ...] = field(compare=False)
    text: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def ink(self) -> Box:
        """What is drawn of it; few lines are asked for it."""
        return around(char.ink for char in self.chars)

    @property
    def top(self) -> float:
        """The upper end of the em boxes."""
        return self.baseline - ASCENT * self.size * MM

    @property
    def bottom(self) -> float:
        """The lower end of the em boxes."""
        return self.baseline + DESCENT * self.size * MM

    @property
    def middle(self) -> float:
        """The middle between both ends."""
        return (self.left + self.right) / 2

    @property
    def red(self) -> bool:
        """Tell whether most of it is red."""
        return sum([char.red for char in self.chars]) * 2 > len(self.chars)

    @property
    def em(self) -> float:
        """The width of a Han character in millimetres."""
        return self.size * MM


def is_han(char: Char) -> bool:
    """Tell whether a character takes a whole em and no western face sets it."""
    return char.text >= _HAN


def main_face(chars: Iterable[Char]) -> Face | None:
    """Return the face that sets most Han characters (all, where there is none)."""
    chars = tuple(chars)
    names = Counter([char.font.name for char in chars if char.text >= _HAN]) or Counter(
        [char.font.name for char in chars]
    )
    return face_of(names.most_common(1)[0][0]) if names else None


def part_of(line: Line, chars: slice) -> Line:
    """Return a part of a line as a line of its own."""
    kept = line.chars[chars]
    text = "".join(char.text for char in kept)
    return replace(line, chars=kept, text=text, left=kept[0].x, right=max(char.right for char in kept))


def segments(line: Line, gap: float) -> tuple[Line, ...]:
    """Return the parts of a line that stand more than `gap` ems from one another."""
    ends = [
        place
        for place, (before, after) in enumerate(pairwise(line.chars), 1)
        if after.x - before.right > gap * line.em
    ]
    return tuple(part_of(line, slice(*cut)) for cut in pairwise([0, *ends, len(line.chars)]))


def lines_of(sheet: Sheet) -> tuple[Line, ...]:
    """Return the lines of a sheet outside of its tables."""
    rows: list[list[Char]] = []
    level = [char for char in sheet.chars if char.angle == 0]
    for char in sorted(level, key=_BASELINE):
        if rows and char.baseline - rows[-1][0].baseline < _SAME_LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
    return tuple(_line(sheet.number, row) for row in rows)


def _line(page: int, row: list[Char]) -> Line:
    chars = tuple(sorted(row, key=_X))
    letters, _, rights, baselines, sizes, *_ = zip(*chars, strict=True)
    size = sizes[0]
    if sizes.count(size) < len(sizes):
        met = Counter([round(char.size, 1) for char in chars if char.text >= _HAN])
        size = (met or Counter([round(size, 1) for size in sizes])).most_common(1)[0][0]
    middle = sorted(baselines)[len(baselines) // 2]
    return Line(page, chars, "".join(letters), chars[0].x, max(rights), middle, round(size, 1))


_X, _BASELINE = attrgetter("x"), attrgetter("baseline")


def upright(sheet: Sheet) -> Sheet:
    """Turn a landscape sheet so that words turned clockwise on it can be read (cl. 8).

    Its head is then at the left, where the binding edge of an odd and the cut edge of an even page is.
    """

    def turned(char: Char) -> Char:
        ink = Box(char.ink.top, sheet.width - char.ink.right, char.ink.bottom, sheet.width - char.ink.left)
        x, advance = char.baseline, char.right - char.x
        return char._replace(x=x, right=x + advance, baseline=sheet.width - char.x, ink=ink, angle=0)

    chars = tuple(turned(char) for char in sheet.chars if char.angle == 270)
    return replace(sheet, width=sheet.height, height=sheet.width, chars=chars, rules=(), tables=())
