"""What a look is made of: typeface classes, units, and the measures of a paragraph, a rule and a page.

Sizes and pitches are points, indents characters of the paragraph's own size, page measures millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from zhibi.kinds import Align


class Face(StrEnum):
    """Typeface classes of the standard, and the Latin one; `fonts.py` maps each to faces that exist."""

    TITLE_SONG = "小标宋"
    FANGSONG = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    SONG = "宋体"
    LATIN = "西文"


LATIN_FACE = "Times New Roman"
"""Digits and Latin letters: the standard is silent; its metric twins have equal advances everywhere."""

OFFICIAL_FACES: Mapping[Face, str] = MappingProxyType(
    {
        Face.TITLE_SONG: "方正小标宋简体",
        Face.FANGSONG: "仿宋_GB2312",
        Face.KAI: "楷体_GB2312",
        Face.HEI: "黑体",
        Face.SONG: "宋体",
        Face.LATIN: LATIN_FACE,
    }
)
"""The names a Word file asks for: what offices have installed."""


SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22.0, 16.0, 14.0, 10.5
"""二号, 三号, 四号, 五号 in points."""

MM = 25.4 / 72
"""Millimetres in a point."""

TWIPS = 20
"""Twentieths of a point: what a Word file counts in."""


def whole_twips(points: float) -> float:
    """Return points as a Word file can say them."""
    return round(points * TWIPS) / TWIPS


BODY_SPACING = -0.25
"""Letter-spacing in points that puts 28 characters of 三号 on 156 mm (cl. 5.2.3)."""


AUTOSPACE = 0.2
"""Ems between a Han character and a Latin letter or digit: what LibreOffice sets, measured."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule along a paragraph: weights in points from the top down, the gap between two, where it stands.

    `outset` is how many millimetres it goes beyond the type area to the left and to the right.
    """

    weights: tuple[float, ...]
    below: bool = False
    red: bool = False
    outset: tuple[float, float] = (0.0, 0.0)

    @property
    def height(self) -> float:
        """Return what the rule takes in points."""
        return sum(self.weights) + RULE_GAP * (len(self.weights) - 1)


RULE_GAP = 0.75
"""Points between the two rules of a double one."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one role looks.

    `size` and `pitch` (exact line distance) in points; `first_indent` (negative: hanging), `left` and
    `right` in characters; `outline_level` 1-4 puts the role into Word's navigation and the PDF's bookmarks.
    `rule` stands at its edge, `label` is the face of words such as 签发人： before the rest. A line of
    one that `grows` is at least `pitch` high: what stands in it is never cut.
    """

    face: Face
    size: float
    pitch: float
    align: Align
    clause: str
    first_indent: float = 0
    left: float = 0
    right: float = 0
    outline_level: int = 0
    keep_with_next: bool = False
    red: bool = False
    rule: Rule | None = None
    label: Face | None = None
    grows: bool = False

    @property
    def spacing(self) -> float:
        """Letter-spacing in points: body type alone is set a little closer (cl. 5.2.3)."""
        return BODY_SPACING if self.size == SIZE_3 else 0.0

    def chars(self, count: float) -> float:
        """Return `count` characters in points."""
        return count * (self.size + self.spacing)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A page in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self) -> float:
        """Width of the type area (版心) in millimetres."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height of the type area (版心) in millimetres."""
        return self.height - self.top - self.bottom
