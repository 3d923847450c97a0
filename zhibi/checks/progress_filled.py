"""未填进展：计划里归本单位的任务，每一项都填写进展；填写的每一项都归本单位。

为什么：漏填的任务在表里是空行，填错序号的进展印不出来，公开以后才被发现。
依据：惯例。
错：计划第 9 项归区科技局，季度数据里没有“9:”，或“9:”后面是空的；或填了归别的单位的第 1 项。
对：补上“9:”并填写，核对序号，或在计划里改正责任单位。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi import plain
from zhibi.checks import Paper, empty_table
from zhibi.errors import Level, Location, Problem
from zhibi.model.plan import progress_place
from zhibi.model.source import progress_of
from zhibi.records import bare_number

RULE = "未填进展"
SUBJECT = "计划和进展"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each task of the unit without progress, and for progress of others' tasks."""
    progress = progress_of(paper.source)
    if progress is None:
        return
    if any(empty_table.check(paper)):
        return  # The unit is mistyped: each of its tasks would be one more message.
    unit, place = paper.source.context.get("单位"), progress_place(progress)
    typed = {bare_number(number) for number in progress}
    for task in paper.source.context.get("任务", ()):
        mine = not unit or unit in task["责任单位"]
        if mine != task["已填"]:
            number = task["序号"]
            if not mine:
                yield _not_printed(number, place(number), unit)
            elif bare_number(number) in typed:
                yield _not_filled(number, place(number), f"请填上“{number}:”后面的内容")
            else:
                hint = f"请在 {paper.source.file} 的“进展”里补上“{number}:”"
                yield _not_filled(number, number.at, hint)


def _not_filled(number: plain.Scalar, at: Location, hint: str) -> Problem:
    return Problem(at, RULE, f"第 {number} 项任务没有填写进展", hint, Level.ADVICE)


def _not_printed(number: plain.Scalar, at: Location, unit: object) -> Problem:
    message = f"第 {number} 项任务的责任单位没有“{unit}”，这段进展不会印出"
    hint = "请核对序号，或在计划里改正责任单位（几个单位用半角逗号加空格隔开）"
    return Problem(at, RULE, message, hint, Level.ADVICE)
