"""状态倒退：上期已完成的任务，本期不应当又没有完成；上期已动手的，不应当又没有启动。

为什么：多半是填错了行，或上期填早了；两期的表放在一起就会被看出来。
依据：惯例。
错：二季度写“已完成”，三季度写“按序推进”。
对：核对两期，把填错的一期改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.plain import place_of
from zhibi.records import own_tasks
from zhibi.statuses import DONE, LATE, NOT_BEGUN, ON_TIME, SETTLED

RULE = "状态倒退"
SUBJECT = "计划和进展"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each task that was further at the end of the quarter before."""
    for task in own_tasks(paper.source.context):
        now, before = task.get("状态", ""), task.get("上期", {}).get("状态", "")
        undone = before == DONE and now not in SETTLED
        stopped = before in {ON_TIME, LATE} and now == NOT_BEGUN
        if now and (undone or stopped):
            at = place_of(now, task["序号"].at)
            message = f"第 {task['序号']} 项任务上期是“{before}”，本期是“{now}”"
            yield Problem(at, RULE, message, "请核对两期，把填错的一期改正", Level.ADVICE, now)
