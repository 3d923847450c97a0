"""`collect`: workbooks that units sent back -> the data file and the plan of the period, and what was taken.

0 all was taken, 1 something is left (a conflict, a refused workbook or cell), 2 nothing could be taken, 3 a file
cannot be written, 5 another run holds the folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhibi.cli.columns import aligned
from zhibi.cli.screen import BAD_INPUT, LOCKED, NOT_WRITTEN, OK, SOME_FAILED, Screen
from zhibi.cli.starting import options, start, stop, typed_path
from zhibi.cli.words import ChineseCommand, refusal
from zhibi.cycle.collecting.merging import Said, Verdict
from zhibi.errors import Level, Problem, ReportError, has_errors
from zhibi.model import Project
from zhibi.output import LOCK_RULE, WRITE_RULE, replace_inputs
from zhibi.periods import Period, read_period

if TYPE_CHECKING:
    from zhibi.cycle.collecting.paper import Collected, Outcome
    from zhibi.cycle.delivery import Missing

_HEAD = ("任务", "栏", "单位", "结果", "内容")
_SHORT, _LONG = 24, 80
"""Characters of a text that the table and a message show."""
_BEFORE = 6
"""Characters that are shown before the place where two long texts differ."""


@click.command(cls=ChineseCommand)
@click.argument("period", metavar="期次")
@click.argument("files", nargs=-1, required=True, metavar="收回的表.xlsx…")
@options(click.option("--dry-run", "dry", is_flag=True, help="只看会并入什么，不写文件"))
def collect(period: str, files: tuple[str, ...], dry: bool, **common: Any) -> int:
    """把各单位交回的表并入这一期的数据：collect 2026Q3 收回的表/

    \b
    文件夹表示里面的全部文件。几家说法不一的、发出以后有人改过的，都不并入，逐处说明。
    原来的数据文件存在“备份”里。再收一次同样的表，什么也不会变。
    退出码：0 全部并入；1 有没有并入的；2 一样也没有并入；3 写不进文件；5 另一个执笔正在写。
    """
    # Imported late: only this command opens workbooks.
    from zhibi.cycle.collecting.doubts import doubts
    from zhibi.cycle.collecting.gathering import gather, held, own_books
    from zhibi.cycle.collecting.paper import collect_paper

    screen, project, entries, config = start((), **common)
    if entries is None or config is None:
        return stop(screen)
    asked = _asked(period)
    gathered = gather(_workbooks(files), asked, config.series, project)
    screen.report(gathered.problems)
    told: list[dict[str, Any]] = []
    for series, books in gathered.books:
        try:
            paper = held(series, asked, project, config.look)
            own, problems = own_books(paper, books)
            screen.report(problems)
            if not own:
                continue
            collected = collect_paper(paper, asked, own)
            told_now = [one for one in collected.outcomes if one.left or one.newly_settled]
            screen.report(_problem(one, collected, project) for one in told_now)
            screen.report(doubts(paper, asked, collected.outcomes))
            kept = [] if dry else _write(collected, project)
        except ReportError as error:
            screen.report(error.problems)
            continue
        _show(collected, kept, screen, dry=dry)
        told.append(_as_json(collected, kept, project))
    screen.finish(collected=told, dry_run=dry)
    return _code(screen.problems, told)


def _workbooks(files: Sequence[str]) -> list[Path]:
    """Return the workbooks that are typed, those of a folder too."""
    from zhibi.cycle.collecting.gathering import workbook_paths

    paths = workbook_paths(map(typed_path, files))
    if not paths:
        raise ReportError([refusal("文件夹里没有表可收", "请写出收回的表，或放着它们的文件夹", files[0])])
    return list(paths)


def _asked(period: str) -> Period:
    """Return the period that is typed."""
    asked = read_period(period)
    if asked is None:
        hint = "请写成 2026Q3 或 2026 这样"
        raise ReportError([refusal(f"看不出是哪一期：{period[:20]}", hint, period[:20])])
    return asked


def _write(collected: Collected, project: Project) -> list[Path]:
    """Write what changes; return where the old files are kept."""
    if not (collected.files or collected.notes):
        return []
    return replace_inputs(collected.paper.data.parent, collected.files, collected.notes, project.shown)


def _code(problems: Iterable[Problem], told: Sequence[dict[str, Any]]) -> int:
    rules = {problem.rule for problem in problems}
    if rules & {WRITE_RULE, LOCK_RULE}:
        return NOT_WRITTEN if WRITE_RULE in rules else LOCKED
    if not has_errors(problems):
        return OK
    left = {Verdict.CONFLICT, Verdict.REFUSED}
    return (
        SOME_FAILED
        if any(one["result"] not in left for paper in told for one in paper["cells"])
        else BAD_INPUT
    )


def _problem(outcome: Outcome, collected: Collected, project: Project) -> Problem:
    """Say which cell was left as it is, who says what, and how to settle it; or that it has been settled."""
    cell, decision = outcome.cell, outcome.decision
    file = project.shown(collected.paper.plan_file if cell.in_plan else collected.paper.data)
    said = "；".join(f"{one.unit}（{one.at}）：{_quoted(one.text, _LONG)}" for one in cell.said)
    verdict, several = decision.verdict, len({one.text for one in cell.said}) > 1
    level, what = Level.ERROR, "没有并入"
    hint = (
        f"请与单位商定，{'只收其中一份，或' if several else ''}直接改 {file}；定了以后再收，就以文件里的为准"
    )
    if verdict is Verdict.REFUSED:
        hint = f"请让单位改正再交，或直接改 {file}"
    elif verdict is Verdict.SETTLED:
        level, what, hint = Level.ADVICE, "已定", f"不对的请直接改 {file}；这一处以后不再提醒"
    message = f"{cell.shown}{what}：{decision.why}。{said}；{file} 里现在：{_quoted(cell.now, _LONG)}"
    return Problem(cell.said[0].at, str(verdict), message, hint, level, text=cell.said[0].text)


def _quoted(text: str, most: int, skipped: int = 0) -> str:
    """Return a text in one line as messages show it, from where it differs when `skipped` characters do not."""
    line = " / ".join(text.split("\n")) if skipped <= 0 else "……" + " / ".join(text[skipped:].split("\n"))
    return f"“{line if len(line) <= most else f'{line[:most]}……'}”" if line else "（空）"


def _show(collected: Collected, kept: Sequence[Path], screen: Screen, *, dry: bool) -> None:
    """Say what was taken, who is missing, and what to do next."""
    shown = collected.paper.project.shown
    screen.say(f"{collected.paper.name}（{collected.paper.shown}）")
    if collected.outcomes:
        for line in aligned([_HEAD, *map(_row, collected.outcomes)]):
            screen.say(line)
    counts = Counter(one.decision.verdict for one in collected.outcomes)
    tally = "，".join(f"{verdict} {counts[verdict]}" for verdict in Verdict if counts[verdict])
    if collected.units:
        screen.say(f"收了 {len(collected.units)} 个单位的表：{tally or '没有新填的内容'}。")
    if collected.blank:
        only = "" if collected.units else "这些是发出的空表，没有人填过："
        screen.say(f"{only}{len(collected.blank)} 个单位的表没有填过，还是发出时的样子。")
    for line in _waiting(collected):
        screen.say(line)
    names = "、".join(shown(one.path) for one in collected.files)
    if dry and names:
        screen.say(f"这次只看，没有写。不加 --dry-run 再运行，就写入 {names}。")
    elif names:
        screen.say(f"写入了 {names}；原来的存成 {'、'.join(map(shown, kept))}。")
    if not dry:
        screen.say(
            f"接下来：python3 build.py due 看还等着谁，python3 build.py check {collected.paper.name} 核对"
        )


def _are_same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def _row(outcome: Outcome) -> tuple[str, ...]:
    cell, decision = outcome.cell, outcome.decision
    words = _quoted(decision.text, _SHORT)
    if decision.verdict in {Verdict.CORRECTED, Verdict.CLEARED}:
        skipped = 0
        if max(len(cell.now), len(decision.text)) > _SHORT:
            skipped = (
                sum(1 for _ in takewhile(_are_same, zip(cell.now, decision.text, strict=False))) - _BEFORE
            )
        words = " → ".join(_quoted(text, _SHORT, skipped) for text in (cell.now, decision.text))
    elif outcome.left:
        words = decision.why if decision.verdict is Verdict.CONFLICT else _quoted(cell.said[0].text, _SHORT)
    number = f"第{cell.entry_name}项" if cell.entry_name.isdigit() else cell.entry_name
    return number, cell.column, "、".join(_units(cell.said)), str(decision.verdict), words


def _units(said: Sequence[Said]) -> list[str]:
    return list(dict.fromkeys(one.unit for one in said))


def _waiting(collected: Collected) -> Iterator[str]:
    """Yield who has sent nothing, who has sent a form that nobody filled in, and who has sent too little."""
    groups: dict[str, list[Missing]] = {"还没有交": [], "没有填过": [], "交了，还缺": []}
    for one in collected.missing:
        sent = "交了，还缺" if one.unit in collected.units else "还没有交"
        groups["没有填过" if one.unit in collected.blank else sent].append(one)
    for words, units in groups.items():
        if units:
            yield f"{words}：{'、'.join(map(str, units))}"


def _as_json(collected: Collected, kept: Sequence[Path], project: Project) -> dict[str, Any]:
    return {
        "report": collected.paper.name,
        "data": collected.paper.shown,
        "plan": project.shown(collected.paper.plan_file),
        "units": sorted(collected.units),
        "blank": sorted(collected.blank),
        "cells": [_cell_json(one) for one in collected.outcomes],
        "missing": [
            {
                "unit": one.unit,
                "sent": one.unit in collected.units,
                "tasks": list(one.tasks),
                "indicators": list(one.indicators),
            }
            for one in collected.missing
        ],
        "changed": [project.shown(one.path) for one in collected.files],
        "kept": [project.shown(path) for path in kept],
    }


def _cell_json(outcome: Outcome) -> dict[str, Any]:
    cell, decision = outcome.cell, outcome.decision
    return {
        "task": int(cell.entry_name) if cell.entry_name.isdigit() else None,
        "column": cell.column,
        "result": str(decision.verdict),
        "old": cell.now,
        "new": decision.text,
        "why": decision.why,
        "said": [{"unit": one.unit, "text": one.text, "at": str(one.at)} for one in cell.said],
    }
