"""`new`: the data files of the next quarter or of a new year, out of those that are there.

0 written, or all were there already; 1 some could not be made; 2 none could, or what was typed makes no sense.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from zhibi.cli.screen import NOT_WRITTEN, Screen, exit_code
from zhibi.cli.starting import options, start, stop
from zhibi.cli.words import ChineseCommand, refusal
from zhibi.errors import Location, Problem, ReportError
from zhibi.model import Project, Series
from zhibi.output import WRITE_RULE, write_files
from zhibi.periods import Period, read_period
from zhibi.reading import exists

if TYPE_CHECKING:
    from zhibi.cycle.beginning.asked import Wanted

_EXAMPLE = (
    "请在 config.yaml 里写：定期: [{名称: 区季度表, 周期: 季, 数据: data/某单位{年度}年第{季度}季度….yaml, "
    "起始: 2026Q1, 期限: 10}]"
)


@click.command(cls=ChineseCommand)
@click.argument("period", metavar="期次")
@click.argument("names", nargs=-1, metavar="[名称]…")
@options()
def new(period: str, names: tuple[str, ...], **common: Any) -> int:
    """做下一季度的数据文件，或开始新的一年；已有的文件不动。

    \b
    python3 build.py new 2026Q4           照上一季度的数据文件做第四季度的
    python3 build.py new 2027             照 2026 年的计划做 2027 年的计划，
                                          照 2026 年最后一期季度表做 2026 年的总结
    python3 build.py new 2027 区季度表 区总结   只做其中几份；有几种季度表时，
                                          计划和总结用写出名称的那一种
    """
    screen, project, entries, config = start((), **common)
    if entries is None or config is None:
        return stop(screen)
    asked = read_period(period)
    if asked is None:
        hint = "季度请写成 2026Q4，年度请写成 2027"
        raise ReportError([refusal(f"看不出“{period[:20]}”是哪一期", hint, period)])
    if not config.series:
        at = Location(common["config_file"] or "config.yaml")
        raise ReportError([Problem(at, "定期", "里面没有“定期”，不知道有哪些要接着做", _EXAMPLE)])
    chosen = _chosen(names, config.series)
    problems = _unfit(asked, chosen, config.series, named=bool(names))
    if problems:
        raise ReportError(problems)
    from zhibi.cycle.beginning.asked import (  # Imported late: it needs all stages of a paper.
        of_quarter,
        of_year,
    )

    if asked.quarter:
        wanted = of_quarter(asked, chosen, project)
    else:
        wanted, problems = of_year(asked, chosen, config.series, project)
    return _write(wanted, problems, screen, project)


def _chosen(names: Sequence[str], series: Sequence[Series]) -> list[Series]:
    """Return the series of these names, all where there are no names."""
    known = {one.name: one for one in series}
    problems = []
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f"您是不是想写“{close[0]}”？" if close else "可以写：" + "、".join(known)
            problems.append(refusal(f"“定期”里没有叫“{name[:20]}”的", hint, name))
    if problems:
        raise ReportError(problems)
    return [known[name] for name in dict.fromkeys(names)] or list(series)


def _unfit(
    asked: Period, chosen: Sequence[Series], series: Sequence[Series], *, named: bool
) -> list[Problem]:
    """Return why series have no file of that period: another rhythm (only where they are named), or too early."""
    problems = []
    year = asked.year + 1
    if asked.quarter and not any(one.quarterly for one in chosen) and not named:
        problems.append(refusal("“定期”里没有每季一份的", f"开始新的一年请写成 new {year}", asked.code))
    if not any(one.quarterly for one in series) and not asked.quarter:
        problems.append(refusal("“定期”里没有每季一份的，看不出任务完成得怎样", _EXAMPLE, asked.code))
    for one in chosen:
        period = asked if one.quarterly else asked.previous
        if asked.quarter and not one.quarterly:
            if named:
                message = f"“{one.name}”每年一份，没有{asked}的"
                problems.append(refusal(message, f"请写成 new {year}", one.name))
        elif bool(asked.quarter) == one.quarterly and period < one.first:
            first = one.first if one.quarterly else one.first.next
            message = f"“{one.name}”从{one.first}开始，没有{period}的"
            hint = f"最早的一期请写成 new {first.code}，或改 config.yaml 里的“起始”"
            problems.append(refusal(message, hint, asked.code))
    return problems


def _write(wanted: Sequence[Wanted], problems: Sequence[Problem], screen: Screen, project: Project) -> int:
    """Write each file that is not there yet, say what became of each, and return the exit code."""
    screen.report(problems)
    failed, there = int(bool(problems)), []
    for one in wanted:
        shown = project.shown(one.path)
        if exists(one.path):
            there.append(shown)
            screen.say(f"已有 {shown}，没有改动")
            continue
        try:
            text = one.make().text
            write_files(one.path.parent, {one.path.name: text.encode()})
        except ReportError as error:
            screen.report(error.problems)
            screen.say(f"没有写出 {shown}")
            failed += 1
            continue
        screen.built.append(shown)
        screen.say(f"已写出 {shown}")
    if screen.built:
        screen.say("请逐项填写；以 # 开头的行是说明，不会印出来。填的时候可以随时用 build.py check 核对。")
    screen.finish(there=there)
    if any(problem.rule == WRITE_RULE for problem in screen.problems):
        return NOT_WRITTEN
    return exit_code(failed, len(wanted) + int(bool(problems)))
