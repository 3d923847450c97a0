"""A task of the plan and what was said of it -> comment lines for the clerk who writes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhibi.records import NEXT, Words, resolved, words_in
from zhibi.statuses import SETTLED, UNKNOWN

_SHORT = 40
"""Characters of a task's text that a comment shows."""

_Task = Mapping[str, Any]


def shortened(value: Any, most: int = _SHORT) -> str:
    """Return what was typed on one line, cut off where it is too long."""
    words = " ".join(words_in(value).split())
    return words if len(words) <= most else f"{words[:most]}…"


def heading_of(task: _Task) -> str:
    """Return a task's text up to its first mark, to stand as a heading."""
    words = " ".join(words_in(task["内容"]).split())
    return next(filter(None, re.split("[，。；,;]", words)), words)


def numbered(task: _Task) -> str:
    """Return what a comment calls a task."""
    return f"第{task['序号']}项 {shortened(task['内容'])}"


def who_and_when(task: _Task) -> str:
    """Return who leads a task and when it is due."""
    due = f"；完成时限：第{task['完成时限']}季度末" if task["完成时限"] else ""
    return f"牵头单位：{task['牵头单位']}{due}"


def status_of(task: _Task) -> str:
    """Return how far a task has got, in words."""
    return str(task["状态"] or UNKNOWN) if "状态" in task else "没有“状态”一栏"


def is_settled(task: _Task) -> bool:
    """Tell whether nothing more is to be done for a task."""
    return task.get("状态") in SETTLED


def next_steps(task: _Task, words: Words, label: str = "上期下一步") -> list[str]:
    """Return a line for each step that was announced."""
    lines = (line for name, cell in task["进展"].items() if NEXT in name for line in _lines(cell, words))
    return [f"{label}：{line}" for line in lines]


def _lines(cell: Any, words: Words) -> Iterator[str]:
    for line in words_in(resolved(cell, words)).split("\n"):
        if line.strip():
            yield " ".join(line.split())


def comments(lines: Sequence[str], indent: str) -> list[str]:
    """Return lines as comments."""
    return [indent + "# " + line.replace("\n", " ") for line in lines]
