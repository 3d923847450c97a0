"""Stage 2: the progress of a paper against its plan -> what is filled in, and every number that does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from zhibi import plain
from zhibi.errors import Location, Problem
from zhibi.records import bare_number
from zhibi.serials import ranges


def progress_and_columns(
    data: plain.Mapping, fields: Mapping[str, Any]
) -> tuple[plain.Mapping, tuple[str, ...]]:
    for key, spec in fields.items():
        if spec["类型"] == "进展":
            return data.get(key, plain.Mapping(data.at)), tuple(spec.get("项", {}))
    return plain.Mapping(data.at), ()


def with_blank_progress(data: plain.Mapping, fields: Mapping[str, Any]) -> plain.Mapping:
    """Return `data` with a mapping where a progress, or an entry of one, stands empty: nobody has begun it."""
    whole = _changed(data, {})
    for key in (key for key, spec in fields.items() if spec["类型"] == "进展" and key in data):
        progress = _as_mapping(data[key])
        if isinstance(progress, plain.Mapping):
            progress = _changed(progress, {one: _as_mapping(entry) for one, entry in progress.items()})
        whole[key] = progress
    return whole


def _changed(mapping: plain.Mapping, new: Mapping[str, Any]) -> plain.Mapping:
    """Return a mapping with other values; what was read is left as it is, for others have it too."""
    changed = plain.Mapping(mapping.at)
    changed.update(mapping)
    changed.update(new)
    return changed


def _as_mapping(value: Any) -> Any:
    return plain.Mapping(value.at) if isinstance(value, plain.Scalar) and not value else value


def status_column(fields: Mapping[str, Any]) -> str:
    """Return the column of the progress that says how far a task has got, the empty text without one."""
    columns = (spec.get("项", {}) for spec in fields.values() if spec["类型"] == "进展")
    return next((str(name) for own in columns for name, spec in own.items() if spec["类型"] == "状态"), "")


def double_numbers(numbers: Iterable[plain.Scalar]) -> list[Problem]:
    """Return a problem for each task number that stands twice; 04 and 4 are one number."""
    seen: dict[str, Location] = {}
    problems = []
    for number in numbers:
        same = bare_number(number)
        if same in seen:
            message = f"任务序号 {number[:20]} 写了两次（第 {seen[same].line} 行已有）"
            problems.append(Problem(number.at, "重号", message, "请改成没有用过的序号"))
        seen[same] = number.at
    return problems


def progress_problems(progress: plain.Mapping, plan: plain.Mapping) -> list[Problem]:
    """Return a problem for each number of `progress` that stands twice or that the plan does not know."""
    numbers = [number for number in progress if isinstance(number, plain.Scalar) and number.isdigit()]
    known = {bare_number(task["序号"]) for task in plan["任务"]}
    hint = f"计划的序号是 {ranges(sorted(int(one) for one in known))}，请改正"
    unknown = [number for number in numbers if bare_number(number) not in known]
    return double_numbers(numbers) + [
        Problem(number.at, "序号", f"计划里没有第 {number[:20]} 项任务", hint, text=number[:20])
        for number in unknown
    ]


def progress_place(progress: plain.Mapping) -> Callable[[str], Location]:
    """Return what tells where the progress of a task stands, by its number; worked out once for them all."""
    places = {bare_number(number): number.at for number in progress if isinstance(number, plain.Scalar)}
    return lambda number: places.get(bare_number(number), progress.at)
