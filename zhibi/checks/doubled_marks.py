"""重复标点：两个标点不连着用。

为什么：删改句子时常留下多余的标点。
依据：惯例。省略号、破折号和“？！”不算。
错：各单位要认真落实，，按时报送。
对：各单位要认真落实，按时报送。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "重复标点"
SUBJECT = "标点"

_DOUBLED = Sought(r"[，、；：][，。、；：！？]+|。[，、；：。]+(?!。)|[？！]。")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each run of marks of which only one can be meant."""
    for passage in paper.passages:
        for match in _DOUBLED.finditer(passage.text):
            run = match.group()
            sure = run[0] if len(set(run)) == 1 and run != "。。。" else None
            hint = f"请只留一个“{run[0]}”" if sure else "请只留其中一个"
            yield passage.problem(
                match.span(),
                RULE,
                (f"标点“{run}”连用了", hint),
                Level.ERROR if sure else Level.ADVICE,
                mended=sure,
            )
