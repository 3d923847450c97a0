"""The data file of a quarter -> a form for each unit that its plan names, and the files that go out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.cell_words import Fetch, as_text
from zhibi.errors import Level, Location, Problem, ReportError, has_errors, reason
from zhibi.model import Project, Series, read_source
from zhibi.output import WRITE_RULE, folded, safe_stem, write_files
from zhibi.paper import Source
from zhibi.periods import Period
from zhibi.reading import exists, find_file, read_yaml
from zhibi.records import own_tasks
from zhibi.schema import SUMS, YES
from zhibi.serials import format_han
from zhibi.workbooks import HELPS, LEADS, Column, FigureRow, Form, TaskRow, read_form, write_form

RULE = "发表"

_Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Quarter:
    """What the forms of a quarter are made of; `last` is task number -> last quarter's texts."""

    series: Series
    period: Period
    source: Source
    plan: plain.Mapping
    columns: tuple[Column, ...]
    last: Mapping[str, Mapping[str, str]]


def forms_of(series: Series, period: Period, project: Project) -> tuple[tuple[Form, ...], list[Problem]]:
    """Return a form for each unit of a quarter's tasks, none when its paper has no 进展, and the advice met."""
    path = series.data(period)
    if not exists(path):
        message = f"还没有{period}的数据文件“{project.shown(path)}”"
        hint = f"请先 python3 build.py new {period.code}，或检查 config.yaml 里“数据”的写法"
        raise ReportError([Problem(series.at, RULE, message, hint)])
    source, problems = read_source(path, project)
    fields = source.template.spec.get("字段", {})
    spec = next((one for one in fields.values() if one["类型"] == "进展"), None)
    if spec is None or "任务" not in source.context:
        return (), problems
    last, more = _last_texts(source, path, project)
    quarter = _Quarter(
        series, period, source, _plan_of(source, fields, project), _columns(spec, source), last
    )
    forms = tuple(_form(quarter, unit) for unit in _units(own_tasks(source.context)))
    missing = [
        replace(one, level=Level.ADVICE, suggestion="表里先照原样放着") for one in (*source.problems, *more)
    ]
    return forms, [*problems, *dict.fromkeys(missing)]


def _plan_of(source: Source, fields: Mapping[str, Any], project: Project) -> plain.Mapping:
    """Return the plan as typed: how figures are counted is in no record."""
    name = next(
        source.data[key] for key, spec in fields.items() if spec["类型"] == "计划" and key in source.data
    )
    file = source.folders[0] / name
    plan, problems = read_yaml(file, project.shown(file))
    if plan is None or has_errors(problems):  # It was right a moment ago.
        raise ReportError(problems)
    return plan


def _columns(spec: Mapping[str, Any], source: Source) -> tuple[Column, ...]:
    """Return the columns of 进展; a 状态 counts as required, as a unit without one has not delivered."""
    own: list[Column] = []
    for name, one in spec.get("项", {}).items():
        status = one["类型"] == "状态"
        own.append(Column(str(name), status, status or one.get("必填") == YES, _limit(str(name), source)))
    return tuple(own)


def _limit(name: str, source: Source) -> int | None:
    """Return the 限字 of the table column that prints a column of 进展, the smallest when there are some."""
    prints = re.compile(rf"进展(?:\.|\[\s*['\"]){re.escape(name)}(?!\w)")
    limits = [
        int(column["限字"])
        for table in source.template.spec.get("表", {}).values()
        for column in table.get("栏", ())
        if isinstance(column, Mapping) and "限字" in column and prints.search(str(column.get("值", "")))
    ]
    return min(limits, default=None)


