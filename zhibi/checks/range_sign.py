"""起止号：数值范围用“～”，时间起止用“—”，不用半字线“-”和半角“~”。

为什么：半字线是连接号码的（0571-12345678），用来表示范围容易看成一个编号。
依据：GB/T 15834—2011 4.13。年份之间用“—”或“～”都可以。书名号里的名称以原文为准，只有同一篇里两个名称写法不一时才询问。
错：建成孵化器3-5家。
对：建成孵化器3～5家。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import UNIT
from zhibi.prose.sought import Sought

RULE = "起止号"
SUBJECT = "数字和日期"

_NUMBER = r"\d+(?:\.\d+)?"
_TIME = r"年(?![级龄])|月|日(?!元)|季度|学年"
_SIGNS = "-－‐–~"
_RANGE = Sought(
    rf"(?<![\dA-Za-z.,/+＋*×—–－～~:：〔-])(?P<low>{_NUMBER}(?:%|[万亿]?(?:元|人|{_TIME}))?)\s?(?P<sign>[-－‐–~])\s?(?P<high>{_NUMBER})"
    rf"(?![\d.:：—–－～~-])\s?(?P<unit>{_TIME}|[万亿]|(?:(?!号|度|分|班|组|期|座|栋|幢|间|栋|单|m\b|项目){UNIT}))(?!\s?[-－~]\d)",
    *_SIGNS,
    flags=re.ASCII,
)
_CLOCK = Sought(
    r"(?<![\d:：-])(?P<low>[012]?\d[:：][0-5]\d)(?P<sign>[-－–~])(?P<high>[012]?\d[:：][0-5]\d)(?![\d:：])",
    *_SIGNS,
    flags=re.ASCII,
)
_YEARS = Sought(r"(?<!\d)(?:19|20)\d\d年?(?P<sign>[-—～])(?:19|20)\d\d\s?年", "19", "20", flags=re.ASCII)
_TIMES = ("年", "月", "日", "季度", "学年")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each range that is joined by a hyphen or a half-width tilde."""
    for passage in paper.holding(*_SIGNS):
        for match in (*_RANGE.clued(passage.text), *_CLOCK.clued(passage.text)):
            if passage.is_quoted(match.start()):
                continue
            is_time = match.re is _CLOCK.compiled or _is_time(match)
            right, what = ("—", "时间的起止") if is_time else ("～", "数值范围")
            words = (f"{what}不用“{match['sign']}”", f"请改成“{right}”")
            yield passage.problem(match.span("sign"), RULE, words, Level.ADVICE, mended=right)
    yield from _titled_years(paper)


def _titled_years(paper: Paper) -> Iterator[Problem]:
    """Yield a question for the first title whose years a hyphen joins, where another title has a dash."""
    found = [(passage, match) for passage, match in paper.matches(_YEARS) if passage.is_titled(match.start())]
    wrong = next((one for one in found if one[1]["sign"] == "-"), None)
    right = next((one for one in found if one[1]["sign"] != "-"), None)
    if wrong and right:
        passage, match = wrong
        words = (
            f"这里写“{match[0]}”，别的文件名里写“{right[1][0]}”",
            f"请核对原文；年份的起止一般用“{right[1]['sign']}”",
        )
        yield passage.problem(match.span(), RULE, words, Level.QUERY)


def _is_time(match: re.Match[str]) -> bool:
    """Tell whether a range is from one date to another: 2024—2026年, but 3～5年 is how long."""
    return match["unit"] in _TIMES and (match["unit"] != "年" or len(match["low"].rstrip("年")) > 3)
