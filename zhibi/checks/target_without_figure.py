"""目标无数：目标里有数的任务，完成情况里也要有数。

为什么：目标是“新增8家”，完成情况只写“取得明显进展”，看不出完成了多少。
依据：惯例。
错：目标写“新增8家”，完成情况写“有序推进”。
对：完成情况写“新增5家”。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.plain import place_of
from zhibi.prose.sought import Sought
from zhibi.records import RESULT, column_of, own_tasks, words_in

RULE = "目标无数"
SUBJECT = "计划和进展"

_NOT_AMOUNTS = Sought(r"《[^》]*》|“[^”]*”|\d+年(\d+月)?(\d+日)?|\d+月|[第前]\d+|“十[^”]*”")
_AMOUNT = Sought(r"\d")
_ANY_AMOUNT = Sought(r"\d|[一二两三四五六七八九十百千万亿]|\{\{|全部|全覆盖|均已")
"""What may be an amount in a result: rather too much than a query too many."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for each task whose target has a figure and whose result has none."""
    for task in own_tasks(paper.source.context):
        result = column_of(task, RESULT)
        words = "" if result is None else words_in(result)
        target = _AMOUNT.search(_NOT_AMOUNTS.sub("", words_in(task["目标"])))
        if words and target and not _ANY_AMOUNT.search(words):
            message = f"第 {task['序号']} 项任务的目标里有数，“{RESULT}”里没有数"
            hint = "请核对是否要写明完成了多少"
            yield Problem(
                place_of(result, task["序号"].at), RULE, message, hint, Level.QUERY, words[:40], words
            )
