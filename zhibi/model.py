"""Stages 1-2: a report's files -> a validated `Source`; every problem of every file in one pass.

The quarterly papers are merged here from the plan and the quarter's progress by the task's number,
so that a clerk never types the plan twice.
"""

from __future__ import annotations

import datetime
import difflib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhibi import plain
from zhibi.dates import parse_date
from zhibi.errors import Level, Location, Problem, ReportError, has_errors
from zhibi.folders import leaves
from zhibi.input_file import find_file, locate, read_file
from zhibi.likely_slips import slips_of
from zhibi.look import look_problems, make_look
from zhibi.paper import Source
from zhibi.period import period_advice
from zhibi.plan import (
    as_texts,
    double_numbers,
    indicators_of,
    merge_tasks,
    progress_and_columns,
    progress_problems,
)
from zhibi.schema import ELEMENT_KEYS, YES, config_schema, general_schema, paper_schema, plan_schema, words
from zhibi.stray_files import copy_problems, stray_problem
from zhibi.styles import Look
from zhibi.template_choice import name_problems, template_called
from zhibi.templates import Template, new_budget
from zhibi.validator import validate
from zhibi.yaml_reader import parse_yaml, read_yaml

FALLBACK_DATE = "2000-01-01"
"""What a file's properties say was its date when neither data nor environment tell one."""

_DATE_LABELS = ("成文日期", "发文日期")


@dataclass(frozen=True, slots=True)
class Project:
    """Where things lie: `root` holds config.yaml, `templates` the kinds of paper."""

    root: Path
    templates: Path

    def shown(self, path: Path) -> str:
        """Return how messages name a file: relative to the project or to where the clerk stands."""
        try:
            for follow in (Path.absolute, Path.resolve):  # As it was typed, else where its links lead.
                whole = Path(os.path.normpath(follow(path)))
                for folder in (follow(self.root), Path.cwd()):
                    if whole.is_relative_to(folder):
                        return whole.relative_to(folder).as_posix()
        except (OSError, RuntimeError, ValueError):  # A loop of links, or a name that no system takes.
            return path.as_posix()
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report of config.yaml: what the command line calls it, and its data file."""

    name: str
    data: Path


@dataclass(frozen=True, slots=True)
class Config:
    """config.yaml; `stand_ins_accepted`: a PDF set in stand-ins is in order for this office.

    `problems` is the advice on the file itself.
    """

    reports: tuple[ReportEntry, ...]
    output: Path
    formats: tuple[str, ...]
    look: Look
    stand_ins_accepted: bool
    problems: tuple[Problem, ...] = ()


def read_config(path: Path, project: Project) -> Config:
    """Read config.yaml; raise `ReportError` with every problem of it and of the reports it names."""
    schema = config_schema()
    data, problems = read_yaml(path, project.shown(path), words(schema))
    if data is None:
        raise ReportError(problems)
    problems += validate(data, schema)
    if not has_errors(problems):
        problems += _double_reports(data["报告"])
        problems += look_problems(data["版式"]) if "版式" in data else []
    if has_errors(problems):
        raise ReportError([*problems, *_problems_of_reports(data, path.parent, project)])
    return Config(
        tuple(ReportEntry(str(raw["名称"]), find_file(path.parent / raw["数据"])) for raw in data["报告"]),
        path.parent / str(data.get("输出", "reports")),
        tuple(str(name) for name in data.get("格式", ("docx", "pdf"))),
        make_look(data.get("版式")),
        data.get("认可替代字体") == YES,
        tuple(problems),
    )


def _double_reports(reports: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Return a problem for each name that stands twice, and an advice for each data file that does."""
    seen: dict[tuple[str, str], Location] = {}
    problems = []
    for report in reports:
        for key, level, hint in (
            ("名称", Level.ERROR, "请改其中一个"),
            ("数据", Level.ADVICE, "请核对是不是漏改了其中一处"),
        ):
            word = report[key]
            if (key, word) in seen:
                what = "报告名称" if key == "名称" else "数据文件"
                message = f"{what}“{word}”写了两次（第 {seen[key, word].line} 行已有）"
                problems.append(Problem(word.at, "重名", message, hint, level))
            seen[key, word] = word.at
    return problems


def _problems_of_reports(data: plain.Mapping, folder: Path, project: Project) -> list[Problem]:
    """Return what is wrong with the reports of a config that is wrong itself, so that one run tells all."""
    reports = data.get("报告")
    problems: list[Problem] = []
    for raw in reports if isinstance(reports, plain.Sequence) else ():
        name = raw.get("数据") if isinstance(raw, plain.Mapping) else None
        if isinstance(name, plain.Scalar) and name and locate(folder / name):
            try:
                problems += read_source(folder / name, project)[1]
            except ReportError as error:
                problems += error.problems
    return list(dict.fromkeys(problems))


