"""Filters for templates, with Chinese names: values in, words out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from zhibi.dates import format_date, parse_date
from zhibi.plain import Scalar
from zhibi.sandbox.figures import FIGURE_FILTERS
from zhibi.sandbox.guards import joined, words
from zhibi.serials import format_han
from zhibi.values import UnprintableError, shown


def _han(value: Any) -> str:
    """3 -> 三: an ordinal in Han numerals, as in 第三季度."""
    digits = words(value)
    if not digits.isdecimal() or len(digits) > 9 or not 1 <= int(digits) <= 9999:
        raise UnprintableError(f"“{shown(value)}”不是 1 到 9999 的整数，写不成汉字数")
    return format_han(int(digits))


def _list(values: Any) -> str:
    """Join a list with 、 as in running text; a single text stays as it is."""
    if isinstance(values, str):
        return values
    if not isinstance(values, list | tuple):
        raise UnprintableError("“顿号”只能用于列表")
    return joined(values, "、")


def _date(value: Any) -> str:
    """2026-02-18 -> 2026年2月18日 (GB/T 9704 7.3.5.4)."""
    date = words(value)
    if parse_date(date) is None:
        raise UnprintableError(f"“{shown(value)}”不是日期")
    return format_date(date)


def _one_line(value: Any) -> Any:
    """Return a text without its line ends: a title of two lines, named in running text."""
    line = "".join(part.strip() for part in words(value).split("\n"))
    return Scalar(line, value.at, quoted=True) if isinstance(value, Scalar) else line


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"汉字": _han, "顿号": _list, "年月日": _date, "一行": _one_line, **FIGURE_FILTERS}
)
"""Filter name -> function; one line here (a filter that counts: in `figures`) is all a new filter needs."""
