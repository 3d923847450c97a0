"""时期与月份不符：上半年是1—6月，前三季度是1—9月。

为什么：照上一期的稿子改，时期改了，括号里的月份常常忘了改。
依据：惯例。两种说法紧挨着、说的是同一个时期的才提醒，隔着逗号的询问。
错：前三季度（1—6月），技术交易额达81.6亿元。
对：前三季度（1—9月），技术交易额达81.6亿元。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "时期与月份不符"
SUBJECT = "数的核算"

_PERIODS = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "前两季度": (1, 6),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
    "全年": (1, 12),
}
_WORD = r"(?P<word>上半年|下半年|前三季度|前两季度|第?(?<!前)[一二三四]季度|全年)"
_MONTHS = r"(?P<first>1[0-2]|[1-9])(?:月份?)?(?:至|到|——|[—～~–-])(?P<last>1[0-2]|[1-9])月份?"
_SIDE_BY_SIDE = (
    Sought(
        rf"(?<![、和及至到—～前两、])(?<!一、)(?<!二、)(?<!三、){_WORD}(?P<mark>（|，|，即|（即){_MONTHS}(?=[，）。])"
    ),
    Sought(rf"(?<![\d、和及—～至-]){_MONTHS}(?P<mark>（|，|，即|（即){_WORD}(?=[，）])"),
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each period whose months, beside it, are those of another."""
    for passage in paper.holding("月"):
        for pattern in _SIDE_BY_SIDE:
            for match in pattern.finditer(passage.text):
                first, last = _PERIODS[match["word"].removeprefix("第")]
                if (int(match["first"]), int(match["last"])) == (first, last) or passage.is_quoted(
                    match.start()
                ):
                    continue
                level = Level.QUERY if match["mark"] == "，" else Level.ADVICE
                words = (f"{match['word']}是{first}—{last}月，和旁边的月份不一样", "请核对时期和月份")
                yield passage.problem(match.span(), RULE, words, level)
