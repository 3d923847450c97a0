"""百分数：统计里的百分数用数字和“%”。

为什么：和别的数字放在一起，“百分之二十”不便比较。
依据：GB/T 15835—2011 4.1.1。法规条文、表决比例用汉字的不必改，只作询问；“百分之百”是词语，不算。
错：同比增长百分之二十点五。
对：同比增长20.5%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "百分数"
SUBJECT = "数字和日期"

_WORDS = Sought(
    r"百分之(?!百|几|一百(?![一二三四五六七八九]))[一二三四五六七八九十零〇百]+(?:点[一二三四五六七八九零〇]+)?"
)
_DIGITS = Sought(r"百分之(?P<digits>\d+(?:\.\d+)?)(?![%\d])", flags=re.ASCII)
_LAW = Sought(r"第[一二三四五六七八九十百\d]+条|表决|过半数|处[以罚]|罚款|滞纳金|绿化率")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for each percentage in words."""
    for passage in paper.holding("百分之"):
        if _LAW.search(passage.text):
            continue
        for pattern in (_WORDS, _DIGITS):
            for match in pattern.finditer(passage.text):
                if not passage.is_quoted(match.start()):
                    own = f"{match['digits']}%" if pattern is _DIGITS else "数字加“%”"
                    words = (f"“{match[0]}”是统计数字的，用数字书写", f"请改成{own}")
                    yield passage.problem(match.span(), RULE, words, Level.QUERY)
