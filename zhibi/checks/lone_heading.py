"""孤立标题：一个层次下面只有一个标题。

为什么：编号是为了分条，只有（一）没有（二），多半是漏了一段，或者这个标题用不着编号。
依据：惯例。只是询问。
错：正文:
    - {标题: 总体要求, 内容: [坚持创新驱动。]}
对：正文:
    - {标题: 总体要求, 内容: [坚持创新驱动。]}
    - {标题: 主要任务, 内容: [抓好落实。]}
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.attachment_notes import note_lines
from zhibi.prose.siblings import siblings

RULE = "孤立标题"
SUBJECT = "序号和层次"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for each numbered heading that has no sibling."""
    noted = {id(one) for one in note_lines(paper.passages)}
    for group in siblings(paper.passages):
        only = group[0]
        if len(group) == 1 and only.number and id(only) not in noted:
            message = f"这一层只有“{only.number.strip()}”一个标题，没有下一个"
            words = (message, "请核对是不是漏了一段；确实只有一条的，可以不编号")
            yield only.problem((0, len(only.text)), RULE, words, Level.QUERY)
