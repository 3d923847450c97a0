"""Stages 1-2: a report's files -> a validated `Source`; every problem of every file in one pass.

The quarterly papers are merged here from the plan and the quarter's progress by the task's number,
so that a clerk never types the plan twice.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhibi import plain
from zhibi.dates import parse_date
from zhibi.errors import Level, Location, Problem, ReportError, has_errors
from zhibi.folders import leaves
from zhibi.model.period import last_problems, period_advice, years_in
from zhibi.model.plan import (
    double_numbers,
    progress_and_columns,
    progress_problems,
    status_column,
    with_blank_progress,
)
from zhibi.model.project import Project
from zhibi.model.template_choice import name_problems, template_called
from zhibi.paper import Source
from zhibi.reading import (
    copy_problems,
    exists,
    locate,
    parse_once,
    read_file,
    read_yaml,
    silenced_lines,
    silencing_slips,
    stray_problem,
)
from zhibi.records import Progress, as_texts, plan_faults, records_of, year_records
from zhibi.schema import ELEMENT_KEYS, general_schema, paper_schema, plan_schema, words
from zhibi.templates import Template, new_budget
from zhibi.validating import plan_slips, slips_of, validate

FALLBACK_DATE = "2000-01-01"
"""What a file's properties say was its date when neither data nor environment tell one."""

_DATE_LABELS = ("成文日期", "发文日期")


def read_source(path: Path, project: Project, today: str = "") -> tuple[Source, list[Problem]]:
    """Read one report's data file, its template and its plan.

    Return the source and the advice met; raise `ReportError` with every problem when one is an error.
    `today` (ISO) is what the file properties say when the data tell no date.
    """
    return _read_paper(path, project, today, of_year=True)


def _read_paper(path: Path, project: Project, today: str, *, of_year: bool) -> tuple[Source, list[Problem]]:
    """Read a paper; a 季度表 is followed only from a paper `of_year`, so that no two files name each other."""
    shown = project.shown(path)
    template, data, problems = _read_data(path, shown, project)
    fields = template.spec.get("字段", {}) if template else _PLAN_FIELD
    if data is None:
        raise ReportError(problems)
    plan, more = _read_plan(data, fields, path, project)
    last, found = _read_last(data, fields, path, project)
    problems += [*more, *found]
    if plan is not None and not has_errors(more):
        problems += progress_problems(progress_and_columns(data, fields)[0], plan)
    records, found = _read_quarter(data, fields, path, project) if of_year else (None, [])
    problems += found
    if template is None or has_errors(problems):
        raise ReportError(problems)
    text = read_file(path, shown)[0]
    problems += [*period_advice(data, plan, shown), *slips_of(data), *silencing_slips(text, shown, data)]
    problems.sort(key=lambda problem: problem.at)
    context = _context(data, fields, plan, last)
    context = MappingProxyType({**context, **records}) if records is not None else context
    folders = (path.parent, project.root)
    quiet = (project.silenced, silenced_lines(text, shown))
    return Source(shown, data, template, context, _created(data, today), folders, *quiet), problems


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
    data, found = parse_once(text, shown, words(paper_schema(name, _fields(template, more))))
    typed = data.get("模板") if data is not None else name
    if isinstance(typed, plain.Scalar) and typed != name:
        name = str(typed)
        template, more = template_called(name, project.templates, project.shown)
        data, found = parse_once(text, shown, words(paper_schema(name, _fields(template, more))))
    problems += more + found
    if data is None:
        return None, None, problems
    problems += name_problems(data, template, project.templates)
    usable = template if not has_errors(more) else None
    if usable is not None:
        schema = paper_schema(name, _fields(usable, more))
    else:
        schema = plan_schema() if "任务" in data and "模板" not in data else general_schema()
    problems += validate(data, schema)
    return usable, with_blank_progress(data, usable.spec.get("字段", {}) if usable else {}), problems


def _fields(template: Template | None, problems: Iterable[Problem]) -> Mapping[str, Any]:
    """Return the fields that a template declares; none when `problems` says that it has faults."""
    if template is None or has_errors(problems):
        return {}
    fields: Mapping[str, Any] = template.spec.get("字段", {})
    return fields


def _read_plan(
    data: plain.Mapping, fields: Mapping[str, Any], path: Path, project: Project
) -> tuple[plain.Mapping | None, list[Problem]]:
    name = _named(data, fields, "计划")
    if name is None:
        return None, []
    file, problems = _beside(name, "计划文件", path, project)
    if problems:
        return None, problems
    return _plan_of(file, project, f"计划文件“{name}”：", name.at)


def read_plan(file: Path, project: Project) -> plain.Mapping:
    """Read a plan file; raise `ReportError` with every problem when one is an error."""
    plan, problems = check_plan(file, project)
    if plan is None or has_errors(problems):
        raise ReportError(problems)
    return plan


def check_plan(file: Path, project: Project) -> tuple[plain.Mapping | None, list[Problem]]:
    """Read a plan file; return it with every problem, advice too."""
    return _plan_of(file, project, "", Location(project.shown(file)))


