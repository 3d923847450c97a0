"""The head of a grid: how many rows it has, each column's title, and the headings above it (组)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhibi.importer.blocks import Grid, GridRow
from zhibi.importer.width import restore_width
from zhibi.nodes import RowKind


@dataclass(frozen=True, slots=True)
class Heads:
    """The first `depth` rows as columns: `titles[n]` and `groups[n]` (outermost first) of column n."""

    depth: int
    width: int
    titles: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]


def read_heads(grid: Grid) -> Heads:
    """Take the rows marked as head, those that the first row's cells reach into, or just the first."""
    marked = 0
    while marked < len(grid.rows) and grid.rows[marked].kind is RowKind.HEAD:
        marked += 1
    reach = max((cell.rowspan for cell in grid.rows[0].cells), default=1)
    depth = min(max(marked, reach if _has_groups(grid.rows[0]) else 1), len(grid.rows))
    width = max(_width(row) for row in grid.rows)
    mend = str if grid.literal else restore_width
    columns = [_titles_of(grid.rows[:depth], number, mend) for number in range(width)]
    return Heads(
        depth,
        width,
        tuple(titles[-1] if titles else "" for titles in columns),
        tuple(tuple(titles[:-1]) for titles in columns),
    )


def _has_groups(row: GridRow) -> bool:
    return any(cell.colspan > 1 for cell in row.cells)


def _width(row: GridRow) -> int:
    taken = sum(cell.colspan for cell in row.cells)
    return taken + len(row.covered)


def _titles_of(rows: tuple[GridRow, ...], column: int, mend: Callable[[str], str]) -> list[str]:
    """Collect the head cells above and at one grid column, from the top."""
    titles: list[str] = []
    for row in rows:
        place = 0
        for cell in row.cells:
            while place in row.covered:
                place += 1
            if place <= column < place + cell.colspan:
                words = mend("".join(cell.paragraphs))
                if words:
                    titles.append(words)
                break
            place += cell.colspan
    return titles
