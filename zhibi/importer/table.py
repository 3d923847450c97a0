"""A grid of cells -> the 表 of the data format: typed columns, rows by column name, items in cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibi.importer.blocks import CellText, CellWords, Data, Grid, GridRow, Inline, Notes, Value
from zhibi.importer.cells import cell_value, plain_words, read_cell
from zhibi.importer.header import Heads, read_heads
from zhibi.importer.lines import word_limit
from zhibi.importer.totals import Total, is_total_label, read_total
from zhibi.importer.width import restore_width
from zhibi.nodes import ColumnKind, RowKind
from zhibi.serials import NO_NUMBER

DEFAULT_SCHEME = "1."
WIDE = 7
NAME_LENGTH = 20
_SERIAL = str(ColumnKind.SERIAL)
_GROUP_KEY = "分组"
_EMPTY = CellWords()


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as found: its key, its printed words, and how its cells are made."""

    name: str
    title: str
    groups: tuple[str, ...]
    limit: int | None
    serial: bool
    scheme: str
    merged: bool
    summed: bool = False


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows below the head, one cell a grid column; `covered` says which ones a cell above reaches into."""

    rows: tuple[GridRow, ...]
    cells: tuple[tuple[CellWords, ...], ...]

    def column(self, number: int) -> list[CellWords]:
        """Return the cells of a column in the rows that are not group rows."""
        pairs = zip(self.rows, self.cells, strict=True)
        return [cells[number] for row, cells in pairs if not _is_group(row, len(cells))]


def recognise_table(grid: Grid, notes: Notes) -> Data:
    """Return the 栏 and 行 of a table, and its 合计 when the last row adds up the ones above it."""
    heads = read_heads(grid)
    rows = grid.rows[heads.depth :]
    body = _only_mergeable(_Body(rows, _fill(rows, heads, notes)))
    marked = bool(rows) and rows[-1].kind is RowKind.TOTAL
    total = read_total([_texts(cells) for cells in body.cells], marked=marked)
    if total:
        body = _Body(body.rows[:-1], body.cells[:-1])
    elif rows and is_total_label(rows[-1].cells[0].text if rows[-1].cells else ""):
        message = "这一行不是上面各行之和，照文字导入"
        notes.unsure(rows[-1].at, rows[-1].cells[0].text, message, "请核对各数和合计")
    columns = _columns(heads, body, total)
    for column in columns:
        if not column.title:
            message = f"有一栏没有表头，暂写作“{column.name}”"
            notes.unsure(grid.at, column.name, message, "请写上表头")
    _report_shift(grid, columns, body, notes)
    data: Data = {"栏": [_column_data(column) for column in columns], "行": _rows(columns, body)}
    return {**data, **({"合计": total.label} if total else {})}


def is_wide(table: Data) -> bool:
    """Tell whether a table asks for a landscape page."""
    columns = table["栏"]
    return isinstance(columns, list) and len(columns) >= WIDE


def _texts(cells: Sequence[CellWords]) -> list[str]:
    return [plain_words(cell) for cell in cells]


def _fill(rows: Sequence[GridRow], heads: Heads, notes: Notes) -> tuple[tuple[CellWords, ...], ...]:
    filled: list[tuple[CellWords, ...]] = []
    for row in rows:
        filled.append(_row_cells(row, heads, filled[-1] if filled else (), notes))
    return tuple(filled)


def _only_mergeable(body: _Body) -> _Body:
    """Leave covered cells empty in columns where the program would not merge just the same cells."""
    kept: list[tuple[CellWords, ...]] = []
    width = len(body.cells[0]) if body.cells else 0
    good = {number for number in range(width) if _merges_alike(body, number)}
    for row, cells in zip(body.rows, body.cells, strict=True):
        spoilt = row.covered - good
        kept.append(tuple(_EMPTY if number in spoilt else cell for number, cell in enumerate(cells)))
    rows = tuple(replace(row, covered=row.covered & good) for row in body.rows)
    return _Body(rows, tuple(kept))


def _merges_alike(body: _Body, number: int) -> bool:
    """Tell whether equal neighbours in a column are exactly those that one cell covers."""
    for row, above, cells in zip(body.rows[1:], body.cells, body.cells[1:], strict=False):
        alike = bool(plain_words(cells[number])) and above[number] == cells[number]
        if alike != (number in row.covered):
            return False
    return True


def _row_cells(
    row: GridRow, heads: Heads, above: tuple[CellWords, ...], notes: Notes
) -> tuple[CellWords, ...]:
    """Return one cell a grid column: a wide cell fills its first column, a tall one every row."""
    found: list[CellWords] = []
    for cell in (*row.cells, None):
        while len(found) in row.covered and len(found) < len(above):
            found.append(above[len(found)])
        if cell is not None:
            title = heads.titles[len(found)] if len(found) < heads.width else ""
            found.extend([read_cell(cell, title), *[_EMPTY] * (cell.colspan - 1)])
    if 1 < len(found) < heads.width:
        words = row.cells[0].text if row.cells else ""
        message = f"这一行只有{len(found)}格，表头有{heads.width}格，后面的格留空"
        notes.damaged(row.at, words, message, "请核对这一行")
    return (*found, *[_EMPTY] * (heads.width - len(found)))


def _is_group(row: GridRow, width: int) -> bool:
    """Tell whether a row holds one text over the whole width."""
    alone = len(row.cells) == 1 and width > 1 and not row.covered
    return row.kind is RowKind.GROUP or (alone and _is_plain(row.cells[0]))


def _is_plain(cell: CellText) -> bool:
    return bool(cell.text) and not (cell.words and cell.words.items)


def _columns(heads: Heads, body: _Body, total: Total | None) -> list[_Column]:
    columns: list[_Column] = []
    names: set[str] = {_GROUP_KEY}
    covered = frozenset(number for row in body.rows for number in row.covered)
    for number in range(heads.width):
        title = heads.titles[number]
        words, limit = word_limit(title)
        name = _name(words, names, number)
        names.add(name)
        cells = body.column(number)
        serial = re.sub(r"\s", "", title) == _SERIAL and _counts(cells)
        summed = total is not None and number in total.columns
        scheme = _scheme(cells)
        columns.append(
            _Column(name, title, heads.groups[number], limit, serial, scheme, number in covered, summed)
        )
    return columns


def _name(words: str, taken: set[str], number: int) -> str:
    """Make a short name for a column: its title without blanks and without a remark in brackets."""
    bare = re.sub(r"\s", "", words)
    name = (re.sub(r"[（(][^（()）]*[)）]$", "", bare) or bare or f"第{number + 1}栏")[:NAME_LENGTH]
    if name not in taken:
        return name
    count = 2
    while f"{name}{count}" in taken:
        count += 1
    return f"{name}{count}"


def _counts(cells: Sequence[CellWords]) -> bool:
    """Tell whether the program can number a column: no cell empty, most of them plain numbers."""
    texts = _texts(cells)
    return all(texts) and sum(map(_is_number, texts)) * 2 >= len(texts)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < 7


def _scheme(cells: Sequence[CellWords]) -> str:
    """Choose the pattern of the lists in a column: the one that most of its cells use."""
    found = Counter(cell.sample for cell in cells if cell.items)
    numbered = {sample: count for sample, count in found.items() if sample != NO_NUMBER}
    if not numbered:
        return NO_NUMBER if found else DEFAULT_SCHEME
    return max(numbered, key=lambda sample: (numbered[sample], sample == DEFAULT_SCHEME))


def _column_data(column: _Column) -> Value:
    data = Inline({"名": column.name})
    if column.title not in ("", column.name):
        data["题"] = column.title
    if column.groups:
        data["组"] = list(column.groups) if len(column.groups) > 1 else column.groups[0]
    if column.serial or column.name == _SERIAL:
        # A column that is called 序号 is numbered unless it says otherwise.
        data["类"] = str(ColumnKind.SERIAL if column.serial else ColumnKind.TEXT)
    elif column.summed:
        data["类"] = str(ColumnKind.NUMBER)
    for key, value in (("编号", column.scheme), ("限字", column.limit)):
        if value and value != DEFAULT_SCHEME:
            data[key] = value
    data |= {key: "是" for key, wanted in (("合并", column.merged), ("求和", column.summed)) if wanted}
    return data if len(data) > 1 else column.name


def _rows(columns: list[_Column], body: _Body) -> list[Value]:
    rows: list[Value] = []
    serial = 0
    for row, cells in zip(body.rows, body.cells, strict=True):
        if _is_group(row, len(columns)):
            rows.append({_GROUP_KEY: _group_words(row.cells[0])})
        else:
            data, serial = _row(columns, cells, serial)
            rows.append(data)
    return rows


def _group_words(cell: CellText) -> Value:
    return cell.words.lead if cell.words and cell.words.lead else restore_width(cell.text)


def _row(columns: list[_Column], cells: Sequence[CellWords], serial: int) -> tuple[Data, int]:
    """Return one row by column name, and the serial that the next row counts from."""
    row: Data = {}
    for column, cell in zip(columns, cells, strict=True):
        if column.serial:
            text = plain_words(cell)
            if text != str(serial + 1):
                row[column.name] = int(text) if _is_number(text) else text
            serial = int(text) if _is_number(text) else serial + 1
        elif cell != _EMPTY:
            row[column.name] = cell_value(cell, column.scheme)
    return row, serial


def _report_shift(grid: Grid, columns: list[_Column], body: _Body, notes: Notes) -> None:
    """Say that a column may have slid: the last one is empty though the one before it is full."""
    if len(columns) < 3 or len(body.rows) < 2 or grid.literal:
        return
    last, before = body.column(len(columns) - 1), body.column(len(columns) - 2)
    if any(cell != _EMPTY for cell in last) or _EMPTY in before:
        return
    names = columns[-1].title, columns[-2].title
    notes.damaged(
        grid.at,
        names[0],
        f"“{names[0]}”一栏全空，而“{names[1]}”一栏都有文字，可能整栏错了一格",
        f"请核对“{names[1]}”里的文字是不是“{names[0]}”，照原样保留",
    )