def _plan_of(
    file: Path, project: Project, what: str, at: Location
) -> tuple[plain.Mapping | None, list[Problem]]:
    """Read a plan file that is called `what` at the place `at`."""
    shown = project.shown(file)
    schema = plan_schema()
    plan, problems = read_yaml(file, shown, words(schema))
    if plan is None and not exists(file):  # A folder or a pipe: the name is wrong, not the file.
        return None, [replace(one, at=at, message=f"{what}{one.message}") for one in problems]
    if plan is not None:
        problems += [*copy_problems(file, Location(shown, 1, 1)), *validate(plan, schema)]
        if not has_errors(problems):
            problems += [*double_numbers(task["序号"] for task in plan["任务"]), *plan_slips(plan)]
            problems += plan_faults(plan)
    return plan, problems


def _beside(name: plain.Scalar, what: str, path: Path, project: Project) -> tuple[Path, list[Problem]]:
    """Return the file of that name beside the data file, and a problem when the project does not have it."""
    file = path.parent / name
    outside = leaves(file, project.root, path.parent)
    if not outside and locate(file):
        return file, []
    message = f"项目文件夹里没有{what}“{name}”" if outside else f"找不到{what}“{name}”"
    hint = f"请把它放在数据文件所在的文件夹（{project.shown(path.parent)}）里，并检查文件名"
    near = _near_name(Path(name).name if outside else name, path)  # Nothing outside is looked at.
    return file, [Problem(name.at, "文件", message, near or hint)]


def _read_last(
    data: plain.Mapping, fields: Mapping[str, Any], path: Path, project: Project
) -> tuple[plain.Mapping | None, list[Problem]]:
    """Return the progress of the quarter before, from the data file that 上期 names; of it only errors matter."""
    name = data.get("上期")
    if not isinstance(name, plain.Scalar) or not name or "上期" in fields:
        return None, []
    file, problems = _beside(name, "上期的数据文件", path, project)
    if problems:
        return None, problems
    template, last, found = _read_data(file, project.shown(file), project)
    problems = [problem for problem in found if problem.level is Level.ERROR]
    if template is None or last is None or problems:
        return None, problems
    own = progress_and_columns(last, template.spec.get("字段", {}))[0]
    return own, last_problems(name.at, data, last)


def _read_quarter(
    data: plain.Mapping, fields: Mapping[str, Any], path: Path, project: Project
) -> tuple[Mapping[str, Any] | None, list[Problem]]:
    """Return the records of the quarterly paper that a 季度表 names; of that file only errors matter."""
    name = _named(data, fields, "季度表")
    if name is None:
        return None, []
    if any(spec["类型"] == "进展" for spec in fields.values()):
        message = "这种公文自己填“进展”，不能再取别的季度表"
        return None, [Problem(name.at, "季度表", message, "请删去这一行")]
    file, problems = _beside(name, "季度表的数据文件", path, project)
    if problems:
        return None, problems
    try:
        quarter, _ = _read_paper(file, project, "", of_year=False)
    except ReportError as error:
        return None, [problem for problem in error.problems if problem.level is Level.ERROR]
    its = quarter.template.spec.get("字段", {})
    plan = _read_plan(quarter.data, its, file, project)[0]
    if plan is None or progress_of(quarter) is None:
        message = f"“{name}”不是季度表：它没有计划或进展"
        return None, [Problem(name.at, "季度表", message, "请写按计划填进展的那个数据文件")]
    records = year_records(quarter.context, plan, quarter.fetch.words)
    own, other = _named(data, fields, "计划"), _named(quarter.data, its, "计划")
    problems = [problem for problem in quarter.problems if problem.level is Level.ERROR]
    if (
        own is not None
        and other is not None
        and (path.parent / own).resolve() != (file.parent / other).resolve()
    ):
        message = f"“计划”是“{own}”，“季度表”用的计划是“{other}”，两处对不上"
        problems.append(Problem(own.at, "季度表", message, "请删去“计划”，任务和指标都取季度表的"))
    return records, problems


def _named(data: plain.Mapping, fields: Mapping[str, Any], kind: str) -> plain.Scalar | None:
    """Return the name of a file that a field of this type holds."""
    name = next((data.get(key) for key, spec in fields.items() if spec["类型"] == kind), None)
    return name if isinstance(name, plain.Scalar) and name else None


def _near_name(name: str, data: Path) -> str:
    """Say which file beside the wanted one is most likely meant; the ending is easily forgotten."""
    folder, slash, typed = name.rpartition("/")
    try:
        beside = sorted(file.name for file in (data.parent / folder).glob("*.y*ml") if file.name != data.name)
    except (OSError, ValueError):
        return ""
    beside = [one for one in beside if years_in(one) == years_in(typed)]  # Never another year's plan.
    whole = [one for one in beside if one in {f"{typed}.yaml", f"{typed}.yml"}]
    close = whole or difflib.get_close_matches(typed, beside, n=1, cutoff=0.5)
    return f"您是不是想写“{folder}{slash}{close[0]}”？" if close else ""


def _context(
    data: plain.Mapping, fields: Mapping[str, Any], plan: plain.Mapping | None, last: plain.Mapping | None
) -> Mapping[str, Any]:
    """Return the names that expressions see: fields, elements, the records of the plan and its progress."""
    context: dict[str, Any] = {**new_budget(), **dict.fromkeys((*ELEMENT_KEYS, *fields))}
    context |= {str(key): _convert(value, fields.get(key, {})) for key, value in data.items()}
    if plan is not None:
        progress = Progress(*progress_and_columns(data, fields), status_column(fields), last)
        context |= records_of(plan, progress, context.get("季度"), context.get("单位"))
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
