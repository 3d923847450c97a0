"""未填进展：计划里归本单位的任务，每一项都填写了本季度的进展。

为什么：漏填的任务在表里是空行，公开以后才被发现。
依据：惯例。
错：计划第 9 项归区科技局，季度数据里没有“9:”。
对：补上“9:”，或在计划里改正责任单位。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Problem
from zhibi.model import missing_progress

RULE = "未填进展"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each task without progress."""
    yield from missing_progress(paper.source)
