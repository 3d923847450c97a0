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
from zhibi.errors import Level, Location, Problem, ReportError, has_errors
from zhibi.model import Config, Project, Series
from zhibi.output import WRITE_RULE, write_files
from zhibi.periods import Period, read_period
from zhibi.reading import exists

if TYPE_CHECKING:
    from zhibi.cycle.beginning.asked import Wanted
    from zhibi.cycle.beginning.new_file import NewFile

_EXAMPLE = (
    '请在 config.yaml 里写：定期: [{名称: 区季度表, 周期: 季, 数据: "data/某单位{年度}年第{季度}季度….yaml", '
    "起始: 2026Q1, 期限: 10, 模板: 区级季度完成情况}]"
)


@click.command(cls=ChineseCommand)
@click.argument("period", metavar="期次")
@click.argument("names", nargs=-1, metavar="[名称]…")
@options(click.option("--plan", default="", metavar="文件", help="做第一期时用哪一份计划（有几份时才要写）"))
def new(period: str, names: tuple[str, ...], plan: str, **common: Any) -> int:
    """做下一季度的数据文件，或开始新的一年；已有的文件不动。

    \b
    python3 build.py new 2026Q4           照上一季度的数据文件做第四季度的；
                                          “起始”的一期照计划做
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
    problems = [*_unfit(asked, chosen, config.series, named=bool(names)), *_odd_plan(plan, asked, chosen)]
    if problems:
        raise ReportError(problems)
    from zhibi.cycle.beginning.asked import (  # Imported late: it needs all stages of a paper.
        of_quarter,
        of_year,
    )

    if asked.quarter:
        wanted = of_quarter(asked, chosen, project, plan)
    else:
        wanted, problems = of_year(asked, chosen, config.series, project)
        problems += [] if problems else _no_summary(asked, chosen, config)
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


def _odd_plan(plan: str, asked: Period, chosen: Sequence[Series]) -> list[Problem]:
    """Return why a plan cannot be named: only the first paper of a series has none before it that names one."""
    if not plan or any(one.quarterly and one.first == asked for one in chosen):
        return []
    hint = "以后各期照上一期，新一年的照 new 做的新计划；请去掉 --plan"
    return [refusal("--plan 只在做“起始”的一期时用", hint, plan)]


def _no_summary(year: Period, chosen: Sequence[Series], config: Config) -> list[Problem]:
    """Return an advice where config.yaml has no paper on the year, as the clerk may expect one."""
    if len(chosen) < len(config.series) or any(not one.quarterly for one in config.series):
        return []
    message = f"没有写{year.previous}的总结：“定期”里没有 周期: 年 的一份"
    hint = (
        '要写总结，请在“定期”里加一行：- {名称: 总结, 周期: 年, 数据: "data/某单位{年度}年工作总结及{下年度}年'
        f'工作思路.yaml", 起始: {year.previous.code}, 期限: 31, 期限按: 日历日}}，再运行一次'
    )
    return [Problem(Location(chosen[0].at.file), "定期", message, hint, Level.ADVICE)]


def _write(wanted: Sequence[Wanted], problems: Sequence[Problem], screen: Screen, project: Project) -> int:
    """Write each file that is not there yet, say what became of each, and return the exit code."""
    screen.report(problems)
    failed, there = int(has_errors(problems)), []
    notes: dict[str, None] = {}
    for one in wanted:
        shown = project.shown(one.path)
        if exists(one.path):
            there.append(shown)
            screen.say(f"已有 {shown}，没有改动")
            continue
        try:
            made = one.make()
            write_files(one.path.parent, {one.path.name: made.text.encode()})
        except ReportError as error:
            screen.report(error.problems)
            screen.say(f"没有写出 {shown}")
            failed += 1
            continue
        screen.built.append(shown)
        screen.say(f"已写出 {shown}")
        notes |= dict.fromkeys(_notes(made, shown))
    _end(tuple(notes), there, screen)
    if any(problem.rule == WRITE_RULE for problem in screen.problems):
        return NOT_WRITTEN
    return exit_code(failed, len(wanted) + int(has_errors(problems)))


def _notes(made: NewFile, shown: str) -> list[str]:
    """Return what to say of a file: what it was made from, and what is to be filled in besides the tasks."""
    from zhibi.cycle.beginning.telling import to_fill

    left = to_fill(made.text)
    return [*made.notes, *([f"{shown} 里除了任务还要填：{'、'.join(left)}"] if left else [])]


def _end(notes: Sequence[str], there: Sequence[str], screen: Screen) -> None:
    if there:
        screen.say("已有的要重做，请先把它移走（改名也行），再运行一次。")
    if screen.built:
        screen.say("请逐项填写；以 # 开头的行是说明，不会印出来。填的时候可以随时用 build.py check 核对。")
    for note in notes:
        screen.say(f"  · {note}")
    screen.finish(there=list(there), notes=list(notes))
