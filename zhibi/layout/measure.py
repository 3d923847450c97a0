"""Words -> about how much room they take, in ems and millimetres, without opening a font.

A Han character is one em in every face; Latin advances are taken a little too wide, so that what is
measured to fit on one line does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhibi.nodes import Cell, Inlines, Paragraph, Row, RowKind, plain_text
from zhibi.paragraphs import split_lines
from zhibi.styles import CELL_PADDING
from zhibi.typography import MM

SLACK = 0.25
"""Ems that a line may need beyond its estimate."""

_LATIN_EM, _CAPITAL_EM = 0.5, 0.72
_CAPITAL = re.compile("[A-Z%@&]")
_WORD = re.compile("[!-~]+")


def text_em(text: str) -> float:
    """Return the width of `text` on one line in ems of its own size."""
    latin = len(text.encode("ascii", "ignore"))
    capitals = len(_CAPITAL.findall(text)) if latin else 0
    return len(text) - latin + latin * _LATIN_EM + capitals * (_CAPITAL_EM - _LATIN_EM)


def word_em(text: str) -> float:
    """Return the width of the longest word of `text` that has no place to break, such as a number."""
    return max(map(text_em, _WORD.findall(text)), default=0.0)


def cell_lines(cell: Cell) -> Iterator[str]:
    """Yield the lines of a cell as they would stand in an endlessly wide column."""
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            yield from _lines(block.content)


def _lines(content: Inlines) -> Iterator[str]:
    for line in split_lines(content):
        yield from plain_text(line).split("\n")


def column_cells(rows: Sequence[Row], column: int) -> Iterator[Cell]:
    """Yield the cells that stand in `column` alone, group rows left out."""
    for row in rows:
        if row.kind is not RowKind.GROUP:
            yield from (
                cell for cell in row.cells if cell.column == column and cell.colspan == 1 and cell.rowspan
            )


def cell_width(cell: Cell, size: float) -> float:
    """Return the millimetres a cell needs when none of its lines may break; `size` is points."""
    return in_column(max(map(text_em, cell_lines(cell)), default=0.0), size)


def in_column(ems: float, size: float) -> float:
    """Return the width in millimetres of a column that holds `ems` of type of `size` points."""
    return ((ems + SLACK) * size + 2 * CELL_PADDING[1]) * MM


def ems_in(width: float, size: float) -> float:
    """Return how many ems of type of `size` points a column of `width` millimetres holds."""
    return (width / MM - 2 * CELL_PADDING[1]) / size
