"""`due`: which papers of config.yaml's 定期 are due, who has not delivered; `--build` makes what is complete.

0 nothing past its deadline is left undone (and, with --build, nothing failed), 1 something is, or part failed;
else the codes of `build`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

import click

from zhibi.cli.batch import Batch, build_all
from zhibi.cli.columns import aligned
from zhibi.cli.screen import INTERNAL, OK, OWN_FAULT, SOME_FAILED, Screen
from zhibi.cli.starting import options, start, stop
from zhibi.cli.streams import tell
from zhibi.cli.words import ChineseCommand, how_to_begin, refusal
from zhibi.cycle.deadlines import read_moment
from zhibi.cycle.due import Due, State, guessed_advice, list_due
from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.model import Project
from zhibi.workers import Workers

_EXAMPLE = (
    '定期: [{名称: 区季度表, 周期: 季, 数据: "data/某单位{年度}年第{季度}季度.yaml", 起始: 2026Q1, 期限: 10}]'
)
_HEAD = ("报告", "截止日", "期限", "情况", "数据文件")


@click.command(cls=ChineseCommand)
@options(
    click.option(
        "--on", default=None, metavar="日期", help="按这一天算（2026-10-15 或 2026-10-15T08:00，默认现在）"
    ),
    click.option("--build", "build", is_flag=True, help="把可以生成的生成出来"),
)
def due(on: str | None, build: bool, **common: Any) -> int:
    """列出到期要做的定期报告：还剩几天，谁没有交；--build 把交齐的生成出来。

    \b
    日期和期限都按北京时间，期限当天 24:00 截止。做过的不重做，漏做的以后补做。
    退出码：0 没有逾期未做的；1 有逾期未做的，或有的没有做成；
    2 配置或数据有错；3 写不进成品文件夹；4 程序出错；5 另一个执笔正在写；130 中断。
    """
    moment = _moment(on)
    screen, project, entries, config = start((), **common)
    if entries is None or config is None:
        return stop(screen)
    if not config.series:
        return stop(screen, _no_series(screen, project, common["config_file"]))
    batch = Batch(project, config.output, config.formats, screen, config.look)
    try:
        found = _judged(list_due(config.series, moment, config.output, project), batch)
    except ReportError as error:
        screen.report(error.problems)
        return stop(screen, error.problems)
    _report(found, screen)
    waiting = [one for one in found if one.state is not State.MADE]
    screen.more = lambda: {"due": [_as_json(one, project) for one in _now(waiting, batch)]}
    _show(waiting, screen, project)
    ready = [one.report for one in waiting if one.state is State.READY]
    code = OK
    if build and ready:
        code = build_all(ready, batch, accepted=config.stand_ins_accepted)
    screen.finish()
    waiting = _now(waiting, batch)
    if build and ready:
        _left_out(waiting, screen)
    return code or exit_code_of(waiting)


def _moment(on: str | None) -> datetime.datetime:
    """Return the moment asked for, else now; refuse words that name none."""
    if on is None:
        return datetime.datetime.now(datetime.UTC)
    moment = read_moment(on)
    if moment is None:
        hint = "请写 2026-10-15，或 2026-10-15T08:00（北京时间；别的时区在后面写 +00:00 这样的时差）"
        raise ReportError([refusal(f"--on 看不出是哪一天：{on[:40]}", hint, on[:40])])
    return moment


def _no_series(screen: Screen, project: Project, config_file: str | None) -> list[Problem]:
    """Report that config.yaml names nothing that comes again, and how to write it."""
    at = Location(project.shown(Path(config_file)) if config_file else "config.yaml")
    problems = [Problem(at, "定期", "配置里没有“定期”，不知道哪些报告到期", f"请在里面写上 {_EXAMPLE}")]
    screen.report(problems)
    return problems


def _judged(found: Sequence[Due], batch: Batch) -> list[Due]:
    """Let workers run templates and rules on what seems ready; what they refuse is faulty."""
    ready = [one for one in found if one.state is State.READY]
    if not ready:
        return list(found)
    entries = [one.report for one in ready]
    judged = {}
    with Workers() as workers:
        answers = workers.check(batch.jobs(entries))
        for one, entry, answer in zip(ready, entries, answers, strict=True):
            if not answer.good:
                problems = tuple(batch.why(answer, entry))
                judged[entry.name] = replace(one, state=State.FAULTY, problems=problems)
    return [judged.get(one.report.name, one) for one in found]


def _now(waiting: Sequence[Due], batch: Batch) -> list[Due]:
    """Return the papers that waited as they are now: what the batch has saved is made."""
    made = {name for name, _ in batch.made}
    return [replace(one, state=State.MADE) if one.report.name in made else one for one in waiting]


def exit_code_of(waiting: Sequence[Due]) -> int:
    """Return the exit code that what is still not made deserves."""
    if any(problem.rule == OWN_FAULT for one in waiting for problem in one.problems):
        return INTERNAL
    return SOME_FAILED if any(one.overdue for one in waiting) else OK


def _report(found: Sequence[Due], screen: Screen) -> None:
    for one in found:
        screen.report(one.problems)
        if one.state is not State.MADE:
            screen.report(guessed_advice(one))


def _show(waiting: Sequence[Due], screen: Screen, project: Project) -> None:
    """Say what is due and who is missing; of a quiet run, what is past its deadline."""
    for line in _lines(waiting, project) if waiting else ["现在没有到期要做的定期报告。"]:
        screen.say(line)
    late = [one for one in waiting if one.overdue]
    if late and screen.quiet and not screen.as_json:
        for line in _lines(late, project):
            tell(line)


def _lines(waiting: Sequence[Due], project: Project) -> Iterator[str]:
    """Yield a table of papers, then what each of them waits for."""
    rows = [
        (one.report.name, _date(one), _left(one), str(one.state), project.shown(one.report.data))
        for one in waiting
    ]
    yield from aligned([_HEAD, *rows])
    told = (one for one in waiting if one.state is not State.READY or one.made.files)
    yield from (f"{one.report.name}：{_why(one)}" for one in told)


def _left_out(waiting: Sequence[Due], screen: Screen) -> None:
    """Say once more, after a build, what was not made and why."""
    left = [one for one in waiting if one.state is not State.MADE]
    if left:
        screen.say(f"到期没有做的 {len(left)} 份：")
    for one in left:
        failed = one.state is State.READY
        screen.say(f"  {one.report.name}：{'没有做成，原因见上' if failed else _why(one)}")


def _date(one: Due) -> str:
    day = one.deadline.day
    return f"{day.year}年{day.month}月{day.day}日" + ("（推算）" if one.deadline.guessed else "")


def _left(one: Due) -> str:
    if one.left < 0:
        return f"逾期 {-one.left} 天"
    return f"还有 {one.left} 天" if one.left else "今天到期"


def _why(one: Due) -> str:
    """Return what a paper waits for, and what to do; a paper of it that is there already is told too."""
    if one.state is State.MADE or not one.made.files:
        return _waits_for(one)
    if one.made.unfinished:
        again = "请重做" if one.state is State.READY else "改好、交齐以后请重做"
        return f"{_waits_for(one)}；已有的成品是没有交齐时做的，{again}"
    return f"{_waits_for(one)}；以前做的成品还在，没有动，数据文件后来又改过"


def _waits_for(one: Due) -> str:
    """Return what a paper waits for, and what to do."""
    match one.state:
        case State.NO_DATA:
            return f"还没有数据文件，请运行 {how_to_begin(one.period)}"
        case State.UNDELIVERED:
            return str(one.waits)
        case State.FAULTY:
            errors = sum(problem.level is Level.ERROR for problem in one.problems)
            return f"有 {errors} 处错误，请照“错误”那几行改正"
        case State.READY:
            return f"交齐了，可以运行 python3 build.py {one.report.name}"
        case State.MADE:
            return ""
        case _:
            assert_never(one.state)


def _as_json(one: Due, project: Project) -> dict[str, Any]:
    return {
        "name": one.report.name,
        "series": one.series.name,
        "period": one.period.code,
        "data": project.shown(one.report.data),
        "deadline": one.deadline.day.isoformat(),
        "guessed": bool(one.deadline.guessed),
        "days_left": one.left,
        "state": str(one.state),
        "why": _why(one),
        "missing": [
            {"unit": unit.unit, "tasks": list(unit.tasks), "indicators": list(unit.indicators)}
            for unit in one.waits.missing
        ],
        "problems": [problem.as_json() for problem in one.problems],
    }
