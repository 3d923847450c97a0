"""Plain data -> values that no schema sees: what YAML takes for nothing, and texts without end."""

from __future__ import annotations

from collections.abc import Iterator

from zhibi import plain
from zhibi.errors import Level, Problem

MAX_TEXT = 100_000
"""Most characters of one value."""

_NULL = frozenset({"~", "null", "Null", "NULL"})


def short(text: str) -> str:
    """Return a text as messages show it."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def odd_values(value: object, key: str) -> Iterator[Problem]:
    """Yield a problem for each value that YAML programs take for nothing, or that is too long to be one text."""
    if isinstance(value, plain.Scalar):
        if len(value) > MAX_TEXT:
            message = f"“{short(key)}”这段文字太长（{len(value)} 字，最多 {MAX_TEXT} 字）"
            yield Problem(value.at, "格式", message, "请分成几段", Level.ERROR, value[:40])
        elif not value.quoted and value in _NULL:
            message = f"“{short(key)}”写的是 {value}，YAML 用它表示“空”"
            mend = f'请填写，或删去这一行；确实要印它请加引号："{value}"'
            yield Problem(value.at, "格式", message, mend, Level.ERROR, str(value))
    elif isinstance(value, plain.Mapping):
        for own, inner in value.items():
            yield from odd_values(inner, own)
    elif isinstance(value, plain.Sequence):
        for inner in value:
            yield from odd_values(inner, key)
