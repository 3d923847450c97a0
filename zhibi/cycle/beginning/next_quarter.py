"""The data file of a quarter -> that of the next one: its head moved on, a blank entry for each task that is open.

The first quarter of a year has no quarter before it: it takes the tasks of the new year's plan.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.beginning.blank_tasks import MAY_BE_BLANK, blank_column, blank_entry, progress_lines
from zhibi.cycle.beginning.first_quarter import first_quarter
from zhibi.cycle.beginning.head import Turn, carried, joined, of_year, own_notes_gone, with_value
from zhibi.cycle.beginning.new_file import RULE, NewFile, field_of, first_gap
from zhibi.cycle.beginning.old_file import Entry, as_data, read_old, yaml_lines
from zhibi.cycle.beginning.task_notes import (
    comments,
    is_settled,
    next_steps,
    numbered,
    status_of,
    who_and_when,
)
from zhibi.cycle.beginning.telling import headed, of_the_quarter
from zhibi.errors import Location, Problem, ReportError
from zhibi.model import Project, Series
from zhibi.model.plan import status_column
from zhibi.model.source import read_plan
from zhibi.paper import Source
from zhibi.periods import Period
from zhibi.pipeline import check_report
from zhibi.reading import exists
from zhibi.records import RESULT, Progress, bare_number, own_tasks, records_of, resolved, words_in
from zhibi.schema import LEFT_OUT, YES

_LAST = "上期"


@dataclass(frozen=True, slots=True)
class _Quarter:
    """What the next file is made of: the last one, where both lie, the field of the progress, the new plan's name."""

    turn: Turn
    source: Source
    path: Path
    last: Path
    progress: str
    plan: str
    tasks: Sequence[Mapping[str, Any]]

    @property
    def spec(self) -> Mapping[str, Any]:
        """Return how the template declares the progress."""
        found: Mapping[str, Any] = self.turn.fields.get(self.progress, {})
        return found


def next_quarter(series: Series, period: Period, project: Project, plan_name: str = "") -> NewFile:
    """Return the data file of a quarter; raise `ReportError` when the quarter before is missing or has errors.

    The first of a series has none before it: it is made from the year's plan, `plan_name` where there are several.
    """
    path, last = series.data(period), series.data(period.previous)
    if not exists(last):
        if period == series.first:
            return first_quarter(series, project, plan_name)
        raise ReportError([_missing(series, period, project)])
    source = check_report(last, project).paper.source
    fields = source.template.spec.get("字段", {})
    turn = Turn(period.previous, period, last.name, fields)
    plan_key = field_of(fields, "计划")
    plan = source.data.get(plan_key, "")
    tasks: Sequence[Mapping[str, Any]] = own_tasks(source.context)
    if period.year != period.previous.year and plan:
        plan, tasks = _new_plan(turn, source, plan, last, project)
    old = read_old(last, source.data)
    quarter = _Quarter(turn, source, path, last, field_of(fields, "进展"), str(plan), tasks)
    lines: list[str] = []
    for entry in own_notes_gone(old.entries):
        lines += _lines_of(entry, quarter, plan_key)
    notes = of_the_quarter(source, period.previous, period) if period.quarter != 1 else ()
    return NewFile(path, joined([*headed(lines, notes), *old.tail]), notes)


def _missing(series: Series, period: Period, project: Project) -> Problem:
    before = period.previous
    at = Location(project.shown(series.data(before)))
    message = f"没有{before}的数据文件，“{series.name}”的{period}无从接着做"
    code = first_gap(series, before).code
    return Problem(at, RULE, message, f"请先运行 python3 build.py new {code}，填好以后再做后面的")


