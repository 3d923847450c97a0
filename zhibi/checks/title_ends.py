"""题末标点：公文标题、附件标题、表题和图题末尾不用句号、逗号、顿号、分号、冒号。

为什么：标题不是句子。
依据：GB/T 15834—2011 附录 A.1（图题、表题末尾不用句号）、B.4（标题末尾不用句号）。
错：标题: 关于开展科技创新工作检查的通知。
对：标题: 关于开展科技创新工作检查的通知
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.prose import Kind

RULE = "题末标点"
SUBJECT = "标点"

_MARKS = "。，、；："


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each title or caption that ends in a mark of a sentence."""
    for passage in paper.passages:
        words = passage.text.rstrip()
        if passage.kind is Kind.TITLE and passage.role is not Role.OUTLINE_TITLE and words[-1:] in _MARKS:
            said = (f"{passage.role or '标题'}末尾有“{words[-1]}”", f"请删去“{words[-1]}”")
            span = (len(words) - 1, len(words))
            yield passage.problem(span, RULE, said, Level.ADVICE, mended="")
