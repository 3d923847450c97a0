"""A sheet -> its lines of words outside of tables, from top to bottom.

Characters on one baseline are a line. A table is a group of touching rules of which at least two stand;
what lies inside of it is not laid on the grid of 22 lines and is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zhibi.measuring.faces import Face, face_of
from zhibi.measuring.reading import Char, Sheet
from zhibi.measuring.shapes import MM, Box, Rule

ASCENT, DESCENT = 0.88, 0.12
"""Parts of the em box (字身) above and below the baseline: what Han faces agree on."""

_SAME_LINE = 1.0
_TOUCHING = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline; `left` and `right` are ends of em boxes, `ink` is what is drawn."""

    page: int
    chars: tuple[Char, ...]
    text: str
    left: float
    right: float
    baseline: float
    size: float
    ink: Box

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
        return sum(char.red for char in self.chars) * 2 > len(self.chars)

    @property
    def em(self) -> float:
        """The width of a Han character in millimetres."""
        return self.size * MM


def is_han(char: Char) -> bool:
    """Tell whether a character takes a whole em and no western face sets it."""
    return ord(char.text[0]) >= 0x2E80


def main_face(chars: Iterable[Char]) -> Face | None:
    """Return the face that sets most Han characters (all, where there is none)."""
    chars = tuple(chars)
    names = Counter(char.font.name for char in chars if is_han(char)) or Counter(
        char.font.name for char in chars
    )
    return face_of(names.most_common(1)[0][0]) if names else None


def part_of(line: Line, chars: slice) -> Line:
    """Return a part of a line as a line of its own."""
    kept = line.chars[chars]
    ink = Box(
        min(char.ink.left for char in kept),
        min(char.ink.top for char in kept),
        max(char.ink.right for char in kept),
        max(char.ink.bottom for char in kept),
    )
    text = "".join(char.text for char in kept)
    return replace(
        line, chars=kept, text=text, left=kept[0].x, right=max(char.right for char in kept), ink=ink
    )


def segments(line: Line, gap: float) -> tuple[Line, ...]:
    """Return the parts of a line that stand more than `gap` ems from one another."""
    ends = [
        place
        for place, (before, after) in enumerate(pairwise(line.chars), 1)
        if after.x - before.right > gap * line.em
    ]
    return tuple(part_of(line, slice(*cut)) for cut in pairwise([0, *ends, len(line.chars)]))


def lines_of(sheet: Sheet, tables: Sequence[Box]) -> tuple[Line, ...]:
    """Return the lines of a sheet outside of `tables`."""
    chars = [
        char for char in sheet.chars if char.angle == 0 and not any(_inside(char, box) for box in tables)
    ]
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.baseline):
        if rows and char.baseline - rows[-1][0].baseline < _SAME_LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
    return tuple(_line(sheet.number, row) for row in rows)


def _inside(char: Char, box: Box) -> bool:
    return box.left - 0.5 <= char.x <= box.right + 0.5 and box.top - 0.5 <= char.baseline <= box.bottom + 0.5


def _line(page: int, row: list[Char]) -> Line:
    chars = tuple(sorted(row, key=lambda char: char.x))
    sizes = Counter(round(char.size, 1) for char in chars if is_han(char)) or Counter(
        round(char.size, 1) for char in chars
    )
    size = sizes.most_common(1)[0][0]
    baselines = sorted(char.baseline for char in chars)
    ink = Box(
        min(char.ink.left for char in chars),
        min(char.ink.top for char in chars),
        max(char.ink.right for char in chars),
        max(char.ink.bottom for char in chars),
    )
    right = max(char.right for char in chars)
    text = "".join(char.text for char in chars)
    return Line(page, chars, text, chars[0].x, right, baselines[len(baselines) // 2], size, ink)


def tables_of(sheet: Sheet) -> tuple[Box, ...]:
    """Return the frames of the tables of a sheet."""
    groups: list[list[Rule]] = []
    for rule in sheet.rules:
        near = [group for group in groups if any(_touch(rule.box, other.box) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([rule, *(other for group in near for other in group)])
    framed = (group for group in groups if sum(not rule.level for rule in group) >= 2)
    return tuple(_around([rule.box for rule in group]) for group in framed)


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left - _TOUCHING <= other.right
        and other.left - _TOUCHING <= one.right
        and one.top - _TOUCHING <= other.bottom
        and other.top - _TOUCHING <= one.bottom
    )


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def upright(sheet: Sheet) -> Sheet:
    """Turn a landscape sheet so that words turned clockwise on it can be read (cl. 8).

    Its head is then at the left, where the binding edge of an odd and the cut edge of an even page is.
    """

    def turned(char: Char) -> Char:
        ink = Box(char.ink.top, sheet.width - char.ink.right, char.ink.bottom, sheet.width - char.ink.left)
        x, advance = char.baseline, char.right - char.x
        return replace(char, x=x, right=x + advance, baseline=sheet.width - char.x, ink=ink, angle=0)

    chars = tuple(turned(char) for char in sheet.chars if char.angle == 270)
    return Sheet(sheet.number, sheet.height, sheet.width, chars, (), ())
