"""Stage 4: columns and rows -> the Table node, with header spans, groups, merges and totals.

Input: the 表 of a data file (`build_table`), or a template's declaration with the records it goes
through (`fill_table`). Both end in `_assemble`, so that a table is made in one way only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from zhibi.arithmetic import MAX_DIGITS
from zhibi.body import Fetch, build_cell, build_inlines
from zhibi.errors import Location, Problem, ReportError
from zhibi.nodes import (
    Align,
    Cell,
    Column,
    ColumnKind,
    Inlines,
    Paragraph,
    Role,
    Row,
    RowKind,
    Table,
    Text,
)
from zhibi.paragraphs import to_text
from zhibi.plain import Scalar, place_of
from zhibi.schema import NO, YES
from zhibi.totals import TOTAL, cell_words, column_align, total_problems, total_row
from zhibi.values import UnprintableError, cell_value

CONTINUATION, NOTE = "续表", "注："

_EXPRESSIONS = frozenset({"行", "条件", "分组", "值"})

Evaluate = Callable[[str, Mapping[str, Any], Scalar], Any]
"""Evaluates a template's expression with more names; the scalar is where it was typed."""


@dataclass
class _Rows:
    """Body rows as they are collected, with the running serial."""

    columns: tuple[Column, ...]
    fetch: Fetch
    rows: list[Row] = field(default_factory=list)
    serial: int = 0

    def add_group(self, words: Any) -> None:
        paragraph = Paragraph(build_inlines(words, self.fetch), Role.TABLE_CELL)
        cell = Cell((paragraph,), 0, colspan=len(self.columns))
        self.rows.append(Row((cell,), RowKind.GROUP, keep_with_next=True))

    def add(self, values: Mapping[str, Any]) -> None:
        cells = tuple(self._cell(number, column, values) for number, column in enumerate(self.columns))
        self.rows.append(Row(cells))

    def _cell(self, number: int, column: Column, values: Mapping[str, Any]) -> Cell:
        raw = values.get(column.name, "")
        if column.kind is ColumnKind.SERIAL:
            raw = self._next_serial(raw)
        return Cell(build_cell(raw, column.scheme, self.fetch), number, align=column_align(column))

    def _next_serial(self, raw: Any) -> Any:
        typed = str(raw)
        self.serial = int(typed) if typed.isdecimal() and len(typed) < MAX_DIGITS else self.serial + 1
        return raw if typed else str(self.serial)


def build_columns(raw: Iterable[Any]) -> tuple[Column, ...]:
    """Return typed columns from the 栏 of a data file or a template."""
    return tuple(_column(entry) for entry in raw)


def _column(raw: Any) -> Column:
    if isinstance(raw, str):
        kind = ColumnKind.SERIAL if raw == ColumnKind.SERIAL else ColumnKind.TEXT
        return Column(str(raw), raw, kind=kind)
    groups = raw.get("组", ())
    return Column(
        name=str(raw["名"]),
        title=raw.get("题", raw["名"]),
        groups=(groups,) if isinstance(groups, str) else tuple(groups),
        kind=ColumnKind(raw.get("类", ColumnKind.NUMBER if raw.get("求和") == YES else ColumnKind.TEXT)),
        width=float(raw["宽"]) if "宽" in raw else None,
        align=Align(raw["对齐"]) if "对齐" in raw else None,
        scheme=str(raw.get("编号", "1.")),
        limit=int(raw["限字"]) if "限字" in raw else None,
        merge=raw.get("合并") == YES,
        total=raw.get("求和") == YES,
    )


def build_table(raw: Mapping[str, Any], fetch: Fetch) -> Table:
    """Return the Table of a 表 that stands in a data file."""
    rows = _Rows(build_columns(raw["栏"]), fetch)
    for entry in raw["行"]:
        if "分组" in entry:
            rows.add_group(entry["分组"])
        else:
            rows.add(entry)
    return _assemble(raw, rows)


def fill_table(raw: Mapping[str, Any], evaluate: Evaluate, fetch: Fetch) -> Table:
    """Return the Table that a template declares, one row a record; a record is called 项."""
    raw = _fill_words(raw, fetch)
    rows = _Rows(build_columns(raw["栏"]), fetch)
    group: Any = None
    records = evaluate(raw["行"], {}, raw["行"])
    if not isinstance(records, list | tuple):
        raise ReportError(
            [
                Problem(
                    place_of(raw["行"], Location("")),
                    "模板",
                    "“行”取到的不是一组记录",
                    "请写 任务，或一个列表的名称",
                )
            ]
        )
    for record in records:
        names = {"项": record}
        if "条件" in raw and not evaluate(raw["条件"], names, raw["条件"]):
            continue
        if "分组" in raw:
            heading = evaluate(raw["分组"], names, raw["分组"])
            if heading and heading != group:
                rows.add_group(heading)
            group = heading
        rows.add({str(column["名"]): _shown(column["值"], names, evaluate) for column in raw["栏"]})
    return _assemble(raw, rows)


