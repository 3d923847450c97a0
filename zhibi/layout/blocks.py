"""What layout makes of the blocks of a flow: paragraphs with their lines, tables with their grid."""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.layout.breaking import Line
from zhibi.nodes import Align, Cell, Heading, Paragraph, Picture, RowKind, Table
from zhibi.typography import Style


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line: `gap` points stand before it, for it is set at `place` points from the left."""

    line: Line
    gap: float
    place: float
    align: Align


@dataclass(frozen=True, slots=True)
class LaidParagraph:
    """A heading or paragraph with its lines, or a picture, which is one line as high as itself.

    `keep`: no page ends inside it or between it and the next block, for LibreOffice knows no page end inside
    such a paragraph; `new_page`: a page begins with it. `parts` are the pieces of its line that stand at places of their own.
    """

    block: Heading | Paragraph | Picture
    style: Style
    lines: tuple[Line, ...]
    keep: bool = False
    new_page: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def height(self) -> float:
        """Return its height in points, a rule included."""
        rule = self.style.rule.height if self.style.rule else 0.0
        return len(self.lines) * self.style.pitch + rule


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell in one row of the grid; `covered` when it began in a row above.

    `paragraphs` is never empty, for a Word cell must end in one; `lines` are theirs, once they are set.
    """

    cell: Cell
    paragraphs: tuple[Paragraph, ...]
    align: Align
    covered: bool = False
    lines: tuple[tuple[Line, ...], ...] = ()

    @property
    def count(self) -> int:
        """Return how many lines stand in the cell."""
        return sum(map(len, self.lines))


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row that covers the whole grid; `may_split` when it is taller than a page.

    `name` is the Word style of its paragraphs, `style` how they look. `least` is its
    height in points where that is more than its own words need: for a merged cell that ends in it, or
    because it is stretched by `stretch` points, so that a group row does not stay behind at a page's foot.
    """

    kind: RowKind
    name: str
    style: Style
    slots: tuple[Slot, ...]
    keep_with_next: bool
    may_split: bool = False
    least: float = 0.0
    stretch: float = 0.0


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table with its grid; `widths` are millimetres and fill the type area.

    `continuation` is what stands above it where it goes on on a new page (续表), None for nothing.
    """

    table: Table
    widths: tuple[float, ...]
    header: tuple[LaidRow, ...]
    rows: tuple[LaidRow, ...]
    continuation: LaidParagraph | None = None


LaidBlock = LaidParagraph | LaidTable
