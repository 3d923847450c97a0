"""相邻数概数：两个相邻数字连用表示概数，用汉字，中间不加顿号。

为什么：“三、四个月”说的是三个月和四个月，“三四个月”才是三个月到四个月。
依据：GB/T 15834—2011 4.5.3，GB/T 15835—2011 4.2.2。说的确是两样事物（三、四季度，第3、4项）的不算。
错：每3、4个月督查一次。
对：每三四个月督查一次。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "相邻数概数"
SUBJECT = "数字和日期"

_HAN = "一二三四五六七八九"
_MEASURE = r"(?:个(?!重点|方面|大类)|天(?!气)|次|名(?!列)|人|家|倍|里|公里|岁|小时|分钟|百|千|万(?![亿])|十(?!月|[一二三四五六七八九])|成)"
_PAIR = Sought(
    rf"(?<![第前各在\d.,、{_HAN}十百千万两～—–至和或与-])(?P<first>[1-9{_HAN}])、(?P<second>[1-9{_HAN}])(?=[十百千万]?{_MEASURE})",
    *(f"{one}、" for one in f"123456789{_HAN}"),
    flags=re.ASCII,
)
_SERIALS = Sought(r"任务|事项|序号|附件|表|图|项目|指标|组|编号|标段|条款?$")

_EACH = Sought(r"分别[^，。；]*$")
"""东区、西区分别新增3、4家: one for each."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each pair of neighbouring numbers with a 顿号 that counts something."""
    for passage, match in paper.matches(_PAIR):
        first, second = (_value(match[name]) for name in ("first", "second"))
        if (
            second != first + 1
            or (first == 1 and passage.text[match.end()] == "次")
            or passage.is_quoted(match.start())
            or match["first"].isdigit() != match["second"].isdigit()
        ):
            continue
        start = match.start()
        if _SERIALS.search(passage.text, max(start - 3, 0), start) or _EACH.search(
            passage.text, max(start - 10, 0), start
        ):
            continue
        own = _HAN[first - 1] + _HAN[second - 1]
        words = (f"“{match[0]}”表示概数，用汉字，不加顿号", f"请改成“{own}”；说的是两样事物的可以不管")
        yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _value(char: str) -> int:
    return int(char) if char.isascii() else _HAN.index(char) + 1