def _last_texts(
    source: Source, path: Path, project: Project
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """Return what the quarter before says, each 取数 with the figures of that quarter."""
    tasks: Sequence[_Record] = source.context["任务"]
    if not any("上期" in task for task in tasks):
        return {}, []
    before, _ = read_source(find_file(path.parent / source.data["上期"]), project)
    fetch = _fetch(before)
    texts = {
        str(task["序号"]): {str(name): as_text(value, fetch) for name, value in task["进展"].items()}
        for task in before.context["任务"]
    }
    return texts, before.problems


def _fetch(source: Source) -> Fetch:
    words: Callable[[Any], str] = source.fetch.words
    return words


def _units(tasks: Iterable[_Record]) -> list[str]:
    """Return every unit that has to do with a task, in the order that the plan names them."""
    return list(
        dict.fromkeys(str(unit) for task in tasks for unit in (*task["责任单位"], *task["配合单位"]) if unit)
    )


def _form(quarter: _Quarter, unit: str) -> Form:
    tasks = [
        task
        for task in own_tasks(quarter.source.context)
        if unit in task["责任单位"] or unit in task["配合单位"]
    ]
    led = [task for task in tasks if task["牵头单位"] == unit]
    names = dict.fromkeys(str(one["名称"]) for task in led for one in task["指标"])
    rows = _without_empty([_row(quarter, task, unit) for task in tasks])
    figures = tuple(_figure(quarter, name) for name in names)
    title = f"{quarter.plan['名称']}第{format_han(quarter.period.quarter or 0)}季度进展填报表"
    return Form(quarter.series.name, quarter.period.code, unit, title, quarter.columns, rows, figures)


def _row(quarter: _Quarter, task: _Record, unit: str) -> TaskRow:
    fetch, due = _fetch(quarter.source), task["完成时限"]
    plan = {
        "任务内容": as_text(task["内容"], fetch),
        "目标": as_text(task["目标"], fetch),
        "完成时限": f"第{format_han(due)}季度" if due else "",
    }
    own = {one.name: as_text(task["进展"].get(one.name, ""), fetch) for one in quarter.columns}
    last = quarter.last.get(str(task["序号"]), {})
    role = LEADS if task["牵头单位"] == unit else HELPS
    return TaskRow(
        str(task["序号"]), role, plan, own, {one.name: last.get(one.name, "") for one in quarter.columns}
    )


def _without_empty(rows: Sequence[TaskRow]) -> tuple[TaskRow, ...]:
    """Leave out the columns of the plan and of last quarter in which no row says anything."""
    plan = {name for row in rows for name, text in row.plan.items() if text}
    last = {name for row in rows for name, text in row.last.items() if text}
    return tuple(
        replace(
            row,
            plan={name: text for name, text in row.plan.items() if name in plan},
            last={name: text for name, text in row.last.items() if name in last},
        )
        for row in rows
    )


def _figure(quarter: _Quarter, name: str) -> FigureRow:
    raw, number = quarter.plan["指标"][name], quarter.period.quarter or 0
    actual = raw.get("实际", "")
    before = _of(actual, number - 1) if isinstance(actual, Mapping) else ""
    return FigureRow(
        name=name,
        unit=str(raw.get("单位", "")),
        target=str(raw.get("目标", "")),
        last_year=_of(raw.get("上年同期", ""), number),
        before=before,
        own=_of(actual, number),
        counts=str(raw.get("口径", SUMS[0])),
    )


def _of(typed: Any, quarter: int) -> str:
    """Return the figure of a quarter; one that is not typed by quarter is that of every quarter."""
    if isinstance(typed, Mapping):
        return str(typed.get(str(quarter), "") or "")
    return str(typed)


class State(StrEnum):
    """What became of a form's file."""

    NEW = "新发"
    SAME = "没有变化"
    RENEWED = "已更新"
    KEPT = "没有动"


@dataclass(frozen=True, slots=True)
class Issued:
    """A form and its file."""

    form: Form
    file: Path
    state: State

    @property
    def written(self) -> bool:
        """Tell whether the file was written in this run."""
        return self.state in {State.NEW, State.RENEWED}


def named(forms: Sequence[Form], *, several: bool) -> dict[str, Form]:
    """Return the forms by their file names; `several`: other papers have forms for the same units."""
    files: dict[str, Form] = {}
    seen: dict[str, Form] = {}
    for form in forms:
        name = safe_stem(f"{form.unit}（{form.paper}）" if several else form.unit) + ".xlsx"
        other = seen.setdefault(folded(name), form)
        if other is not form:
            message = f"“{other.unit}”和“{form.unit}”的表都要叫“{name}”"
            hint = "请在计划里把单位的名称改得不一样"
            raise ReportError([Problem(Location(name), RULE, message, hint)])
        files[name] = form
    return files


def issue(
    folder: Path, files: Mapping[str, Form], shown: Callable[[Path], str]
) -> tuple[list[Issued], list[Problem]]:
    """Write the forms into `folder`; one that anybody has filled in or changed is left as it is, and told."""
    issued: list[Issued] = []
    problems: list[Problem] = []
    waiting: dict[str, bytes] = {}
    for name, form in files.items():
        content, file = write_form(form), find_file(folder / name)
        state, why = _state(file, content)
        issued.append(Issued(form, file, state))
        if state is State.KEPT:
            hint = "请先把里面的内容收回来，把它移走，再发一次；或用 --out 换一个文件夹"
            problems.append(Problem(Location(shown(file)), WRITE_RULE, f"{why}，没有动它", hint))
        elif issued[-1].written:
            waiting[file.name] = content
    if waiting:
        write_files(folder, waiting)
    return issued, problems


def _state(file: Path, content: bytes) -> tuple[State, str]:
    """Tell what is to become of a file, and why it is kept."""
    if not os.path.lexists(file):
        return State.NEW, ""
    try:
        if file.read_bytes() == content:
            return State.SAME, ""
        old = read_form(file, file.name)
    except OSError as error:
        return State.KEPT, f"读不出原来的这张表（{reason(error)}）"
    except ReportError:
        return State.KEPT, "已经有一个叫这个名字的文件，不是执笔发出的表"
    filled = any(one.text != one.given for one in old.answers)
    filled = filled or any(one.text != one.given for one in old.figures)
    return (State.KEPT, "这张表已经有人填过或改过") if filled or old.problems else (State.RENEWED, "")
