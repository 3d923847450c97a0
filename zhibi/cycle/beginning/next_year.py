"""Last year's annual paper + the year's newest quarterly paper -> the data file of this year's annual paper.

It reports on the year and plans the next: in both parts every task stands for itself, with what the plan said of it
as a comment, so that the clerk edits instead of typing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.beginning.head import BLANK_HINT, Turn, carried, joined, own_notes_gone
from zhibi.cycle.beginning.new_file import RULE, NewFile, YearSoFar, field_of
from zhibi.cycle.beginning.old_file import Entry, OldFile, as_data, parse_old, read_old, yaml_lines
from zhibi.cycle.beginning.telling import headed, of_the_year
from zhibi.cycle.beginning.year_text import outlook, summary
from zhibi.errors import Problem, ReportError, has_errors
from zhibi.model import Project, Series
from zhibi.model.source import read_source
from zhibi.periods import Period
from zhibi.pipeline import check_report
from zhibi.plain import FILL_IN
from zhibi.reading import exists
from zhibi.templates import SUFFIX, read_template

_PLAIN_KIND = "总结与要点"
_POINTS, _IDEAS = "要点", "思路"
"""What the part on the year to come is called: what the name of the file says, else the second."""
_PLAIN = f"""# yaml-language-server: $schema=schema/{_PLAIN_KIND}.schema.json
版本: 1
模板: {_PLAIN_KIND}
{{title}}
年度: {{year}}
下年: {{word}}
总结: [{FILL_IN}]
要点: [{FILL_IN}]
# 署名:{BLANK_HINT}
# 成文日期:{BLANK_HINT}
"""
"""What a year's paper is made from when there is none of the year before."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """What the file is made of: the field that names the quarterly paper, and that paper by its name."""

    turn: Turn
    so_far: YearSoFar
    table_key: str
    table: str


def next_year(series: Series, period: Period, so_far: YearSoFar, project: Project) -> NewFile:
    """Return the data file of the annual paper on the year `period`; raise `ReportError` when it cannot be made."""
    path = series.data(period)
    old, fields = _old(series, period, project, _owner(so_far))
    turn = Turn(period.previous, period, old.name, fields)
    key = field_of(fields, "季度表")
    if not key:
        message = f"“{series.name}”的模板没有类型是 季度表 的字段，取不到任务完成得怎样"
        hint = "请在模板的“字段”里加一行：季度表: {类型: 季度表, 说明: 年底的季度表}"
        raise ReportError([Problem(series.at, RULE, message, hint)])
    table = Path(os.path.relpath(so_far.file, path.parent)).as_posix()
    paper = _Paper(turn, so_far, key, table)
    gone = {field_of(fields, "计划"), key}
    lines: list[str] = []
    for entry in own_notes_gone(old.entries):
        lines += entry.lead if entry.key in gone else _entry(entry, paper)
    notes = (of_the_year(so_far),)
    return NewFile(path, joined([*headed(lines, notes), *old.tail]), notes)


def fitting(series: Series, period: Period, found: Sequence[YearSoFar], project: Project) -> YearSoFar:
    """Return the quarterly paper among `found` that an annual paper reads, as far as can be told.

    Where there are several it is the one whose plan or whose quarterly paper last year's file names.
    """
    if len(found) == 1:
        return found[0]
    last = series.data(period.previous)
    named: set[str] = set()
    if exists(last):
        source, _ = read_source(last, project)
        fields = source.template.spec.get("字段", {})
        named = {Path(source.data.get(field_of(fields, kind), "")).name for kind in ("计划", "季度表")}
    for one in found:
        if named & {one.plan_file.name, *(one.series.data(each).name for each in one.series.periods())}:
            return one
    names = "、".join(one.series.name for one in found)
    message = f"有几种季度表（{names}），看不出“{series.name}”用哪一种"
    hint = f"请写出来：python3 build.py new {period.year + 1} {found[0].series.name} {series.name}"
    raise ReportError([Problem(series.at, RULE, message, hint)])


