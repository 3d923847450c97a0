"""Filters for templates, with Chinese names: values in, words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from zhibi.dates import format_date
from zhibi.serials import format_han


def _han(value: Any) -> str:
    """3 -> 三: an ordinal in Han numerals, as in 第三季度."""
    return format_han(int(value))


def _list(values: Any) -> str:
    """Join a list with 、 as in running text; a single text stays as it is."""
    return values if isinstance(values, str) else "、".join(str(value) for value in _iterate(values))


def _iterate(values: Any) -> Iterable[Any]:
    if not isinstance(values, list | tuple):
        raise ValueError("“顿号”只能用于列表")
    return values


def _date(value: Any) -> str:
    """2026-02-18 -> 2026年2月18日 (GB/T 9704 7.3.5.4)."""
    return format_date(str(value))


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType({"汉字": _han, "顿号": _list, "年月日": _date})
"""Filter name -> function; one line here is all a new filter needs."""
