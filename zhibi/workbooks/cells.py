"""A cell of an open workbook -> the words that a person sees in it, and what keeps them from being taken."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape

from zhibi.workbooks.formats import Moment, date_format, date_words, number_words

MAX_TEXT = 32_767
"""The longest text that a cell takes in Excel."""

_LINE_ENDS = re.compile(r"\r\n?")
_PICTURE_FUNCTION = "DISPIMG"
"""What WPS puts into a cell that holds a picture."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in a cell; `fault` says why it cannot be taken, `advice` what is to be looked at."""

    text: str
    fault: str = ""
    advice: str = ""


def see(cell: Cell | MergedCell, value: Cell | MergedCell) -> Seen:
    """Return what a person sees in a cell; `value` is the same cell with what its formula gave."""
    if isinstance(cell, MergedCell) or isinstance(value, MergedCell):
        return Seen("")
    if cell.data_type != "f":
        return _plain(cell)
    if _PICTURE_FUNCTION in _formula(cell):
        return Seen("", fault="这里是图片，不是文字")
    if value.value is None:
        return Seen("", fault="这里是公式，文件里没有存它算出的结果")
    found = _plain(value)
    advice = f"这里是公式，取的是它上次算出的“{found.text[:20]}”"
    return Seen(found.text, found.fault, "" if found.fault else advice)


def _formula(cell: Cell) -> str:
    formula = getattr(cell.value, "text", cell.value)
    return str(formula)


def _plain(cell: Cell) -> Seen:
    """Return what a cell without a formula shows."""
    value = cell.value
    if value is None:
        return Seen("")
    if cell.data_type == "e":
        return Seen("", fault=f"这里是错误值 {value}")
    if isinstance(value, bool):
        return Seen("TRUE" if value else "FALSE")
    if isinstance(value, datetime.datetime | datetime.date | datetime.time | datetime.timedelta):
        return _date(value, date_format(_format_number(cell)) or cell.number_format)
    if isinstance(value, int | float):
        return _number(cell, value)
    text = _LINE_ENDS.sub("\n", unescape(str(value)))
    if len(text) > MAX_TEXT:
        return Seen("", fault=f"这里的文字有 {len(text)} 个字符，太长了")
    return Seen(text)


def _date(value: Moment, layout: str) -> Seen:
    text = date_words(value, layout)
    return Seen(text, advice=f"这里是日期或时间，收成了“{text}”")


def _number(cell: Cell, value: int | float) -> Seen:
    """Return the words of a number; dates whose format only Chinese Excel knows are numbers to openpyxl."""
    layout = date_format(_format_number(cell))
    try:
        moment = from_excel(value) if layout is not None else None
    except (OverflowError, ValueError):
        moment = None
    if layout is not None and moment is not None:
        return _date(moment, layout)
    return Seen(number_words(value, cell.number_format))


def _format_number(cell: Cell) -> int:
    own: Any = cell  # The number is known to openpyxl only.
    return int(own._style.numFmtId)