def _shown(expression: Scalar, names: Mapping[str, Any], evaluate: Evaluate) -> Any:
    """Return what a cell shows for a column's expression."""
    try:
        return cell_value(evaluate(expression, names, expression))
    except UnprintableError as error:
        hint = f"请改“值: {expression}”"
        raise ReportError([Problem(place_of(expression, Location("")), "模板", str(error), hint)]) from error


def _fill_words(raw: Any, fetch: Fetch) -> Any:
    """Return a declaration whose printed words (题, 标题, 注 …) have the data filled in."""
    if isinstance(raw, Scalar):
        return Scalar(fetch.words(raw), raw.at, quoted=raw.quoted) if "{" in raw else raw
    if isinstance(raw, dict):
        return {
            key: value if key in _EXPRESSIONS else _fill_words(value, fetch) for key, value in raw.items()
        }
    return [_fill_words(value, fetch) for value in raw]


def _assemble(raw: Mapping[str, Any], rows: _Rows) -> Table:
    body = _merge(rows.rows, rows.columns)
    if problems := total_problems(raw, rows.columns):
        raise ReportError(problems)
    if raw.get("合计", NO) != NO:
        label = TOTAL if raw["合计"] == YES else str(raw["合计"])
        body[-1:] = [replace(row, keep_with_next=True) for row in body[-1:]]
        body.append(total_row(label, rows.rows, rows.columns))
    return Table(
        columns=rows.columns,
        header=_header(rows.columns),
        rows=tuple(body),
        title=build_inlines(raw.get("标题", ""), rows.fetch),
        unit=f"单位：{raw['单位']}" if "单位" in raw else "",
        notes=tuple(_notes(raw.get("注", ()))),
        continuation=CONTINUATION if raw.get("续表") == YES else "",
    )


def _notes(raw: Any) -> Iterator[Inlines]:
    """Yield the notes below a table; the first says that they are notes."""
    for number, note in enumerate((raw,) if isinstance(raw, str) else raw):
        head = () if number or note.startswith(NOTE[0]) else (Text(NOTE),)
        yield (*head, Text(note, note.at if isinstance(note, Scalar) else None))


def _header(columns: Sequence[Column]) -> tuple[Row, ...]:
    """Return the header rows: groups above their columns, every cell spanning what it heads."""
    depth = max(len(column.groups) for column in columns) + 1
    rows: list[Row] = []
    for level in range(depth):
        cells: list[Cell] = []
        for _, run in groupby(range(len(columns)), key=lambda n: _path(columns[n], n, level)):
            numbers = list(run)
            column = columns[numbers[0]]
            above = len(column.groups)
            if level < above:
                cells.append(_head(column.groups[level], numbers[0], len(numbers), 1))
            elif level == above:
                cells.append(_head(column.title, numbers[0], 1, depth - level))
        rows.append(Row(tuple(cells), RowKind.HEAD))
    return tuple(rows)


def _path(column: Column, number: int, level: int) -> tuple[object, ...]:
    return column.groups[: level + 1] if level < len(column.groups) else (number,)


def _head(title: str, column: int, colspan: int, rowspan: int) -> Cell:
    at = title.at if isinstance(title, Scalar) else None
    return Cell((Paragraph(to_text(title, at), Role.TABLE_HEAD),), column, colspan, rowspan)


def _merge(rows: list[Row], columns: Sequence[Column]) -> list[Row]:
    """Join equal neighbours downwards in the columns that ask for it, never across a group row."""
    merged = list(rows)
    for number, column in enumerate(columns):
        if column.merge:
            for start, length in _runs(rows, number):
                _span(merged, number, start, length)
    return merged


def _runs(rows: list[Row], column: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for key, run in groupby(range(len(rows)), key=lambda n: cell_words(rows[n], column)):
        numbers = list(run)
        if key and len(numbers) > 1:
            runs.append((numbers[0], len(numbers)))
    return runs


def _span(rows: list[Row], column: int, start: int, length: int) -> None:
    for number in range(start, start + length):
        kept = tuple(
            replace(cell, rowspan=length) if cell.column == column else cell
            for cell in rows[number].cells
            if cell.column != column or number == start
        )
        rows[number] = replace(rows[number], cells=kept)
