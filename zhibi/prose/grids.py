"""The ruled tables of a paper as grids of figures: rows with their labels, columns with their titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from zhibi.nodes import Column, ColumnKind
from zhibi.prose.figures import Figure
from zhibi.prose.passages import Kind, Passage
from zhibi.prose.sought import Sought


class RowRole(Enum):
    """What a row is by its label."""

    BODY = auto()
    SUBTOTAL = auto()
    TOTAL = auto()
    PART = auto()


_SPACES = Sought(r"\s+")
_UNIT = Sought(r"[（(/]\s*(?:单位：)?(?P<scale>万亿|[万亿])?(?P<unit>[^（）()/]{1,4}?)[）)]?$")
_COUNT = Sought(r"(?:[人家户项件个]|数)数?量?$")
_BLANK = Sought(r"[-—–/\s]*|无|略")
_SCALES = {None: 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, and its figure when it holds nothing else."""

    passage: Passage
    figure: Figure | None


@dataclass(slots=True)
class Line:
    """One row: what it is, its cells by the name of their column; `computed`: the program added it up."""

    cells: dict[str, Cell] = field(default_factory=dict)
    computed: bool = False

    @property
    def label(self) -> str:
        """Return the words of its first cell that is no serial."""
        words = (_SPACES.sub("", cell.passage.text) for cell in self.cells.values())
        return next((word for word in words if not word.isdecimal()), "")

    @property
    def role(self) -> RowRole:
        """Return what its label makes of it."""
        if self.label.startswith(("其中", "#", "＃")):
            return RowRole.PART
        if self.label.endswith("小计"):
            return RowRole.SUBTOTAL
        return RowRole.TOTAL if self.label in {"合计", "总计", "共计", "总数"} else RowRole.BODY


@dataclass(slots=True)
class Grid:
    """One table."""

    columns: dict[str, Column] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """Return all that is printed above a column, without spaces."""
        column = self.columns[name]
        return _SPACES.sub("", "".join((*column.groups, column.title)))

    def figures(self, name: str) -> list[tuple[Line, Figure | None]]:
        """Return each row with its figure in a column."""
        return [
            (line, line.cells[name].figure if name in line.cells else None) for line in self.lines.values()
        ]

    def numeric(self) -> Iterator[str]:
        """Yield the columns that hold figures and blanks, and at least two figures."""
        for name, column in self.columns.items():
            cells = [line.cells[name] for line in self.lines.values() if name in line.cells]
            filled = [cell for cell in cells if not _BLANK.fullmatch(cell.passage.text)]
            if (
                column.kind is not ColumnKind.SERIAL
                and len(filled) > 1
                and all(cell.figure for cell in filled)
            ):
                yield name


def grids_of(passages: Iterable[Passage]) -> list[Grid]:
    """Return the tables of a paper."""
    grids: dict[int, Grid] = {}
    for passage in passages:
        column = passage.column
        if column is None or passage.kind not in {Kind.CELL, Kind.HEAD_CELL}:
            continue
        grid = grids.setdefault(passage.table, Grid())
        grid.columns.setdefault(column.name, column)
        if passage.kind is Kind.CELL:
            line = grid.lines.setdefault(passage.row, Line())
            line.computed |= passage.total
            several = column.name in line.cells
            figure = None if several else _figure(passage, grid.title(column.name))
            line.cells[column.name] = Cell(passage, figure)
    return list(grids.values())


def _figure(passage: Passage, title: str) -> Figure | None:
    """Return the figure that is all of a cell, with the unit that its column's title says."""
    reading = passage.reading
    if len(reading.figures) != 1 or len(reading.outline.strip()) != 1 or reading.figures[0].loose:
        return None
    figure = reading.figures[0]
    if figure.unit or figure.scale != 1:
        return figure
    said = _UNIT.search(title)
    if said:
        return replace(figure, unit=said["unit"].replace("％", "%"), scale=_SCALES[said["scale"]])
    return replace(figure, unit="个") if _COUNT.search(title) else figure
