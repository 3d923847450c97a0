"""The data file of a quarter -> a form for each unit that its tasks name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.checks.empty_table import without_tasks
from zhibi.cycle.cell_words import Fetch, as_text
from zhibi.cycle.deadlines import deadline
from zhibi.errors import Level, Location, Problem, ReportError, has_errors
from zhibi.model import Project, Series
from zhibi.model.source import read_source
from zhibi.paper import Source
from zhibi.periods import Period
from zhibi.plain import place_of
from zhibi.reading import exists, find_file, read_yaml
from zhibi.records import bare_number, own_tasks
from zhibi.schema import SUMS, YES
from zhibi.serials import format_han, ranges
from zhibi.workbooks import HELPS, LEADS, Column, FigureRow, Form, TaskRow

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
    if (unit := source.data.get("单位")) and source.context["任务"] and not own_tasks(source.context):
        raise ReportError([*problems, without_tasks(unit, source.context["任务"])])
    last, more = _last_texts(source, path, project)
    quarter = _Quarter(
        series, period, source, _plan_of(source, fields, project), _columns(spec, source), last
    )
    forms = tuple(_form(quarter, unit) for unit in _units(own_tasks(source.context)))
    missing = [
        replace(one, level=Level.ADVICE, suggestion="表里先照原样放着") for one in (*source.problems, *more)
    ]
    return forms, [*problems, *dict.fromkeys(missing), *_not_asked(source)]


def _not_asked(source: Source) -> Iterator[Problem]:
    """Yield an advice that names the tasks of the plan that the paper does not tell of."""
    own = {task["序号"] for task in own_tasks(source.context)}
    others = [int(bare_number(task["序号"])) for task in source.context["任务"] if task["序号"] not in own]
    if others:
        unit = source.context["单位"]
        message = (
            f"计划里第{ranges(sorted(others))}项任务的责任单位里没有“{unit}”，不在这份公文里，没有发填报表"
        )
        hint = "要各单位都报的，请用列出全部任务的一份（数据里不写“单位”）发表"
        yield Problem(place_of(unit, Location(source.file)), RULE, message, hint, Level.ADVICE)


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
    code, back = quarter.period.code, _back(quarter)
    return Form(quarter.series.name, code, unit, title, quarter.columns, rows, figures, back)


def _back(quarter: _Quarter) -> str:
    """Say by which day a form goes back, and to whom."""
    day, names = deadline(quarter.series, quarter.period).day, quarter.source.context
    year = f"{day.year}年" if day.year != quarter.period.year else ""
    return f"请于{year}{day.month}月{day.day}日前交回{names.get('全称') or names.get('单位') or ''}"


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
