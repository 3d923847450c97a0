"""`forms`: one workbook for each unit of a quarter's tasks, ready to be sent out.

0 all are there, 1 some were left as they were, 2 the input is wrong or nothing could be issued.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from zhibi.cli.columns import aligned
from zhibi.cli.screen import Screen, exit_code
from zhibi.cli.starting import options, start, stop, typed_path
from zhibi.cli.words import ChineseCommand, refusal
from zhibi.errors import ReportError
from zhibi.model import Config, Project, Series
from zhibi.periods import Period, read_period

if TYPE_CHECKING:
    from zhibi.cycle.issuing import Issued
    from zhibi.workbooks import Form


@click.command(cls=ChineseCommand)
@click.argument("quarter", metavar="期次")
@click.argument("names", nargs=-1, metavar="[名称]…")
@options(click.option("--out", default=None, metavar="文件夹", help="表放在哪里（默认 表格/期次）"))
def forms(quarter: str, names: tuple[str, ...], out: str | None, **common: Any) -> int:
    """给各责任单位发填报表（Excel），一个单位一份：forms 2026Q3。"""
    from zhibi.cycle.issuing import doubts, issue, leftovers, named

    screen, project, entries, config = start((), **common)
    if entries is None or config is None:
        return stop(screen)
    asked = _asked(quarter, names, config)
    folder = typed_path(out) if out else project.root / "表格" / asked.period.code
    made, failed = _forms(asked, project, screen)
    try:
        issued, problems = issue(folder, named(made, several=asked.several), project.shown)
    except ReportError as error:
        screen.report(error.problems)
        return stop(screen, error.problems)
    screen.report([*problems, *doubts(issued, project.shown), *leftovers(folder, issued, project.shown)])
    _show(issued, project, screen)
    screen.finish(forms=[_as_json(one, project) for one in issued])
    return exit_code(len(problems) + failed, len(issued) + failed)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for; `several`: config.yaml has more than one paper that comes by quarter."""

    period: Period
    series: tuple[Series, ...]
    several: bool


def _asked(quarter: str, names: Sequence[str], config: Config) -> _Asked:
    """Return what the words typed ask for, all papers that come by quarter when none is named."""
    period = read_period(quarter)
    if period is None or period.quarter is None:
        raise ReportError([refusal(f"“{quarter[:20]}”不是季度", "请写成 2026Q3 这样", quarter)])
    known = {series.name: series for series in config.series if series.quarterly}
    if not known:
        hint = "请在 config.yaml 里写“定期”，周期写“季”"
        raise ReportError([refusal("config.yaml 里没有按季的“定期”，不知道给谁发表", hint)])
    if unknown := [name for name in names if name not in known]:
        message = f"按季的“定期”里没有“{'、'.join(unknown)}”"
        raise ReportError([refusal(message, f"可以写：{'、'.join(known)}", unknown[0])])
    chosen = [known[name] for name in dict.fromkeys(names)] or list(known.values())
    begun = [series for series in chosen if period >= series.first]
    if early := [series for series in chosen if series not in begun and (names or not begun)]:
        since = "；".join(f"“{series.name}”从{series.first}开始" for series in early)
        hint = "请核对期次；要从更早的一期做起的，请改 config.yaml 里的“起始”"
        raise ReportError([refusal(f"{since}，没有{period}的表", hint, quarter)])
    return _Asked(period, tuple(begun), len(known) > 1)


def _forms(asked: _Asked, project: Project, screen: Screen) -> tuple[list[Form], int]:
    """Return the forms of all series asked for, and how many of the series could not be read."""
    from zhibi.cycle.forms import forms_of

    made: list[Form] = []
    failed = 0
    for series in asked.series:
        try:
            forms, problems = forms_of(series, asked.period, project)
        except ReportError as error:
            screen.report(error.problems)
            failed += 1
            continue
        screen.report(problems)
        made += forms
    if not (made or failed):
        names = "、".join(series.name for series in asked.series)
        hint = "请看它的模板声明了“进展”和“计划”没有"
        raise ReportError([refusal(f"“{names}”没有要单位填的内容", hint)])
    return made, failed


def _show(issued: Sequence[Issued], project: Project, screen: Screen) -> None:
    rows = [
        (
            *(str(one.state), one.form.unit),
            f"{len(one.form.tasks)} 项任务",
            f"{len(one.form.figures)} 个指标" if one.form.figures else "",
            project.shown(one.file),
        )
        for one in issued
    ]
    for line in aligned(rows) if rows else ():
        screen.say(line)
    screen.built.extend(project.shown(one.file) for one in issued if one.written)
    if issued:
        screen.say(f"\n共 {len(issued)} 张表。发给各单位填好以后，用 python3 build.py collect 收。")


def _as_json(one: Issued, project: Project) -> dict[str, Any]:
    return {
        "paper": one.form.paper,
        "period": one.form.period,
        "unit": one.form.unit,
        "tasks": len(one.form.tasks),
        "figures": len(one.form.figures),
        "file": project.shown(one.file),
        "state": str(one.state),
    }
