"""几与数字：带“几”的概数用汉字，不和阿拉伯数字连写。

为什么：20几是半数字半汉字，写成“二十几”才通。
依据：GB/T 15835—2011 4.2.2。
错：走访企业20几家。
对：走访企业二十几家。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import UNIT
from zhibi.prose.sought import Sought
from zhibi.serials import format_han

RULE = "几与数字"
SUBJECT = "数字和日期"

_AFTER = Sought(rf"(?<![\d.,A-Za-z])(?P<tens>[1-9]0|100)几(?={UNIT}|[万亿])", "0几", flags=re.ASCII)
_BEFORE = Sought(rf"几(?P<size>10|100|1000)(?=[万亿]|{UNIT})", "几1", flags=re.ASCII)
_SIZES = {"10": "十", "100": "百", "1000": "千"}


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error for each 几 that stands beside Arabic digits."""
    for passage in paper.holding("几"):
        for match in _AFTER.clued(passage.text):
            tens = int(match["tens"])
            own = f"{format_han(tens)}几" if tens < 100 else "一百几十"
            if not passage.is_quoted(match.start()):
                words = (f"“{match[0]}”把数字和“几”连写了", f"请改成“{own}”")
                mended = own if tens < 100 else None
                yield passage.problem(match.span(), RULE, words, Level.ERROR, mended=mended)
        for match in _BEFORE.clued(passage.text):
            if not passage.is_quoted(match.start()):
                own = f"几{_SIZES[match['size']]}"
                words = (f"“{match[0]}”把“几”和数字连写了", f"请改成“{own}”")
                yield passage.problem(match.span(), RULE, words, Level.ERROR, mended=own)
