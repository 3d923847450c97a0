"""What was typed in a cell (text, items, 取数) -> the same with its 取数 filled in, or as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhibi import plain

Words = Callable[[plain.Scalar], str]
"""Fills in the words of a 取数."""

_ENDS = frozenset("。；！？…：，、;!?:,")
_BETWEEN = "；"


def resolved(value: Any, words: Words) -> Any:
    """Return a cell whose every 取数 is filled in; how it is divided into items stays."""
    if isinstance(value, plain.Mapping):
        if "取数" in value:
            typed = value["取数"]
            return plain.Scalar(words(typed), typed.at, quoted=True)
        mapping = plain.Mapping(value.at)
        mapping.update({key: resolved(inner, words) for key, inner in value.items()})
        return mapping
    if isinstance(value, plain.Sequence):
        sequence = plain.Sequence(value.at)
        sequence.extend(resolved(inner, words) for inner in value)
        return sequence
    return value


def sentence(value: Any) -> Any:
    """Return a cell as words that can stand in running text: items one behind the other, a semicolon between."""
    if isinstance(value, plain.Mapping):
        items = value.get("项", value.get("分述", ()))
        found = "".join(sentence(part) for part in (value.get("引语", ""), items, value.get("结语", "")))
    elif isinstance(value, list | tuple):
        found = _joined([sentence(item) for item in value])
    else:
        if "\n" not in value:
            return value
        found = "".join(line.strip() for line in value.split("\n"))
    return plain.Scalar(found, value.at, quoted=True) if hasattr(value, "at") else found


def _joined(items: list[str]) -> str:
    """Return items in a row; one that ends in no mark gets a semicolon before the next."""
    told = [item.strip() for item in items if item.strip()]
    ended = [item if item[-1] in _ENDS else item + _BETWEEN for item in told[:-1]]
    return "".join([*ended, *told[-1:]])
