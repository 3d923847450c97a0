"""A grid of cells -> the 表 of the data format: typed columns, rows by column name, items in cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from zhibi.importer.blocks import Data, Grid, GridRow, Inline, InlineList, Notes, Value
from zhibi.importer.header import Heads, read_heads
from zhibi.importer.lines import word_limit
from zhibi.importer.series import Series, as_sentence, cell_series
from zhibi.importer.width import restore_width
from zhibi.serials import NO_NUMBER

DEFAULT_SCHEME = "1."
WIDE = 7
_SERIAL = "序号"
_GROUP_KEY = "分组"
_UNITS = re.compile(
    r"单位|單位|部门|部門|处室|處室|科室|机构|機構|责任|責任|牵头|牽頭|配合|承办|承辦|主办|主辦|协办|協辦|属地"
)
_UNIT = re.compile(r"[\u4e00-\u9fff]{2,12}")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as found: where it stands in the grid, its printed words, and how its cells number."""

    name: str
    title: str
    groups: tuple[str, ...]
    limit: int | None
    serial: bool
    scheme: str


def recognise_table(grid: Grid, notes: Notes) -> Data:
    """Return the 栏 and 行 of a table; its first rows are the head."""
    heads = read_heads(grid)
    body = grid.rows[heads.depth :]
    texts = [_row_texts(row, heads.width, notes) for row in body]
    columns = _columns(heads, texts)
    _report_shift(grid, columns, texts, notes)
    rows: list[Value] = []
    serial = 0
    for row, cells in zip(body, texts, strict=True):
        group = _group_words(row, cells)
        if group:
            rows.append({_GROUP_KEY: group})
            continue
        data, serial = _row_data(columns, cells, serial)
        rows.append(data)
    return {"栏": [_column_data(column) for column in columns], "行": rows}


def is_wide(table: Data) -> bool:
    """Tell whether a table asks for a landscape page."""
    columns = table["栏"]
    return isinstance(columns, list) and len(columns) >= WIDE


def _row_texts(row: GridRow, width: int, notes: Notes) -> list[str]:
    """Return one text a grid column; a cell over several columns fills the first of them."""
    texts: list[str] = []
    for cell in row.cells:
        while len(texts) in row.covered:
            texts.append("")
        texts.append(restore_width(cell.text))
        texts.extend([""] * (cell.colspan - 1))
    given = len(texts)
    if 1 < given < width:
        notes.damaged(row.at, texts[0], f"这一行只有{given}格，表头有{width}格，后面的格留空", "请核对这一行")
    return texts + [""] * (width - given)


def _group_words(row: GridRow, texts: list[str]) -> str:
    alone = len(row.cells) == 1 and len(texts) > 1
    return texts[0] if alone and texts[0] else ""


def _columns(heads: Heads, texts: list[list[str]]) -> list[_Column]:
    columns: list[_Column] = []
    names: set[str] = {_GROUP_KEY}
    for number in range(heads.width):
        title, groups = heads.titles[number], heads.groups[number]
        words, limit = word_limit(title)
        name = _name(words, names, number)
        names.add(name)
        cells = [row[number] for row in texts if any(row[1:])]
        bare = re.sub(r"\s", "", title)
        serial = bare == _SERIAL and _mostly_numbers(cells)
        columns.append(_Column(name, title, groups, limit, serial, _scheme(bare, cells)))
    return columns


def _name(words: str, taken: set[str], number: int) -> str:
    """Make a short name for a column: its title without blanks and without a remark in brackets."""
    bare = re.sub(r"\s", "", words)
    name = re.sub(r"[（(][^（()）]*[)）]$", "", bare) or bare or f"第{number + 1}栏"
    if name not in taken:
        return name
    count = 2
    while f"{name}{count}" in taken:
        count += 1
    return f"{name}{count}"


def _mostly_numbers(cells: Sequence[str]) -> bool:
    """Tell whether a column can be numbered by the program: no cell empty, most of them plain numbers."""
    return all(cells) and sum(map(_is_number, cells)) * 2 >= len(cells)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and text[0] != "0" and len(text) < 7


def _scheme(title: str, cells: Sequence[str]) -> str:
    """Choose the pattern of lists in a column: the one that most of its cells use, 无 for offices."""
    found = Counter(series.sample for series in map(cell_series, cells) if series)
    if not found:
        units = _UNITS.search(title) and any(_units(cell) for cell in cells)
        return NO_NUMBER if units else DEFAULT_SCHEME
    return max(found, key=lambda sample: (found[sample], sample == DEFAULT_SCHEME))


def _units(text: str) -> list[str]:
    """Split a cell that names several offices with blanks between them; else nothing."""
    parts = text.split()
    return parts if len(parts) > 1 and all(_UNIT.fullmatch(part) for part in parts) else []


def _column_data(column: _Column) -> Value:
    data = Inline({"名": column.name})
    if column.title != column.name:
        data["题"] = column.title
    if column.groups:
        data["组"] = list(column.groups) if len(column.groups) > 1 else column.groups[0]
    if column.serial:
        data["类"] = _SERIAL
    if column.scheme != DEFAULT_SCHEME:
        data["编号"] = column.scheme
    if column.limit:
        data["限字"] = column.limit
    if len(data) == 1 and column.name != _SERIAL:
        return column.name
    # A column that is called 序号 is numbered unless it says otherwise.
    return data if column.serial or column.name != _SERIAL else Inline({**data, "类": "文字"})


def _row_data(columns: list[_Column], texts: list[str], serial: int) -> tuple[Data, int]:
    """Return one row by column name, and the serial that the next row counts from."""
    row: Data = {}
    for column, text in zip(columns, texts, strict=True):
        if column.serial:
            if text != str(serial + 1):
                row[column.name] = int(text) if _is_number(text) else text
            serial = int(text) if _is_number(text) else serial + 1
        elif text:
            row[column.name] = _cell_value(text, column)
    return row, serial


def _cell_value(text: str, column: _Column) -> Value:
    series = cell_series(text)
    if series is not None:
        return _series_value(series, column.scheme)
    if column.scheme == NO_NUMBER and _units(text):
        return InlineList(_units(text))
    lines = [line for line in text.split("\n") if line]
    return as_sentence(text) if len(lines) == 1 else "\n".join(lines)


def _series_value(series: Series, scheme: str) -> Value:
    items: Value = [as_sentence(item) for item in series.items]
    if not series.lead and series.sample == scheme:
        return items
    data: Data = {}
    if series.lead:
        data["引语"] = series.lead
    if series.sample != scheme:
        data["编号"] = series.sample
    return {**data, "项": items}


def _report_shift(grid: Grid, columns: list[_Column], texts: list[list[str]], notes: Notes) -> None:
    """Say that a column may have slid: the last one is empty though the one before it is full."""
    if len(columns) < 3 or len(texts) < 2:
        return
    last = [row[-1] for row in texts]
    before = [row[-2] for row in texts]
    if any(last) or not all(before):
        return
    names = columns[-1].title, columns[-2].title
    notes.damaged(
        grid.at,
        names[0],
        f"“{names[0]}”一栏全空，而“{names[1]}”一栏都有文字，可能整栏错了一格",
        f"请核对“{names[1]}”里的文字是不是“{names[0]}”，照原样保留",
    )
