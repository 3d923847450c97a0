"""Stage 2: a validated plan + the progress of a paper -> the names 任务 and 指标 that expressions see.

Tasks and progress meet by the task's number, so that a clerk never types the plan twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from zhibi import plain
from zhibi.errors import Location, Problem

_TASK_KEYS = ("内容", "目标", "举措", "责任单位", "类别")


def indicators_of(indicators: Mapping[str, Any], quarter: Any) -> Mapping[str, Any]:
    """Return the indicators with the figure of the paper's quarter, or the newest for a paper without one.

    A quarter that has no figure yet leaves 实际 out, so that naming it is a problem and not an old figure.
    """
    shown = {}
    for name, record in indicators.items():
        actual = record.get("实际")
        if isinstance(actual, plain.Mapping):
            newest = actual[max(actual)] if quarter is None else actual.get(str(quarter))
            record = {key: value for key, value in record.items() if key != "实际"}
            record |= {"实际": newest} if newest is not None else {}
        shown[str(name)] = record
    return shown


def progress_and_columns(
    data: plain.Mapping, fields: Mapping[str, Any]
) -> tuple[plain.Mapping, tuple[str, ...]]:
    for key, spec in fields.items():
        if spec["类型"] == "进展":
            return data.get(key, plain.Mapping(data.at)), tuple(spec.get("项", {}))
    return plain.Mapping(data.at), ()


def _ranges(numbers: list[int]) -> str:
    """1,2,3,5 -> 1—3、5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def double_numbers(numbers: Iterable[plain.Scalar]) -> list[Problem]:
    """Return a problem for each task number that stands twice; 04 and 4 are one number."""
    seen: dict[str, Location] = {}
    problems = []
    for number in numbers:
        same = _bare(number)
        if same in seen:
            message = f"任务序号 {number[:20]} 写了两次（第 {seen[same].line} 行已有）"
            problems.append(Problem(number.at, "重号", message, "请改成没有用过的序号"))
        seen[same] = number.at
    return problems


def progress_problems(progress: plain.Mapping, plan: plain.Mapping) -> list[Problem]:
    """Return a problem for each number of `progress` that stands twice or that the plan does not know."""
    numbers = [number for number in progress if isinstance(number, plain.Scalar) and number.isdigit()]
    known = {_bare(task["序号"]) for task in plan["任务"]}
    hint = f"计划的序号是 {_ranges(sorted(int(one) for one in known))}，请改正"
    unknown = [number for number in numbers if _bare(number) not in known]
    return double_numbers(numbers) + [
        Problem(number.at, "序号", f"计划里没有第 {number[:20]} 项任务", hint, text=number[:20])
        for number in unknown
    ]


def _bare(number: str) -> str:
    """Return a number without what may be left out: 04 and 4, 1,000 and 1000 are one."""
    return number.strip().replace(",", "").lstrip("0") or "0"


def progress_place(progress: plain.Mapping) -> Callable[[str], Location]:
    """Return what tells where the progress of a task stands, by its number; worked out once for them all."""
    places = {_bare(number): number.at for number in progress if isinstance(number, plain.Scalar)}
    return lambda number: places.get(_bare(number), progress.at)


def merge_tasks(
    plan: plain.Mapping, progress: plain.Mapping, columns: tuple[str, ...]
) -> tuple[Mapping[str, Any], ...]:
    """Return the tasks with their progress beside them; what was not filled in is the empty text."""
    filled = {_bare(number): value for number, value in progress.items()}
    return tuple(_merge(task, filled.get(_bare(task["序号"]), {}), columns) for task in plan["任务"])


def _merge(task: plain.Mapping, own: Mapping[str, Any], columns: tuple[str, ...]) -> Mapping[str, Any]:
    record: dict[str, Any] = {key: task.get(key, "") for key in _TASK_KEYS}
    record["序号"] = task["序号"]
    record["责任单位"] = as_texts(task["责任单位"])
    record["进展"] = {column: own.get(column, "") for column in columns}
    record["已填"] = bool(own)
    return record


def as_texts(value: Any) -> tuple[Any, ...]:
    """Return one text or a list of them as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)
