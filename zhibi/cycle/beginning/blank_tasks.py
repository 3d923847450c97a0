"""A task that is open -> its blank entry in the progress of a new quarter, what is known of it as comments above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhibi.cycle.beginning.task_notes import comments, numbered
from zhibi.records import bare_number
from zhibi.schema import YES

MAY_BE_BLANK = frozenset({"状态", "单元格"})
"""Types of columns that may stand empty in the file of a new quarter."""


def blank_entry(
    task: Mapping[str, Any], columns: Mapping[str, Any], said: Sequence[str], indent: str
) -> list[str]:
    """Return a blank entry for a task; one that may not be blank waits as a comment."""
    lines = [
        f"{indent}{bare_number(task['序号'])}:",
        *(f"{indent}  {blank_column(name, columns)}" for name in columns),
    ]
    must = any(spec.get("必填") == YES and spec["类型"] not in MAY_BE_BLANK for spec in columns.values())
    if must or all(spec["类型"] not in MAY_BE_BLANK for spec in columns.values()):
        lines = comments([line[len(indent) :].replace("# ", "") for line in lines], indent)
    return [*comments([numbered(task), *said], indent), *lines]


def blank_column(name: str, columns: Mapping[str, Any]) -> str:
    """Return a column without words; one that may not stand empty is a comment."""
    return f"{name}:" if columns[name]["类型"] in MAY_BE_BLANK else f"# {name}:"


def progress_lines(key: str, notes: Sequence[str], body: Sequence[str]) -> list[str]:
    """Return the progress under its key, which stands as far in as it does itself."""
    empty = all(line.lstrip().startswith("#") for line in body)
    return [f"{key}:{' {}' if empty else ''}", *notes, *body]
