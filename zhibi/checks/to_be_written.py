"""未填写：数据文件和计划里没有留着“（请填写）”。

为什么：新的一期由程序开头，要写的地方先放着“（请填写）”，漏掉的会原样印出来。
依据：惯例。
错：正文: [（请填写）]
对：正文: [全年工作进展顺利。]
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.paper import Source
from zhibi.plain import FILL_IN, unfilled
from zhibi.records import own_tasks

RULE = "未填写"
SUBJECT = "计划和进展"

_PRINTED = ("内容", "目标", "举措", "类别", "责任单位")
"""What a paper may print of a task of the plan."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each place that is still to be written."""
    yield from blanks_of(paper.source)


def blanks_of(source: Source) -> Iterator[Problem]:
    """Yield advice for each place in the data of a paper, and in its own tasks of the plan."""
    tasks = [task[key] for task in own_tasks(source.context) for key in _PRINTED]
    yield from blanks([source.data, tasks])


def blanks(value: object) -> Iterator[Problem]:
    """Yield advice for each text in `value` in which something is still to be written."""
    for text in unfilled(value):
        message, hint = f"这里还写着“{FILL_IN}”", "请写上内容再生成"
        yield Problem(text.at, RULE, message, hint, Level.ADVICE, text=FILL_IN)
