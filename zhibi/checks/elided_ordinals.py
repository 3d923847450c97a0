"""季度顿号：“一、二季度”中间要加顿号。

为什么：“一二季度”省去了“第一季度和第二季度”里的字，不加顿号就成了概数。
依据：GB/T 15834—2011 4.5.3（相邻两数字连用为缩略形式的，中间用顿号）。
错：一二季度经济运行平稳。
对：一、二季度经济运行平稳。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "季度顿号"
SUBJECT = "数字和日期"

_JOINED = Sought(
    r"(?<![一二三四五六七八九十第前、\d])(?P<first>[一二三])(?P<second>[二三四])(?=季度|年级(?:学生|的|课|教|共)|期工程)",
    "一二",
    "二三",
    "三四",
    "一三",
    "一四",
    "二二",
    "二四",
    "三二",
    "三三",
)
_HAN = "一二三四"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each pair of ordinals that lacks its 顿号."""
    for passage, match in paper.matches(_JOINED):
        first, second = match["first"], match["second"]
        if _HAN.index(second) == _HAN.index(first) + 1 and not passage.is_quoted(match.start()):
            own = f"{first}、{second}"
            words = (f"“{match[0]}”说的是两个，中间要加顿号", f"请改成“{own}”")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=own)