def _owner(so_far: YearSoFar) -> str:
    """Return whose work the quarterly paper tells of, as its title says it."""
    data = so_far.source.data
    return str(next((data[key] for key in ("全称", "单位") if data.get(key)), ""))


def _old(series: Series, period: Period, project: Project, owner: str) -> tuple[OldFile, Mapping[str, Any]]:
    """Return the paper of the year before and the fields of its template; where there is none, one of `owner`."""
    last = series.data(period.previous)
    if exists(last):
        source = check_report(last, project).paper.source
        return read_old(last, source.data), source.template.spec.get("字段", {})
    file = project.templates / f"{_PLAIN_KIND}{SUFFIX}"
    template, problems = read_template(file, project.shown(file))
    if template is None or has_errors(problems):
        raise ReportError(problems)
    year = period.previous.year
    word = _POINTS if _POINTS in series.pattern else _IDEAS
    (title,) = yaml_lines({"标题": f"{owner}{year}年工作总结及{year + 1}年工作{word}"}, "")
    text = _PLAIN.format(year=year, title=title, word=word)
    return parse_old(text, last.name), template.spec.get("字段", {})


def _entry(entry: Entry, paper: _Paper) -> list[str]:
    """Return the lines of the new file for an entry of last year's paper."""
    texts = [name for name, spec in paper.turn.fields.items() if spec["类型"] == "正文"]
    if entry.key == "模板":
        return [*entry.lead, *entry.lines, *yaml_lines({paper.table_key: paper.table}, entry.indent)]
    if entry.key == "印发件":
        return [*entry.lead, *_annexed(entry, paper)]
    if entry.key in texts[:2]:
        return [
            *entry.lead,
            f"{entry.indent}{entry.key}:",
            *_part(entry, texts.index(entry.key), texts, paper),
        ]
    return carried(entry, paper.turn)


def _part(entry: Entry, number: int, texts: Sequence[str], paper: _Paper) -> list[str]:
    """Return the text of a field: the summary, what is planned, or both where there is one field only."""
    indent = f"{entry.indent}  "
    if len(texts) == 1:
        return _both(entry.value, paper, indent)
    return summary(paper.so_far, indent) if number == 0 else outlook(paper.so_far, indent)


def _annexed(entry: Entry, paper: _Paper) -> list[str]:
    """Return the 印发件: the paper of the year under its old title, moved on."""
    first = entry.value[0]
    indent = f"{entry.indent}  "
    kept = {str(key): as_data(value) for key, value in first.items() if key not in {"标题", "正文"}}
    head = {"标题": paper.turn.advanced(first["标题"]), **kept}
    lines = [f"{entry.indent}{entry.key}:", *yaml_lines({"印发件": [head]}, entry.indent)[1:]]
    if len(entry.value) > 1:
        others = "、".join(str(one["标题"]).replace("\n", "") for one in entry.value[1:])
        lines.append(f"{indent}# 上期还有：{others}（见 {paper.turn.file}）")
    return [*lines, f"{indent}  正文:", *_both(first["正文"], paper, f"{indent}    ")]


def _both(body: Any, paper: _Paper, indent: str) -> list[str]:
    """Return the two parts under the headings that they had last year."""
    year = paper.so_far.period.year
    titles = [
        paper.turn.advanced(block["标题"])
        for block in body
        if isinstance(block, plain.Mapping) and isinstance(block.get("标题"), plain.Scalar)
    ]
    default = (f"{year}年工作总结", f"{year + 1}年工作思路")
    first, second = titles[:2] if len(titles) == len(default) else default
    inner = f"{indent}    "
    return [
        *yaml_lines({"x": [{"标题": first}]}, indent[2:])[1:],
        f"{indent}  内容:",
        *summary(paper.so_far, inner),
        *yaml_lines({"x": [{"标题": second}]}, indent[2:])[1:],
        f"{indent}  内容:",
        *outlook(paper.so_far, inner),
    ]
