"""A drawing of bars, rules and words, all placed in points -> an SVG and a PNG of the same size, by matplotlib.

Words are drawn as outlines taken out of the very faces that set the paper, character by character: no font is
looked for, nothing is read as a formula, and both pictures look the same wherever they are opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.fonts import FontFace
from zhibi.plots.shelter import sheltered

FULL = 100.0
"""Per cent at which the goal is reached."""

CUT = 200.0
"""Per cent at which a bar is cut, and shows that it is: one that is far longer would make all others short."""


HAIR = 0.5
"""Points of a rule and of the edge of a bar."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character in its face, `x` points from the left edge, on a baseline `y` points above the lower one."""

    char: str
    face: FontFace
    size: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Field:
    """Where the bars stand, in points, and the per cent at its left and right side."""

    left: float
    width: float
    low: float
    high: float

    def place(self, value: float) -> float:
        """Return how far from the left edge of the drawing a value stands."""
        return self.left + (value - self.low) / (self.high - self.low) * self.width


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, in points from the lower left corner.

    `bars` are a height and a value in per cent each; `rules` the heights of lines from side to side, the
    topmost first and the lowest last; between them the line of the goal runs from the second to the last.
    """

    width: float
    height: float
    field: Field
    bars: tuple[tuple[float, float], ...]
    letters: tuple[Letter, ...]
    rules: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The two pictures of a drawing, and the pixels of the second across and down."""

    svg: bytes
    png: bytes
    pixels: tuple[int, int]


def field_ends(values: list[float]) -> tuple[float, float]:
    """Return the per cent at both sides of a field that holds bars of such values, the goal and nought."""
    return max(min(*values, 0.0), -CUT), min(max(*values, FULL), CUT)


def draw(drawing: Drawing) -> Drawn:
    """Return a drawing as lines and as pixels; the same drawing gives the same bytes."""
    with sheltered():
        from zhibi.plots.canvas import paint  # Imported late: matplotlib is needed by no other paper.
    return paint(drawing)