def _new_plan(
    turn: Turn, source: Source, plan: plain.Scalar, last: Path, project: Project
) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Return the name of the new year's plan and its tasks that are the paper's own."""
    name = Path(plan).with_name(of_year(Path(plan).name, turn.old.year, turn.new.year)).as_posix()
    file = last.parent / name
    if name == plan or not exists(file):
        message = f"没有 {turn.new.year} 年的计划文件“{name}”"
        if name == plan:
            message = f"计划文件的名称“{plan}”里没有年度，找不到 {turn.new.year} 年的计划"
        hint = f"请先运行 python3 build.py new {turn.new.year}"
        raise ReportError([Problem(plan.at, RULE, message, hint)])
    content = read_plan(file, project)
    columns = (
        tuple(turn.fields[field_of(turn.fields, "进展")].get("项", {}))
        if field_of(turn.fields, "进展")
        else ()
    )
    unit = source.context.get("单位")
    names = records_of(content, Progress({}, columns), None, unit)
    return name, own_tasks({**names, "单位": unit})


def _lines_of(entry: Entry, quarter: _Quarter, plan_key: str) -> list[str]:
    """Return the lines of the next file for an entry of the old one."""
    if entry.key == _LAST and _LAST not in quarter.turn.fields:
        return list(entry.lead)
    if entry.key == plan_key:
        name = Path(os.path.relpath(quarter.last.parent / quarter.plan, quarter.path.parent)).as_posix()
        return [*entry.lead, *with_value(entry, name), *_last_quarter(entry.indent, quarter)]
    if entry.key == quarter.progress:
        return [*entry.lead, *_progress(entry, quarter)]
    return carried(entry, quarter.turn)


def _last_quarter(indent: str, quarter: _Quarter) -> list[str]:
    """Return the line that names the quarter before; the first quarter of a year has none."""
    if not quarter.progress or quarter.turn.new.quarter == 1 or _LAST in quarter.turn.fields:
        return []
    name = Path(os.path.relpath(quarter.last, quarter.path.parent)).as_posix()
    return yaml_lines({_LAST: name}, indent)


def _progress(entry: Entry, quarter: _Quarter) -> list[str]:
    """Return the progress: an entry for each task, what was said of it above."""
    indent = f"{entry.indent}  "
    fresh = quarter.turn.new.quarter == 1
    leave_out = quarter.spec.get("已完成") == LEFT_OUT
    body: list[str] = []
    left: list[str] = []
    for task in quarter.tasks:
        if not fresh and is_settled(task) and leave_out:
            left.append(f"{numbered(task)}（{status_of(task)}）")
        elif not fresh and is_settled(task):
            body += _settled(task, quarter, indent)
        else:
            body += _open(task, quarter, indent)
    notes = comments([f"已完成、已调整的没有列入：{'；'.join(left)}"], indent) if left else []
    return progress_lines(f"{entry.indent}{entry.key}", notes, body)


def _open(task: Mapping[str, Any], quarter: _Quarter, indent: str) -> list[str]:
    """Return a blank entry for a task, with what was said of it last quarter as comments."""
    said = who_and_when(task)
    if quarter.turn.new.quarter != 1:
        said += f"；上期状态：{status_of(task)}"
    steps = next_steps(task, quarter.source.fetch.words)
    return blank_entry(task, quarter.spec.get("项", {}), [said, *steps], indent)


def _settled(task: Mapping[str, Any], quarter: _Quarter, indent: str) -> list[str]:
    """Return the entry of a task that is done: its status and its result as they were printed last quarter."""
    status = status_column(quarter.turn.fields)
    columns = quarter.spec.get("项", {})
    note = f"{numbered(task)}（上期{status_of(task)}，照列；不用列的请删去）"
    lines = [*comments([note], indent), f"{indent}{bare_number(task['序号'])}:"]
    for name, spec in columns.items():
        must = spec.get("必填") == YES and spec["类型"] not in MAY_BE_BLANK
        cell = task["进展"][name] if name == status or RESULT in name or must else ""
        if words_in(cell):
            data = {str(name): as_data(resolved(cell, quarter.source.fetch.words))}
            lines += yaml_lines(data, f"{indent}  ")
        else:
            lines.append(f"{indent}  {blank_column(name, columns)}")
    return lines
