"""The tasks of the plan + the progress of a paper -> the records that expressions see.

Tasks and progress meet by the task's number, so that a clerk never types the plan twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhibi import plain
from zhibi.sandbox.tasks import Tasks, bare_number
from zhibi.schema import NO, YES
from zhibi.statuses import SETTLED

RESULT, NEXT = "完成情况", "下一步"
"""Words in the names of the columns that say what was done and what comes next."""

_TASK_KEYS = ("内容", "目标", "举措", "类别")


@dataclass(frozen=True, slots=True)
class Progress:
    """What a paper fills in: number -> columns. `status` is the column of type 状态, if there is one.

    `last` is the same of the quarter before, None for a paper that names no 上期.
    """

    own: Mapping[str, Any]
    columns: tuple[str, ...] = ()
    status: str = ""
    last: Mapping[str, Any] | None = None


def task_records(
    plan: plain.Mapping, progress: Progress, indicators: Mapping[str, Any], quarter: int | None
) -> Tasks:
    """Return the tasks with their progress beside them; what was not filled in is the empty text."""
    filled = _by_number(progress.own)
    last = None if progress.last is None else _by_number(progress.last)
    records = []
    for task in plan["任务"]:
        number = bare_number(task["序号"])
        record = _of_plan(task, indicators) | _of_paper(task, filled.get(number, {}), progress, quarter)
        if last is not None:
            before = last.get(number, {})
            record["上期"] = {column: before.get(column, "") for column in progress.columns}
            record["上期"] |= {"状态": before.get(progress.status, "")} if progress.status else {}
        records.append(record)
    return Tasks(records)


def _by_number(progress: Mapping[str, Any]) -> dict[str, Any]:
    return {bare_number(number): value for number, value in progress.items()}


def _of_plan(task: plain.Mapping, indicators: Mapping[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = {key: task.get(key, "") for key in _TASK_KEYS}
    units = as_texts(task["责任单位"])
    record["序号"] = task["序号"]
    record["责任单位"] = units
    record["牵头单位"] = units[0]
    record["配合单位"] = as_texts(task["配合单位"]) if "配合单位" in task else units[1:]
    record["完成时限"] = int(task["完成时限"]) if "完成时限" in task else ""
    record["指标"] = tuple(indicators[name] for name in as_texts(task.get("指标", ())))
    return record


def _of_paper(
    task: plain.Mapping, own: Mapping[str, Any], progress: Progress, quarter: int | None
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "进展": {column: own.get(column, "") for column in progress.columns},
        "已填": bool(words_in(own)),
    }
    if progress.status:
        status = own.get(progress.status, "")
        record |= {"状态": status, "逾期": _overdue(task.get("完成时限"), status, quarter)}
    return record


def _overdue(due: Any, status: str, quarter: int | None) -> str:
    """Tell whether a task was due by the end of the paper's quarter and is neither done nor changed."""
    if quarter is None:
        return ""
    return YES if due is not None and int(due) <= quarter and status not in SETTLED else NO


def own_tasks(names: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the tasks that a paper tells of: those of its 单位, all where it has none."""
    unit = names.get("单位")
    return [task for task in names.get("任务", ()) if not unit or unit in task["责任单位"]]


def column_of(task: Mapping[str, Any], word: str) -> Any:
    """Return what stands in the first column of the progress whose name holds `word`, None without one."""
    return next((value for name, value in task["进展"].items() if word in name), None)


def words_in(value: Any) -> str:
    """Return every word typed in a cell, a line each item; how its items are numbered is left out."""
    if isinstance(value, Mapping):
        value = [inner for key, inner in value.items() if key != "编号"]
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(words_in, value)))  # Blank cells leave no line ends behind.
    return str(value).strip()


def as_texts(value: Any) -> tuple[Any, ...]:
    """Return one text or a list of them as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)
