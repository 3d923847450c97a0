"""A year's plan and what became of it -> the plan file of the next year, for the clerk to write on.

Tasks that are not done are carried over under new numbers; an indicator's figures become those of the year before.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.arithmetic import read_figure
from zhibi.cycle.beginning.head import joined, of_year, with_value
from zhibi.cycle.beginning.new_file import RULE, NewFile, YearSoFar
from zhibi.cycle.beginning.old_file import Entry, as_data, inner_entries, read_old, yaml_lines
from zhibi.cycle.beginning.task_notes import comments, is_settled, next_steps, numbered, status_of
from zhibi.cycle.beginning.telling import headed, of_the_year
from zhibi.errors import Location, Problem, ReportError
from zhibi.importer.blocks import Data, Figure
from zhibi.plain import FILL_IN
from zhibi.records import bare_number
from zhibi.serials import ranges

_QUARTERS = 4


def plan_path(so_far: YearSoFar) -> Path:
    """Return where the plan of the next year lies: beside the old one, with the year in its name replaced."""
    year = so_far.period.year
    name = of_year(so_far.plan_file.name, year, year + 1)
    if name == so_far.plan_file.name:
        message = f"计划文件的名称“{name}”里没有 {year}，不知道 {year + 1} 年的计划叫什么"
        hint = f"请给计划文件改名，如 单位{year}年重点工作计划.yaml，并改数据文件里的“计划”"
        raise ReportError([Problem(Location(so_far.source.file, 1, 1), RULE, message, hint)])
    return so_far.plan_file.with_name(name)


def next_plan(so_far: YearSoFar) -> NewFile:
    """Return the plan file of the next year."""
    old = read_old(so_far.plan_file, so_far.plan)
    lines: list[str] = []
    for entry in old.entries:
        lines += [*entry.lead, *_entry(entry, so_far)]
    notes = (of_the_year(so_far),)
    text = joined([*headed(lines, notes), *old.tail])
    return NewFile(plan_path(so_far), text, (*notes, *_unknown(so_far)))


def _unknown(so_far: YearSoFar) -> tuple[str, ...]:
    """Return what to say of the tasks that the quarterly paper does not tell of."""
    own = so_far.own
    others = [int(bare_number(task["序号"])) for task in so_far.tasks if task not in own]
    if not others:
        return ()
    table = _table_of(so_far)
    return (f"原计划第{ranges(others)}项{table}，看不出完成没有，都列进了新的计划，已完成的请删去",)


def _table_of(so_far: YearSoFar) -> str:
    return f"不在{so_far.source.context['单位']}的表里"


def _entry(entry: Entry, so_far: YearSoFar) -> list[str]:
    year = so_far.period.year
    match entry.key:
        case "年度":
            return with_value(entry, str(year + 1))
        case "名称":
            return with_value(entry, of_year(entry.value, year, year + 1))
        case "任务":
            return _tasks(entry, so_far)
        case "指标" if entry.value:
            return _indicators(entry, year)
        case _:
            return list(entry.lines)


def _tasks(entry: Entry, so_far: YearSoFar) -> list[str]:
    """Return the tasks that go on, each under what became of it; the others are named in a comment."""
    indent = f"{entry.indent}  "
    open_ones: list[tuple[plain.Mapping, Mapping[str, Any]]] = []
    settled: list[str] = []
    for typed, record in zip(so_far.plan["任务"], so_far.tasks, strict=True):
        if is_settled(record):
            settled.append(f"第{record['序号']}项 {status_of(record)}：{numbered(record).partition(' ')[2]}")
        else:
            open_ones.append((typed, record))
    year, own = so_far.period.year, so_far.own
    lines = [f"{entry.indent}任务:"]
    lines += comments([f"以下照 {year} 年的计划，请逐项核对内容、目标和完成时限"], indent)
    for number, (typed, record) in enumerate(open_ones, 1):
        state = f"{so_far.period}：{status_of(record)}" if record in own else _table_of(so_far)
        said = [f"{year}年第{record['序号']}项；{state}"]
        lines += comments([*said, *next_steps(record, so_far.source.fetch.words, "当时的下一步")], indent)
        lines += _item({**as_data(typed), "序号": Figure(number)}, indent)
    if not open_ones:
        lines += _item({"序号": Figure(1), "内容": FILL_IN, "责任单位": FILL_IN}, indent)
    if settled:
        lines += comments([f"{year} 年已完成、已调整的，没有列入：", *settled], indent)
    return lines


def _item(data: Data, indent: str) -> list[str]:
    """Return one task as an item of the list."""
    return yaml_lines({"任务": [dict(data)]}, indent[2:])[1:]


def _indicators(entry: Entry, year: int) -> list[str]:
    indent = f"{entry.indent}  "
    leads = {one.key: one.lead for one in inner_entries(entry)[0]}
    lines = [f"{entry.indent}指标:"]
    for name, raw in entry.value.items():
        data = {
            str(key): as_data(value) for key, value in raw.items() if key not in {"目标", "实际", "上年同期"}
        }
        if "实际" in raw and _counts(raw["实际"]):
            data["上年同期"] = as_data(raw["实际"])
        own = yaml_lines({str(name): data}, indent)
        notes = comments([_of_last_year(raw, year), "目标:"], f"{indent}  " if data else indent)
        lines += leads.get(str(name), ())
        lines += [own[0], *notes, *own[1:]] if data else [*notes, *own]
    return lines


def _of_last_year(raw: plain.Mapping, year: int) -> str:
    """Return what the old plan said of an indicator, for whoever sets its new target."""
    actual = raw.get("实际", "")
    figures = "、".join(filter(None, actual.values())) if isinstance(actual, Mapping) else actual
    missing = isinstance(actual, Mapping) and not actual.get(str(_QUARTERS))
    later = "；第4季度的数还没有，有了请补进“上年同期”" if missing else ""
    told = f"{year} 年目标 {raw.get('目标') or '没有写'}，实际 {figures or '没有写'}"
    return f"{told}{later}；请填写 {year + 1} 年的目标："


def _counts(actual: Any) -> bool:
    """Tell whether figures can be compared with those of the next year."""
    figures = list(actual.values()) if isinstance(actual, Mapping) else [actual]
    return all(not figure or read_figure(figure) is not None for figure in figures)
