"""Filters for templates, with Chinese names: values in, words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from zhibi.dates import format_date, parse_date
from zhibi.plain import Scalar
from zhibi.serials import format_han
from zhibi.values import UnprintableError


def _han(value: Any) -> str:
    """3 -> 三: an ordinal in Han numerals, as in 第三季度."""
    if not str(value).isdecimal() or not 1 <= int(value) <= 9999:
        raise UnprintableError(f"“{value}”不是 1 到 9999 的整数，写不成汉字数")
    return format_han(int(value))


def _list(values: Any) -> str:
    """Join a list with 、 as in running text; a single text stays as it is."""
    return values if isinstance(values, str) else "、".join(str(value) for value in _iterate(values))


def _iterate(values: Any) -> Iterable[Any]:
    if not isinstance(values, list | tuple):
        raise UnprintableError("“顿号”只能用于列表")
    return values


def _date(value: Any) -> str:
    """2026-02-18 -> 2026年2月18日 (GB/T 9704 7.3.5.4)."""
    if parse_date(str(value)) is None:
        raise UnprintableError(f"“{value}”不是日期")
    return format_date(str(value))


def _one_line(value: Any) -> Any:
    """Return a text without its line ends: a title of two lines, named in running text."""
    words = "".join(line.strip() for line in str(value).split("\n"))
    return Scalar(words, value.at, quoted=True) if isinstance(value, Scalar) else words


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"汉字": _han, "顿号": _list, "年月日": _date, "一行": _one_line}
)
"""Filter name -> function; one line here is all a new filter needs."""