def read_source(path: Path, project: Project, today: str = "") -> tuple[Source, list[Problem]]:
    """Read one report's data file, its template and its plan.

    Return the source and the advice met; raise `ReportError` with every problem when one is an error.
    `today` (ISO) is what the file properties say when the data tell no date.
    """
    shown = project.shown(path)
    template, data, problems = _read_data(path, shown, project)
    fields = template.spec.get("字段", {}) if template else _PLAN_FIELD
    if data is None:
        raise ReportError(problems)
    plan, more = _read_plan(data, fields, path, project)
    problems += more
    if plan is not None and not has_errors(more):
        problems += progress_problems(progress_and_columns(data, fields)[0], plan)
    if template is None or has_errors(problems):
        raise ReportError(problems)
    problems += [*period_advice(data, plan, shown), *slips_of(data)]
    problems.sort(key=lambda problem: problem.at)
    context, folders = _context(data, fields, plan), (path.parent, project.root)
    return Source(shown, data, template, context, _created(data, today), folders), problems


_PLAN_FIELD: Mapping[str, Any] = {"计划": {"类型": "计划"}}
"""The fields of a paper whose template is not known."""

_TEMPLATE_LINE = re.compile(r"""(?m)^["']?模板["']?[ \t]*[:：][ \t]*["']?([^\s"'#]+)""")


def _read_data(
    path: Path, shown: str, project: Project
) -> tuple[Template | None, plain.Mapping | None, list[Problem]]:
    """Read and validate a data file and the template it names; no template when it cannot be used."""
    at = Location(shown, 1, 1)
    if stray := stray_problem(path, at):
        return None, None, [stray]
    text, problems = read_file(path, shown)
    if has_errors(problems):
        return None, None, problems
    problems += copy_problems(path, at)
    # The template's words tell a mistyped key from text, so its name is looked for before the file is parsed.
    line = _TEMPLATE_LINE.search(text)
    name = line[1] if line else ""
    template, more = template_called(name, project.templates, project.shown)
    data, found = parse_yaml(text, shown, words(paper_schema(name, _fields(template, more))))
    typed = data.get("模板") if data is not None else name
    if isinstance(typed, plain.Scalar) and typed != name:
        name = str(typed)
        template, more = template_called(name, project.templates, project.shown)
        data, found = parse_yaml(text, shown, words(paper_schema(name, _fields(template, more))))
    problems += more + found
    if data is None:
        return None, None, problems
    problems += name_problems(data, template, project.templates)
    usable = template if not has_errors(more) else None
    if usable is not None:
        schema = paper_schema(name, _fields(usable, more))
    else:
        schema = plan_schema() if "任务" in data and "模板" not in data else general_schema()
    return usable, data, problems + validate(data, schema)


def _fields(template: Template | None, problems: Iterable[Problem]) -> Mapping[str, Any]:
    """Return the fields that a template declares; none when `problems` says that it has faults."""
    if template is None or has_errors(problems):
        return {}
    fields: Mapping[str, Any] = template.spec.get("字段", {})
    return fields


def _read_plan(
    data: plain.Mapping, fields: Mapping[str, Any], path: Path, project: Project
) -> tuple[plain.Mapping | None, list[Problem]]:
    name = next((data.get(key) for key, spec in fields.items() if spec["类型"] == "计划"), None)
    if not isinstance(name, plain.Scalar) or not name:
        return None, []
    file = path.parent / name
    shown = project.shown(file)
    if leaves(file, project.root, path.parent) or not locate(file):
        close = difflib.get_close_matches(file.name, _names_beside(file), n=1, cutoff=0.5)
        beside = f"请把它放在数据文件所在的文件夹（{project.shown(path.parent)}）里，并检查文件名"
        hint = f"您是不是想写“{close[0]}”？" if close else beside
        return None, [Problem(name.at, "文件", f"项目文件夹里没有计划文件“{name}”", hint)]
    schema = plan_schema()
    plan, problems = read_yaml(file, shown, words(schema))
    if plan is not None:
        problems += [*copy_problems(file, Location(shown, 1, 1)), *validate(plan, schema)]
        if not has_errors(problems):
            problems += double_numbers(task["序号"] for task in plan["任务"])
    return plan, problems


def _names_beside(file: Path) -> list[str]:
    try:
        return sorted(other.name for other in file.parent.glob("*.yaml"))
    except (OSError, ValueError):
        return []


def _context(data: plain.Mapping, fields: Mapping[str, Any], plan: plain.Mapping | None) -> Mapping[str, Any]:
    """Return the names that expressions see: fields, elements, 任务 and 指标 of the plan."""
    context: dict[str, Any] = {**new_budget(), **dict.fromkeys((*ELEMENT_KEYS, *fields))}
    context |= {str(key): _convert(value, fields.get(key, {})) for key, value in data.items()}
    if plan is not None:
        context["任务"] = merge_tasks(plan, *progress_and_columns(data, fields))
        context["指标"] = indicators_of(plan.get("指标", {}), context.get("季度"))
    return MappingProxyType(context)


def _convert(value: Any, spec: Mapping[str, Any]) -> Any:
    if spec.get("类型") == "整数":
        return int(value)
    if spec.get("类型") == "文字列表":
        return as_texts(value)
    return value


def progress_of(source: Source) -> plain.Mapping | None:
    """Return the progress that a paper fills in, None for a paper without."""
    fields = source.template.spec.get("字段", {})
    if not any(spec["类型"] == "进展" for spec in fields.values()):
        return None
    return progress_and_columns(source.data, fields)[0]


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
