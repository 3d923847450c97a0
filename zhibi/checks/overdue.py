"""逾期：到了完成时限的任务，状态应当是“已完成”或“已调整”。

为什么：季度表是按季度末的情况写的，过了时限还写“按序推进”，上级会来问。
依据：惯例。
错：计划里完成时限是第 2 季度的任务，三季度的状态是“按序推进”。
对：状态写“已完成”；没有完成的写“滞后”并说明原因，或报批以后写“已调整”。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.plain import place_of
from zhibi.records import own_tasks
from zhibi.schema import YES
from zhibi.statuses import LATE, UNKNOWN

RULE = "逾期"
SUBJECT = "计划和进展"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each filled-in task that is past its quarter and neither done nor changed."""
    for task in own_tasks(paper.source.context):
        # Late and past its quarter: the paper says so itself.
        if task.get("逾期") == YES and task["已填"] and task["状态"] != LATE:
            at = place_of(task["状态"], task["序号"].at)
            status = task["状态"] or UNKNOWN
            message = (
                f"第 {task['序号']} 项任务应当在第 {task['完成时限']} 季度末以前完成，状态写的是“{status}”"
            )
            hint = "请核对；没有完成的请写“滞后”并说明原因，期限改过的请写“已调整”"
            yield Problem(at, RULE, message, hint, Level.ADVICE, status)
