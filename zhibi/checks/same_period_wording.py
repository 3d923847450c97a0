"""同比重复：“同比”已经是同上年同期相比，“环比”已经是同上期相比。

为什么：“与去年同期同比增长”把一个意思说了两遍。
依据：惯例（统计用语）。
错：技术交易额与去年同期同比增长12.5%。
对：技术交易额同比增长12.5%。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "同比重复"
SUBJECT = "数字和日期"

_DOUBLED = Sought(
    r"(?:与|和|同|跟|比|较|相比)(?:于)?(?P<period>去年|上年|上一年|上年度|上月|上个月|上季度?|上一季度)(?P<same>同期|同月)?(?:相比)?，?(?P<word>同比|环比)(?=[增下上提降减回持有扩])"
    r"|(?P<first>同比|环比)(?:去年|上年|上月|上季度)(?:同期)?(?=[增下上提降减回])",
    "同比",
    "环比",
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each 同比 or 环比 beside the period that it already means."""
    for passage, match in paper.matches(_DOUBLED):
        word = match["word"] or match["first"]
        if not passage.is_quoted(match.start()):
            words = (f"“{match[0]}”把同一个意思说了两遍", f"请改成“{word}”")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=word)
