"""A series without any data file + the plan of its first year -> its first data file, for the clerk to fill in.

The template says which keys there are, the plan which tasks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.beginning.blank_tasks import blank_entry, progress_lines
from zhibi.cycle.beginning.head import BLANK_HINT, joined
from zhibi.cycle.beginning.new_file import RULE, NewFile, field_of
from zhibi.cycle.beginning.old_file import yaml_lines
from zhibi.cycle.beginning.task_notes import comments, who_and_when
from zhibi.errors import Location, Problem, ReportError, has_errors
from zhibi.importer.blocks import Data, Figure, Value
from zhibi.model import Project, Series
from zhibi.model.source import read_plan
from zhibi.plain import FILL_IN
from zhibi.reading import read_yaml
from zhibi.records import Progress, records_of
from zhibi.schema import YES
from zhibi.templates import SUFFIX, Template, read_template

_STANDS_IN: Mapping[str, Value] = {"文字": FILL_IN, "编码": FILL_IN, "文句": FILL_IN, "正文": [FILL_IN]}
"""Types of fields -> what stands where words are wanted; a date or a number has nothing that could."""
_WANTED = frozenset({"全称"})
"""Fields that are asked for though the template can do without: they are in the title."""
_UNIT = "单位"


def first_quarter(series: Series, project: Project, plan_name: str) -> NewFile:
    """Return the first data file of a series; raise `ReportError` when the template or the plan is not known."""
    path = series.data(series.first)
    template = _template(series, project)
    plan_file = path.parent / plan_name if plan_name else _plan_file(series, path.parent, project)
    plan = read_plan(plan_file, project)
    fields: Mapping[str, Any] = template.spec["字段"]
    known: Data = {
        "年度": Figure(series.first.year),
        "季度": Figure(series.first.quarter),
        field_of(fields, "计划"): Path(os.path.relpath(plan_file, path.parent)).as_posix(),
    }
    schemas = Path(os.path.relpath(project.root / "data" / "schema", path.parent)).as_posix()
    lines = [f"# yaml-language-server: $schema={schemas}/{template.name}.schema.json"]
    lines += yaml_lines({"版本": Figure(1), "模板": template.name})
    for name, spec in ((str(name), spec) for name, spec in fields.items()):
        if spec["类型"] == "进展":
            lines += _progress(name, spec.get("项", {}), plan, unit=_UNIT in fields)
        else:
            lines += yaml_lines({name: known[name]}) if name in known else _asked_for(name, spec)
    note = f"照计划 {project.shown(plan_file)} 的 {len(plan['任务'])} 项任务做成"
    return NewFile(path, joined(lines), (note,))


def _template(series: Series, project: Project) -> Template:
    """Return the template that config.yaml names, without a name the only one for quarterly papers."""
    found: dict[str, Template] = {}
    for file in sorted(project.templates.glob(f"*{SUFFIX}")):
        template, problems = read_template(file, project.shown(file))
        if template is None or has_errors(problems):
            if file.stem == series.template:
                raise ReportError(problems)
            continue
        kinds = {spec["类型"] for spec in template.spec.get("字段", {}).values()}
        if {"计划", "进展"} <= kinds:
            found[template.name] = template
    if series.template in found or (not series.template and len(found) == 1):
        return found[series.template or next(iter(found))]
    message = f"“{series.name}”的第一期不知道用哪个模板"
    if series.template:
        message = f"“{series.name}”的“模板”写的是“{series.template[:20]}”，没有这样一个填进展的模板"
    names = " 或 ".join(f"模板: {name}" for name in found) or "模板: …（先写一个有“计划”和“进展”的模板）"
    hint = f"请在 config.yaml 的这一项里写 {names}；在花括号里写的，前面加逗号"
    raise ReportError([Problem(series.at, RULE, message, hint)])


def _plan_file(series: Series, folder: Path, project: Project) -> Path:
    """Return the only plan of the year that lies where the data file will lie."""
    year, found = series.first.year, []
    faults: list[Problem] = []
    for file in sorted(folder.glob("*.y*ml")):
        data, problems = read_yaml(file, project.shown(file))
        faults += problems if data is None else ()
        if data is not None and "任务" in data and "模板" not in data and data.get("年度") == str(year):
            found.append(file)
    if len(found) == 1:
        return found[0]
    at = Location(project.shown(folder))
    if found:
        names = "、".join(file.name for file in found)
        message = f"这里有几份 {year} 年的计划（{names}），不知道“{series.name}”照哪一份做"
        hint = f"请写出来：python3 build.py new {series.first.code} {series.name} --plan {found[0].name}"
    else:
        message = f"这里没有 {year} 年的计划，“{series.name}”的第一期无从做起"
        hint = f"请照样例写一份计划（年度: {year}，下面写“任务”），放在这个文件夹里，再运行一次"
    raise ReportError([Problem(at, RULE, message, hint), *(() if found else faults)])


def _asked_for(name: str, spec: Mapping[str, Any]) -> list[str]:
    """Return a field that the clerk fills in; what may be left out is a comment."""
    must, words = spec.get("必填") == YES, spec.get("说明", "")
    if spec["类型"] in _STANDS_IN and (must or name in _WANTED):
        lines = yaml_lines({name: _STANDS_IN[spec["类型"]]})
        return [*comments([words] if words else [], ""), *lines]
    return [f"# {name}:{BLANK_HINT}" if must else f"# {name}:    # 可以不写；{words}"]


def _progress(name: str, columns: Mapping[str, Any], plan: plain.Mapping, *, unit: bool) -> list[str]:
    """Return the progress with a blank entry for each task of the plan: whose paper it is, nobody has said yet."""
    indent = "  "
    tasks = records_of(plan, Progress({}, tuple(columns)), None, None)["任务"]
    body = [line for task in tasks for line in blank_entry(task, columns, [who_and_when(task)], indent)]
    note = "计划的任务都在下面；写了“单位”的，别的单位的任务不会印出来，可以删去"
    return progress_lines(name, comments([note] if unit else [], indent), body)
