"""What a template may print: typed words, numbers and 文句, never the Python behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


class UnprintableError(ValueError):
    """A value that has no printed form; the message is Chinese."""


_SENTENCES = ("取数", "分述", "项")
_PRECISE = 15
"""Characters beyond which a worked-out number shows the rounding of the machine."""
_SHOWN = 20
"""Characters of a value that a message shows."""


def printable(value: Any) -> Any:
    """Return what is printed for a value in running text; refuse what would come out as Python."""
    if value is None or value == "":
        raise UnprintableError("要印的内容在数据里没有填写")
    if _is_list(value):
        raise UnprintableError("这是一组数据，不能直接印；列表请加“| 顿号”，正文请用“::正文 名称”")
    return _scalar(value)


def cell_value(value: Any) -> Any:
    """Return what a cell shows for a value: nothing for none, each item of a list."""
    if value is None or value == "":
        return ""
    if _is_list(value):
        return [cell_value(item) for item in value]
    return _scalar(value)


def words_of(value: Any) -> str:
    """Return a value as words within a text: the empty text too, but no 文句 and no list."""
    words = value if isinstance(value, str) else printable(value)
    if isinstance(words, str):
        return words
    raise UnprintableError("这一项带有“取数”等写法，只能单独印，不能再加工")


def shown(value: Any) -> str:
    """Return how a message names a value; never how Python writes it."""
    if value is None or value == "":
        return "（没有填写）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
    if isinstance(value, int | float):
        return _number(value) if abs(value) < 10**_SHOWN else "很大的数"
    return "一组数据" if _is_list(value) or isinstance(value, Mapping) else "这一项"


def _number(value: int | float) -> str:
    """Return a number in figures: 0.1 + 0.2 is 0.3, and no number has an exponent."""
    figures = str(value)
    if isinstance(value, float) and ("e" in figures or len(figures) > _PRECISE):
        return format(Decimal(f"{value:.12g}"), "f")
    return figures


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _scalar(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping) and any(key in value for key in _SENTENCES):
        return value
    if isinstance(value, str):
        return value
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return _number(value)
    raise UnprintableError("这不是能印的内容；请取它里面的一项，如 指标.名称.实际")
