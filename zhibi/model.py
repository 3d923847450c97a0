"""Stages 1-2: a report's files -> a validated `Source`; every problem of every file in one pass.

The quarterly papers are merged here from the plan and the quarter's progress by the task's number,
so that a clerk never types the plan twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhibi import plain
from zhibi.dates import parse_date
from zhibi.errors import Location, Problem, ReportError, has_errors
from zhibi.folders import leaves
from zhibi.look import look_problems, make_look
from zhibi.paper import Source
from zhibi.schema import ELEMENT_KEYS, YES, config_schema, general_schema, paper_schema, plan_schema, words
from zhibi.styles import Look
from zhibi.templates import SUFFIX, Template, new_budget, read_template
from zhibi.validator import validate
from zhibi.yaml_reader import exists, read_yaml

FALLBACK_DATE = "2000-01-01"
"""What a file's properties say was its date when neither data nor environment tell one."""

_TASK_KEYS = ("内容", "目标", "举措", "责任单位", "类别")
_DATE_LABELS = ("成文日期", "发文日期")


@dataclass(frozen=True, slots=True)
class Project:
    """Where things lie: `root` holds config.yaml, `templates` the kinds of paper."""

    root: Path
    templates: Path

    def shown(self, path: Path) -> str:
        """Return how messages name a file: relative to the project or to where the clerk stands."""
        try:
            whole = path.resolve()
        except (OSError, RuntimeError, ValueError):  # A loop of links, or a name that no system takes.
            return path.as_posix()
        for folder in (self.root.resolve(), Path.cwd()):
            if whole.is_relative_to(folder):
                return whole.relative_to(folder).as_posix()
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report of config.yaml: what the command line calls it, and its data file."""

    name: str
    data: Path


@dataclass(frozen=True, slots=True)
class Config:
    """config.yaml; `stand_ins_accepted`: a PDF set in stand-ins is in order for this office."""

    reports: tuple[ReportEntry, ...]
    output: Path
    formats: tuple[str, ...]
    look: Look
    stand_ins_accepted: bool


def read_config(path: Path, project: Project) -> Config:
    """Read config.yaml; raise `ReportError` with every problem of it."""
    schema = config_schema()
    data, problems = read_yaml(path, project.shown(path), words(schema))
    if data is not None:
        problems += validate(data, schema)
    if data is None or has_errors(problems):
        raise ReportError(problems)
    problems += _double_names(data["报告"])
    problems += look_problems(data["版式"]) if "版式" in data else []
    if problems and has_errors(problems):
        raise ReportError(problems)
    return Config(
        tuple(ReportEntry(str(raw["名称"]), path.parent / str(raw["数据"])) for raw in data["报告"]),
        path.parent / str(data.get("输出", "reports")),
        tuple(str(name) for name in data.get("格式", ("docx", "pdf"))),
        make_look(data.get("版式")),
        data.get("认可替代字体") == YES,
    )


def _double_names(reports: Iterable[Mapping[str, Any]]) -> list[Problem]:
    seen: dict[str, Location] = {}
    problems = []
    for report in reports:
        name = report["名称"]
        if name in seen:
            message = f"报告名称“{name}”写了两次（第 {seen[name].line} 行已有）"
            problems.append(Problem(name.at, "重名", message, "请改其中一个"))
        seen[name] = name.at
    return problems


def read_source(path: Path, project: Project, today: str = "") -> tuple[Source, list[Problem]]:
    """Read one report's data file, its template and its plan.

    Return the source and the advice met; raise `ReportError` with every problem when one is an error.
    `today` (ISO) is what the file properties say when the data tell no date.
    """
    shown = project.shown(path)
    template, problems = _find_template(path, shown, project)
    if template is None or has_errors(problems):
        data, more = read_yaml(path, shown, words(paper_schema("", {})))
        more += validate(data, general_schema()) if data is not None else []
        raise ReportError({*problems, *more})
    fields = template.spec.get("字段", {})
    schema = paper_schema(template.name, fields)
    data, more = read_yaml(path, shown, words(schema))
    problems += more
    if data is None:
        raise ReportError(problems)
    problems += validate(data, schema)
    plan, more = _read_plan(data, fields, path, project)
    problems += more
    if has_errors(problems):
        raise ReportError(problems)
    context, more = _context(data, fields, plan)
    problems += more
    if has_errors(problems):
        raise ReportError(problems)
    folders = (path.parent, project.root)
    return Source(shown, data, template, context, _created(data, today), folders), problems


def _find_template(path: Path, shown: str, project: Project) -> tuple[Template | None, list[Problem]]:
    """Read the template that a data file names, before anything else of the file is judged."""
    data, problems = read_yaml(path, shown, words(paper_schema("", {})))
    if data is None:
        return None, problems
    name = data.get("模板")
    if name is None and "任务" in data:
        hint = "请检查或生成用到它的报告"
        return None, [*problems, Problem(data.at, "模板", "这是计划文件，不单独生成", hint)]
    known = sorted(found.stem for found in project.templates.glob(f"*{SUFFIX}"))
    if not isinstance(name, plain.Scalar) or name not in known:
        at = plain.place_of(name, data.at) if name is not None else data.at
        message = f"没有名叫“{name}”的模板" if name is not None else "缺少“模板”"
        return None, [*problems, Problem(at, "模板", message, "请写：模板: " + " / ".join(known))]
    file = project.templates / f"{name}{SUFFIX}"
    return read_template(file, project.shown(file))


def _read_plan(
    data: plain.Mapping, fields: Mapping[str, Any], path: Path, project: Project
) -> tuple[plain.Mapping | None, list[Problem]]:
    name = next((data.get(key) for key, spec in fields.items() if spec["类型"] == "计划"), None)
    if not isinstance(name, plain.Scalar) or not name:
        return None, []
    file = path.parent / name
    if leaves(file, project.root, path.parent) or not exists(file):
        hint = f"请把它放在数据文件所在的文件夹（{project.shown(path.parent)}）里，并检查文件名"
        return None, [Problem(name.at, "文件", f"项目文件夹里没有计划文件“{name}”", hint)]
    schema = plan_schema()
    plan, problems = read_yaml(file, project.shown(file), words(schema))
    if plan is not None:
        problems += validate(plan, schema)
        if not has_errors(problems):
            problems += _double_numbers(task["序号"] for task in plan["任务"])
    return plan, problems


def _double_numbers(numbers: Iterable[plain.Scalar]) -> list[Problem]:
    """Return a problem for each task number that stands twice; 04 and 4 are one number."""
    seen: dict[int, Location] = {}
    problems = []
    for number in numbers:
        if int(number) in seen:
            message = f"任务序号 {number} 写了两次（第 {seen[int(number)].line} 行已有）"
            problems.append(Problem(number.at, "重号", message, "请改成没有用过的序号"))
        seen[int(number)] = number.at
    return problems


def _context(
    data: plain.Mapping, fields: Mapping[str, Any], plan: plain.Mapping | None
) -> tuple[Mapping[str, Any], list[Problem]]:
    """Return the names that expressions see: fields, elements, 任务 and 指标 of the plan."""
    context: dict[str, Any] = {**new_budget(), **dict.fromkeys((*ELEMENT_KEYS, *fields))}
    context |= {str(key): _convert(value, fields.get(key, {})) for key, value in data.items()}
    problems: list[Problem] = []
    if plan is not None:
        progress, columns = _progress(data, fields)
        problems += _double_numbers(number for number in progress if isinstance(number, plain.Scalar))
        problems += _dangling(progress, plan)
        context["任务"] = tuple(_task(task, progress, columns) for task in plan["任务"])
        context["指标"] = _indicators(plan.get("指标", {}), context.get("季度"))
    return MappingProxyType(context), problems


def _indicators(indicators: Mapping[str, Any], quarter: Any) -> Mapping[str, Any]:
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


def _convert(value: Any, spec: Mapping[str, Any]) -> Any:
    if spec.get("类型") == "整数":
        return int(value)
    if spec.get("类型") == "文字列表":
        return _texts(value)
    return value


def _texts(value: Any) -> tuple[Any, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _progress(data: plain.Mapping, fields: Mapping[str, Any]) -> tuple[plain.Mapping, tuple[str, ...]]:
    for key, spec in fields.items():
        if spec["类型"] == "进展":
            return data.get(key, plain.Mapping(data.at)), tuple(spec.get("项", {}))
    return plain.Mapping(data.at), ()


def _dangling(progress: plain.Mapping, plan: plain.Mapping) -> list[Problem]:
    known = {str(int(task["序号"])) for task in plan["任务"]}
    return [
        Problem(
            progress.place_of(number),
            "序号",
            f"计划里没有第 {number} 项任务",
            f"计划的序号是 {_ranges(sorted(int(one) for one in known))}，请改正",
            text=number,
        )
        for number in progress
        if str(int(number)) not in known
    ]


def _ranges(numbers: list[int]) -> str:
    """1,2,3,5 -> 1—3、5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _task(task: plain.Mapping, progress: plain.Mapping, columns: tuple[str, ...]) -> Mapping[str, Any]:
    """Return a task with its progress beside it; what was not filled in is the empty text."""
    record: dict[str, Any] = {key: task.get(key, "") for key in _TASK_KEYS}
    record["序号"] = task["序号"]
    record["责任单位"] = _texts(task["责任单位"])
    own: Mapping[str, Any] = next(
        (value for number, value in progress.items() if int(number) == int(task["序号"])), {}
    )
    record["进展"] = {column: own.get(column, "") for column in columns}
    record["已填"] = bool(own)
    return record


def progress_of(source: Source) -> plain.Mapping | None:
    """Return the progress that a paper fills in, None for a paper without."""
    fields = source.template.spec.get("字段", {})
    if not any(spec["类型"] == "进展" for spec in fields.values()):
        return None
    return _progress(source.data, fields)[0]


def _created(data: Mapping[str, Any], today: str) -> str:
    """The paper's own date, so that the same input gives the same bytes on any day."""
    info = data.get("信息公开", {})
    for raw in (data.get("成文日期"), *(info.get(label) for label in _DATE_LABELS)):
        date = parse_date(str(raw)) if raw else None
        if date:
            return date.isoformat()
    return today or FALLBACK_DATE


def epoch_date(epoch: str | None) -> str:
    """Return SOURCE_DATE_EPOCH as an ISO date, or the empty text."""
    if not epoch or not epoch.isdecimal():
        return ""
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""  # A date beyond the calendar tells nothing.
