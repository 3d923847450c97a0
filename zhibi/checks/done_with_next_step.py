"""完成有下步：状态是“已完成”的任务，一般不再写下一步。

为什么：做完了又有下一步，往往是状态填早了，或下一步是从上期抄来的。
依据：惯例。
错：状态写“已完成”，“下一步计划”写“继续推进”。
对：删去下一步，或把状态改成“按序推进”；后面确实还有工作的可以不管。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.plain import place_of
from zhibi.records import NEXT, column_of, own_tasks, words_in
from zhibi.statuses import DONE

RULE = "完成有下步"
SUBJECT = "计划和进展"

_NOTHING = frozenset({"", "无", "无。", "—", "——", "-", "/"})


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for each task that is done and still has a next step."""
    for task in own_tasks(paper.source.context):
        step = column_of(task, NEXT)
        if task.get("状态") == DONE and step is not None and words_in(step) not in _NOTHING:
            at = place_of(step, place_of(task["状态"], task["序号"].at))
            message = f"第 {task['序号']} 项任务的状态是“{DONE}”，又写了下一步"
            hint = "请核对：做完了请删去下一步，没有做完请改状态；后面确有工作可以不管"
            yield Problem(at, RULE, message, hint, Level.QUERY, words_in(step)[:40])
