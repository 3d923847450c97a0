"""What an importer reads, whatever the file is: lines and grids of cells, each with its place.

`txt.py` and `word.py` make a `Paper`; `recognise.py` (any paper) and `own.py` (our own Word files) read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from zhibi.errors import Level, Location, Problem
from zhibi.nodes import RowKind

# What is written to YAML: texts stay `str`, counts are `int`.
Value: TypeAlias = "str | int | list[Value] | dict[str, Value]"
Data: TypeAlias = dict[str, Value]


class Figure(str):
    """A number in a table cell: written without quotes, since both a text and a number may stand there."""

    __slots__ = ()


class Inline(dict[str, Value]):
    """A mapping that is written on one line: {名: 序号, 类: 序号}."""


class InlineList(list[Value]):
    """A list that is written on one line: [3]."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `level` is the outline level that a Word style gives it, 0 for none."""

    text: str
    at: Location
    level: int = 0


@dataclass(frozen=True, slots=True)
class CellWords:
    """What a cell says: `lead`, then items numbered after `sample` (empty: there are no items)."""

    lead: Value = ""
    items: tuple[Value, ...] = ()
    sample: str = ""


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell: its paragraphs, and how many grid columns and rows it covers.

    `words` is what a file of our own says with styles; without it the text has to be recognised.
    """

    paragraphs: tuple[str, ...]
    colspan: int = 1
    rowspan: int = 1
    words: CellWords | None = None

    @property
    def text(self) -> str:
        """The cell's words; paragraphs are set apart by a line end."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One table row; `covered` are grid columns that a cell above reaches into, `typed` is the line in a text."""

    cells: tuple[CellText, ...]
    at: Location
    kind: RowKind = RowKind.BODY
    covered: frozenset[int] = frozenset()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Consecutive table rows; a `literal` one comes from a file of our own and is taken letter for letter."""

    rows: tuple[GridRow, ...]
    literal: bool = False

    @property
    def at(self) -> Location:
        """Where the first row stands."""
        return self.rows[0].at


Block: TypeAlias = Line | Grid


@dataclass(slots=True)
class Notes:
    """Collects what the importer has to say; every entry names a place."""

    problems: list[Problem] = field(default_factory=list)

    def dropped(self, at: Location, text: str, message: str, suggestion: str = "") -> None:
        """Say that exactly the characters of `text` are not in what is written."""
        self._add(at, "导入损坏", Level.ADVICE, text, message, suggestion)

    def damaged(self, at: Location, text: str, message: str, suggestion: str = "") -> None:
        """Say that `text` looks damaged and was kept letter for letter."""
        self._add(at, "导入存疑", Level.ADVICE, text, message, suggestion)

    def unsure(self, at: Location, text: str, message: str, suggestion: str = "") -> None:
        """Say that the structure found at `text` is a judgement that a person should look at."""
        self._add(at, "导入", Level.QUERY, text, message, suggestion)

    def _add(self, at: Location, rule: str, level: Level, text: str, message: str, suggestion: str) -> None:
        self.problems.append(Problem(at, rule, message, suggestion, level, text))


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as read: its name without ending, and its blocks in reading order."""

    file: str
    name: str
    blocks: tuple[Block, ...]
