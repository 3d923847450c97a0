"""照抄上期：本期的完成情况不应当和上期一字不差。

为什么：下一季度的数据常从上一季度复制，漏改的一项会原样再印一次。
依据：惯例。
错：三季度第 4 项的完成情况和二季度完全相同。
对：改写成本期的情况；确实没有新进展的，写明原因。上期已完成的任务照抄不算错。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.plain import place_of
from zhibi.records import RESULT, column_of, own_tasks, words_in
from zhibi.statuses import DONE

RULE = "照抄上期"
SUBJECT = "计划和进展"

SHORTEST = 10
"""Characters from which a text says enough to be its own."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each task whose result reads as it did the quarter before."""
    for task in own_tasks(paper.source.context):
        last = task.get("上期", {})
        result, before = column_of(task, RESULT), column_of({"进展": last}, RESULT)
        words = words_in(result or "")
        if len(words) >= SHORTEST and words == words_in(before or "") and last.get("状态") != DONE:
            at = place_of(result, task["序号"].at)
            message = f"第 {task['序号']} 项任务的“{RESULT}”和上期一字不差"
            yield Problem(
                at, RULE, message, "请核对是不是漏改了；没有新进展的请写明原因", Level.ADVICE, words[:40]
            )
