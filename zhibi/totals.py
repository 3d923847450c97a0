"""The total row of a table: what is added up, exactly, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from zhibi.arithmetic import places_of, read_figure, round_half_up
from zhibi.errors import Location, Problem, ReportError
from zhibi.nodes import (
    Align,
    Block,
    Cell,
    Column,
    ColumnKind,
    Inline,
    ItemList,
    Paragraph,
    Role,
    Row,
    RowKind,
    Text,
    plain_text,
)
from zhibi.plain import place_of
from zhibi.schema import NO

TOTAL = "合计"

_NO_FIGURE = frozenset({"", "—", "——", "-", "/", "无"})


def column_align(column: Column) -> Align | None:
    """Return how the words of a column stand: as asked, else by its kind."""
    if column.align is None and column.kind is not ColumnKind.TEXT:
        return Align.CENTRE if column.kind is ColumnKind.SERIAL else Align.RIGHT
    return column.align


def cell_words(row: Row, column: int) -> str:
    """Return the words of a body row in `column`, a line each paragraph or item; nothing for other rows."""
    if row.kind is not RowKind.BODY:
        return ""
    cell = next(cell for cell in row.cells if cell.column == column)
    return "\n".join(words for block in cell.blocks for words in _block_words(block))


def _block_words(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield plain_text(block.content)
    elif isinstance(block, ItemList):
        yield from (plain_text(item.content) for item in block.items)


def total_row(label: str, rows: list[Row], columns: Sequence[Column]) -> Row:
    """Return the total row: the label over the columns before the first sum, then the sums."""
    first = next((number for number, column in enumerate(columns) if column.total), len(columns))
    cells = [Cell((Paragraph((Text(label),), Role.TABLE_CELL),), 0, colspan=first, align=Align.CENTRE)]
    for number, column in enumerate(columns[first:], first):
        words = (Text(_sum(rows, number)),) if column.total else ()
        cells.append(
            Cell((Paragraph(words, Role.TABLE_CELL),) if words else (), number, align=column_align(column))
        )
    return Row(tuple(cells), RowKind.TOTAL)


def total_problems(raw: Mapping[str, Any], columns: Sequence[Column]) -> list[Problem]:
    """Return what is wrong with the way a table asks for its totals."""
    asked = raw.get("合计", NO) != NO
    at = place_of(raw["合计"] if asked else raw["栏"], Location(""))
    if asked and columns[0].total:
        return [
            Problem(
                at, "求和", "求和的栏不能是第一栏，合计的名称要印在那里", "请在前面加一栏，如 序号 或 名称"
            )
        ]
    if not asked and any(column.total for column in columns):
        return [Problem(at, "求和", "有求和的栏，但表里没有“合计”", "请加一行：合计: 合计")]
    return []


def _sum(rows: list[Row], column: int) -> str:
    """Add up a column exactly, with as many places as its longest number shows."""
    numbers: list[Fraction] = []
    places = 0
    problems = []
    for row in rows:
        words = cell_words(row, column)
        if words in _NO_FIGURE:
            continue
        number = read_figure(words)
        if number is not None:
            numbers.append(number)
            places = max(places, places_of(words))
        else:
            message = f"这一栏要求和，但“{words.replace(chr(10), '、')}”不是数"
            problems.append(
                Problem(_place(row, column), "求和", message, "请只写数字，没有数的格请留空或写 —")
            )
    if problems:
        raise ReportError(problems)
    return round_half_up(sum(numbers, Fraction(0)), places)


def _place(row: Row, column: int) -> Location:
    cell = next(cell for cell in row.cells if cell.column == column)
    words = [inline for block in cell.blocks for inline in _inlines(block)]
    return next((word.at for word in words if isinstance(word, Text) and word.at), Location(""))


def _inlines(block: Block) -> Iterator[Inline]:
    if isinstance(block, Paragraph):
        yield from block.content
    elif isinstance(block, ItemList):
        yield from (inline for item in block.items for inline in item.content)
