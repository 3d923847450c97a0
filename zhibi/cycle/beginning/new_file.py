"""A file to be written, and the quarterly paper that tells how far a year's tasks have got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.errors import Problem, ReportError
from zhibi.model import Project, Series
from zhibi.model.source import read_plan
from zhibi.paper import Source
from zhibi.periods import Period
from zhibi.pipeline import check_report
from zhibi.reading import exists
from zhibi.records import own_tasks
from zhibi.statuses import SETTLED

RULE = "下一期"
"""Rule of the problems that mean: the file that the next one is made from is not there."""

_LAST = 4


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be written, where none stands yet; `notes` say what it was made from and what that lacks."""

    path: Path
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """The newest quarterly paper of a year, the series that it is of, and the plan that it reports on."""

    series: Series
    period: Period
    file: Path
    source: Source
    plan_file: Path
    plan: plain.Mapping

    @property
    def tasks(self) -> Sequence[Mapping[str, Any]]:
        """Return the records of all tasks of the plan."""
        found: Sequence[Mapping[str, Any]] = self.source.context["任务"]
        return found

    @property
    def own(self) -> Sequence[Mapping[str, Any]]:
        """Return the records of the tasks that the paper tells of."""
        return own_tasks(self.source.context)


def field_of(fields: Mapping[str, Any], kind: str) -> str:
    """Return the name of the first field of that type, the empty text without one."""
    return next((str(name) for name, spec in fields.items() if spec["类型"] == kind), "")


def year_so_far(series: Series, year: int, project: Project) -> YearSoFar:
    """Return the newest quarterly paper of a year that somebody has begun to fill in, else the newest there is.

    Raise `ReportError` when there is none, or with all problems of one that has errors.
    """
    newest: YearSoFar | None = None
    for period in reversed([one for one in series.periods() if one.year == year]):
        found = _read(series, period, project)
        if _has_begun(found.own):
            return found
        newest = newest or found
    if newest is None:
        message = f"“{series.name}”没有 {year} 年的数据文件，看不出 {year} 年的任务完成得怎样"
        raise ReportError([Problem(series.at, RULE, message, _first_of(series, year))])
    return newest


def _first_of(series: Series, year: int) -> str:
    """Return how to come by a quarterly paper of a year."""
    if year < series.first.year:
        first = series.first.year
        return f"它从{series.first}开始：{first} 年的计划请照样例写，以后从 new {first + 1} 做起"
    return f"请先做季度表：python3 build.py new {first_gap(series, Period(year, _LAST)).code}"


def first_gap(series: Series, period: Period) -> Period:
    """Return the quarter to make first, so that those up to `period` can follow one another."""
    while period > series.first and not exists(series.data(period.previous)):
        period = period.previous
    return period


def _has_begun(tasks: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether more is filled in than the settled tasks that the program has carried over."""
    filled = [task for task in tasks if task["已填"]]
    return len(filled) == len(tasks) or not all(task.get("状态") in SETTLED for task in filled)


def _read(series: Series, period: Period, project: Project) -> YearSoFar:
    file = series.data(period)
    source = check_report(file, project).paper.source
    key = field_of(source.template.spec.get("字段", {}), "计划")
    name = source.data.get(key)
    if not name:
        message = f"“{series.name}”的{period}没有写“计划”，不知道照哪一份计划做"
        hint = "请在数据文件里写：计划: ……年重点工作计划.yaml"
        raise ReportError([Problem(source.data.at, RULE, message, hint)])
    plan_file = file.parent / name
    return YearSoFar(series, period, file, source, plan_file, read_plan(plan_file, project))
