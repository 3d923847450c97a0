"""完成无结果：状态是“已完成”的任务，要写完成情况。

为什么：只写“已完成”不写做了什么，没有依据，也没法核实。
依据：惯例。
错：状态写“已完成”，“完成情况”空着。
对：写明什么时候、做成了什么、达到多少。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.plain import place_of
from zhibi.records import RESULT, column_of, own_tasks, words_in
from zhibi.statuses import DONE

RULE = "完成无结果"
SUBJECT = "计划和进展"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each task that is done and says nothing of what was done."""
    for task in own_tasks(paper.source.context):
        result = column_of(task, RESULT)
        if task.get("状态") == DONE and result is not None and not words_in(result):
            at = place_of(task["状态"], task["序号"].at)
            message = f"第 {task['序号']} 项任务的状态是“{DONE}”，没有写“{RESULT}”"
            yield Problem(at, RULE, message, "请写明做成了什么、达到多少", Level.ADVICE, DONE)
