"""The words of a table cell: plain, items with numbers, or offices one a line."""

from __future__ import annotations

import re

from zhibi.importer.blocks import CellText, CellWords, Data, Figure, InlineList, Value
from zhibi.importer.series import as_sentence, cell_series
from zhibi.importer.width import restore_width
from zhibi.serials import NO_NUMBER

_UNITS = re.compile(
    r"单位|單位|部门|部門|处室|處室|科室|机构|機構|责任|責任|牵头|牽頭|配合|承办|承辦|主办|主辦|协办|協辦|属地"
)
_FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?", re.ASCII)
_UNIT = re.compile(r"[\u4e00-\u9fff]{2,12}")


def read_cell(cell: CellText, title: str) -> CellWords:
    """Recognise what a cell says under a column of that title."""
    if cell.words is not None:
        return cell.words
    text = restore_width(cell.text)
    series = cell_series(text)
    if series is not None:
        return CellWords(series.lead, tuple(as_sentence(item) for item in series.items), series.sample)
    units = text.split()
    if len(units) > 1 and _UNITS.search(re.sub(r"\s", "", title)) and all(map(_UNIT.fullmatch, units)):
        return CellWords("", tuple(units), NO_NUMBER)
    return CellWords(as_sentence(text) if "\n" not in text else text)


def plain_words(cell: CellWords) -> str:
    """Return the words of a cell that is one plain text, else nothing."""
    return cell.lead if isinstance(cell.lead, str) and not cell.items else ""


def cell_value(cell: CellWords, scheme: str) -> Value:
    """Return a cell as YAML holds it in a column that numbers after `scheme`."""
    if not cell.items:
        text = plain_words(cell)
        return Figure(text) if _FIGURE.fullmatch(text) else cell.lead
    if not cell.lead and cell.sample == scheme:
        return InlineList(cell.items) if scheme == NO_NUMBER else list(cell.items)
    data: Data = {}
    if cell.lead:
        data["引语"] = cell.lead
    if cell.sample != scheme:
        data["编号"] = cell.sample
    return {**data, "项": list(cell.items)}
